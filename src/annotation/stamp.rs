//! Who changed a record how often: what tells a later copy of it from one that was changed at the same time elsewhere.
//!
//! A record is a multi-value register: of its versions those stay that no other one continues. What continues what is
//! told by dotted version vectors (Preguiça et al. 2010, arXiv:1011.5808): each version has a name, the number of the
//! change in the sitting that made it, and knows the names of all it continues.

use super::identity::Time;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// One sitting of the program: two windows, or two machines, never are the same hand.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hand(u32);

impl Hand {
    /// Whoever made changes that no sitting claims: those of files from before hands were noted.
    pub const UNKNOWN: Self = Self(0);

    /// A hand from chance that no other sitting has.
    pub const fn new(chance: u32) -> Self {
        Self(chance | 1)
    }

    /// Another name for the same hand.
    const fn beside(self) -> Self {
        Self(self.0.wrapping_add(2))
    }
}

impl fmt::Display for Hand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Debug for Hand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hand({self})")
    }
}

impl FromStr for Hand {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u32::from_str_radix(text, 16).map(Self)
    }
}

/// Who makes a change, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touch {
    /// When.
    pub at: Time,
    /// In which sitting.
    pub hand: Hand,
}

/// The name of a version of a record: which change of which hand made it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dot {
    /// The hand.
    pub hand: Hand,
    /// The number of its change to this record, from 1.
    pub count: u64,
}

impl fmt::Display for Dot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.hand, self.count)
    }
}

impl FromStr for Dot {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (hand, count) = text.split_once(' ').unwrap_or((text, ""));
        Ok(Self { hand: hand.parse()?, count: count.parse()? })
    }
}

/// The names of the versions that another one continues: of each hand all changes up to a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Past(BTreeMap<Hand, u64>);

impl Past {
    /// All changes of each hand up to its number.
    pub fn new(counts: BTreeMap<Hand, u64>) -> Self {
        Self(counts.into_iter().filter(|(_, count)| *count > 0).collect())
    }

    /// The hands and their numbers.
    pub const fn counts(&self) -> &BTreeMap<Hand, u64> {
        &self.0
    }

    fn covers(&self, dot: Dot) -> bool {
        self.count(dot.hand) >= dot.count
    }

    fn count(&self, hand: Hand) -> u64 {
        self.0.get(&hand).copied().unwrap_or(0)
    }

    fn sum(&self) -> u64 {
        self.0.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Takes a version in, and all that it continues.
    fn take(&mut self, stamp: &Stamp) {
        let dot = [(&stamp.dot.hand, &stamp.dot.count)];
        for (hand, count) in stamp.past.0.iter().chain(dot).filter(|(_, count)| **count > 0) {
            let own = self.0.entry(*hand).or_default();
            *own = (*own).max(*count);
        }
    }
}

/// When a version of a record was made, and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// When the record was made.
    pub created: Time,
    /// When it was last changed.
    pub changed: Time,
    /// Its name.
    pub dot: Dot,
    /// What it continues.
    pub past: Past,
}

impl Stamp {
    /// Of a file from before hands were noted: the version that so many changes led to.
    pub fn of_revision(created: Time, changed: Time, revision: u64) -> Self {
        // What is there was made: the first revision is 1.
        let revision = revision.max(1);
        let dot = Dot { hand: Hand::UNKNOWN, count: revision };
        let past = Past::new([(Hand::UNKNOWN, revision.saturating_sub(1))].into());
        Self { created, changed, dot, past }
    }

    /// Counts the changes; the first is 1.
    pub fn revision(&self) -> u64 {
        self.past.sum().saturating_add(1)
    }

    /// Whether it continues another version.
    pub fn continues(&self, other: &Self) -> bool {
        self.past.covers(other.dot)
    }
}

/// A record at one moment. Without content it is the tombstone of a deleted one, kept so that
/// a copy made before the deletion does not bring it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version<T> {
    /// When and by whom.
    pub stamp: Stamp,
    /// The record, unless deleted.
    pub content: Option<T>,
}

/// A record: the version in force, and those made at the same time by other hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    /// The version in force.
    pub now: Version<T>,
    /// Versions that neither continue it nor are continued by it.
    pub rivals: Vec<Version<T>>,
}

impl<T: Clone + PartialEq + fmt::Debug> Kept<T> {
    /// A record of one version.
    pub const fn new(stamp: Stamp, content: Option<T>) -> Self {
        Self { now: Version { stamp, content }, rivals: Vec::new() }
    }

    /// All versions, the one in force first.
    pub fn versions(&self) -> impl Iterator<Item = &Version<T>> {
        std::iter::once(&self.now).chain(&self.rivals)
    }

    /// What others made of the record at the same time; a person has to decide between these and the one in force.
    pub fn readings(&self) -> impl Iterator<Item = &Option<T>> {
        self.rivals.iter().map(|rival| &rival.content).filter(|content| **content != self.now.content)
    }

    /// Whether there is something to decide.
    pub fn is_in_conflict(&self) -> bool {
        self.readings().next().is_some()
    }

    /// Two copies as one: every version stays that no other one continues. Commutative, associative, idempotent.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Self {
        let mut versions: Vec<&Version<T>> = self.versions().collect();
        versions.extend(other.versions().filter(|version| !self.versions().any(|own| own == *version)));
        let continued =
            |at: usize, stamp: &Stamp| versions.iter().enumerate().any(|(other_at, other)| other_at != at && other.stamp.continues(stamp));
        let left = versions.iter().enumerate().filter(|(at, version)| !continued(*at, &version.stamp));
        let mut left: Vec<Version<T>> = left.map(|(_, version)| (*version).clone()).collect();
        // Of finitely many versions one is continued by none.
        let one = left.pop().unwrap_or_else(|| self.now.clone());
        Self::of_versions(left, one)
    }

    /// Puts a new version in force. It continues what says the same as the one before or as itself; what says something
    /// else stays beside it until a person decides.
    pub(super) fn put(&mut self, content: Option<T>, by: Touch) {
        let named = self.named();
        let mut past = self.now.stamp.past.clone();
        past.take(&self.now.stamp);
        self.rivals.retain(|rival| {
            // Whoever deletes what two made means both.
            let same = content.is_none() || rival.content == self.now.content || rival.content == content;
            if same {
                past.take(&rival.stamp);
            }
            !same
        });
        let dot = next_dot(by.hand, &past, &named);
        self.now = Version { stamp: Stamp { created: self.now.stamp.created, changed: by.at, dot, past }, content };
    }

    /// Sets what stands beside the version in force: what is no longer there has been decided against.
    pub(super) fn set_readings(&mut self, readings: &[Option<T>], by: Touch) {
        let past = self.named();
        let mut named = past.clone();
        let created = self.now.stamp.created;
        let mut stamp = || {
            let stamp = Stamp { created, changed: by.at, dot: next_dot(by.hand, &past, &named), past: past.clone() };
            named.take(&stamp);
            stamp
        };
        self.now.stamp = stamp();
        self.rivals = readings.iter().map(|content| Version { stamp: stamp(), content: content.clone() }).collect();
        *self = Self::of_versions(std::mem::take(&mut self.rivals), self.now.clone());
    }

    /// A record of these versions and one more.
    fn of_versions(mut versions: Vec<Version<T>>, one: Version<T>) -> Self {
        versions.push(one.clone());
        versions.sort_by(in_force_first);
        let mut versions = versions.into_iter();
        Self { now: versions.next().unwrap_or(one), rivals: versions.collect() }
    }

    /// The names of all versions known here.
    fn named(&self) -> Past {
        let mut named = Past::default();
        self.versions().for_each(|version| named.take(&version.stamp));
        named
    }
}

/// The name of a version that continues `past`, where so many names have been given. A past holds all changes of a hand up
/// to one, so a hand whose last change the version does not continue goes on under another name.
fn next_dot(hand: Hand, past: &Past, named: &Past) -> Dot {
    let mut hand = hand;
    while past.count(hand) != named.count(hand) {
        hand = hand.beside();
    }
    Dot { hand, count: past.count(hand).saturating_add(1) }
}

/// Which of two versions made at the same time is in force until a person decides: one that is there before one that was
/// deleted, then the more often changed, then the later one.
fn in_force_first<T: fmt::Debug>(one: &Version<T>, other: &Version<T>) -> std::cmp::Ordering {
    let rank = |version: &Version<T>| (version.content.is_some(), version.stamp.revision(), version.stamp.changed);
    rank(other).cmp(&rank(one)).then_with(|| one.stamp.cmp(&other.stamp)).then_with(|| {
        // Only files from before hands were noted come so far.
        format!("{:?}", one.content).cmp(&format!("{:?}", other.content))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn touch(hand: u32, at: i64) -> Touch {
        Touch { at: Time(at), hand: Hand::new(hand << 16) }
    }

    fn record() -> Kept<u8> {
        Kept::new(Stamp::default(), Some(0))
    }

    #[test]
    fn a_copy_that_was_continued_does_not_come_back() {
        let old = record();
        let mut deleted = old.clone();
        deleted.put(None, touch(1, 1));
        assert_eq!(old.merged(&deleted), deleted);
        assert!(!deleted.is_in_conflict());
    }

    #[test]
    fn what_two_made_of_one_record_stands_side_by_side_until_decided() {
        let (mut one, mut other) = (record(), record());
        one.put(Some(1), touch(1, 1));
        one.put(Some(2), touch(1, 2));
        other.put(None, touch(2, 3));
        let mut both = one.merged(&other);
        assert_eq!((both.now.content, both.readings().collect::<Vec<_>>()), (Some(2), vec![&None]));
        // An edit that knows nothing of the conflict does not decide it.
        both.put(Some(3), touch(1, 4));
        assert_eq!(both.readings().count(), 1);
        both.set_readings(&[], touch(1, 5));
        assert!(!both.merged(&other).merged(&one).is_in_conflict());
        // And the decision can be taken back.
        both.set_readings(&[None], touch(1, 6));
        assert_eq!(both.merged(&other).readings().count(), 1);
    }

    #[test]
    fn the_same_said_twice_is_no_conflict_then_or_later() {
        let (mut one, mut other) = (record(), record());
        one.put(Some(1), touch(1, 1));
        other.put(Some(1), touch(2, 1));
        let mut both = one.merged(&other);
        assert!(!both.is_in_conflict());
        both.put(Some(2), touch(1, 2));
        assert!(!both.merged(&other).is_in_conflict());
    }

    /// Records as random histories of three hands leave them: each step is a hand, what it does, and whose copy it takes in.
    fn histories() -> impl Strategy<Value = Vec<Kept<u8>>> {
        proptest::collection::vec((0usize..3, 0u8..6, 0usize..3), 0..14).prop_map(|steps| {
            let mut copies = vec![record(), record(), record()];
            for (at, (hand, deed, from)) in steps.into_iter().enumerate() {
                let by = touch(hand as u32 + 1, at as i64);
                let other = copies[from].clone();
                match deed {
                    0 => copies[hand].put(None, by),
                    1..=3 => copies[hand].put(Some(deed), by),
                    4 => copies[hand] = copies[hand].merged(&other),
                    _ => copies[hand].set_readings(&[], by),
                }
            }
            copies
        })
    }

    proptest! {
        #[test]
        fn merging_is_commutative_associative_idempotent(copies in histories()) {
            let [a, b, c] = [&copies[0], &copies[1], &copies[2]];
            prop_assert_eq!(&a.merged(a), a);
            prop_assert_eq!(a.merged(b), b.merged(a));
            prop_assert_eq!(a.merged(b).merged(c), a.merged(&b.merged(c)));
            prop_assert_eq!(&a.merged(b).merged(b), &a.merged(b));
            prop_assert_eq!(&a.merged(a), a);
        }

        #[test]
        fn merging_drops_only_what_was_continued(copies in histories()) {
            let both = copies[0].merged(&copies[1]);
            for version in copies[0].versions().chain(copies[1].versions()) {
                prop_assert!(both.versions().any(|kept| kept == version || kept.stamp.continues(&version.stamp)));
            }
        }
    }
}
