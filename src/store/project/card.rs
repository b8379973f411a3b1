//! What a grid shows of one report without its being open.

use crate::annotation::{Annotations, KindId, PersonId};
use crate::report::{Corrections, Facts, Field, Region, ReportId, Script, Structure};
use crate::source::{Extracted, Format};
use crate::store::disk::{Disk, Entry, Stamp};
use crate::store::error::StoreError;
use crate::store::files::{load_person_file, load_report_record};
use crate::store::folders::ReportFolder;
use crate::store::originals::{OpenError, OpenRequest, read_text};
use crate::store::submitted::Submitted;
use crate::store::wire::{PersonRecord, Role};
use crate::text::decode::Encoding;
use crate::text::{Pos, Text};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How many tags there are of each kind.
pub type TagCounts = BTreeMap<KindId, usize>;
/// How many there are, by the beginning of the part they stand in; the whole file's under 0.
pub type CountsByPart = BTreeMap<u32, TagCounts>;

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
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// How many tags they made.
    pub tags: CountsByPart,
    /// How many they submitted, if they did.
    pub submitted: Option<CountsByPart>,
}

impl Card {
    /// How many tags of each kind there are, all people together, whoever may see them; in one part only, if one is named.
    pub fn counts(&self, part: Option<Pos>) -> TagCounts {
        added_up(self.people.iter().map(|person| &person.tags), part)
    }

    /// The folder in whose `jiannuo` its tags are kept.
    pub fn kept_in(&self) -> Option<&Path> {
        self.state.as_ref().ok()?.folder.parent()?.parent()
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

/// Several people's tags counted together; in one part only, if one is named.
pub(super) fn added_up<'a>(counts: impl Iterator<Item = &'a CountsByPart>, part: Option<Pos>) -> TagCounts {
    let mut all = TagCounts::new();
    for (_, counts) in counts.flatten().filter(|(at, _)| part.is_none_or(|part| part.get() == **at)) {
        for (kind, count) in counts {
            *all.entry(kind.clone()).or_default() += count;
        }
    }
    all
}

/// A path inside a folder, with `/` between the steps.
fn inside(root: &Path, path: &Path) -> String {
    let steps = path.strip_prefix(root).unwrap_or(path).components();
    steps.map(|step| step.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

/// The people who tagged a report, by name, and the files that say so.
fn people(disk: &dyn Disk, folder: &ReportFolder, report: ReportId, parts: &[Pos]) -> (Vec<PersonCard>, Vec<(PathBuf, Stamp)>) {
    let kept = kept_files(disk, folder.path());
    let is_persons = |path: &Path| path.parent() == Some(folder.path()) && folder.is_person_file(path);
    // Sync services leave copies of a person's file.
    let mut works: BTreeMap<PersonId, (String, Annotations)> = BTreeMap::new();
    for (path, _) in kept.iter().filter(|(path, _)| is_persons(path)) {
        let Ok(file) = load_person_file(disk, path) else { continue };
        if file.record.role != Role::Annotation || file.record.report != report {
            continue;
        }
        let PersonRecord { person, annotations, .. } = file.record;
        let before = works.remove(&person.id).map(|(_, before)| before.merged(&annotations));
        works.insert(person.id, (person.name, before.unwrap_or(annotations)));
    }
    let card = |(id, (name, work))| PersonCard { id, name, tags: counted(&work, parts), submitted: None };
    let mut people: Vec<PersonCard> = works.into_iter().map(card).collect();
    if kept.iter().any(|(path, _)| path.starts_with(folder.submitted().path())) {
        let submitted = Submitted::load(disk, folder).unwrap_or_default().layers();
        for (id, layer) in submitted {
            let submitted = Some(counted(&layer.annotations, parts));
            match people.iter_mut().find(|person| person.id == id) {
                Some(person) => person.submitted = submitted,
                None => people.push(PersonCard { id, name: layer.person.name, tags: CountsByPart::new(), submitted }),
            }
        }
    }
    // Somebody who only corrected what the report is has not tagged it.
    people.retain(|person| !person.tags.is_empty() || person.submitted.is_some());
    people.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    (people, kept)
}

fn counted(annotations: &Annotations, parts: &[Pos]) -> CountsByPart {
    let mut tags = CountsByPart::new();
    for tag in annotations.tags() {
        let at = parts.iter().rev().find(|part| **part <= tag.anchor.span.start()).map_or(0, |part| part.get());
        *tags.entry(at).or_default().entry(tag.kind.clone()).or_default() += 1;
    }
    tags
}

/// The files in a report's folder that say something of it, what was submitted included, with their stamps.
pub(super) fn kept_files(disk: &dyn Disk, folder: &Path) -> Vec<(PathBuf, Stamp)> {
    let submitted = ReportFolder::at(folder.to_owned()).submitted();
    let mut entries = disk.entries(folder).unwrap_or_default();
    if entries.iter().any(|entry| entry.is_folder && entry.path == submitted.path()) {
        entries.extend(disk.entries(submitted.path()).unwrap_or_default());
    }
    let says = |entry: &Entry| {
        let name = entry.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        !entry.is_folder && !name.starts_with('.') && name.ends_with(".ron")
    };
    entries.into_iter().filter(says).map(|entry| (entry.path, entry.stamp)).collect()
}
