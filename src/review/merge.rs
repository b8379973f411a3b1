//! Several people's tags as one set: what they agree on, what was decided, and what is still open.

use super::Layer;
use super::cases::Case;
use super::judged::{Judged, Standing, judge, settled_tags};
use crate::annotation::{
    Anchor, Annotations, CaseKey, Change, Decision, DecisionOption, Edit, Outcome, Person, Remark, RemarkId, Says, Tag, TagId,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What came of merging several people's tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The tags on which all agree or that were decided on, in the order of their cases.
    pub tags: Vec<Tag>,
    /// What made them tags: for each case, by the words it is on, what was decided, or that all agree.
    pub decisions: Vec<(Anchor, Decision)>,
    /// The cases that are to be decided.
    pub open: Vec<Judged>,
}

/// Merges what people tagged with what others decided on it. What all agree on becomes a tag of a new name; what was accepted or
/// decided before keeps its names.
pub fn merged(layers: &[Layer], decided: &[(Person, &Annotations)], mut new_tag: impl FnMut() -> TagId) -> Merged {
    let mut merged = Merged::default();
    for judged in judge(layers, decided) {
        let settled = match judged.standing {
            Standing::Agreed => agreed(layers, &judged, &mut new_tag),
            Standing::Decided => judged.settling().next().map(|given| {
                let tags = settled_tags(&judged, decided).into_iter().cloned().collect();
                (given.decision.clone(), tags)
            }),
            Standing::Open | Standing::Conflict | Standing::Deferred | Standing::Asked | Standing::Changed => None,
        };
        match (settled, anchor(layers, &judged.case)) {
            (Some((decision, tags)), Some(anchor)) => {
                merged.decisions.push((anchor, decision));
                merged.tags.extend(tags);
            }
            _ => merged.open.push(judged),
        }
    }
    merged
}

/// What all agree on, as the tag of whoever is first by name.
fn agreed(layers: &[Layer], judged: &Judged, new_tag: &mut impl FnMut() -> TagId) -> Option<(Decision, Vec<Tag>)> {
    let mut all: Vec<(&Layer, &Tag)> = judged.case.tags(layers).collect();
    all.sort_by_key(|(layer, tag)| (layer.person.id, tag.id));
    let (_, first) = *all.first()?;
    let tag = Tag { id: new_tag(), carried: None, ..first.clone() };
    let option = |(layer, tag): (&Layer, &Tag)| DecisionOption { person: layer.person.clone(), tag: tag.id, taken: true };
    let options = all.into_iter().map(option).collect();
    let (case, words) = (judged.key, String::new());
    Some((Decision { case, options, outcome: Outcome::Agreed, tags: vec![tag.id], reason: None, words }, vec![tag]))
}

/// The words a case is on: those of its longest tag, of several the first.
fn anchor(layers: &[Layer], case: &Case) -> Option<Anchor> {
    let anchors = case.tags(layers).map(|(_, tag)| &tag.anchor);
    anchors.max_by_key(|anchor| (anchor.span.len(), Reverse(anchor.span.start()))).cloned()
}

impl Merged {
    /// The step that puts it into the file of somebody who decides. What is decided there stays as it is.
    pub fn edit(&self, file: &Annotations, mut new_remark: impl FnMut() -> RemarkId) -> Edit {
        let settled: BTreeSet<CaseKey> =
            file.decisions().filter(|(.., decision)| decision.outcome.settles()).map(|(.., decision)| decision.case).collect();
        let tags: BTreeMap<TagId, &Tag> = self.tags.iter().map(|tag| (tag.id, tag)).collect();
        let mut changes = Vec::new();
        for (anchor, decision) in self.decisions.iter().filter(|(_, decision)| !settled.contains(&decision.case)) {
            let new = decision.tags.iter().filter(|id| file.tag(**id).is_none()).filter_map(|id| tags.get(id));
            changes.extend(new.map(|tag| Change::add_tag((*tag).clone())));
            let (id, says) = (new_remark(), Says::Decision(decision.clone()));
            changes.push(Change::add_remark(Remark { id, anchor: anchor.clone(), says }));
        }
        Edit::new(changes)
    }
}

#[cfg(test)]
mod tests {
    use super::super::judged::tests::{Decider, decided};
    use super::super::tests::{Drawn, drawn, layer};
    use super::*;
    use crate::annotation::{Hand, Time, Touch};
    use proptest::prelude::*;
    use uuid::Uuid;

    /// Names from a number on.
    fn names(from: u128) -> impl FnMut() -> TagId {
        let mut numbers = from..;
        move || TagId(Uuid::from_u128(numbers.next().unwrap()))
    }

    fn layers(of: &[Vec<Drawn>]) -> Vec<Layer> {
        (1..).zip(of).map(|(person, drawn)| layer(person, drawn)).collect()
    }

    /// Somebody's file with all that came of merging.
    fn filed(merged: &Merged) -> Decider {
        let mut decider = Decider::new(77);
        let mut remarks = names(1 << 80);
        let edit = merged.edit(&decider.annotations, || RemarkId(remarks().0));
        decider.annotations.apply(&edit, Touch { at: Time(1), hand: Hand::new(7) }).unwrap();
        decider
    }

    #[test]
    fn what_is_agreed_or_decided_becomes_tags_and_the_rest_is_open() {
        let layers = layers(&[vec![(0, 9, 0), (10, 9, 0), (20, 9, 0), (30, 9, 0)], vec![(0, 9, 0), (10, 8, 0), (20, 9, 1)]]);
        let mut decider = Decider::new(9);
        let open = judge(&layers, &[]);
        decider.decide(&layers, &open[1], Outcome::Taken, &layers[1].tags[1..2]);
        decider.decide(&layers, &open[2], Outcome::Deferred, &[]);
        decider.decide(&layers, &open[3], Outcome::Nothing, &[]);
        let merged = merged(&layers, &decided(&[decider]), names(1 << 90));
        let spans: Vec<(u32, u32)> = merged.tags.iter().map(|tag| (tag.anchor.span.start().get(), tag.anchor.span.end().get())).collect();
        assert_eq!(spans, [(0, 9), (10, 18)]);
        assert_eq!(merged.tags[0].id, names(1 << 90)());
        let outcomes: Vec<Outcome> = merged.decisions.iter().map(|(_, decision)| decision.outcome).collect();
        assert_eq!(outcomes, [Outcome::Agreed, Outcome::Taken, Outcome::Nothing]);
        assert_eq!(merged.open.iter().map(|judged| judged.key).collect::<Vec<_>>(), [open[2].key]);
    }

    #[test]
    fn who_has_decided_gets_nothing_twice() {
        let layers = layers(&[vec![(0, 9, 0)], vec![(0, 8, 0)]]);
        let open = judge(&layers, &[]);
        let mut deciders = [Decider::new(8), Decider::new(9)];
        deciders.iter_mut().for_each(|decider| decider.decide(&layers, &open[0], Outcome::Taken, &layers[0].tags));
        let merged = merged(&layers, &decided(&deciders), names(1 << 90));
        assert!(merged.open.is_empty() && merged.tags.len() == 1);
        for decider in deciders {
            assert!(merged.edit(&decider.annotations, || RemarkId(Uuid::nil())).is_empty());
        }
        assert_eq!(filed(&merged).annotations.tag_count(), 1);
    }

    proptest! {
        #[test]
        fn it_does_not_matter_who_is_first(of in proptest::collection::vec(drawn(10), 1..5)) {
            let (layers, mut turned) = (layers(&of), layers(&of));
            turned.reverse();
            let (there, back) = (merged(&layers, &[], names(1)), merged(&turned, &[], names(1)));
            prop_assert_eq!((there.tags, there.decisions), (back.tags, back.decisions));
            let keys = |open: Vec<Judged>| open.into_iter().map(|judged| judged.key).collect::<Vec<_>>();
            prop_assert_eq!(keys(there.open), keys(back.open));
        }

        #[test]
        fn every_tag_is_agreed_on_or_open(of in proptest::collection::vec(drawn(10), 1..5)) {
            let layers = layers(&of);
            let merged = merged(&layers, &[], names(1));
            let settled = merged.decisions.iter().map(|(_, decision)| decision.options.len()).sum::<usize>();
            let open = merged.open.iter().map(|judged| judged.case.tags(&layers).count()).sum::<usize>();
            prop_assert_eq!(settled + open, layers.iter().map(|layer| layer.tags.len()).sum::<usize>());
            prop_assert_eq!(merged.tags.len(), merged.decisions.len());
        }

        #[test]
        fn agreed_files_ask_nothing(of in drawn(12), people in 1usize..5) {
            let layers = layers(&vec![of.clone(); people]);
            let merged = merged(&layers, &[], names(1));
            prop_assert!(merged.open.is_empty());
            prop_assert_eq!(merged.tags.len(), of.len());
        }

        #[test]
        fn merging_again_with_what_came_of_it_gives_the_same(of in proptest::collection::vec(drawn(10), 1..5)) {
            let layers = layers(&of);
            let first = merged(&layers, &[], names(1));
            let again = merged(&layers, &decided(&[filed(&first)]), || unreachable!("all that is agreed on was accepted"));
            prop_assert_eq!((&again.tags, &again.decisions), (&first.tags, &first.decisions));
            prop_assert_eq!(&again.open, &first.open);
            prop_assert!(first.edit(&filed(&first).annotations, || RemarkId(Uuid::nil())).is_empty());
        }
    }
}
