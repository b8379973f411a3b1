//! What a person turned down, as it stands in the `ext` map of their file, a line each.
//!
//! It stands there because every program gives `ext` back to the letter, also one that does not know dismissals.

use super::records::{WirePast, anchor_from_wire, by_to_wire, stamp_of};
use super::{Ext, parse, print_record};
use crate::annotation::{Dismissal, DismissalId, Dismissed, KindId, Stamp, Version};
use ron::value::RawValue;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The minor edition of a file with dismissals.
pub(super) const MINOR: u32 = 1;
/// The key of the dismissals. In a damaged file the lines of a list count as the list's above if its first line cannot be
/// read, so it stands above the tombstones: read as one of those, a dismissal would be gone.
pub(super) const DISMISSALS: &str = "dismissals";
/// The key of their tombstones.
pub(super) const DELETED_DISMISSALS: &str = "dismissals_deleted";

/// A dismissal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WireDismissal {
    pub id: String,
    /// `proposal` or `hint`.
    pub of: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    pub span: (u32, u32),
    pub quote: String,
    #[serde(default)]
    pub before: String,
    #[serde(default)]
    pub after: String,
    pub created: String,
    pub changed: String,
    pub revision: u64,
    /// The version's name: the hand and the number of its change.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub past: WirePast,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ext: Ext,
}

pub(super) fn dismissal_from_wire(wire: &WireDismissal) -> Option<(DismissalId, Version<Dismissal>)> {
    let stamp = stamp_of(&wire.created, &wire.changed, wire.revision, &wire.by, &wire.past)?;
    let anchor = anchor_from_wire(wire.span, &wire.quote, &wire.before, &wire.after)?;
    let of = match wire.of.as_str() {
        "proposal" => Dismissed::Proposal { kind: KindId::new(wire.kind.clone()), rule: wire.rule.clone() },
        "hint" => Dismissed::Hint { key: wire.key.clone() },
        _ => return None,
    };
    let dismissal = Dismissal { id: wire.id.parse().ok()?, anchor, of };
    Some((dismissal.id, Version { stamp, content: Some(dismissal) }))
}

pub(super) fn dismissal_to_wire(dismissal: &Dismissal, stamp: &Stamp, ext: Ext) -> WireDismissal {
    let (by, past) = by_to_wire(stamp);
    let (of, kind, rule, key) = match &dismissal.of {
        Dismissed::Proposal { kind, rule } => ("proposal", kind.as_str(), rule.as_str(), ""),
        Dismissed::Hint { key } => ("hint", "", "", key.as_str()),
    };
    WireDismissal {
        id: dismissal.id.to_string(),
        of: of.to_owned(),
        kind: kind.to_owned(),
        rule: rule.to_owned(),
        key: key.to_owned(),
        span: (dismissal.anchor.span.start().get(), dismissal.anchor.span.end().get()),
        quote: dismissal.anchor.quote.clone(),
        before: dismissal.anchor.before.clone(),
        after: dismissal.anchor.after.clone(),
        created: stamp.created.to_string(),
        changed: stamp.changed.to_string(),
        revision: stamp.revision(),
        by,
        past,
        ext,
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
    use crate::annotation::{Anchor, Annotations, Change, Edit, Hand, Person, PersonId, Time, Touch};
    use crate::report::ReportId;
    use crate::text::{Span, Text};
    use uuid::Uuid;

    const TEXT: &str = "全市生产总值增长百分之八以上左右";

    fn dismissal(number: u128, of: Dismissed) -> Dismissal {
        let anchor = Anchor::new(&Text::new(TEXT.into()), Span::of(2, 6));
        Dismissal { id: DismissalId(Uuid::from_u128(number)), anchor, of }
    }

    fn proposal() -> Dismissal {
        dismissal(1, Dismissed::Proposal { kind: KindId::new("target"), rule: "8".into() })
    }

    fn hint() -> Dismissal {
        dismissal(2, Dismissed::Hint { key: "no \"year\"\n//".into() })
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
            role: Role::Annotation,
        }
    }

    fn whole_file() -> PersonRecord {
        let gone = dismissal(3, Dismissed::Hint { key: "gone".into() });
        let changes = [proposal(), hint(), gone.clone()].map(Change::add_dismissal);
        file_of(changes.into_iter().chain([Change::delete_dismissal(gone)]).collect())
    }

    fn written(record: &PersonRecord) -> String {
        print(&person_to_wire(record))
    }

    #[test]
    fn what_was_turned_down_is_read_as_it_was_written() {
        let record = whole_file();
        let text = written(&record);
        let (again, troubles) = person_from_wire(&text).unwrap();
        assert_eq!((&again.annotations, troubles), (&record.annotations, Troubles::default()));
        assert_eq!(written(&again), text);
        assert_eq!(text.lines().filter(|line| line.starts_with("      (id: ")).count(), 3, "{text}");
        assert!(text.contains("  minor: 1,\n"), "{text}");
    }

    #[test]
    fn a_file_in_which_nothing_was_turned_down_says_nothing_of_it() {
        let text = written(&file_of(Vec::new()));
        assert!(text.contains("  minor: 0,\n") && text.ends_with("  ext: {},\n)"), "{text}");
    }

    #[test]
    fn a_program_that_does_not_know_dismissals_gives_them_back_to_the_letter() {
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
        let mut read = BTreeMap::new();
        for (id, version) in all.dismissal_records().iter().flat_map(|(id, kept)| kept.versions().map(move |version| (id, version))) {
            let line: WireRecord = parse(&print_line(&WireRecord::of_dismissal(*id, version))).unwrap();
            assert!(line.read(&mut BTreeMap::new(), &mut BTreeMap::new(), &mut read));
        }
        assert_eq!(&read, all.dismissal_records());
    }

    #[test]
    fn what_later_editions_put_into_a_dismissal_is_kept() {
        let (plain, later) = ("by: \"00000007 1\")", "by: \"00000007 1\", ext: {\"sky\": (colour: \"blue\")})");
        let text = written(&whole_file()).replacen(plain, later, 1);
        assert!(text.contains(later), "{text}");
        let (record, troubles) = person_from_wire(&text).unwrap();
        assert_eq!((written(&record), troubles), (text, Troubles::default()));
    }

    #[test]
    fn a_record_that_makes_no_sense_costs_itself() {
        let whole = written(&whole_file());
        for (from, to) in [("of: \"hint\"", "of: \"rumour\""), ("quote: \"生产总值\"", "quote: \"总值\""), ("revision: 1", "revision: -1")]
        {
            let (record, troubles) = person_from_wire(&whole.replacen(from, to, 1)).unwrap();
            assert_eq!((record.annotations.dismissals().count(), troubles.lost.len()), (1, 1), "{to}");
        }
        let (record, troubles) = person_from_wire(&whole.replacen("\"dismissals\": [", "\"dismissals\": true, \"others\": [", 1)).unwrap();
        assert_eq!((record.annotations.dismissals().count(), troubles.lost), (0, vec!["true".to_owned()]));
    }

    #[test]
    fn a_damaged_line_costs_itself() {
        let whole = written(&whole_file());
        for (from, to, left) in [
            ("of: \"hint\"", "of: hi\0nt\"", 1),
            ("  report_name: \"", "  report_name: ", 2),
            // Its lines are then nobody's, and none of them counts as a tombstone.
            ("\"dismissals\": [", "\"dismissals\": {", 0),
        ] {
            let (record, troubles) = person_from_wire(&whole.replacen(from, to, 1)).unwrap();
            assert_eq!(record.annotations.dismissals().count(), left, "{to}");
            assert!(!troubles.lost.is_empty(), "{to}");
            let gone = record.annotations.dismissal_records().values().filter(|kept| kept.now.content.is_none());
            assert_eq!(gone.count(), 1, "{to}");
        }
    }
}
