//! How many tags of each kind stand in each section of a report.

use super::handed::TagRow;
use crate::annotation::KindId;
use crate::text::Pos;
use std::collections::BTreeMap;

/// A section of a report and how many tags begin in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SectionCount {
    /// Its heading as it is read; nothing for what stands before the first one.
    pub heading: Option<String>,
    /// How many tags of each kind.
    pub tags: Vec<usize>,
}

/// The sections of a report in which tags begin, by the highest heading, in the order of the text. Tags without a place are
/// in none.
pub(super) fn section_counts<'a>(tags: impl Iterator<Item = TagRow<'a>>, kinds: &[KindId]) -> Vec<SectionCount> {
    let mut sections: BTreeMap<Option<Pos>, SectionCount> = BTreeMap::new();
    for row in tags {
        let Some(place) = row.place() else { continue };
        let heading = row.report.report.section_of(place.start()).first().map(|heading| heading.start());
        let new = || SectionCount { heading: row.section().into_iter().next().map(Into::into), tags: vec![0; kinds.len()] };
        let section = sections.entry(heading).or_insert_with(new);
        for (count, _) in section.tags.iter_mut().zip(kinds).filter(|(_, kind)| **kind == row.tag.kind) {
            *count += 1;
        }
    }
    sections.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::super::laid::tests::Desk;
    use super::*;

    #[test]
    fn tags_are_counted_by_the_highest_heading() {
        let text = "政府工作报告\n各位代表，增长7%。\n一、回顾\n（一）工业\n工业增长8%，农业增长6%。\n二、安排\n力争增长9%。\n";
        let desk = Desk::new(text).tagged("增长7%", "indicator").tagged("工业增长8%", "indicator");
        let desk = desk.tagged("农业增长6%", "indicator").tagged("力争增长9%", "target");
        desk.hand(|handed| {
            let counts = section_counts(handed.tags(), &handed.kinds().into_iter().cloned().collect::<Vec<_>>());
            let said = |section: &SectionCount| format!("{:?} {:?}", section.heading, section.tags);
            // Targets, indicators, commitments.
            let expected = ["None [0, 1, 0]", "Some(\"一、回顾\") [0, 2, 0]", "Some(\"二、安排\") [1, 0, 0]"];
            assert_eq!(counts.iter().map(said).collect::<Vec<_>>(), expected);
        });
    }
}
