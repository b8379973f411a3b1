//! What a grid shows of one report without its being open.

use crate::annotation::KindId;
use crate::report::{Corrections, Facts, Field, Region, ReportId, Script, Structure};
use crate::source::{Extracted, Format};
use crate::store::disk::{Disk, Entry, Stamp};
use crate::store::error::StoreError;
use crate::store::files::{load_person_file, load_report_record};
use crate::store::folders::ReportFolder;
use crate::store::originals::{OpenError, OpenRequest, read_text};
use crate::store::wire::Role;
use crate::text::decode::Encoding;
use crate::text::{Pos, Text};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How many tags there are of each kind.
pub type TagCounts = BTreeMap<KindId, usize>;

/// One report in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Where it lies.
    pub path: PathBuf,
    /// Its path inside the folder, with `/` between the steps.
    pub inside: String,
    /// Length and time of the file when it was read.
    pub stamp: Stamp,
    /// What it is, or why it does not open.
    pub state: Result<CardState, OpenError>,
    /// Those who tagged it.
    pub people: Vec<PersonCard>,
    /// Length and time of the files beside its tags when they were read.
    pub kept: Vec<(PathBuf, Stamp)>,
}

/// What a report that opens is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardState {
    /// The report.
    pub report: ReportId,
    /// Its format.
    pub format: Format,
    /// Its encoding, where the format has one.
    pub encoding: Option<Encoding>,
    /// The script it is written in.
    pub script: Script,
    /// Whose forms its traditional characters have.
    pub region: Region,
    /// How many characters it has.
    pub characters: u32,
    /// The folder that keeps its tags, or will.
    pub folder: PathBuf,
    /// What it says of itself, corrections laid over it.
    pub facts: Facts,
    /// The reports in the file, where there are several.
    pub parts: Vec<PartCard>,
}

/// One of several reports in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartCard {
    /// Where it begins.
    pub start: Pos,
    /// What it says of itself.
    pub facts: Facts,
}

/// One person's work on a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonCard {
    /// Their name.
    pub name: String,
    /// How many tags they made, by the beginning of the part these stand in; the whole file's under 0.
    pub tags: BTreeMap<u32, TagCounts>,
}

impl Card {
    /// How many tags of each kind there are, all people together; in one part only, if one is named.
    pub fn counts(&self, part: Option<Pos>) -> TagCounts {
        let mut all = TagCounts::new();
        for counts in self.people.iter().flat_map(|person| person.tags.iter()).filter(|(at, _)| part.is_none_or(|part| part.get() == **at))
        {
            for (kind, count) in counts.1 {
                *all.entry(kind.clone()).or_default() += count;
            }
        }
        all
    }

    /// Reads a file that lies in a folder. An error of reading the disk is kept as the reason, too.
    pub(super) fn read(disk: &dyn Disk, root: &Path, entry: &Entry) -> Self {
        let missing = Err(OpenError::Store(StoreError::Missing(entry.path.clone())));
        let inside = inside(root, &entry.path);
        let mut card = Self { path: entry.path.clone(), inside, stamp: entry.stamp, state: missing, people: Vec::new(), kept: Vec::new() };
        let request = OpenRequest { kept_in: Some(root.to_owned()), ..OpenRequest::default() };
        match read_text(disk, &entry.path, &request) {
            Ok((extracted, _, folder)) => {
                let id = ReportId::of(&extracted.text);
                let there = disk.list(folder.path().parent().unwrap_or(root)).is_ok_and(|all| all.iter().any(|path| path == folder.path()));
                let folder = if there { folder } else { ReportFolder::find(disk, &entry.path, id) };
                card.fill(disk, extracted, &folder);
            }
            Err(error) => card.state = Err(error),
        }
        card
    }

    fn fill(&mut self, disk: &dyn Disk, extracted: Extracted, folder: &ReportFolder) {
        let report = ReportId::of(&extracted.text);
        let corrections = load_report_record(disk, folder).map_or_else(Corrections::default, |record| record.corrections);
        let (script, region) = crate::report::script_and_region(&extracted.text);
        let text = Text::new(extracted.text);
        let structure = Structure::of(&text, &corrections, &extracted.told);
        let parts: Vec<PartCard> =
            structure.parts.into_iter().map(|part| PartCard { start: part.span.start(), facts: part.facts }).collect();
        let starts: Vec<Pos> = parts.iter().map(|part| part.start).collect();
        (self.people, self.kept) = people(disk, folder, report, &starts);
        self.state = Ok(CardState {
            report,
            format: extracted.method.format,
            encoding: extracted.method.encoding,
            script,
            region,
            characters: text.len(),
            folder: folder.path().to_owned(),
            facts: structure.facts,
            parts,
        });
    }

    /// A fact of the file or of a part of it.
    pub fn fact(&self, part: Option<Pos>, field: Field) -> Option<&str> {
        let state = self.state.as_ref().ok()?;
        let facts = match part {
            None => &state.facts,
            Some(part) => &state.parts.iter().find(|card| card.start == part)?.facts,
        };
        facts.get(field)
    }
}

/// A path inside a folder, with `/` between the steps.
fn inside(root: &Path, path: &Path) -> String {
    let steps = path.strip_prefix(root).unwrap_or(path).components();
    steps.map(|step| step.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

/// The people who tagged a report, and the files that say so.
fn people(disk: &dyn Disk, folder: &ReportFolder, report: ReportId, parts: &[Pos]) -> (Vec<PersonCard>, Vec<(PathBuf, Stamp)>) {
    let mut people = Vec::new();
    let kept = kept_files(disk, folder.path());
    for (path, _) in kept.iter().filter(|(path, _)| path.file_name().is_some_and(|name| name != "report.ron" && name != "source.txt")) {
        let Ok(file) = load_person_file(disk, path) else { continue };
        if file.record.role != Role::Annotation || file.record.report != report {
            continue;
        }
        let mut tags: BTreeMap<u32, TagCounts> = BTreeMap::new();
        for tag in file.record.annotations.tags() {
            let at = parts.iter().rev().find(|part| **part <= tag.anchor.span.start()).map_or(0, |part| part.get());
            *tags.entry(at).or_default().entry(tag.kind.clone()).or_default() += 1;
        }
        // Somebody who only corrected what the report is has not tagged it.
        if tags.is_empty() {
            continue;
        }
        people.push(PersonCard { name: file.record.person.name, tags });
    }
    (people, kept)
}

/// The files in a report's folder that say something of it, with their stamps.
pub(super) fn kept_files(disk: &dyn Disk, folder: &Path) -> Vec<(PathBuf, Stamp)> {
    let entries = disk.entries(folder).unwrap_or_default();
    let says = |entry: &Entry| {
        let name = entry.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        !entry.is_folder && !name.starts_with('.') && name.ends_with(".ron")
    };
    entries.into_iter().filter(says).map(|entry| (entry.path, entry.stamp)).collect()
}
