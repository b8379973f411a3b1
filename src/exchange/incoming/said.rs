//! What a row says of a tag, field by field.

use super::super::table::{attribute_key, period};
use super::place::cut;
use super::{Known, Misfit};
use crate::annotation::{Anchor, AttributeId, Codebook, KindId, Tag, Value, ValueType};
use crate::quantity::{Quantity, Year, date, deadline, period as read_period};
use crate::report::{Reading, Report};
use crate::text::{Span, Text};
use std::borrow::Cow;

/// A field of a tag that can be changed elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TagField {
    /// Its kind.
    Kind,
    /// Where it stands.
    Place,
    /// What its words state in numbers.
    Quantities,
    /// An attribute.
    Attribute(AttributeId),
    /// The note.
    Note,
    /// Whether it is marked unsure.
    Unsure,
}

impl TagField {
    /// The columns of a table in which it stands.
    pub(super) fn columns(&self) -> Vec<String> {
        match self {
            Self::Kind => vec!["kind".to_owned()],
            Self::Place => vec!["start".to_owned(), "end".to_owned()],
            Self::Quantities => vec!["quantities".to_owned()],
            Self::Attribute(id) => vec![attribute_key(id)],
            Self::Note => vec!["note".to_owned()],
            Self::Unsure => vec!["unsure".to_owned()],
        }
    }
}

/// One thing that is said of a tag.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Its kind.
    Kind(KindId),
    /// Where it stands.
    Place(Span),
    /// What its words state in numbers.
    Quantities(Vec<Quantity>),
    /// An attribute, or that it has none.
    Attribute(AttributeId, Option<Value>),
    /// The note.
    Note(String),
    /// Whether it is marked unsure.
    Unsure(bool),
}

impl Said {
    /// Which field it is about.
    pub fn field(&self) -> TagField {
        match self {
            Self::Kind(_) => TagField::Kind,
            Self::Place(_) => TagField::Place,
            Self::Quantities(_) => TagField::Quantities,
            Self::Attribute(id, _) => TagField::Attribute(id.clone()),
            Self::Note(_) => TagField::Note,
            Self::Unsure(_) => TagField::Unsure,
        }
    }

    /// What a tag says in a field.
    pub fn of(tag: &Tag, field: &TagField) -> Self {
        match field {
            TagField::Kind => Self::Kind(tag.kind.clone()),
            TagField::Place => Self::Place(tag.anchor.span),
            TagField::Quantities => Self::Quantities(tag.quantities.clone()),
            TagField::Attribute(id) => Self::Attribute(id.clone(), tag.attributes.get(id).cloned()),
            TagField::Note => Self::Note(tag.note.clone()),
            TagField::Unsure => Self::Unsure(tag.unsure),
        }
    }

    /// Makes a tag say so. Its quote is read off the text.
    pub fn put(&self, tag: &mut Tag, text: &Text) {
        match self {
            Self::Kind(kind) => tag.kind = kind.clone(),
            Self::Place(span) => {
                tag.anchor = Anchor::new(text, *span);
                tag.carried = None;
            }
            Self::Quantities(quantities) => tag.quantities.clone_from(quantities),
            Self::Attribute(id, value) => tag.set_attribute(id.clone(), value.clone().unwrap_or(Value::Many(Vec::new()))),
            Self::Note(note) => tag.note.clone_from(note),
            Self::Unsure(unsure) => tag.unsure = *unsure,
        }
    }

    /// What it says, with keys for kinds and values.
    pub fn text(&self) -> String {
        match self {
            Self::Kind(kind) => kind.to_string(),
            Self::Place(span) => format!("{span:?}"),
            Self::Quantities(quantities) => quantities.iter().map(|quantity| quantity.words.as_str()).collect::<Vec<_>>().join("；"),
            Self::Attribute(_, value) => value.as_ref().map(Value::text).unwrap_or_default(),
            Self::Note(note) => note.clone(),
            Self::Unsure(unsure) => unsure.to_string(),
        }
    }

    /// The same as somebody may have read it: the words of attributes are the report's.
    pub(super) fn shown(&self, report: &Report, reading: Reading) -> Self {
        let words = |words: &String| report.words_shown(words, reading).into_owned();
        let value = |value: &Value| match value {
            Value::One(one) => Value::One(words(one)),
            Value::Many(all) => Value::Many(all.iter().map(words).collect()),
        };
        match self {
            Self::Attribute(id, said) => Self::Attribute(id.clone(), said.as_ref().map(value)),
            other => other.clone(),
        }
    }

    /// Whether a tag that said `before` says this, as far as the way through a file tells.
    pub(super) fn leaves(&self, before: &Self) -> bool {
        match (before, self) {
            (Self::Note(before), Self::Note(after)) => plain(before) == plain(after) || plain(cut(before)) == plain(after),
            (Self::Attribute(_, before), Self::Attribute(_, after)) => {
                let parts = matches!(after, Some(Value::Many(_)));
                let written = |value: &Option<Value>| {
                    let text = plain(&value.as_ref().map(Value::text).unwrap_or_default());
                    let text = if parts { parts_of(&text).join("、") } else { text };
                    period::to_table(&day(&text)).into_owned()
                };
                written(before) == written(after)
            }
            (before, after) => before == after,
        }
    }
}

/// Words without what no file keeps apart: the ends of lines, and how spreadsheets write control characters (`_x000D_`).
pub(in crate::exchange) fn plain(words: &str) -> String {
    let mut plain = words.replace("\r\n", "\n").replace('\r', "\n");
    while let Some((from, to, c)) = escape(&plain) {
        plain.replace_range(from..to, &c.to_string());
    }
    plain
}

/// The first control character that stands as `_x000D_`, and where; also the underscore of what only looks like one.
fn escape(words: &str) -> Option<(usize, usize, char)> {
    words.match_indices("_x").find_map(|(at, _)| {
        let hex = words.get(at + 2..at + 6)?;
        let is_escape = words.get(at + 6..)?.starts_with('_') && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        let code = u32::from_str_radix(hex, 16).ok().filter(|_| is_escape)?;
        // A carriage return ends a line here like any other end.
        let c = if code == 0xD { '\n' } else { char::from_u32(code)? };
        Some((at, at + 7, c))
    })
}

/// The key that words mean: the key itself, or what it is called in one of the languages.
pub(super) fn choice<'k>(group: &str, said: &str, keys: impl Iterator<Item = &'k str> + Clone, known: &Known<'_>) -> Option<&'k str> {
    let is_called = |key: &&str| known.labels.iter().any(|labels| labels.label(group, key) == said);
    keys.clone().find(|key| *key == said).or_else(|| keys.clone().find(is_called))
}

/// The kind that words mean. What means none is a kind of that name, so that one the codebook does not know stays what it is.
pub(in crate::exchange) fn kind_of(said: &str, known: &Known<'_>) -> KindId {
    let said = said.trim();
    let named = || choice("kind", said, known.book.kinds.iter().map(|kind| kind.id.as_str()), known);
    known.kinds.get(said).cloned().unwrap_or_else(|| KindId::new(named().unwrap_or(said)))
}

/// The value of an attribute that words mean; nothing where there are none.
pub(super) fn value_of(id: &AttributeId, said: &str, known: &Known<'_>) -> Option<Value> {
    let group = format!("value_{id}");
    let key = |said: &str, keys: &[String]| {
        choice(&group, said, keys.iter().map(String::as_str), known).map_or_else(|| said.to_owned(), str::to_owned)
    };
    let value = match known.book.attribute(id).map(|attribute| &attribute.takes) {
        Some(ValueType::Choice(keys)) => Value::One(key(said.trim(), keys)),
        Some(ValueType::Choices(keys)) => Value::Many(parts_of(said).into_iter().map(|part| key(part, keys)).collect()),
        Some(ValueType::Names) => Value::Many(parts_of(said).into_iter().map(str::to_owned).collect()),
        Some(ValueType::Period) => Value::One(period::from_table(said).into_owned()),
        Some(ValueType::Deadline) => Value::One(day(said).into_owned()),
        Some(ValueType::Text) | None => Value::One(said.to_owned()),
    };
    Some(value).filter(|value| !value.is_empty())
}

/// Why a value is none of an attribute: it is not one of its list, or no time; nothing where it is one, or any words will do. A
/// time without a year is of this one.
pub(super) fn no_value(id: &AttributeId, value: &Value, book: &Codebook, year: Year) -> Option<Misfit> {
    let all = match value {
        Value::One(one) => std::slice::from_ref(one),
        Value::Many(all) => all.as_slice(),
    };
    match &book.attribute(id)?.takes {
        ValueType::Choice(keys) | ValueType::Choices(keys) => {
            all.iter().find(|said| !keys.contains(said)).map(|said| Misfit::NotAChoice(id.to_string(), said.clone()))
        }
        ValueType::Period => {
            all.iter().find(|said| read_period(said, year).is_err()).map(|said| Misfit::NotATime(id.to_string(), said.clone()))
        }
        ValueType::Deadline => {
            all.iter().find(|said| deadline(said, year).is_err()).map(|said| Misfit::NotATime(id.to_string(), said.clone()))
        }
        ValueType::Text | ValueType::Names => None,
    }
}

fn parts_of(said: &str) -> Vec<&str> {
    said.split(['、', '，', ',', '；', ';']).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A day as 2020-12-31, where a spreadsheet made 2020/12/31 of it; any other words as they are.
fn day(said: &str) -> Cow<'_, str> {
    let is_day = said.contains('/') && said.chars().all(|c| c.is_ascii_digit() || c == '/');
    // Another form may be a period: 2016/2020.
    let read = if is_day && said.matches('/').count() == 2 { date(said).ok() } else { None };
    read.map_or(Cow::Borrowed(said), |day| Cow::Owned(day.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::super::handed::{Keys, Labels};
    use super::*;
    use std::collections::BTreeMap;

    struct Chinese;

    impl Labels for Chinese {
        fn label<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
            match (group, key) {
                ("kind", "target") => "目标",
                ("value_modality", "ensure") => "确保",
                ("value_modality", "strive") => "力争",
                _ => key,
            }
        }
    }

    #[test]
    fn words_of_any_language_mean_their_keys() {
        let (book, kinds) = (Codebook::standard(), BTreeMap::from([("goal".to_owned(), KindId::new("target"))]));
        let known = Known { book: &book, labels: &[&Keys, &Chinese], kinds: &kinds };
        for said in ["target", "目标", " 目标 ", "goal"] {
            assert_eq!(kind_of(said, &known), KindId::new("target"));
        }
        assert_eq!(kind_of("口号", &known), KindId::new("口号"));
        let value = |id: &str, said: &str| value_of(&AttributeId::new(id), said, &known);
        let many = |all: &[&str]| Some(Value::Many(all.iter().map(|one| (*one).to_owned()).collect()));
        assert_eq!(value("modality", "确保、strive，  "), many(&["ensure", "strive"]));
        assert_eq!(value("owner_lead", "市发改委，市财政局"), many(&["市发改委", "市财政局"]));
        assert_eq!(value("period", "2020M01"), Some(Value::One("2020-01".into())));
        assert_eq!(value("deadline", "2020/12/31"), Some(Value::One("2020-12-31".into())));
        assert_eq!((value("scope", ""), value("modality", " 、")), (None, None));
    }

    #[test]
    fn what_is_no_value_of_an_attribute_is_told() {
        let book = Codebook::standard();
        let choice = |column: &str, said: &str| Some(Misfit::NotAChoice(column.into(), said.into()));
        let time = |column: &str, said: &str| Some(Misfit::NotATime(column.into(), said.into()));
        let cases = [
            ("strength", "iron", choice("strength", "iron")),
            ("strength", "hard", None),
            ("scope", "iron", None),
            ("period", "垃圾时期", time("period", "垃圾时期")),
            ("period", "2023-13", time("period", "2023-13")),
            ("period", "2023年上半年", None),
            ("period", "2023-01/2023-06", None),
            ("period", "十四五", None),
            ("period", "一季度", None),
            ("deadline", "随便", time("deadline", "随便")),
            ("deadline", "2023-02-30", time("deadline", "2023-02-30")),
            ("deadline", "年底前", None),
            ("deadline", "2023-06-30", None),
            ("own", "随便", None),
        ];
        for (id, said, why) in cases {
            assert_eq!(no_value(&AttributeId::new(id), &Value::One(said.into()), &book, Year(Some(2023))), why, "{id} {said}");
        }
    }

    #[test]
    fn what_a_file_cannot_keep_apart_is_no_difference() {
        let note = |note: &str| Said::Note(note.to_owned());
        assert!(note("甲\n乙").leaves(&note("甲\r\n乙")));
        assert!(note("甲_x000D_乙_x0001_").leaves(&note("甲\r乙\u{1}")));
        assert!(note("_x005F_x0041_").leaves(&note("_x0041_")));
        assert!(!note("甲").leaves(&note("乙")));
        let (one, many) = (Value::One("甲、乙".into()), Value::Many(vec!["甲".into(), "乙".into()]));
        let owner = |value: Value| Said::Attribute(AttributeId::new("owner_lead"), Some(value));
        assert!(owner(many.clone()).leaves(&owner(one)) && !owner(many).leaves(&owner(Value::One("甲".into()))));
    }
}
