//! In what several people's tags of one statement disagree.

use crate::annotation::{AttributeId, Tag, Value};
use crate::quantity::{Quantity, Stated};
use crate::text::Pos;
use std::collections::BTreeSet;

/// In what tags disagree that stand for one statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disagreement {
    /// By how many characters their starts and their ends lie apart, added up.
    pub characters: u32,
    /// Whether they are of several kinds.
    pub kind: bool,
    /// Whether they state several things in numbers.
    pub quantities: bool,
    /// The attributes that have several values, or a value in one tag and none in another.
    pub attributes: Vec<AttributeId>,
}

impl Disagreement {
    /// In what these tags disagree. Notes, doubts and where tags come from do not count.
    pub fn among(tags: &[&Tag]) -> Self {
        let Some((first, rest)) = tags.split_first() else { return Self::default() };
        let starts = apart(tags.iter().map(|tag| tag.anchor.span.start()));
        let ends = apart(tags.iter().map(|tag| tag.anchor.span.end()));
        Self {
            characters: starts.saturating_add(ends),
            kind: rest.iter().any(|tag| tag.kind != first.kind),
            quantities: rest.iter().any(|tag| !same_quantities(&first.quantities, &tag.quantities)),
            attributes: differing_attributes(first, rest),
        }
    }

    /// Whether the tags agree in all.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// How far the first of some places lies from the last.
fn apart(places: impl Iterator<Item = Pos> + Clone) -> u32 {
    places.clone().max().zip(places.min()).map_or(0, |(last, first)| last.since(first))
}

/// The attributes in which a tag and others differ.
pub fn differing_attributes(first: &Tag, rest: &[&Tag]) -> Vec<AttributeId> {
    if rest.iter().all(|tag| tag.attributes == first.attributes) {
        return Vec::new();
    }
    let ids: BTreeSet<&AttributeId> = first.attributes.keys().chain(rest.iter().flat_map(|tag| tag.attributes.keys())).collect();
    let differs = |id: &AttributeId| rest.iter().any(|tag| !same_value(first.attributes.get(id), tag.attributes.get(id)));
    ids.into_iter().filter(|id| differs(id)).cloned().collect()
}

/// Whether two values of an attribute say the same; one that says nothing is as good as none.
pub fn same_value(one: Option<&Value>, other: Option<&Value>) -> bool {
    let text = |value: Option<&Value>| value.map(Value::text).unwrap_or_default();
    one == other || text(one) == text(other)
}

/// Whether two tags state the same in numbers, in whatever order.
pub fn same_quantities(one: &[Quantity], other: &[Quantity]) -> bool {
    let mut left: Vec<&Quantity> = other.iter().collect();
    one.len() == other.len()
        && one.iter().all(|quantity| {
            let at = left.iter().position(|there| same_quantity(quantity, there));
            at.map(|at| left.swap_remove(at)).is_some()
        })
}

fn same_quantity(one: &Quantity, other: &Quantity) -> bool {
    let alike = one.measure == other.measure && one.basis == other.basis && one.stated == other.stated;
    // Of words that could not be read there is nothing else to compare.
    alike && (one.stated != Stated::default() || one.words == other.words)
}

#[cfg(test)]
mod tests {
    use super::super::tests::tag;
    use super::*;

    #[test]
    fn tags_disagree_in_what_they_say_and_where_they_stand() {
        let one = tag(1, (4, 6, 0));
        assert!(Disagreement::among(&[&one]).is_none() && Disagreement::among(&[]).is_none());
        assert!(Disagreement::among(&[&one, &tag(2, (4, 6, 0))]).is_none(), "whose it is does not count");
        assert_eq!(Disagreement::among(&[&one, &tag(2, (3, 9, 0))]).characters, 3);
        assert_eq!(Disagreement::among(&[&one, &tag(2, (4, 6, 1))]), Disagreement { kind: true, ..Disagreement::default() });
        assert_eq!(Disagreement::among(&[&one, &tag(2, (4, 6, 2))]), Disagreement { quantities: true, ..Disagreement::default() });
        let of_another_time = Disagreement { attributes: vec![AttributeId::new("period")], ..Disagreement::default() };
        assert_eq!(Disagreement::among(&[&one, &one, &tag(2, (4, 6, 4))]), of_another_time);
    }

    #[test]
    fn an_attribute_that_says_nothing_is_as_good_as_none() {
        let (mut one, mut other) = (tag(1, (0, 4, 0)), tag(2, (0, 4, 0)));
        one.attributes.insert(AttributeId::new("owner"), Value::Many(vec!["市发改委".into()]));
        other.attributes.insert(AttributeId::new("owner"), Value::One("市发改委".into()));
        other.attributes.insert(AttributeId::new("scope"), Value::One(String::new()));
        assert!(Disagreement::among(&[&one, &other]).is_none());
        other.attributes.remove(&AttributeId::new("owner"));
        assert_eq!(Disagreement::among(&[&one, &other]).attributes, [AttributeId::new("owner")]);
    }

    #[test]
    fn the_order_of_quantities_does_not_count_but_their_number_does() {
        let read = |words: &str| Quantity::of_words(words);
        let (level, growth) = (read("2561亿元"), read("同比增长13.5％"));
        let both = [level.clone(), growth.clone()];
        assert!(same_quantities(&both, &[growth.clone(), level.clone()]));
        assert!(!same_quantities(&both, &[level.clone(), level.clone()]));
        assert!(!same_quantities(&both, &[level]));
        assert!(!same_quantities(&[growth], &[read("13.5％")]), "a growth is no level");
        assert!(!same_quantities(&[read("42*** 億元")], &[read("43*** 億元")]), "unread words are compared as they are");
    }
}
