//! How far a review has come: in all, by kind, by section.

use super::Layer;
use super::figures::sections;
use super::judged::{Judged, Standing};
use crate::annotation::KindId;
use crate::report::Report;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How many cases there are of each standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// On which all agree and nothing was decided.
    pub agreed: usize,
    /// That are decided.
    pub decided: usize,
    /// That are to be decided, those included that changed after something was decided.
    pub open: usize,
    /// That were decided in different ways.
    pub conflicts: usize,
    /// That are to be decided later.
    pub deferred: usize,
    /// About which somebody was asked.
    pub asked: usize,
}

impl Progress {
    /// How many of these cases there are.
    pub fn of(judged: &[Judged]) -> Self {
        let mut progress = Self::default();
        judged.iter().for_each(|judged| progress.count(judged.standing));
        progress
    }

    /// How many there are in all.
    pub const fn total(&self) -> usize {
        self.agreed + self.decided + self.left()
    }

    /// How many are still to be decided.
    pub const fn left(&self) -> usize {
        self.open + self.conflicts + self.deferred + self.asked
    }

    const fn count(&mut self, standing: Standing) {
        let of_standing = match standing {
            Standing::Agreed => &mut self.agreed,
            Standing::Decided => &mut self.decided,
            Standing::Open | Standing::Changed => &mut self.open,
            Standing::Conflict => &mut self.conflicts,
            Standing::Deferred => &mut self.deferred,
            Standing::Asked => &mut self.asked,
        };
        *of_standing += 1;
    }
}

/// How far it has come with each kind. A case that is of several kinds counts for each of them.
pub fn by_kind(layers: &[Layer], judged: &[Judged]) -> BTreeMap<KindId, Progress> {
    let mut by_kind: BTreeMap<KindId, Progress> = BTreeMap::new();
    for judged in judged {
        let kinds: BTreeSet<&KindId> = judged.case.tags(layers).map(|(_, tag)| &tag.kind).collect();
        for kind in kinds {
            by_kind.entry(kind.clone()).or_default().count(judged.standing);
        }
    }
    by_kind
}

/// How far it has come with each section, in the order of the text, each with its heading. A case counts where it begins.
pub fn by_section(report: &Report, judged: &[Judged]) -> Vec<(Span, String, Progress)> {
    let mut by_section: Vec<(Span, String, Progress)> =
        sections(report).into_iter().map(|(span, heading)| (span, heading, Progress::default())).collect();
    for judged in judged {
        let begun = by_section.partition_point(|(span, ..)| span.start() <= judged.case.span.start());
        if let Some((_, _, progress)) = begun.checked_sub(1).and_then(|at| by_section.get_mut(at)) {
            progress.count(judged.standing);
        }
    }
    by_section
}

#[cfg(test)]
mod tests {
    use super::super::judged::judge;
    use super::super::judged::tests::{Decider, decided};
    use super::super::tests::layer;
    use super::*;
    use crate::annotation::Outcome;
    use crate::report::Corrections;

    /// A decided case in the first section and an open one in the second, in which people disagree on the kind, too.
    fn judged() -> (Vec<Layer>, Vec<Judged>) {
        let layers = vec![layer(1, &[(27, 6, 0), (44, 6, 0)]), layer(2, &[(44, 6, 1)])];
        let mut decider = Decider::new(9);
        decider.decide(&layers, &judge(&layers, &[])[0], Outcome::Taken, &layers[0].tags[..1]);
        let judged = judge(&layers, &decided(&[decider]));
        (layers, judged)
    }

    #[test]
    fn what_is_decided_and_what_is_left() {
        let (layers, judged) = judged();
        let all = Progress::of(&judged);
        assert_eq!(all, Progress { decided: 1, open: 1, ..Progress::default() });
        assert_eq!((all.total(), all.left()), (2, 1));
        let by_kind = by_kind(&layers, &judged);
        assert_eq!(by_kind[&KindId::new("target")], all);
        assert_eq!(by_kind[&KindId::new("indicator")], Progress { open: 1, ..Progress::default() });
    }

    #[test]
    fn sections_count_what_begins_in_them() {
        let text = "政府工作报告\n各位代表：去年增长8%。\n一、回顾\n全市生产总值增长8%。\n二、安排\n生产总值增长6%左右。\n";
        let report = Report::new(text.into(), Corrections::default());
        let progress: Vec<_> = by_section(&report, &judged().1).into_iter().map(|(_, heading, progress)| (heading, progress)).collect();
        let (decided, open) = (Progress { decided: 1, ..Progress::default() }, Progress { open: 1, ..Progress::default() });
        let expected = [("", Progress::default()), ("一、回顾", decided), ("二、安排", open)];
        assert_eq!(progress, expected.map(|(heading, progress)| (heading.to_owned(), progress)));
    }
}
