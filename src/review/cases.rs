//! What there is to decide on: the tags of several people that stand for one statement, put together.

use super::Layer;
use super::disagreement::Disagreement;
use super::groups::{Bond, Groups, Member};
use super::key::key_of;
use super::matching::{Match, pairing};
use super::pieces::pieces;
use crate::annotation::{AttributeId, CaseKey, Tag, TagId};
use crate::text::{Pos, Span};
use std::cmp::Reverse;

/// The tags of several people that stand for one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The shortest stretch that holds them all.
    pub span: Span,
    /// Of each layer the places of its tags: none or one, and several only where one stands against several.
    pub members: Vec<Vec<usize>>,
    /// In what people disagree.
    pub sort: Sort,
}

/// In what people disagree: of several things the gravest, which is the later one here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// In nothing.
    Agreed,
    /// In these attributes.
    Attributes(Vec<AttributeId>),
    /// In where it starts or ends.
    Boundary {
        /// By how many characters, starts and ends added up.
        characters: u32,
    },
    /// In what it states in numbers.
    Quantities,
    /// In what kind it is of.
    Kind,
    /// In whether it is to be tagged.
    OnlySome,
    /// In whether it is one statement or several.
    OneAgainstSeveral,
}

impl Sort {
    /// Its key in files and in the locale.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Attributes(_) => "attributes",
            Self::Boundary { .. } => "boundary",
            Self::Quantities => "quantities",
            Self::Kind => "kind",
            Self::OnlySome => "only_some",
            Self::OneAgainstSeveral => "one_against_several",
        }
    }

    /// How grave it is; nothing is 0.
    pub const fn rank(&self) -> u8 {
        match self {
            Self::Agreed => 0,
            Self::Attributes(_) => 1,
            Self::Boundary { .. } => 2,
            Self::Quantities => 3,
            Self::Kind => 4,
            Self::OnlySome => 5,
            Self::OneAgainstSeveral => 6,
        }
    }

    fn of(members: &[Vec<usize>], disagreement: Disagreement) -> Self {
        let Disagreement { characters, kind, quantities, attributes } = disagreement;
        if members.iter().any(|tags| tags.len() > 1) {
            Self::OneAgainstSeveral
        } else if members.iter().any(Vec::is_empty) {
            Self::OnlySome
        } else if kind {
            Self::Kind
        } else if quantities {
            Self::Quantities
        } else if characters > 0 {
            Self::Boundary { characters }
        } else if !attributes.is_empty() {
            Self::Attributes(attributes)
        } else {
            Self::Agreed
        }
    }
}

impl Case {
    fn new(layers: &[Layer], group: &[Member]) -> Option<Self> {
        let mut members = vec![Vec::new(); layers.len()];
        for member in group {
            members.get_mut(member.layer)?.push(member.tag);
        }
        members.iter_mut().for_each(|tags| tags.sort_unstable());
        let mut case = Self { span: Span::at(Pos::ZERO), members, sort: Sort::Agreed };
        case.span = case.tags(layers).map(|(_, tag)| tag.anchor.span).reduce(Span::union)?;
        case.sort = Sort::of(&case.members, case.disagreement(layers));
        Some(case)
    }

    /// Its tags, each with the layer it is of: in the order of the layers, and in one layer in that of the text.
    pub fn tags<'l>(&'l self, layers: &'l [Layer]) -> impl Iterator<Item = (&'l Layer, &'l Tag)> + 'l {
        let of_layer = |(layer, tags): (&'l Layer, &'l Vec<usize>)| tags.iter().filter_map(move |at| Some((layer, layer.tags.get(*at)?)));
        layers.iter().zip(&self.members).flat_map(of_layer)
    }

    /// All in what its tags disagree, not only the gravest.
    pub fn disagreement(&self, layers: &[Layer]) -> Disagreement {
        Disagreement::among(&self.tags(layers).map(|(_, tag)| tag).collect::<Vec<_>>())
    }

    /// How bad it is: what is greater comes sooner where the worst comes first. By what people disagree in; in one of those by
    /// how many attributes or characters, by how evenly people are divided, by how many tags there are.
    pub fn badness(&self) -> (u8, usize) {
        let without = self.members.iter().filter(|tags| tags.is_empty()).count();
        let by = match &self.sort {
            Sort::Agreed | Sort::Quantities | Sort::Kind => 0,
            Sort::Attributes(attributes) => attributes.len(),
            Sort::Boundary { characters } => usize::try_from(*characters).unwrap_or(usize::MAX),
            Sort::OnlySome => without.min(self.members.len() - without),
            Sort::OneAgainstSeveral => self.members.iter().map(Vec::len).sum(),
        };
        (self.sort.rank(), by)
    }

    /// What it is called from one comparison to the next.
    pub fn key(&self, layers: &[Layer]) -> CaseKey {
        key_of(self.span, self.tags(layers))
    }
}

/// The cases of several layers of one report, in the order of the text. Each tag is in exactly one.
///
/// Layers are paired two by two, and the tags of pairs put together, those that fit best first, as long as nobody has two tags in
/// one case. Then what somebody tagged in several pieces is put to those who tagged it as a whole.
pub fn cases(layers: &[Layer]) -> Vec<Case> {
    let mut ordered: Vec<(usize, &Layer)> = layers.iter().enumerate().collect();
    ordered.sort_by(|(_, one), (_, other)| one.order(other));
    let (mut matched, mut in_pieces): (Vec<Bond>, Vec<Bond>) = (Vec::new(), Vec::new());
    for (at, &one) in ordered.iter().enumerate() {
        for &other in ordered.iter().skip(at + 1) {
            let pairing = pairing(one.1, other.1);
            let of_layers = |pair: &Match| {
                let (one, other) = (Member { layer: one.0, tag: pair.one }, Member { layer: other.0, tag: pair.other });
                (pair.weight, one, other)
            };
            matched.extend(pairing.matches.iter().map(of_layers));
            in_pieces.extend(pieces(one, other, &pairing));
        }
    }
    matched.sort_by_key(|(weight, ..)| Reverse(*weight));
    in_pieces.sort_by_key(|(weight, ..)| Reverse(*weight));
    let mut groups = Groups::new(&ordered);
    for (_, one, other) in matched {
        if groups.have_nobody_in_common(one, other) {
            groups.join(one, other);
        }
    }
    for (_, whole, piece) in in_pieces {
        if !groups.has(piece, whole.layer) {
            groups.join(whole, piece);
        }
    }
    in_text_order(layers, &groups)
}

/// A case of each group.
fn in_text_order(layers: &[Layer], groups: &Groups) -> Vec<Case> {
    let name = |case: &Case| case.tags(layers).map(|(_, tag)| tag.id).min();
    let mut cases: Vec<(Option<TagId>, Case)> =
        groups.all().filter_map(|group| Case::new(layers, group)).map(|case| (name(&case), case)).collect();
    cases.sort_by_key(|(name, case)| (case.span.start(), Reverse(case.span.end()), *name));
    cases.into_iter().map(|(_, case)| case).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Drawn, drawn, layer};
    use super::*;
    use proptest::prelude::*;

    fn sorts(layers: &[&[Drawn]]) -> Vec<Sort> {
        let layers: Vec<Layer> = (1..).zip(layers).map(|(person, drawn)| layer(person, drawn)).collect();
        cases(&layers).into_iter().map(|case| case.sort).collect()
    }

    #[test]
    fn a_case_says_in_what_people_disagree() {
        let period = || Sort::Attributes(vec![AttributeId::new("period")]);
        let of_two = |one: Drawn, other: Drawn| sorts(&[&[one], &[other]]);
        assert_eq!(of_two((0, 9, 0), (0, 9, 0)), [Sort::Agreed]);
        assert_eq!(of_two((0, 9, 0), (0, 9, 4)), [period()]);
        assert_eq!(of_two((0, 9, 0), (1, 9, 4)), [Sort::Boundary { characters: 2 }]);
        assert_eq!(of_two((0, 9, 0), (1, 9, 6)), [Sort::Quantities]);
        assert_eq!(of_two((0, 9, 0), (1, 9, 7)), [Sort::Kind]);
        assert_eq!(of_two((0, 9, 0), (9, 9, 0)), [Sort::OnlySome, Sort::OnlySome]);
        assert_eq!(sorts(&[&[(0, 9, 0)], &[(0, 9, 0)], &[]]), [Sort::OnlySome]);
        assert_eq!(sorts(&[&[(0, 9, 0)], &[(0, 9, 0)], &[(0, 9, 4)]]), [period()]);
        assert!(sorts(&[]).is_empty());
    }

    #[test]
    fn a_whole_stands_against_its_pieces() {
        let layers = [layer(1, &[(0, 12, 0)]), layer(2, &[(0, 6, 0), (6, 6, 2)]), layer(3, &[(0, 7, 0), (7, 5, 2)])];
        let all = cases(&layers);
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!((&all[0].sort, all[0].span), (&Sort::OneAgainstSeveral, Span::of(0, 12)));
        assert_eq!(all[0].members, [vec![0], vec![0, 1], vec![0, 1]]);
        assert_eq!(sorts(&[&[(0, 9, 0)], &[(0, 9, 2), (0, 9, 6)]]), [Sort::OneAgainstSeveral], "two statements on the same words");
        assert_eq!(sorts(&[&[(0, 12, 0)], &[(0, 12, 0), (6, 6, 0)]]), [Sort::Agreed, Sort::OnlySome], "one of them agrees in all");
        assert_eq!(sorts(&[&[(0, 12, 0)], &[(0, 8, 0), (8, 4, 1)]]), [Sort::Boundary { characters: 4 }, Sort::OnlySome], "another kind");
    }

    #[test]
    fn the_graver_and_the_larger_is_worse() {
        let of = |layers: &[&[Drawn]]| {
            let layers: Vec<Layer> = (1..).zip(layers).map(|(person, drawn)| layer(person, drawn)).collect();
            cases(&layers).into_iter().map(|case| case.badness()).collect::<Vec<_>>()
        };
        let agreed = of(&[&[(0, 9, 0)], &[(0, 9, 0)]]);
        let (by_one, by_four) = (of(&[&[(0, 9, 0)], &[(0, 8, 0)]]), of(&[&[(0, 9, 0)], &[(0, 5, 0)]]));
        let kind = of(&[&[(0, 9, 0)], &[(0, 9, 1)]]);
        assert!(agreed < by_one && by_one < by_four && by_four < kind);
        let one_lacks_it = of(&[&[(0, 9, 0)], &[(0, 9, 0)], &[(0, 9, 0)], &[]]);
        assert!(one_lacks_it < of(&[&[(0, 9, 0)], &[(0, 9, 0)], &[], &[]]), "where people are divided evenly there is more to decide");
    }

    #[test]
    fn five_people_with_five_thousand_tags_each() {
        let drawn = |person: u32| move |at: u32| (at * 10 + at * person % 3, 6 + (at + person) % 9, ((at * 7 + person) % 8) as u8);
        let layers: Vec<Layer> =
            (1..=5u32).map(|person| layer(u128::from(person), &(0..5_000).map(drawn(person)).collect::<Vec<_>>())).collect();
        let all = cases(&layers);
        assert_eq!(all.iter().map(|case| case.tags(&layers).count()).sum::<usize>(), 25_000);
    }

    proptest! {
        #[test]
        fn every_tag_is_in_one_case(of in proptest::collection::vec(drawn(10), 0..5)) {
            let layers: Vec<Layer> = (1..).zip(&of).map(|(person, drawn)| layer(person, drawn)).collect();
            let all = cases(&layers);
            for (at, layer) in layers.iter().enumerate() {
                let mut tags: Vec<usize> = all.iter().flat_map(|case| case.members[at].iter().copied()).collect();
                tags.sort_unstable();
                prop_assert_eq!(tags, (0..layer.tags.len()).collect::<Vec<_>>());
            }
            prop_assert!(all.is_sorted_by_key(|case| case.span.start()));
            let keys: std::collections::BTreeSet<CaseKey> = all.iter().map(|case| case.key(&layers)).collect();
            prop_assert_eq!(keys.len(), all.len());
        }

        #[test]
        fn who_agrees_in_all_has_nothing_to_decide(of in drawn(12), people in 1usize..5) {
            let mine = layer(1, &of);
            let same = vec![mine.clone(); people];
            let others: Vec<Layer> = (1..=people as u128).map(|person| layer(person, &of)).collect();
            for layers in [same, others] {
                let all = cases(&layers);
                prop_assert!(all.iter().all(|case| case.sort == Sort::Agreed));
                prop_assert_eq!(all.len(), mine.tags.len());
            }
        }

        #[test]
        fn the_order_of_layers_only_orders_the_members(
            of in proptest::collection::vec(drawn(10), 4),
            turn in Just(vec![0usize, 1, 2, 3]).prop_shuffle(),
        ) {
            let layers: Vec<Layer> = (1..).zip(&of).map(|(person, drawn)| layer(person, drawn)).collect();
            let turned: Vec<Layer> = turn.iter().map(|at| layers[*at].clone()).collect();
            let keys = |layers: &[Layer]| cases(layers).iter().map(|case| case.key(layers)).collect::<Vec<_>>();
            prop_assert_eq!(keys(&layers), keys(&turned));
            for (case, after) in cases(&layers).into_iter().zip(cases(&turned)) {
                let members: Vec<Vec<usize>> = turn.iter().map(|at| case.members[*at].clone()).collect();
                prop_assert_eq!(Case { members, ..case }, after);
            }
        }
    }
}
