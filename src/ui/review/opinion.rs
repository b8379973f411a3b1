//! What people say of a case: those who say the same stand together.

use crate::annotation::{Person, Tag, TagRef};
use crate::review::{Disagreement, Judged};
use crate::session::Review;
use std::cmp::Reverse;

/// What some of the people say of a case.
#[derive(Clone, Debug)]
pub(super) struct Opinion<'r> {
    /// Who.
    pub(super) people: Vec<&'r Person>,
    /// The tags of the first of them; those of the others say the same.
    pub(super) tags: Vec<&'r Tag>,
    /// The tags of all of them.
    pub(super) refs: Vec<TagRef>,
}

/// What people say of a case, in the order of the layers. Who tagged nothing of it says nothing here.
pub(super) fn opinions<'r>(review: &'r Review, judged: &Judged) -> Vec<Opinion<'r>> {
    let mut all: Vec<Opinion<'_>> = Vec::new();
    for (layer, members) in review.layers.iter().zip(&judged.case.members) {
        let tags: Vec<&Tag> = members.iter().filter_map(|at| layer.tags.get(*at)).collect();
        if tags.is_empty() {
            continue;
        }
        let refs: Vec<TagRef> = tags.iter().map(|tag| TagRef { person: layer.person.id, tag: tag.id }).collect();
        match all.iter_mut().find(|opinion| say_the_same(&opinion.tags, &tags)) {
            Some(opinion) => {
                opinion.people.push(&layer.person);
                opinion.refs.extend(refs);
            }
            None => all.push(Opinion { people: vec![&layer.person], tags, refs }),
        }
    }
    all
}

fn say_the_same(one: &[&Tag], other: &[&Tag]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| Disagreement::among(&[*one, *other]).is_none())
}

/// What most people say; of equally many, what stands first.
pub(super) fn foremost(opinions: &[Opinion<'_>]) -> usize {
    opinions.iter().enumerate().max_by_key(|(at, opinion)| (opinion.people.len(), Reverse(*at))).map_or(0, |(at, _)| at)
}

/// Who tagged nothing of a case.
pub(super) fn silent<'r>(review: &'r Review, judged: &'r Judged) -> impl Iterator<Item = &'r Person> {
    review.layers.iter().zip(&judged.case.members).filter(|(_, tags)| tags.is_empty()).map(|(layer, _)| &layer.person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchor, KindId, PersonId, TagId};
    use crate::review::{Layer, judge};
    use crate::text::{Span, Text};
    use std::sync::Arc;
    use uuid::Uuid;

    /// A review of people who each made one tag of these words, or none.
    fn review(spans: &[Option<(u32, u32)>]) -> Review {
        let text = Text::new("全市生产总值增长百分之八以上左右".into());
        let layer = |(person, span): (u128, &Option<(u32, u32)>)| Layer {
            person: Person { id: PersonId(Uuid::from_u128(person)), name: person.to_string() },
            tags: span
                .iter()
                .map(|(start, end)| {
                    let anchor = Anchor::new(&text, Span::of(*start, *end));
                    Tag::new(TagId(Uuid::from_u128(person)), KindId::new("target"), anchor)
                })
                .collect(),
        };
        let layers: Vec<Layer> = (1..).zip(spans).map(layer).collect();
        let cases = judge(&layers, &[]);
        Review { layers: Arc::new(layers), cases: Arc::new(cases), ..Review::default() }
    }

    #[test]
    fn who_says_the_same_stands_together_and_most_come_first() {
        let review = review(&[Some((2, 10)), Some((0, 12)), None, Some((0, 12))]);
        let judged = &review.cases[0];
        let all = opinions(&review, judged);
        let people: Vec<Vec<&str>> = all.iter().map(|opinion| opinion.people.iter().map(|person| person.name.as_str()).collect()).collect();
        assert_eq!(people, [vec!["1"], vec!["2", "4"]]);
        assert_eq!((foremost(&all), all[1].refs.len(), all[1].tags.len()), (1, 2, 1));
        assert_eq!(silent(&review, judged).map(|person| person.name.as_str()).collect::<Vec<_>>(), ["3"]);
        assert_eq!(foremost(&[]), 0);
    }
}
