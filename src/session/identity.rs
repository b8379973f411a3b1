//! New names for tags, links and people.

use crate::annotation::Time;
use uuid::Uuid;

/// Makes UUIDs of version 7 (RFC 9562 §5.7) from the time handed in, chance handed in once, and a
/// counter: deterministic for a test, unique in the world.
#[derive(Clone, Debug)]
pub struct IdSource {
    chance: [u8; 10],
    count: u32,
}

impl IdSource {
    /// A source from chance that no other sitting has.
    pub const fn new(chance: [u8; 10]) -> Self {
        Self { chance, count: 0 }
    }

    /// The next name.
    pub fn next(&mut self, now: Time) -> Uuid {
        self.count = self.count.wrapping_add(1);
        let mut bytes = self.chance;
        // The counter stands in front, around the bits that version and variant take, so that names made
        // in one millisecond follow one another in the order of their making.
        let [first, second, third, ..] = &mut bytes;
        let [_, _, high, low] = self.count.to_be_bytes();
        *first = high >> 6;
        *second = high << 2 | low >> 6;
        *third = low & 0x3F;
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(now.0).unwrap_or(0), &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_differ_and_follow_one_another() {
        let mut source = IdSource::new([7; 10]);
        let names: Vec<Uuid> = (0..5000).map(|_| source.next(Time(1_700_000_000_000))).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert!(names.is_sorted());
        assert!(names.iter().all(|name| name.get_version_num() == 7));
    }
}
