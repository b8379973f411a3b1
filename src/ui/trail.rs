//! Where one has been: back and forward through the places one jumped from.

use crate::session::DocumentId;
use crate::text::Pos;

/// The most places that are kept.
const MOST: usize = 200;

/// A place one has been at.
pub type Stop = (DocumentId, Pos);

/// The places before and after this one.
#[derive(Debug, Default)]
pub struct Trail {
    back: Vec<Stop>,
    forward: Vec<Stop>,
}

impl Trail {
    /// One jumps away from here; what lay ahead is forgotten.
    pub fn leave(&mut self, here: Stop) {
        if self.back.last() != Some(&here) {
            self.back.push(here);
        }
        if self.back.len() > MOST {
            self.back.remove(0);
        }
        self.forward.clear();
    }

    /// The place one came from.
    pub fn back(&mut self, here: Stop) -> Option<Stop> {
        let there = self.back.pop()?;
        self.forward.push(here);
        Some(there)
    }

    /// The place one went back from.
    pub fn forward(&mut self, here: Stop) -> Option<Stop> {
        let there = self.forward.pop()?;
        self.back.push(here);
        Some(there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forward_are_each_other_s_undoing() {
        let stop = |at: u32| (DocumentId(1), Pos::new(at));
        let mut trail = Trail::default();
        trail.leave(stop(1));
        trail.leave(stop(2));
        assert_eq!(trail.back(stop(3)), Some(stop(2)));
        assert_eq!(trail.back(stop(2)), Some(stop(1)));
        assert_eq!(trail.back(stop(1)), None);
        assert_eq!(trail.forward(stop(1)), Some(stop(2)));
        assert_eq!(trail.forward(stop(2)), Some(stop(3)));
        trail.leave(stop(3));
        assert_eq!(trail.forward(stop(4)), None);
    }
}
