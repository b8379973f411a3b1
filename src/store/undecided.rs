//! Which proposals a person has not decided on.

use crate::annotation::{Annotations, AttributeId, Codebook, Dismissed, KindId, Tag, TagId};
use crate::suggest::Proposal;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Of the proposals those that no tag stands for, that were not turned down, and whose kind the codebook knows; in the
/// order of the text.
///
/// A tag stands for a proposal about the same words, whatever its kind: whoever tagged them has decided. Of several
/// proposals about the same words, as in a list with 分别, it stands for one.
pub fn undecided(proposals: &[Proposal], annotations: &Annotations, codebook: &Codebook) -> Vec<Proposal> {
    let turned_down = turned_down(annotations);
    let known: BTreeSet<&KindId> = codebook.kinds.iter().map(|kind| &kind.id).collect();
    let is_open = |proposal: &Proposal| {
        known.contains(&proposal.kind) && !about(&turned_down, proposal.span).any(|(_, kind)| **kind == proposal.kind)
    };
    let open: Vec<&Proposal> = proposals.iter().filter(|proposal| is_open(proposal)).collect();
    let tagged = tagged(&open, annotations);
    let mut left: Vec<Proposal> =
        open.into_iter().enumerate().filter(|(number, _)| !tagged.contains(number)).map(|(_, proposal)| proposal.clone()).collect();
    left.sort_by_key(|proposal| proposal.span.start());
    left
}

/// The words of which a kind of tag was turned down, in the order of the text.
fn turned_down(annotations: &Annotations) -> Vec<(Span, &KindId)> {
    let proposals = annotations.dismissals().filter_map(|(remark, dismissed)| match dismissed {
        Dismissed::Proposal { kind, .. } => Some((remark.anchor.span, kind)),
        Dismissed::Hint { .. } => None,
    });
    let mut all: Vec<(Span, &KindId)> = proposals.collect();
    all.sort_unstable_by_key(|(span, _)| span.start());
    all
}

/// Of what stands in the order of the text, what is about the same words as a span.
fn about<T>(order: &[(Span, T)], span: Span) -> impl Iterator<Item = &(Span, T)> {
    // What shares half of all that both cover begins at most a length before.
    let from = order.partition_point(|(other, _)| other.start() < span.start().minus(span.len()));
    let near = order.iter().skip(from).take_while(move |(other, _)| other.start() < span.end());
    near.filter(move |(other, _)| Proposal::is_about(span, *other))
}

/// How badly a tag fits a proposal about the same words: by kind, then by indicator, by numbers and by how far their ends
/// are apart.
type Misfit = (bool, bool, bool, u32);

/// The numbers of the proposals that tags stand for; each tag for the one it fits best.
fn tagged(proposals: &[&Proposal], annotations: &Annotations) -> BTreeSet<usize> {
    let indicator = AttributeId::new("indicator_name");
    let mut pairs: Vec<(Misfit, usize, TagId)> = Vec::new();
    for (number, proposal) in proposals.iter().enumerate() {
        let near = about(annotations.order(), proposal.span).filter_map(|(_, id)| annotations.tag(*id));
        pairs.extend(near.map(|tag| (misfit(proposal, tag, &indicator), number, tag.id)));
    }
    pairs.sort_unstable();
    let mut tagged = BTreeSet::new();
    let mut stands_for: BTreeMap<TagId, Vec<Span>> = BTreeMap::new();
    for (_, number, id) in pairs {
        let Some(proposal) = proposals.get(number).filter(|_| !tagged.contains(&number)) else { continue };
        let others = stands_for.entry(id).or_default();
        if !others.iter().any(|other| Proposal::is_about(*other, proposal.span)) {
            others.push(proposal.span);
            tagged.insert(number);
        }
    }
    tagged
}

fn misfit(proposal: &Proposal, tag: &Tag, indicator: &AttributeId) -> Misfit {
    let (one, other) = (proposal.span, tag.anchor.span);
    let apart = one.start().get().abs_diff(other.start().get()) + one.end().get().abs_diff(other.end().get());
    let is_other_indicator = tag.attributes.get(indicator) != proposal.statement.attributes.get(indicator);
    (tag.kind != proposal.kind, is_other_indicator, tag.quantities != proposal.statement.quantities, apart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchor, Change, Edit, Hand, Remark, RemarkId, Says, Time, Touch, Value};
    use crate::suggest::{Confidence, RuleId, Statement};
    use crate::text::Text;
    use uuid::Uuid;

    fn text() -> Text {
        Text::new("粮食、油料产量分别达到100万吨、20万吨".repeat(20))
    }

    fn proposal(start: u32, end: u32, kind: &str, indicator: &str) -> Proposal {
        let name = (AttributeId::new("indicator_name"), Value::One(indicator.to_owned()));
        Proposal {
            span: Span::of(start, end),
            kind: KindId::new(kind),
            statement: Statement { quantities: Vec::new(), attributes: BTreeMap::from([name]) },
            rule: RuleId("rule".into()),
            words: Vec::new(),
            confidence: Confidence::percent(80),
        }
    }

    fn annotations(changes: Vec<Change>) -> Annotations {
        let mut all = Annotations::default();
        all.apply(&Edit::new(changes), Touch { at: Time(1), hand: Hand::new(1) }).unwrap();
        all
    }

    fn tag(number: u128, proposal: &Proposal) -> Change {
        Change::add_tag(proposal.tag(TagId(Uuid::from_u128(number)), &text(), None))
    }

    fn left(proposals: &[Proposal], changes: Vec<Change>) -> Vec<String> {
        let left = undecided(proposals, &annotations(changes), &Codebook::standard());
        left.iter().map(Proposal::indicator).collect()
    }

    #[test]
    fn of_a_list_on_the_same_words_each_needs_its_tag() {
        let list = [proposal(0, 22, "target", "甲"), proposal(0, 22, "target", "乙"), proposal(0, 22, "target", "丙")];
        assert_eq!(left(&list, vec![tag(1, &list[1])]), ["甲", "丙"]);
        // A tag that says something else stands for one of them all the same.
        assert_eq!(left(&list, vec![tag(1, &list[2]), tag(2, &proposal(1, 22, "commitment", ""))]), ["乙"]);
        assert_eq!(left(&list, vec![tag(1, &list[2]), tag(2, &list[0]), tag(3, &list[1])]), Vec::<String>::new());
    }

    #[test]
    fn a_tag_decides_on_words_that_are_about_the_same() {
        let here = [proposal(10, 20, "target", "甲")];
        for (start, end, is_left) in [(10, 20, false), (8, 20, false), (10, 15, false), (10, 14, true), (0, 40, true), (20, 30, true)] {
            let tag = tag(1, &proposal(start, end, "indicator", "别"));
            assert_eq!(left(&here, vec![tag]).len() == 1, is_left, "{start}..{end}");
        }
    }

    #[test]
    fn what_was_turned_down_stays_so() {
        let says = Says::Dismissed(Dismissed::Proposal { kind: KindId::new("target"), rule: "another".into() });
        let anchor = Anchor::new(&text(), Span::of(11, 20));
        let dismissed = Change::add_remark(Remark { id: RemarkId(Uuid::from_u128(1)), anchor, says });
        let both = [proposal(10, 20, "target", "甲"), proposal(10, 20, "indicator", "乙"), proposal(10, 20, "a kind nobody knows", "丙")];
        assert_eq!(left(&both, vec![dismissed]), ["乙"]);
    }

    #[test]
    fn thousands_are_told_at_once() {
        let text = Text::new("全市生产总值增长百分之六。".repeat(20_000));
        let at = |number: u32| proposal(number * 10, number * 10 + 9, "target", "甲");
        let tag = |number: u32| at(number).tag(TagId(Uuid::from_u128(number.into())), &text, None);
        let all = annotations((0..20_000).map(tag).map(Change::add_tag).collect());
        let proposals: Vec<Proposal> = (0..2_000).map(|number| at(number * 10)).collect();
        let began = std::time::Instant::now();
        assert!(undecided(&proposals, &all, &Codebook::standard()).is_empty());
        // In a build without optimisation.
        assert!(began.elapsed().as_millis() < 500, "{:?}", began.elapsed());
    }
}
