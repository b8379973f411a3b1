//! A report with the folder of its tags, for tests.

use super::checksum::seal;
use super::disk::RealDisk;
use super::files::{ReportRecord, save_report_record};
use super::folders::ReportFolder;
use super::wire::{self, Ext, PersonRecord, Role};
use crate::annotation::{Anchor, Annotations, Change, Edit, Hand, KindId, Person, PersonId, Tag, TagId, Time, Touch};
use crate::report::{Corrections, Report};
use crate::source::{Layout, Method};
use crate::text::Span;
use crate::text::decode::Encoding;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const TEXT: &str = "全市生产总值增长百分之八以上。\n财政收入增长百分之三。\n城镇新增就业五万人。\n年底前建成二号线。\n";

/// Somebody.
pub(super) fn person(number: u128, name: &str) -> Person {
    Person { id: PersonId(Uuid::from_u128(number)), name: name.to_owned() }
}

/// A report on disk.
pub(super) struct Desk {
    folder: tempfile::TempDir,
    /// Its file.
    pub(super) path: PathBuf,
    pub(super) report: Report,
    /// The folder of its tags.
    pub(super) here: ReportFolder,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self::with(TEXT)
    }

    /// A report of this text.
    pub(super) fn with(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.txt");
        std::fs::write(&path, text).unwrap();
        let report = Report::new(text.to_owned(), Corrections::default());
        let here = ReportFolder::find(&RealDisk, &path, report.id());
        let record = ReportRecord {
            name: "甲.txt".into(),
            original: report.id().to_string(),
            method: Method::plain(Encoding::Utf8),
            chosen: false,
            left_out: false,
            told: BTreeMap::new(),
            layout: Layout::default(),
            corrections: Corrections::default(),
            corrections_revision: 0,
            ext: Ext::new(),
        };
        save_report_record(&RealDisk, &here, report.id(), &record, Some(text)).unwrap();
        Self { folder, path, report, here }
    }

    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Where words stand.
    pub(super) fn find(&self, words: &str) -> (u32, u32) {
        let (before, _) = self.report.text().as_str().split_once(words).unwrap();
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap();
        (count(before), count(before) + count(words))
    }

    /// What somebody put on the report: tags on these words. The same words are the same tag.
    pub(super) fn record(&self, person: &Person, role: Role, spans: &[(u32, u32)]) -> PersonRecord {
        let mut annotations = Annotations::default();
        for &(start, end) in spans {
            let id = TagId(Uuid::from_u128(person.id.0.as_u128() << 64 | u128::from(start) << 32 | u128::from(end)));
            let tag = Tag::new(id, KindId::new("target"), Anchor::new(self.report.text(), Span::of(start, end)));
            let by = Touch { at: Time(i64::from(start)), hand: Hand::new(7) };
            annotations.apply(&Edit::new(vec![Change::add_tag(tag)]), by).unwrap();
        }
        PersonRecord {
            report: self.report.id(),
            report_name: "甲.txt".into(),
            person: person.clone(),
            codebook: Default::default(),
            annotations,
            extras: Default::default(),
            role,
        }
    }

    /// Writes a file of a name, as it is after a save.
    pub(super) fn write(&self, name: &str, record: &PersonRecord) -> PathBuf {
        let path = self.here.path().join(name);
        std::fs::write(&path, seal(wire::print(&wire::person_to_wire(record)))).unwrap();
        path
    }

    /// Writes somebody's file: tags on these words.
    pub(super) fn put(&self, name: &str, person: &Person, role: Role, spans: &[(u32, u32)]) -> PathBuf {
        self.write(name, &self.record(person, role, spans))
    }
}

/// Changes a file as another program, or a disk, might.
pub(super) fn edit(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}
