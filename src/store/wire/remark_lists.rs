//! The lists of remarks in the `ext` map of a person's file, one for each sort.
//!
//! They stand there because every program gives `ext` back to the letter, also one that does not know remarks.

use super::{Ext, parse, print_record};
use crate::annotation::Says;
use ron::value::RawValue;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The minor edition of a file with remarks.
pub(super) const MINOR: u32 = 1;
/// The key of the list of their tombstones. A tombstone does not know what it was of.
pub(super) const DELETED: &str = "remarks_deleted";
/// Its key in files from when there were only dismissals.
pub(super) const DELETED_ONCE: &str = "dismissals_deleted";

/// A list of remarks of one sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkList {
    /// What was turned down.
    Dismissals,
    /// What people tell one another.
    Comments,
    /// What was decided.
    Decisions,
    /// Which parts were read.
    PartsRead,
}

impl RemarkList {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::Dismissals, Self::Comments, Self::Decisions, Self::PartsRead];

    /// Its key in `ext`.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Dismissals => "dismissals",
            Self::Comments => "comments",
            Self::Decisions => "decisions",
            Self::PartsRead => "parts_read",
        }
    }

    /// The list that what is said belongs to.
    pub(super) const fn of(says: &Says) -> Self {
        match says {
            Says::Dismissed(_) => Self::Dismissals,
            Says::Comment(_) => Self::Comments,
            Says::Decision(_) => Self::Decisions,
            Says::Read => Self::PartsRead,
        }
    }
}

/// Takes a list of records out of an `ext` map. What in it is no such record goes to `lost`.
pub(super) fn take_list<T: DeserializeOwned>(ext: &mut Ext, key: &str, lost: &mut Vec<String>) -> Vec<T> {
    let Some(list) = ext.remove(key) else { return Vec::new() };
    let Ok(records) = parse::<Vec<Box<RawValue>>>(list.get_ron()) else {
        lost.push(list.get_ron().to_owned());
        return Vec::new();
    };
    let read = |record: Box<RawValue>| parse(record.get_ron()).map_err(|_| lost.push(record.get_ron().to_owned())).ok();
    records.into_iter().filter_map(read).collect()
}

/// Puts a list of records into an `ext` map, a line each. An empty one is left out.
pub(super) fn put_list<T: Serialize>(ext: &mut Ext, key: &str, records: &[T]) {
    if records.is_empty() {
        return;
    }
    let lines: Vec<String> = records.iter().map(print_record).collect();
    let list = format!("[\n      {},\n    ]", lines.join(",\n      "));
    // Records that were just written can be read again.
    ext.extend(RawValue::from_boxed_ron(list.into_boxed_str()).ok().map(|list| (key.to_owned(), list)));
}

#[cfg(test)]
mod tests {
    use super::super::person::{Extras, PersonRecord, Role, Troubles, WireCodebook, person_from_wire, person_to_wire};
    use super::super::{WireRecord, print, print_line};
    use super::*;
    use crate::annotation::samples::{TURNS, says};
    use crate::annotation::{Anchor, Annotations, Change, Edit, Hand, Person, PersonId, Remark, RemarkId, Time, Touch};
    use crate::report::ReportId;
    use crate::text::{Span, Text};
    use proptest::prelude::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    const TEXT: &str = "全市生产总值增长百分之八以上左右";
    /// Words that mean something to whoever reads a file carelessly.
    const WORDS: &str = "甲说\"乙\"：\n],\n  \"comments\": [\r\n(id: \u{202E}丙\u{0})\t\\ // '";

    fn remark(number: u128, turn: u8) -> Remark {
        let anchor = Anchor::new(&Text::new(TEXT.into()), Span::of(2, 6));
        Remark { id: RemarkId(Uuid::from_u128(number)), anchor, says: says(turn, WORDS) }
    }

    /// A person's file on which these changes were made one after the other.
    fn file_of(changes: Vec<Change>) -> PersonRecord {
        let mut annotations = Annotations::default();
        for (at, change) in (1..).zip(changes) {
            let by = Touch { at: Time(at), hand: Hand::new(7) };
            assert_eq!(annotations.apply(&Edit::new(vec![change]), by), Ok(()));
        }
        PersonRecord {
            report: ReportId::of(TEXT),
            report_name: "甲.txt".into(),
            person: Person { id: PersonId(Uuid::from_u128(9)), name: "王小明".into() },
            codebook: WireCodebook::default(),
            annotations,
            extras: Extras::default(),
            role: Role::Adjudication,
        }
    }

    /// How many remarks there are in [`whole_file`].
    const ALL: usize = TURNS as usize;

    /// A remark of each turn, and one that was deleted.
    fn whole_file() -> PersonRecord {
        let gone = remark(100, 2);
        let made = (0..TURNS).map(|turn| remark(turn.into(), turn)).chain([gone.clone()]).map(Change::add_remark);
        file_of(made.chain([Change::delete_remark(gone)]).collect())
    }

    fn written(record: &PersonRecord) -> String {
        print(&person_to_wire(record))
    }

    fn read(text: &str) -> (PersonRecord, Troubles) {
        person_from_wire(text).unwrap()
    }

    #[test]
    fn what_is_said_is_read_as_it_was_written() {
        let record = whole_file();
        let text = written(&record);
        let (again, troubles) = read(&text);
        assert_eq!((&again.annotations, &again.role, troubles), (&record.annotations, &record.role, Troubles::default()));
        assert_eq!(written(&again), text);
        assert_eq!(text.lines().filter(|line| line.starts_with("      (id: ")).count(), ALL + 1, "{text}");
        assert!(text.contains("  minor: 1,\n"), "{text}");
    }

    #[test]
    fn a_file_in_which_nothing_is_said_says_nothing_of_it() {
        let text = written(&file_of(Vec::new()));
        assert!(text.contains("  minor: 0,\n") && text.ends_with("  ext: {},\n)"), "{text}");
    }

    #[test]
    fn a_program_that_does_not_know_remarks_gives_them_back_to_the_letter() {
        #[derive(Serialize, Deserialize)]
        struct Older {
            ext: Ext,
        }
        let mut ext = person_to_wire(&whole_file()).ext;
        ext.extend(Some(("blind".to_owned(), RawValue::from_boxed_ron("true".into()).unwrap())));
        let text = print(&Older { ext });
        assert_eq!(print(&parse::<Older>(&text).unwrap()), text);
    }

    #[test]
    fn the_lines_of_a_journal_give_what_they_were_made_of() {
        let all = whole_file().annotations;
        let mut found = BTreeMap::new();
        for (id, version) in all.remark_records().iter().flat_map(|(id, kept)| kept.versions().map(move |version| (id, version))) {
            let line = print_line(&WireRecord::of_remark(*id, version));
            assert!(!line.contains('\n'), "{line}");
            let line: WireRecord = parse(&line.replacen("deleted_remark(", "deleted_dismissal(", 1)).unwrap();
            assert!(line.read(&mut BTreeMap::new(), &mut BTreeMap::new(), &mut found));
        }
        assert_eq!(&found, all.remark_records());
    }

    #[test]
    fn tombstones_from_when_there_were_only_dismissals_are_read() {
        let record = whole_file();
        let old = written(&record).replacen(DELETED, DELETED_ONCE, 1);
        let (again, troubles) = read(&old);
        assert_eq!((&again.annotations, troubles), (&record.annotations, Troubles::default()));
        assert_eq!(written(&again), written(&record));
    }

    #[test]
    fn what_later_editions_put_into_a_remark_is_kept() {
        let (plain, later) = ("by: \"00000007 1\")", "by: \"00000007 1\", ext: {\"sky\": (colour: \"blue\")})");
        let text = written(&whole_file()).replace(plain, later);
        assert_eq!(text.matches(later).count(), ALL, "{text}");
        let (record, troubles) = read(&text);
        assert_eq!((written(&record), troubles), (text, Troubles::default()));
    }

    #[test]
    fn a_record_that_makes_no_sense_costs_itself() {
        let whole = written(&whole_file());
        for (from, to) in [
            ("of: \"hint\"", "of: \"rumour\""),
            ("quote: \"生产总值\"", "quote: \"总值\""),
            ("revision: 1", "revision: -1"),
            ("answers: \"", "answers: \"x"),
            ("about: Some((person: \"", "about: Some((person: \"x"),
            ("case: \"2-6 ", "case: \"2-6-"),
            ("outcome: \"taken\"", "outcome: \"rumour\""),
            ("reason: \"slip\"", "reason: \"rumour\""),
            ("taken: true", "taken: maybe"),
            ("tags: [\"", "tags: [\"x"),
        ] {
            assert!(whole.contains(from), "{from}: {whole}");
            let (record, troubles) = read(&whole.replacen(from, to, 1));
            assert_eq!((record.annotations.remarks().count(), troubles.lost.len()), (ALL - 1, 1), "{to}");
        }
        for (list, count) in
            [(RemarkList::Dismissals, 2), (RemarkList::Comments, 2), (RemarkList::Decisions, 1), (RemarkList::PartsRead, 1)]
        {
            let key = list.key();
            let (record, troubles) = read(&whole.replacen(&format!("\"{key}\": ["), &format!("\"{key}\": true, \"others\": ["), 1));
            assert_eq!((record.annotations.remarks().count(), troubles.lost), (ALL - count, vec!["true".to_owned()]), "{key}");
        }
    }

    #[test]
    fn a_damaged_line_costs_itself() {
        let whole = written(&whole_file());
        for (from, to, left) in [
            ("of: \"hint\"", "of: hi\0nt\"", ALL - 1),
            ("settles: Some(true)", "settles: Some(true", ALL - 1),
            ("outcome: \"", "outcome: ", ALL - 1),
            ("  report_name: \"", "  report_name: ", ALL),
            ("  role: \"", "  role: ", ALL),
            // The lines of such a list are then nobody's: no comment becomes a decision, and nothing counts as a tombstone.
            ("\"dismissals\": [", "\"dismissals\": {", ALL - 2),
            ("\"comments\": [", "\"comments\": {", ALL - 2),
            ("\"decisions\": [", "\"decisions\": {", ALL - 1),
            ("\"parts_read\": [", "\"parts_read\": {", ALL - 1),
        ] {
            assert!(whole.contains(from), "{from}: {whole}");
            let (record, troubles) = read(&whole.replacen(from, to, 1));
            let all = whole_file().annotations;
            assert!(record.annotations.remarks().all(|remark| all.remark(remark.id) == Some(remark)), "{to}");
            assert_eq!((record.annotations.remarks().count(), record.role), (left, Role::Adjudication), "{to}");
            assert!(!troubles.lost.is_empty(), "{to}");
            let gone = record.annotations.remark_records().values().filter(|kept| kept.now.content.is_none());
            assert_eq!(gone.count(), 1, "{to}");
        }
    }

    #[test]
    fn a_damaged_file_is_never_that_of_somebody_it_only_names() {
        let damaged = written(&whole_file()).replacen("  person: (", "  person (", 1);
        assert!(person_from_wire(&damaged).is_err());
    }

    proptest! {
        #[test]
        fn any_text_comes_back_to_the_letter(quote in any::<String>(), word in any::<String>(), turn in 0..TURNS) {
            let len = quote.chars().count() as u32;
            let anchor = Anchor { span: Span::of(3, 3 + len), quote, before: word.clone(), after: word.clone() };
            let said = Remark { id: RemarkId(Uuid::from_u128(1)), anchor, says: says(turn, &word) };
            let record = file_of(vec![Change::add_remark(said)]);
            let text = written(&record);
            let (again, troubles) = read(&text);
            prop_assert_eq!((&again.annotations, troubles), (&record.annotations, Troubles::default()));
            // And where the file is damaged elsewhere.
            let (again, _) = read(&text.replacen("  minor: 1,", "  minor: ,", 1));
            prop_assert_eq!(&again.annotations, &record.annotations);
        }
    }
}
