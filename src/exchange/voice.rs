//! What a page says of tags, in the words of whoever hands over.

use super::handed::{Handed, TagRow};
use crate::annotation::{AttributeId, KindId, PersonId, Value};
use crate::quantity::{Basis, Bound, Quantity, Stated};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// What a page says of tags.
pub(super) struct Voice<'a> {
    /// What is handed over.
    pub handed: Handed<'a>,
    /// The kinds that are asked for.
    pub kinds: Vec<KindId>,
    attributes: Vec<AttributeId>,
    is_of_several: bool,
}

/// Something said of a tag: what it is called, and the words.
pub(super) type Particular = (String, String);

/// The columns of the list of tags, by the groups and keys of their words.
pub(super) const COLUMNS: [(&str, &str); 5] =
    [("page", "number"), ("column", "kind"), ("column", "quote"), ("page", "particulars"), ("page", "place")];

impl<'a> Voice<'a> {
    /// For all that is handed over.
    pub(super) fn new(handed: Handed<'a>) -> Self {
        let people: BTreeSet<PersonId> = handed.layers().map(|(_, layer)| layer.person.id).collect();
        let kinds = handed.kinds().into_iter().cloned().collect();
        Self { handed, kinds, attributes: handed.attributes(), is_of_several: people.len() > 1 }
    }

    /// The word for a key of a group; those of pages themselves are the group `page`.
    pub(super) fn label(&self, group: &str, key: &str) -> String {
        self.handed.labels.label(group, key).to_owned()
    }

    /// The title of the whole: that of the first report, and how many there are.
    pub(super) fn title(&self) -> String {
        match self.handed.reports {
            [] => String::new(),
            [only] => only.title().to_owned(),
            [first, ..] => format!("{} … ({})", first.title(), self.handed.reports.len()),
        }
    }

    /// The name of a kind.
    pub(super) fn kind(&self, kind: &KindId) -> String {
        self.label("kind", kind.as_str())
    }

    /// The kind of a tag, and whether whoever made it was unsure.
    pub(super) fn kind_of(&self, row: &TagRow<'_>) -> String {
        let unsure = if row.tag.unsure { format!(" ({})", self.label("column", "unsure")) } else { String::new() };
        format!("{}{unsure}", self.kind(&row.tag.kind))
    }

    /// Whose a tag is, where tags are of several people.
    pub(super) fn person(&self, row: &TagRow<'a>) -> Option<&'a str> {
        self.is_of_several.then_some(row.layer.person.name.as_str())
    }

    /// The headings a tag stands under and its paragraph; of a tag without a place, that it has none.
    pub(super) fn place(&self, row: &TagRow<'_>) -> String {
        let Some(paragraph) = row.paragraph() else { return self.label("page", "no_place") };
        let mut steps: Vec<String> = row.section().into_iter().map(std::borrow::Cow::into_owned).collect();
        steps.push(format!("¶{paragraph}"));
        steps.join(" / ")
    }

    /// The quantities of a tag, its attributes in the order of the codebook, its note.
    pub(super) fn particulars(&self, row: &TagRow<'_>) -> Vec<Particular> {
        let quantities = row.tag.quantities.iter().map(|quantity| self.quantity(quantity));
        let attribute = |id: &AttributeId| Some((self.label("attribute", id.as_str()), self.value(id, row.tag.attributes.get(id)?)));
        let attributes = self.attributes.iter().filter_map(attribute);
        let note = Some(row.tag.note.as_str()).filter(|note| !note.is_empty());
        quantities.chain(attributes).chain(note.map(|note| (self.label("column", "note"), note.to_owned()))).collect()
    }

    /// All that is said of a tag as lines, its kind first.
    pub(super) fn lines(&self, row: &TagRow<'_>) -> Vec<String> {
        let colon = self.label("page", "colon");
        let particulars = self.particulars(row).into_iter().map(|(label, words)| format!("{label}{colon}{words}"));
        std::iter::once(self.kind_of(row)).chain(particulars).collect()
    }

    /// What a quantity measures; its words, and what was read of them where that says more.
    fn quantity(&self, quantity: &Quantity) -> Particular {
        let Quantity { measure, basis, stated, words } = quantity;
        let basis = (*basis != Basis::None).then(|| self.label("basis", basis.key()));
        let label = std::iter::once(self.label("measure", measure.key())).chain(basis).collect::<Vec<_>>().join(" · ");
        let bound = (stated.bound != Bound::Exact).then(|| self.label("bound", stated.bound.key()));
        let value = value(stated).filter(|value| value != words);
        (label, std::iter::once(words.clone()).chain(bound).chain(value).collect::<Vec<_>>().join(" · "))
    }

    fn value(&self, id: &AttributeId, value: &Value) -> String {
        let word = |text: &String| self.label(&format!("value_{id}"), text);
        match value {
            Value::One(text) => word(text),
            Value::Many(texts) => texts.iter().map(word).collect::<Vec<_>>().join("、"),
        }
    }
}

/// The value or the range that was read, with its unit.
fn value(stated: &Stated) -> Option<String> {
    let number = |value: Decimal| value.normalize().to_string();
    let high = stated.high.map(|high| format!("–{}", number(high))).unwrap_or_default();
    Some(format!("{}{high}{}", number(stated.value?), stated.unit))
}

#[cfg(test)]
mod tests {
    use super::super::laid::tests::Desk;
    use super::*;

    #[test]
    fn all_that_is_known_of_a_tag_is_said() {
        let desk = Desk::new("政府工作报告\n一、回顾\n全市生产总值增长8%。\n").tagged("生产总值增长8%", "target");
        desk.hand(|handed| {
            let voice = Voice::new(handed);
            let row = handed.tags().next().unwrap();
            assert_eq!(
                voice.lines(&row),
                ["target", "growth · yoycolon同比增长8％左右 · about · 8%", "modalitycolonstrive、ensure", "notecolon看<一>看"]
            );
            assert_eq!(voice.place(&row), "一、回顾 / ¶3");
            assert_eq!(voice.person(&row), None, "there is only one");
        });
    }

    #[test]
    fn a_range_and_masked_digits() {
        let desk = Desk::new("甲");
        desk.hand(|handed| {
            let voice = Voice::new(handed);
            assert_eq!(voice.quantity(&Quantity::of_words("6.5%－7%")).1, "6.5%－7% · between · 6.5–7%");
            assert_eq!(voice.quantity(&Quantity::of_words("42***亿元")).1, "42***亿元");
            assert_eq!(voice.quantity(&Quantity::of_words("2561亿元")).1, "2561亿元");
        });
    }
}
