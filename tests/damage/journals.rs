//! A journal taken apart into its lines and put together again, each line with the checksum that it should have.

use super::disk::MemoryDisk;
use super::kept::{journal_of, page, tiny};
use jiannuo::report::ReportId;
use std::path::Path;

/// The checksum of a line: the first eight bytes of its SHA-256.
pub fn digits(line: &str) -> String {
    ReportId::of(line).to_string().chars().take(16).collect()
}

/// A line with its checksum.
pub fn checked(line: &str) -> String {
    format!("{} {line}", digits(line))
}

/// What a journal says, without checksums.
pub struct Lines {
    pub head: String,
    pub records: Vec<String>,
}

impl Lines {
    /// The journal that a sitting left of the plain report.
    pub fn of(disk: &MemoryDisk) -> Self {
        Self::of_report(disk, &tiny())
    }

    /// The journal that it left of the page.
    pub fn of_page(disk: &MemoryDisk) -> Self {
        Self::of_report(disk, &page())
    }

    fn of_report(disk: &MemoryDisk, report: &Path) -> Self {
        let text = String::from_utf8(disk.get(&journal_of(disk, report)).unwrap()).unwrap();
        let mut lines = text.lines().filter(|line| !line.is_empty()).map(|line| line.split_once(' ').unwrap().1.to_owned());
        Self { head: lines.next().unwrap(), records: lines.collect() }
    }

    fn headed(&self, head: String) -> Self {
        Self { head, records: self.records.clone() }
    }

    /// The same with its head changed.
    pub fn with(&self, from: &str, to: &str) -> Self {
        assert!(self.head.contains(from), "the head has {from}");
        self.headed(self.head.replacen(from, to, 1))
    }

    /// The same with one record more, in the middle.
    pub fn and(&self, record: &str) -> Self {
        let mut records = self.records.clone();
        records.insert(records.len() / 2, record.to_owned());
        Self { head: self.head.clone(), records }
    }

    /// Its lines with checksums.
    pub fn lines(&self) -> Vec<String> {
        std::iter::once(&self.head).chain(&self.records).map(|line| checked(line)).collect()
    }

    /// The journal as it stands on disk.
    pub fn text(&self) -> String {
        text_of(&self.lines())
    }
}

/// A journal of these lines, as they are.
pub fn text_of(lines: &[String]) -> String {
    lines.iter().map(|line| format!("\n{line}\n")).collect()
}
