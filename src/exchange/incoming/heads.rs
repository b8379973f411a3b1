//! Which column of a table is of what.

use super::super::table::{FIXED, attribute_key, attribute_of_key};
use super::Known;
use crate::annotation::AttributeId;

/// What a column is of, as far as it is read. The other columns only say it again for people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Fixed(&'static str),
    Attribute(AttributeId),
}

impl Column {
    /// Its stable name.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Fixed(key) => (*key).to_owned(),
            Self::Attribute(id) => attribute_key(id),
        }
    }
}

/// The columns under these heads; nothing for a head that is none of them.
pub(super) fn columns_of(heads: &[String], known: &Known<'_>) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = heads.iter().map(|head| by_name(head.trim(), known)).collect();
    for (at, head) in heads.iter().enumerate() {
        let is_free = columns.get(at).is_some_and(Option::is_none);
        let found = if is_free { by_label(head.trim(), known).find(|column| !columns.contains(&Some(column.clone()))) } else { None };
        if let (Some(found), Some(column)) = (found, columns.get_mut(at)) {
            *column = Some(found);
        }
    }
    columns
}

/// The column of a stable name, which may stand in brackets behind what people call it.
fn by_name(head: &str, known: &Known<'_>) -> Option<Column> {
    let name = head.strip_suffix(')').and_then(|head| head.rsplit_once(" (")).map_or(head, |(_, name)| name);
    let named = |name: &str| FIXED.iter().find(|key| **key == name).map(|key| Column::Fixed(key));
    let attribute = |name: &str| attribute_of_key(name).filter(|id| known.book.attribute(id).is_some()).map(Column::Attribute);
    [head, name].into_iter().find_map(|name| named(name).or_else(|| attribute(name)))
}

/// The columns that people call so in one of the languages.
fn by_label<'a>(head: &'a str, known: &'a Known<'_>) -> impl Iterator<Item = Column> + 'a {
    let is_called = move |group: &str, key: &str| known.labels.iter().any(|labels| labels.label(group, key) == head);
    let named = FIXED.iter().filter(move |key| is_called("column", key)).map(|key| Column::Fixed(key));
    let attributes = known.book.attributes.iter().map(|attribute| &attribute.id);
    let attributes = attributes.filter(move |id| is_called("attribute", id.as_str())).map(|id| Column::Attribute(id.clone()));
    attributes.chain(named)
}

#[cfg(test)]
mod tests {
    use super::super::super::handed::{Keys, Labels};
    use super::*;
    use crate::annotation::Codebook;
    use std::collections::BTreeMap;

    struct Chinese;

    impl Labels for Chinese {
        fn label<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
            match (group, key) {
                ("column", "kind") => "类别",
                ("column", "place") | ("attribute", "place") => "地区",
                ("column", "note") | ("attribute", "scope") => "备注",
                _ => key,
            }
        }
    }

    #[test]
    fn columns_are_known_by_name_and_in_every_language() {
        let (book, kinds) = (Codebook::standard(), BTreeMap::new());
        let known = Known { book: &book, labels: &[&Keys, &Chinese], kinds: &kinds };
        let heads = ["tag_id", " 类别 ", "地区", "备注", "备注 (note)", "我的", "quote"].map(str::to_owned);
        let attribute = |id: &str| Some(Column::Attribute(AttributeId::new(id)));
        let fixed = |key| Some(Column::Fixed(key));
        let expected = [fixed("tag_id"), fixed("kind"), attribute("place"), attribute("scope"), fixed("note"), None, fixed("quote")];
        assert_eq!(columns_of(&heads, &known), expected);
    }
}
