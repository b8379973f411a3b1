//! People's tags of one report compared: which of them stand for the same statement, and in what they disagree.
//!
//! It knows neither files nor who looks on: people's layers and decisions in, cases and figures out. What comes of it never
//! depends on whose layer is given first.

pub mod agreement;
mod assignment;
mod cases;
mod chance;
mod disagreement;
pub mod figures;
mod groups;
mod judged;
mod key;
mod matching;
mod merge;
mod pieces;
mod progress;
mod sample;
mod thread;

pub use crate::annotation::CaseKey;
pub use cases::{Case, Sort, cases};
pub use disagreement::{Disagreement, same_quantities, same_value};
pub use judged::{Given, Judged, Standing, judge, judge_again, queue, settled_tags};
pub use matching::{Match, Pairing, pairing, weight};
pub use merge::{Merged, merged};
pub use progress::{Progress, by_kind, by_section};
pub use sample::draw;
pub use thread::{Said, Thread, threads};

use crate::annotation::{Annotations, Person, Tag, TagId};
use crate::text::Pos;
use std::cmp::{Ordering, Reverse};

/// What one person tagged of a report: the tags that have a place, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Who tagged.
    pub person: Person,
    /// The tags. Each has a place, so that its anchor is of the text at hand.
    pub tags: Vec<Tag>,
}

impl Layer {
    /// The layer of a person's annotations.
    pub fn of(person: Person, annotations: &Annotations) -> Self {
        let tags = annotations.order().iter().filter_map(|(_, id)| annotations.tag(*id)).cloned().collect();
        Self { person, tags }
    }

    /// Which of two layers is looked at first, whichever was given first.
    fn order(&self, other: &Self) -> Ordering {
        let ids = |layer: &Self| layer.tags.iter().map(|tag| tag.id).collect::<Vec<_>>();
        self.person.id.cmp(&other.person.id).then_with(|| ids(self).cmp(&ids(other)))
    }
}

/// What puts tags in the order of the text: by start, longer first, then by name.
const fn place_in_text(tag: &Tag) -> (Pos, Reverse<Pos>, TagId) {
    (tag.anchor.span.start(), Reverse(tag.anchor.span.end()), tag.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchor, AttributeId, Change, Edit, Hand, KindId, PersonId, Time, Touch, Value};
    use crate::quantity::{Quantity, Stated};
    use crate::text::{Span, Text};
    use proptest::prelude::*;
    use rust_decimal::Decimal;
    use uuid::Uuid;

    /// A tag as it is drawn: where it starts, how long it is, and what it says, as three bits.
    pub type Drawn = (u32, u32, u8);

    /// A tag of a name.
    pub fn tag(name: u128, (start, len, says): Drawn) -> Tag {
        let span = Span::of(start, start + len);
        let anchor = Anchor { span, quote: String::new(), before: String::new(), after: String::new() };
        let kind = if says & 1 == 0 { "target" } else { "indicator" };
        let (value, year) = (if says & 2 == 0 { 8 } else { 9 }, if says & 4 == 0 { "2020" } else { "2021" });
        let mut tag = Tag::new(TagId(Uuid::from_u128(name)), KindId::new(kind), anchor);
        let stated = Stated { value: Some(Decimal::from(value)), unit: "%".into(), ..Stated::default() };
        tag.quantities = vec![Quantity { stated, words: format!("{value}%"), ..Quantity::default() }];
        tag.set_attribute(AttributeId::new("period"), Value::One(year.into()));
        tag
    }

    /// The layer of a person of a number.
    pub fn layer(person: u128, drawn: &[Drawn]) -> Layer {
        let mut tags: Vec<Tag> = (1..).zip(drawn).map(|(at, &drawn)| tag((person << 64) + at, drawn)).collect();
        tags.sort_by_key(place_in_text);
        Layer { person: Person { id: PersonId(Uuid::from_u128(person)), name: person.to_string() }, tags }
    }

    /// Up to `most` tags that often overlap.
    pub fn drawn(most: usize) -> impl Strategy<Value = Vec<Drawn>> {
        proptest::collection::vec((0u32..24, 1u32..9, 0u8..8), 0..=most)
    }

    #[test]
    fn a_layer_has_the_tags_in_the_order_of_the_text() {
        let text = Text::new("全市生产总值增长8%以上".into());
        let mut annotations = Annotations::default();
        for (name, span) in [(1, Span::of(6, 10)), (2, Span::of(2, 6)), (3, Span::of(2, 10))] {
            let made = Tag::new(TagId(Uuid::from_u128(name)), KindId::new("target"), Anchor::new(&text, span));
            let by = Touch { at: Time(1), hand: Hand::new(7) };
            annotations.apply(&Edit::new(vec![Change::add_tag(made)]), by).unwrap();
        }
        let layer = Layer::of(Person { id: PersonId(Uuid::from_u128(1)), name: "甲".into() }, &annotations);
        let spans: Vec<Span> = layer.tags.iter().map(|tag| tag.anchor.span).collect();
        assert_eq!(spans, [Span::of(2, 10), Span::of(2, 6), Span::of(6, 10)]);
    }
}
