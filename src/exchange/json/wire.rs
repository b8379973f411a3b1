//! Tags as they stand in JSON.

use super::super::handed::QuantityRow;
use super::super::table::exact;
use crate::annotation::{Anchor, Carried, Found, LinkEnd, Value};
use crate::quantity::{Basis, Bound, Measure, Quantity, Stated};
use crate::text::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The name of the format, and its edition.
pub(super) const FORMAT: &str = "jiannuo tags";
pub(super) const VERSION: u32 = 1;

/// A JSON file.
#[derive(Clone, Debug, Serialize)]
pub(super) struct JsonFile {
    pub format: String,
    pub version: u32,
    pub codebook: JsonBook,
    pub secrecy: Option<String>,
    pub reports: Vec<JsonReport>,
    pub tags: Vec<JsonTag>,
}

/// The codebook that was in force.
#[derive(Clone, Debug, Serialize)]
pub(super) struct JsonBook {
    pub version: u32,
    pub hash: String,
}

/// A report.
#[derive(Clone, Debug, Serialize)]
pub(super) struct JsonReport {
    pub id: String,
    pub name: String,
    pub title: String,
    /// How many characters its text has.
    pub characters: u32,
    pub facts: BTreeMap<String, String>,
    pub secrecy: Option<String>,
}

/// A tag. Of one that another program wrote only the kind has to be there, and where it stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct JsonTag {
    pub id: Option<String>,
    pub report: Option<String>,
    pub report_name: Option<String>,
    pub report_title: Option<String>,
    pub secrecy: Option<String>,
    pub person: Option<String>,
    pub person_name: Option<String>,
    pub role: Option<String>,
    pub kind: String,
    pub start: Option<u32>,
    pub end: Option<u32>,
    pub quote: Option<String>,
    /// The words as they are read, where that was asked for.
    pub shown: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub section: Vec<String>,
    pub paragraph: Option<usize>,
    pub quantities: Vec<JsonQuantity>,
    pub attributes: BTreeMap<String, JsonValue>,
    pub note: Option<String>,
    pub unsure: bool,
    pub origin: Option<String>,
    pub rule: Option<String>,
    pub definition: Option<String>,
    pub carried: Option<JsonCarried>,
    pub links: Vec<JsonLink>,
    pub created: Option<String>,
    pub changed: Option<String>,
    pub revision: Option<u64>,
}

/// One value or several.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum JsonValue {
    One(String),
    Many(Vec<String>),
}

impl JsonValue {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::One(one) => Self::One(one.clone()),
            Value::Many(all) => Self::Many(all.clone()),
        }
    }

    pub(super) fn read(self) -> Value {
        match self {
            Self::One(one) => Value::One(one),
            Self::Many(all) => Value::Many(all),
        }
    }
}

/// A quantity. The standard value is in the unit without its magnitude; it is not read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct JsonQuantity {
    pub measure: Option<String>,
    pub basis: Option<String>,
    pub value: Json,
    pub value_high: Json,
    pub unit: Option<String>,
    pub bound: Option<String>,
    pub words: Option<String>,
    pub standard_value: Json,
    pub standard_high: Json,
    pub standard_unit: Option<String>,
}

impl JsonQuantity {
    pub(super) fn of(row: &QuantityRow<'_>) -> Self {
        let Quantity { measure, basis, stated, words } = row.quantity;
        Self {
            measure: Some(measure.key().to_owned()),
            basis: Some(basis.key().to_owned()),
            value: number(stated.value),
            value_high: number(stated.high),
            unit: filled(&stated.unit),
            bound: Some(stated.bound.key().to_owned()),
            words: filled(words),
            standard_value: number(row.standard_value()),
            standard_high: number(row.standard_high()),
            standard_unit: filled(row.standard_unit()),
        }
    }

    /// The quantity, or the field that is none.
    ///
    /// # Errors
    /// The field's name and what it says.
    pub(super) fn read(self) -> Result<Quantity, (&'static str, String)> {
        fn keyed<T: Default>(name: &'static str, key: Option<String>, of: fn(&str) -> Option<T>) -> Result<T, (&'static str, String)> {
            key.map_or(Ok(T::default()), |key| of(&key).ok_or((name, key)))
        }
        let stated = Stated {
            value: read_number("value", self.value)?,
            high: read_number("value_high", self.value_high)?,
            unit: self.unit.unwrap_or_default(),
            bound: keyed("bound", self.bound, Bound::from_key)?,
        };
        let (measure, basis) = (keyed("measure", self.measure, Measure::from_key)?, keyed("basis", self.basis, Basis::from_key)?);
        Ok(Quantity { measure, basis, stated, words: self.words.unwrap_or_default() })
    }
}

/// A number as JSON holds it; as text where that would be another number.
fn number(value: Option<Decimal>) -> Json {
    let Some(value) = value else { return Json::Null };
    let text = value.normalize().to_string();
    exact(value).and_then(|_| serde_json::from_str(&text).ok()).unwrap_or(Json::String(text))
}

fn read_number(name: &'static str, value: Json) -> Result<Option<Decimal>, (&'static str, String)> {
    let text = match value {
        Json::Null => return Ok(None),
        Json::String(text) => text,
        other => other.to_string(),
    };
    if text.is_empty() {
        return Ok(None);
    }
    text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&text)).map(Some).map_err(|_| (name, text))
}

/// Where a tag stood before the text changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct JsonCarried {
    pub from: String,
    pub how: String,
    #[serde(default)]
    pub suggested: Option<(u32, u32)>,
    pub start: u32,
    pub end: u32,
    pub quote: String,
    #[serde(default)]
    pub before: String,
    #[serde(default)]
    pub after: String,
}

impl JsonCarried {
    pub(super) fn of(carried: &Carried) -> Self {
        let Carried { from, anchor, how, suggested } = carried;
        Self {
            from: from.to_string(),
            how: how.key().to_owned(),
            suggested: suggested.map(|span| (span.start().get(), span.end().get())),
            start: anchor.span.start().get(),
            end: anchor.span.end().get(),
            quote: anchor.quote.clone(),
            before: anchor.before.clone(),
            after: anchor.after.clone(),
        }
    }

    pub(super) fn read(self) -> Option<Carried> {
        let span = Span::of(self.start, self.end);
        let anchor = Anchor { span, quote: self.quote, before: self.before, after: self.after };
        let suggested = self.suggested.map(|(start, end)| Span::of(start, end));
        Some(Carried { from: self.from.parse().ok()?, anchor, how: Found::from_key(&self.how)?, suggested })
    }
}

/// A link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct JsonLink {
    pub id: String,
    pub relation: String,
    pub from: JsonEnd,
    pub to: JsonEnd,
    /// Whose link it is.
    #[serde(default)]
    pub person: String,
    #[serde(default)]
    pub created: Option<String>,
    #[serde(default)]
    pub changed: Option<String>,
}

/// One end of a link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct JsonEnd {
    pub report: String,
    pub person: String,
    pub tag: String,
}

impl From<LinkEnd> for JsonEnd {
    fn from(end: LinkEnd) -> Self {
        Self { report: end.report.to_string(), person: end.person.to_string(), tag: end.tag.to_string() }
    }
}

impl JsonEnd {
    pub(super) fn read(&self) -> Option<LinkEnd> {
        Some(LinkEnd { report: self.report.parse().ok()?, person: self.person.parse().ok()?, tag: self.tag.parse().ok()? })
    }
}

/// Words, if there are any.
pub(super) fn filled(words: &str) -> Option<String> {
    (!words.is_empty()).then(|| words.to_owned())
}
