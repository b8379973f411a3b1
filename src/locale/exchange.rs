//! Sentences about tags that leave for other programs, and that come back.

use super::Words;
use crate::annotation::Value;
use crate::exchange::{Brings, Difference, ImportProblem, Misfit, NotATable, NotMade, RowAt, Said, TagField, Taken};
use crate::quantity::Quantity;
use crate::session::{HandedOver, NotHandedOver, NotImported};
use crate::store::NotDelivered;
use crate::text::classes::is_invisible;

/// How many characters of somebody's words a line shows.
const LONGEST: usize = 60;

impl Words {
    /// What was handed over, and what is not in it.
    pub fn exported(&self, handed: &HandedOver) -> String {
        let HandedOver { to, files, reports, tags, tags_left_out, links_left_out, withheld, failed } = handed;
        let counts = [files, reports, tags].map(usize::to_string);
        let [files, reports, tags] = counts.each_ref().map(String::as_str);
        let said = self.fill("notice_exported", &[&to.display().to_string(), files, reports, tags]);
        let left_out = |key: &str, count: usize| (count > 0).then(|| self.fill(key, &[&count.to_string()]));
        let unread = || failed.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("、");
        let more = [
            left_out("exported_tags_left_out", *tags_left_out),
            left_out("exported_links_left_out", *links_left_out),
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
            NotImported::Unknown(path) => self.fill("not_imported_unknown", &[&path.display().to_string()]),
            NotImported::Unfit { path, why } => {
                let path = path.display().to_string();
                match why {
                    NotATable::Damaged(why) => self.fill("not_imported_damaged", &[&path, why]),
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
        let says: Vec<String> = misfit.says().into_iter().map(short).collect();
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

    /// What becomes of a field of a tag.
    fn difference(&self, difference: &Difference) -> String {
        let said = |said: &Said| Some(self.said(said)).filter(|said| !said.is_empty()).unwrap_or_else(|| "—".to_owned());
        self.fill("import_field", &[self.field(&difference.field()).as_str(), &said(&difference.before), &said(&difference.after)])
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

    fn said(&self, said: &Said) -> String {
        match said {
            Said::Kind(kind) => self.kind(kind).to_owned(),
            Said::Place(span) => format!("{}–{}", span.start(), span.end()),
            Said::Quantities(quantities) => quantities.iter().map(quantity).collect::<Vec<_>>().join("，"),
            Said::Attribute(id, Some(Value::One(value))) => short(&self.value(id, value)),
            Said::Attribute(id, Some(Value::Many(values))) => {
                values.iter().map(|value| self.value(id, value)).collect::<Vec<_>>().join("、")
            }
            Said::Attribute(_, None) => String::new(),
            Said::Note(note) => short(note),
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

/// Words of a file as a line can show them: not too long, and nothing in them hides or turns something.
fn short(words: &str) -> String {
    let mut short = String::new();
    for c in words.chars().take(LONGEST) {
        match c {
            '\n' | '\r' | '\t' => short.push(' '),
            c if is_invisible(c) => short.extend(c.escape_unicode()),
            c => short.push(c),
        }
    }
    if words.chars().count() > LONGEST {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;
    use crate::exchange::Format;
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
    fn what_is_not_in_an_export_is_said() {
        let words = Words::new(Language::English);
        let whole = HandedOver { to: "/r/a.csv".into(), files: 2, reports: 1, tags: 3, ..HandedOver::default() };
        assert!(whole.is_whole() && words.exported(&whole).lines().count() == 1);
        let partly = HandedOver { tags_left_out: 1, links_left_out: 2, withheld: 3, failed: vec![PathBuf::from("b.txt")], ..whole };
        let said = words.exported(&partly);
        assert!(said.lines().count() == 5 && said.contains("b.txt"), "{said}");
    }
}
