//! What a page says of tags, in the words of whoever hands over.

use super::handed::{Handed, TagRow};
use super::laid::Tagged;
use crate::annotation::{AttributeId, KindId, PersonId, Value, ValueType};
use crate::quantity::{Basis, Bound, Quantity, Stated, stated};
use crate::text::classes::{half_width, is_space};
use crate::text::script::{Conversion, convert};
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

/// Tags of one section, with what is said over them.
pub(super) type Section<'t, 'a> = (String, Vec<&'t Tagged<'a>>);

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

    /// The title of the whole: that of the first report as it is read, and how many there are.
    pub(super) fn title(&self) -> String {
        let Some(first) = self.handed.reports.first() else { return String::new() };
        let title = first.title_shown(self.handed.options.reading);
        if self.handed.reports.len() > 1 { format!("{title} … ({})", self.handed.reports.len()) } else { title.into_owned() }
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

    /// The headings a tag stands under; of a tag without a place, that it has none.
    pub(super) fn section(&self, row: &TagRow<'_>) -> String {
        if row.place().is_some() { row.section().join(" / ") } else { self.label("page", "no_place") }
    }

    /// The tags of a list by section, in its order. Nothing is said over them where none stands under a heading.
    pub(super) fn by_section<'t>(&self, tags: &'t [Tagged<'a>]) -> Vec<Section<'t, 'a>> {
        let mut sections: Vec<Section<'t, 'a>> = Vec::new();
        for tag in tags {
            let section = self.section(&tag.row);
            match sections.last_mut() {
                Some((known, tags)) if *known == section => tags.push(tag),
                _ => sections.push((section, vec![tag])),
            }
        }
        if sections.len() > 1 {
            sections.iter_mut().filter(|(section, _)| section.is_empty()).for_each(|(section, _)| section.push('—'));
        }
        sections
    }

    /// The quantities of a tag, its attributes in the order of the codebook, its note.
    pub(super) fn particulars(&self, row: &TagRow<'_>) -> Vec<Particular> {
        let quantities = row.tag.quantities.iter().map(|quantity| self.quantity(row, quantity));
        let attribute = |id: &AttributeId| Some((self.label("attribute", id.as_str()), self.value(row, id)?));
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

    /// What a quantity measures; its words as they are read, and what was understood of them where that says more.
    fn quantity(&self, row: &TagRow<'_>, quantity: &Quantity) -> Particular {
        let Quantity { measure, basis, stated, words } = quantity;
        let basis = (*basis != Basis::None).then(|| self.label("basis", basis.key()));
        let label = std::iter::once(self.label("measure", measure.key())).chain(basis).collect::<Vec<_>>().join(" · ");
        let bound = (stated.bound != Bound::Exact).then(|| self.label("bound", stated.bound.key()));
        let value = value(stated).filter(|_| !says(words, stated)).map(|value| row.words_shown(&value).into_owned());
        (label, std::iter::once(row.words_shown(words).into_owned()).chain(bound).chain(value).collect::<Vec<_>>().join(" · "))
    }

    /// The values of an attribute: those of a closed list by their words, others as they are read.
    fn value(&self, row: &TagRow<'_>, id: &AttributeId) -> Option<String> {
        let takes = self.handed.book.attribute(id).map(|attribute| &attribute.takes);
        let is_listed = matches!(takes, Some(ValueType::Choice(_) | ValueType::Choices(_)));
        let word = |text: &String| {
            let said = self.label(&format!("value_{id}"), text);
            if is_listed || said != *text { said } else { row.words_shown(text).into_owned() }
        };
        Some(match row.tag.attributes.get(id)? {
            Value::One(text) => word(text),
            Value::Many(texts) => texts.iter().map(word).collect::<Vec<_>>().join("、"),
        })
    }
}

/// The paragraph a tag begins in, if it has a place: ¶5.
pub(super) fn pilcrow(row: &TagRow<'_>) -> Option<String> {
    row.paragraph().map(|paragraph| format!("¶{paragraph}"))
}

/// The value or the range that was read, with its unit.
fn value(stated: &Stated) -> Option<String> {
    let number = |value: Decimal| value.normalize().to_string();
    let high = stated.high.map(|high| format!("–{}", number(high))).unwrap_or_default();
    Some(format!("{}{high}{}", number(stated.value?), stated.unit))
}

/// Whether words say a value themselves: in digits, with the unit behind them, and that it fell where it fell.
fn says(words: &str, read: &Stated) -> bool {
    let plain: String = words.chars().filter(|c| !is_space(*c)).map(half_width).collect();
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let numbers: Vec<Decimal> = plain.split(|c: char| !is_digit(c)).filter_map(|digits| digits.parse().ok()).collect();
    let behind = plain.rsplit_once(is_digit).map_or("", |(_, behind)| behind);
    let behind = convert(behind, Conversion::TraditionalToSimplified).text;
    let mut behind = behind.chars();
    // 300多个: between number and unit something may stand.
    let has_unit = read.unit.chars().all(|c| behind.any(|other| other == c));
    let falls = |value: Option<Decimal>| value.is_some_and(|value| value.is_sign_negative());
    let fell = stated(words).is_ok_and(|said| falls(said.value));
    let has_numbers = read.value.into_iter().chain(read.high).all(|value| numbers.contains(&value.abs()));
    has_unit && has_numbers && falls(read.value) == fell
}

#[cfg(test)]
mod tests {
    use super::super::laid::laid;
    use super::super::laid::tests::Desk;
    use super::*;
    use crate::report::{Reading, ScriptView};

    #[test]
    fn all_that_is_known_of_a_tag_is_said() {
        let desk = Desk::new("政府工作报告\n一、回顾\n全市生产总值增长8%。\n").tagged("生产总值增长8%", "target");
        desk.hand(|handed| {
            let voice = Voice::new(handed);
            let row = handed.tags().next().unwrap();
            assert_eq!(
                voice.lines(&row),
                ["target", "growth · yoycolon同比增长8％左右 · about", "modalitycolonstrive、ensure", "notecolon看<一>看"]
            );
            assert_eq!((voice.section(&row), pilcrow(&row)), ("一、回顾".to_owned(), Some("¶3".to_owned())));
            assert_eq!(voice.person(&row), None, "there is only one");
        });
    }

    #[test]
    fn tags_are_listed_by_section() {
        let (bare, report) = ("增长6%，增长7%。\n", "政府工作报告\n增长6%，增长7%。\n一、回顾\n（一）工业\n增长8%。\n二、安排\n增长9%。\n");
        let cases: [(&str, &[&str], &[&str]); 3] = [
            (bare, &["6%", "7%"], &[" 1 2"]),
            (report, &["6%", "7%", "8%", "9%"], &["— 1 2", "一、回顾 / （一）工业 3", "二、安排 4"]),
            (report, &["8%"], &["一、回顾 / （一）工业 1"]),
        ];
        for (text, tagged, expected) in cases {
            let desk = tagged.iter().fold(Desk::new(text), |desk, words| desk.tagged(words, "target"));
            desk.hand(|handed| {
                let laid = laid(handed, handed.reports.first().unwrap());
                let said =
                    |(section, tags): &Section<'_, '_>| tags.iter().fold(section.clone(), |said, tag| format!("{said} {}", tag.number));
                assert_eq!(Voice::new(handed).by_section(&laid.tags).iter().map(said).collect::<Vec<_>>(), expected);
            });
        }
    }

    #[test]
    fn a_figure_is_said_once() {
        let fall = Quantity { stated: Stated { value: Some(Decimal::from(-70)), ..stated("70%").unwrap() }, ..Quantity::of_words("70%") };
        let many = Stated { value: Some(Decimal::from(300)), unit: "个".to_owned(), bound: Bound::AtLeast, ..Stated::default() };
        let mistaken = Quantity { stated: stated("2561万元").unwrap(), ..Quantity::of_words("2561亿元") };
        let cases = [
            (Quantity::of_words("6.5%－7%"), "6.5%－7% · between"),
            (Quantity::of_words("同比下降5.60％"), "同比下降5.60％"),
            (Quantity::of_words("118.6 億元"), "118.6 億元"),
            (Quantity { stated: many, words: "300多个".to_owned(), ..Quantity::default() }, "300多个 · at_least"),
            (Quantity::of_words("42***亿元"), "42***亿元"),
            (Quantity::of_words("三成"), "三成 · 30%"),
            (fall, "70% · -70%"),
            (mistaken, "2561亿元 · 2561万元"),
        ];
        Desk::new("甲").tagged("甲", "target").hand(|handed| {
            let (voice, row) = (Voice::new(handed), handed.tags().next().unwrap());
            for (quantity, said) in &cases {
                assert_eq!(voice.quantity(&row, quantity).1, *said);
            }
        });
    }

    #[test]
    fn what_is_said_of_a_tag_is_read_as_the_report_is() {
        let mut desk = Desk::new("云溪市政府工作报告\n一、回顾\n全市生产总值增长8%。\n").tagged("生产总值增长8%", "target");
        desk.options.reading = Reading::of(ScriptView::Taiwan);
        desk.hand(|handed| {
            let voice = Voice::new(handed);
            let row = handed.tags().next().unwrap();
            assert_eq!(voice.title(), "雲溪市政府工作報告");
            assert_eq!(
                voice.lines(&row),
                ["target", "growth · yoycolon同比增長8％左右 · about", "modalitycolonstrive、ensure", "notecolon看<一>看"]
            );
        });
    }
}
