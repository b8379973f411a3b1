//! What a case is called, so that what was decided on it is found again.

use super::Layer;
use crate::annotation::{CaseKey, PersonId, Tag, TagId};
use crate::quantity::{Quantity, Stated};
use crate::text::Span;
use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};

/// The name of the case of these tags. It is another one as soon as one of them says something else, so that what was decided
/// on a case holds only for what people said then.
pub(super) fn key_of<'t>(span: Span, tags: impl Iterator<Item = (&'t Layer, &'t Tag)>) -> CaseKey {
    let mut tags: Vec<(PersonId, TagId, Vec<String>)> = tags.map(|(layer, tag)| (layer.person.id, tag.id, statement(tag))).collect();
    tags.sort_unstable();
    let mut hash = Sha256::new();
    let length = |length: usize| u64::try_from(length).unwrap_or(u64::MAX).to_be_bytes();
    for (person, tag, statement) in tags {
        hash.update(person.0.as_bytes());
        hash.update(tag.0.as_bytes());
        hash.update(length(statement.len()));
        for field in statement {
            hash.update(length(field.len()));
            hash.update(field);
        }
    }
    let hash = hash.finalize().iter().take(8).fold(0u64, |hash, byte| (hash << 8) | u64::from(*byte));
    CaseKey { span, hash }
}

/// What a tag says and of which words: the same for two tags that disagree in nothing.
fn statement(tag: &Tag) -> Vec<String> {
    let span = tag.anchor.span;
    let mut quantities: Vec<[String; 7]> = tag.quantities.iter().map(quantity).collect();
    quantities.sort_unstable();
    let attributes = tag.attributes.iter().map(|(id, value)| [id.as_str().to_owned(), value.text()]);
    let said = attributes.filter(|[_, text]| !text.is_empty());
    let head = [tag.kind.as_str().to_owned(), span.start().to_string(), span.end().to_string(), quantities.len().to_string()];
    head.into_iter().chain(quantities.into_iter().flatten()).chain(said.flatten()).collect()
}

fn quantity(of: &Quantity) -> [String; 7] {
    let Quantity { measure, basis, stated, words } = of;
    let Stated { value, high, unit, bound } = stated;
    let number = |number: &Option<Decimal>| number.map(|number| number.normalize().to_string()).unwrap_or_default();
    // Of words that could not be read there is nothing else to go by.
    let words = if *stated == Stated::default() { words.clone() } else { String::new() };
    [measure.key().to_owned(), basis.key().to_owned(), number(value), number(high), unit.clone(), bound.key().to_owned(), words]
}

#[cfg(test)]
mod tests {
    use super::super::disagreement::Disagreement;
    use super::super::tests::{layer, tag};
    use super::*;
    use crate::annotation::{AttributeId, Origin, Value};
    use proptest::prelude::*;

    fn key(tag: &Tag) -> CaseKey {
        key_of(tag.anchor.span, [(&layer(1, &[]), tag)].into_iter())
    }

    #[test]
    fn a_name_does_not_depend_on_order() {
        let (one, other) = (layer(1, &[(3, 6, 0)]), layer(2, &[(4, 5, 0)]));
        let (first, second) = ((&one, &one.tags[0]), (&other, &other.tags[0]));
        let key = key_of(Span::of(3, 9), [first, second].into_iter());
        assert_eq!(key, key_of(Span::of(3, 9), [second, first].into_iter()));
        assert_ne!(key, key_of(Span::of(3, 9), [first].into_iter()));
    }

    #[test]
    fn notes_doubts_and_origins_do_not_change_a_name() {
        let one = tag(1, (3, 6, 0));
        let other = Tag { note: "?".into(), unsure: true, origin: Origin::Accepted("goal".into()), ..one.clone() };
        assert_eq!(key(&one), key(&other));
    }

    /// Tags of one name that differ in little.
    fn tags() -> impl Strategy<Value = Tag> {
        let attributes = proptest::collection::vec(("(scope|owner)", "[市、]{0,2}", any::<bool>()), 0..3);
        let numbers = proptest::sample::subsequence(vec!["8%", "8.0%", "同比增长8%", "7%—8%", "42***", "43***"], 0..3).prop_shuffle();
        ((0u32..2, 5u32..7, 0u8..8), attributes, numbers).prop_map(|(drawn, attributes, numbers)| {
            let mut tag = tag(1, drawn);
            tag.quantities = numbers.into_iter().map(Quantity::of_words).collect();
            for (id, text, many) in attributes {
                let value = if many { Value::Many(vec![text]) } else { Value::One(text) };
                tag.attributes.insert(AttributeId::new(id), value);
            }
            tag
        })
    }

    proptest! {
        #[test]
        fn a_name_changes_with_what_is_said_and_only_then(one in tags(), other in tags()) {
            prop_assert_eq!(statement(&one) == statement(&other), Disagreement::among(&[&one, &other]).is_none());
            prop_assert_eq!(key(&one) == key(&other), statement(&one) == statement(&other));
        }
    }
}
