//! Sentences about tags that leave for other programs, and that come back.

use super::Words;
use crate::annotation::{Tag, Value};
use crate::exchange::{Brings, Difference, ImportProblem, Misfit, NotATable, NotMade, RowAt, Said, TagField, Taken};
use crate::quantity::Quantity;
use crate::session::{HandedOver, NotHandedOver, NotImported};
use crate::store::NotDelivered;
use crate::text::classes::is_invisible;

/// How many characters of somebody's words a line shows.
const LONGEST: usize = 60;
/// How many of them are shown where there is room.
const IN_FULL: usize = 600;

impl Words {
    /// What was handed over, and what is not in it.
    pub fn exported(&self, handed: &HandedOver) -> String {
        let HandedOver { to, beside, files, reports, tags, tags_left_out, links_left_out, cut, withheld, failed } = handed;
        let counts = [files, reports, tags].map(usize::to_string);
        let [files, reports, tags] = counts.each_ref().map(String::as_str);
        let places = std::iter::once(to.display().to_string()).chain(beside.iter().cloned()).collect::<Vec<_>>().join("、");
        let said = self.fill("notice_exported", &[&places, files, reports, tags]);
        let left_out = |key: &str, count: usize| (count > 0).then(|| self.fill(key, &[&count.to_string()]));
        let unread = || failed.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("、");
        let more = [
            left_out("exported_tags_left_out", *tags_left_out),
            left_out("exported_links_left_out", *links_left_out),
            left_out("exported_cut", *cut),
            left_out("exported_withheld", *withheld),
            (!failed.is_empty()).then(|| self.fill("exported_failed", &[&failed.len().to_string(), &unread()])),
        ];
        std::iter::once(said).chain(more.into_iter().flatten()).collect::<Vec<_>>().join("\n")
    }

    /// Why nothing was handed over.
    pub fn not_exported(&self, why: &NotHandedOver) -> String {
        match why {
            NotHandedOver::NoReport => self.get("not_exported_no_report").to_owned(),
            NotHandedOver::Made(NotMade::TooManyRows) => self.get("not_exported_rows").to_owned(),
            NotHandedOver::Made(NotMade::TooLarge) => self.get("not_exported_large").to_owned(),
            NotHandedOver::Made(NotMade::Other(why)) => self.fill("not_exported", &[why]),
            NotHandedOver::Delivered(NotDelivered::There(path)) => self.fill("not_exported_there", &[&path.display().to_string()]),
            NotHandedOver::Delivered(NotDelivered::Kept(path)) => self.fill("not_exported_kept", &[&path.display().to_string()]),
            NotHandedOver::Delivered(NotDelivered::Store(error)) => self.fill("not_exported", &[&self.store_error(error)]),
            NotHandedOver::Delivered(NotDelivered::Stopped) => self.get("not_exported_stopped").to_owned(),
        }
    }

    /// Why a file of tags was not read.
    pub fn not_imported(&self, why: &NotImported) -> String {
        match why {
            NotImported::Store(error) => self.store_error(error),
            NotImported::Empty(path) => self.fill("not_imported_empty", &[&path.display().to_string()]),
            NotImported::Unknown(path) => self.fill("not_imported_unknown", &[&path.display().to_string()]),
            NotImported::Unfit { path, why, .. } => {
                let path = path.display().to_string();
                match why {
                    NotATable::Damaged(why) => self.fill("not_imported_damaged", &[&path, why]),
                    NotATable::CutOff(line) => self.fill("not_imported_cut_off", &[&path, &line.to_string()]),
                    NotATable::NoWorkbook => self.fill("not_imported_no_workbook", &[&path]),
                    NotATable::Bomb => self.fill("not_imported_bomb", &[&path]),
                    NotATable::NoTags => self.fill("not_imported_no_tags", &[&path]),
                }
            }
        }
    }

    /// What did not fit of another tool's file.
    pub fn problem(&self, problem: &ImportProblem) -> String {
        let says: Vec<String> = problem.says().iter().map(|said| short(said)).collect();
        self.fill(&format!("problem_{}", problem.key()), &says.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// What does not fit of a table or of a file of objects, and where it stands.
    pub fn misfit(&self, row: &RowAt, misfit: &Misfit) -> String {
        let mut says: Vec<String> = misfit.says().into_iter().map(short).collect();
        // Sheets are written in people's words, other files with the names of columns.
        if let (Some(column), Some(said), false) = (misfit.column(), says.first_mut(), row.sheet.is_empty()) {
            *said = short(self.column(column));
        }
        let sentence = self.fill(&format!("misfit_{}", misfit.key()), &says.iter().map(String::as_str).collect::<Vec<_>>());
        self.fill("import_at", &[&self.row_at(row), &sentence])
    }

    /// Where a row stands.
    pub fn row_at(&self, row: &RowAt) -> String {
        let number = row.number.to_string();
        if row.sheet.is_empty() { self.fill("import_row", &[&number]) } else { self.fill("import_row_of", &[&short(&row.sheet), &number]) }
    }

    /// What a file brings of one tag: its kind and words, or what becomes of it.
    pub fn brings(&self, item: &Taken, quote: &str) -> String {
        match &item.what {
            Brings::New { tag, .. } => self.fill("import_tag", &[self.kind(&tag.kind), &short(&tag.anchor.quote)]),
            Brings::Changed { differences, .. } => {
                let changes: Vec<String> = differences.iter().map(|difference| self.difference(difference)).collect();
                self.fill("import_change", &[&short(quote), &changes.join("；")])
            }
        }
    }

    /// The same in full: what the tag is, then a line for each thing that is said of it, or that becomes of it. `there` is the
    /// tag as it is here.
    pub fn brings_in_full(&self, item: &Taken, there: Option<&Tag>) -> Vec<String> {
        let head = |tag: &Tag| self.fill("import_tag", &[self.kind(&tag.kind), &cut(&tag.anchor.quote, IN_FULL)]);
        match &item.what {
            Brings::New { tag, .. } => std::iter::once(head(tag)).chain(self.all_said(tag)).collect(),
            Brings::Changed { differences, .. } => {
                let changes = differences.iter().map(|difference| self.difference_within(difference, IN_FULL));
                there.map(head).into_iter().chain(changes).collect()
            }
        }
    }

    /// What is said of a tag besides its kind and its words, a line each.
    fn all_said(&self, tag: &Tag) -> Vec<String> {
        let attributes = tag.attributes.iter().map(|(id, value)| Said::Attribute(id.clone(), Some(value.clone())));
        let quantities = std::iter::once(Said::Quantities(tag.quantities.clone()));
        let note = [Said::Note(tag.note.clone())].into_iter().chain(tag.unsure.then_some(Said::Unsure(true)));
        let line = |said: Said| {
            let words = self.said_within(&said, IN_FULL);
            (!words.is_empty()).then(|| self.fill("import_says", &[self.field(&said.field()).as_str(), &words]))
        };
        quantities.chain(attributes).chain(note).filter_map(line).collect()
    }

    /// What becomes of a field of a tag.
    fn difference(&self, difference: &Difference) -> String {
        self.difference_within(difference, LONGEST)
    }

    fn difference_within(&self, difference: &Difference, longest: usize) -> String {
        let Difference { before, after, .. } = difference;
        let (mut was, mut now) = (self.said_within(before, longest), self.said_within(after, longest));
        if let (Said::Quantities(before), Said::Quantities(after)) = (before, after)
            && was == now
        {
            (was, now) = (self.whole_quantities(before), self.whole_quantities(after));
        }
        let or_none = |said: String| if said.is_empty() { "—".to_owned() } else { said };
        self.fill("import_field", &[self.field(&difference.field()).as_str(), &or_none(was), &or_none(now)])
    }

    /// Quantities with all that is said of them.
    fn whole_quantities(&self, quantities: &[Quantity]) -> String {
        let one = |one: &Quantity| {
            let groups = [("bound", one.stated.bound.key()), ("measure", one.measure.key()), ("basis", one.basis.key())];
            let named = groups.map(|(group, key)| self.named(group, key).to_owned());
            std::iter::once(quantity(one)).chain(named).collect::<Vec<_>>().join(" ")
        };
        quantities.iter().map(one).collect::<Vec<_>>().join("，")
    }

    /// What people read over a column.
    fn column<'a>(&'a self, key: &'a str) -> &'a str {
        let named = self.named("column", key);
        if named == key { self.named("attribute", key) } else { named }
    }

    /// What a field of a tag is called.
    fn field(&self, field: &TagField) -> String {
        match field {
            TagField::Kind => self.get("column_kind"),
            TagField::Place => self.get("import_place"),
            TagField::Quantities => self.get("quantities"),
            TagField::Attribute(id) => return self.attribute(id).to_owned(),
            TagField::Note => self.get("note_short"),
            TagField::Unsure => self.get("unsure_short"),
        }
        .to_owned()
    }

    /// What is said, with so many characters of somebody's words.
    fn said_within(&self, said: &Said, longest: usize) -> String {
        match said {
            Said::Kind(kind) => self.kind(kind).to_owned(),
            Said::Place(span) => format!("{}–{}", span.start(), span.end()),
            Said::Quantities(quantities) => quantities.iter().map(quantity).collect::<Vec<_>>().join("，"),
            Said::Attribute(id, Some(Value::One(value))) => cut(&self.value(id, value), longest),
            Said::Attribute(id, Some(Value::Many(values))) => {
                values.iter().map(|value| self.value(id, value)).collect::<Vec<_>>().join("、")
            }
            Said::Attribute(_, None) => String::new(),
            Said::Note(note) => cut(note, longest),
            Said::Unsure(unsure) => self.get(if *unsure { "import_yes" } else { "import_no" }).to_owned(),
        }
    }
}

/// The words of a quantity, and the numbers that are read of them.
fn quantity(quantity: &Quantity) -> String {
    let stated = &quantity.stated;
    let high = stated.high.map(|high| format!("–{}", high.normalize())).unwrap_or_default();
    let value = stated.value.map(|value| format!(" = {}{high}{}", value.normalize(), stated.unit)).unwrap_or_default();
    short(&format!("{}{value}", quantity.words))
}

/// Words of a file as a line can show them.
fn short(words: &str) -> String {
    cut(words, LONGEST)
}

/// The beginning of words, in which nothing hides or turns something.
fn cut(words: &str, longest: usize) -> String {
    let mut short = String::new();
    for c in words.chars().take(longest) {
        match c {
            '\n' | '\r' | '\t' => short.push(' '),
            c if is_invisible(c) => short.extend(c.escape_unicode()),
            c => short.push(c),
        }
    }
    if words.chars().count() > longest {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;
    use crate::annotation::{Anchor, AttributeId, KindId, TagId};
    use crate::exchange::Format;
    use crate::quantity::Measure;
    use crate::text::Span;
    use std::path::PathBuf;

    #[test]
    fn every_format_misfit_and_problem_has_words() {
        for language in Language::ALL {
            let words = Words::new(language);
            for format in Format::ALL {
                for group in ["export_as", "export_for"] {
                    // brat is called brat in every language.
                    let key = format!("{group}_{}", format.key());
                    assert!(words.keys().any(|there| there == key), "{key} {language:?}");
                }
            }
            let problems = [
                ImportProblem::Unreadable { reason: "r".into() },
                ImportProblem::Entry { number: 1 },
                ImportProblem::Lost { label: "l".into(), quote: "q".into() },
                ImportProblem::Several { label: "l".into(), quote: "q".into(), times: 2 },
                ImportProblem::Moved { label: "l".into(), quote: "q".into() },
                ImportProblem::Unchecked { label: "l".into(), quote: "q".into() },
                ImportProblem::Gaps { label: "l".into(), quote: "q".into() },
                ImportProblem::Unmapped { label: "l".into(), count: 2 },
                ImportProblem::OtherReport { name: "n".into(), tags: 2 },
                ImportProblem::OtherText { tags: 2 },
                ImportProblem::Elsewhere { tags: 2 },
                ImportProblem::Unmeasured { tags: 2 },
                ImportProblem::SeveralPeople { count: 2 },
                ImportProblem::Links { count: 2 },
            ];
            for problem in problems {
                let said = words.problem(&problem);
                assert!(!said.contains('{') && !said.starts_with("problem_"), "{said}");
                assert!(problem.says().iter().all(|part| said.contains(part.as_str())), "{said}");
            }
            let row = RowAt { sheet: "标注".into(), number: 3 };
            let said = words.misfit(&row, &Misfit::NotAChoice("unsure".into(), "也\u{202E}许".into()));
            assert!(said.contains("标注") && said.contains('3') && said.contains("也\\u{202e}许"), "{said}");
            assert!((0..3).all(|gap| !said.contains(&format!("{{{gap}}}"))), "{said}");
        }
    }

    #[test]
    fn columns_are_called_as_over_the_sheet_and_misfits_have_words() {
        let words = Words::new(Language::Simplified);
        let misfits = [
            (Misfit::NotANumber("start".into(), "甲".into()), "起点"),
            (Misfit::OutOfRange("value".into(), "9".repeat(300)), "值"),
            (Misfit::NotATime("period".into(), "垃圾时期".into()), "时期"),
            (Misfit::NotAChoice("modality".into(), "铁".into()), "表述用语"),
            (Misfit::Cut("note".into()), "备注"),
        ];
        for (misfit, column) in misfits {
            let of_sheet = words.misfit(&RowAt { sheet: "标注".into(), number: 3 }, &misfit);
            assert!(of_sheet.contains(&format!("“{column}”")) && !of_sheet.contains("misfit_"), "{of_sheet}");
            assert!(of_sheet.chars().count() < 120, "{of_sheet}");
            let of_table = words.misfit(&RowAt { sheet: String::new(), number: 3 }, &misfit);
            assert!(of_table.contains(misfit.column().unwrap()), "{of_table}");
        }
    }

    #[test]
    fn all_that_a_new_tag_says_has_a_line() {
        let words = Words::new(Language::Simplified);
        let anchor = Anchor { span: Span::of(0, 2), quote: "增长".into(), before: String::new(), after: String::new() };
        let mut tag = Tag::new(TagId(uuid::Uuid::nil()), KindId::new("target"), anchor);
        tag.note = "长".repeat(100);
        tag.unsure = true;
        tag.quantities = vec![Quantity::of_words("8%")];
        tag.set_attribute(AttributeId::new("indicator_name"), Value::One("地区生产总值".into()));
        let item = |what| Taken { row: RowAt::default(), what, conflicts: false };
        let new = item(Brings::New { tag: Box::new(tag.clone()), named: tag.id, links: Vec::new() });
        let lines = words.brings_in_full(&new, None);
        assert_eq!(lines[0], "目标 “增长”");
        assert_eq!(lines[1..3], ["数量：8% = 8%", "指标名称：地区生产总值"]);
        assert!(lines[3].ends_with(&tag.note) && lines[4].ends_with('是') && lines.len() == 5, "{lines:?}");
        let difference = Difference {
            row: RowAt::default(),
            report: crate::report::ReportId::of(""),
            person: crate::annotation::PersonId(uuid::Uuid::nil()),
            tag: tag.id,
            before: Said::Kind(KindId::new("commitment")),
            after: Said::Kind(KindId::new("target")),
        };
        let changed = item(Brings::Changed { tag: tag.id, differences: vec![difference] });
        assert_eq!(words.brings_in_full(&changed, Some(&tag)), ["目标 “增长”", "类别：承诺 → 目标"]);
    }

    #[test]
    fn what_of_a_number_changed_is_said() {
        let quantity = Quantity::of_words("8%");
        let changed = |change: fn(&mut Quantity)| {
            let mut after = quantity.clone();
            change(&mut after);
            let (row, id) = (RowAt::default(), uuid::Uuid::nil());
            Words::new(Language::Simplified).difference(&Difference {
                row,
                report: crate::report::ReportId::of(""),
                person: crate::annotation::PersonId(id),
                tag: TagId(id),
                before: Said::Quantities(vec![quantity.clone()]),
                after: Said::Quantities(vec![after]),
            })
        };
        assert_eq!(changed(|after| after.stated.value = Some(9.into())), "数量：8% = 8% → 8% = 9%");
        assert_eq!(changed(|after| after.measure = Measure::Growth), "数量：8% = 8% 等于 数值 无 → 8% = 8% 等于 增速 无");
    }

    #[test]
    fn what_is_not_in_an_export_is_said() {
        let words = Words::new(Language::English);
        let whole = HandedOver { to: "/r/a.csv".into(), files: 2, reports: 1, tags: 3, ..HandedOver::default() };
        assert!(whole.is_whole() && words.exported(&whole).lines().count() == 1);
        let partly = HandedOver { tags_left_out: 1, links_left_out: 2, cut: 4, withheld: 3, failed: vec![PathBuf::from("b.txt")], ..whole };
        let said = words.exported(&partly);
        assert!(said.lines().count() == 6 && said.contains("b.txt"), "{said}");
    }
}
