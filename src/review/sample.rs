//! Which sections two people tag: a random sample, drawn with a seed that is stored.

use super::chance::Chance;
use crate::report::ReportId;
use crate::text::Span;
use std::collections::BTreeSet;

/// Draws so many sections, each as likely as any other, in the order in which they were given; all if there are not so many.
///
/// Which ones depends on the seed alone, not on their order, and a larger sample holds the smaller one of the same seed.
pub fn draw(sections: &[(ReportId, Span)], count: usize, seed: u64) -> Vec<(ReportId, Span)> {
    let mut chance = Chance::seeded(seed);
    let mut left: Vec<(ReportId, Span)> = sections.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let mut drawn = BTreeSet::new();
    while drawn.len() < count && !left.is_empty() {
        drawn.insert(left.swap_remove(chance.below(left.len())));
    }
    sections.iter().copied().filter(|section| drawn.remove(section)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Sections of two reports.
    fn all(sections: u32) -> Vec<(ReportId, Span)> {
        let report = |at: u32| ReportId::of(if at.is_multiple_of(2) { "甲" } else { "乙" });
        (0..sections).map(|at| (report(at), Span::of(at * 10, at * 10 + 10))).collect()
    }

    #[test]
    fn every_section_has_the_same_chance() {
        let sections = all(5);
        let times = |section: &(ReportId, Span)| (0..2_000).filter(|seed| draw(&sections, 2, *seed).contains(section)).count();
        assert!(sections.iter().all(|section| (720..880).contains(&times(section))), "two of five, with four standard errors");
    }

    proptest! {
        #[test]
        fn a_sample_is_drawn_again_from_its_seed_in_whatever_order(
            sections in (0u32..40).prop_map(all).prop_shuffle(),
            count in 0usize..50,
            seed in any::<u64>(),
        ) {
            let drawn = draw(&sections, count, seed);
            prop_assert_eq!(drawn.len(), count.min(sections.len()));
            let mut expected = sections.clone();
            expected.retain(|section| drawn.contains(section));
            prop_assert_eq!(&drawn, &expected, "in the order given, none twice");
            let mut turned = sections.clone();
            turned.reverse();
            prop_assert_eq!(draw(&turned, count, seed).into_iter().rev().collect::<Vec<_>>(), drawn.clone());
            let larger = draw(&sections, count + 3, seed);
            prop_assert!(drawn.iter().all(|section| larger.contains(section)));
        }
    }
}
