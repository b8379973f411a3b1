//! The index of a folder: `jiannuo/index.jsonl`, one card a line. It may be deleted at any time.

use super::card::{Card, CardState, CountsByPart, PartCard, PersonCard};
use crate::annotation::{KindId, PersonId};
use crate::report::{Facts, Field, Region, ReportId, Script};
use crate::source::{Format, NotAReport};
use crate::store::atomic::replace;
use crate::store::disk::{Disk, Stamp};
use crate::store::error::StoreError;
use crate::store::folders::{ReportFolder, index_file};
use crate::store::originals::OpenError;
use crate::store::read::read_limited;
use crate::store::watch::hex;
use crate::text::Pos;
use crate::text::decode::Encoding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Raised when a card says more or something else: an index of another edition is read anew.
const EDITION: u32 = 4;
/// The largest index that is read, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
struct Head {
    edition: u32,
    /// The editions of the program and of its extractors: another one may read files otherwise.
    program: String,
}

fn head() -> Head {
    let extractors: Vec<String> = Format::ALL.iter().map(|format| format!("{}{}", format.key(), format.edition())).collect();
    Head { edition: EDITION, program: format!("{} {}", env!("CARGO_PKG_VERSION"), extractors.join(" ")) }
}

/// A path in the folder; nothing for one that leads out of it.
fn within(root: &Path, path: &str) -> Option<PathBuf> {
    let path = Path::new(path);
    let inside = path.components().all(|step| matches!(step, Component::Normal(_))) && path.components().next().is_some();
    inside.then(|| root.join(path))
}

/// The folder of a report's tags, if it lies in the `jiannuo` of the folder or beside the report.
fn folder_of_tags(root: &Path, path: &Path, folder: &str, report: ReportId) -> Option<PathBuf> {
    let folder = within(root, folder)?;
    let beside = path.parent().map(|beside| beside.join("jiannuo"));
    let kept = folder.parent().filter(|kept| *kept == root.join("jiannuo") || Some(*kept) == beside.as_deref());
    kept.filter(|_| ReportFolder::at(folder.clone()).is_of(report)).is_some().then_some(folder)
}

/// A line with the checksum it begins with.
fn checked(line: &str) -> String {
    format!("{} {line}\n", short_hash(line))
}

/// What a line says, if it is what was written.
fn unchecked(line: &str) -> Option<&str> {
    let (hash, said) = line.split_once(' ')?;
    (hash == short_hash(said)).then_some(said)
}

fn short_hash(line: &str) -> String {
    hex(line.as_bytes()).chars().take(16).collect()
}

/// How many tags there are, by the part they stand in and by kind.
type WireCounts = BTreeMap<u32, BTreeMap<String, usize>>;

fn counts_to_wire(counts: &CountsByPart) -> WireCounts {
    let by_kind = |counts: &BTreeMap<KindId, usize>| counts.iter().map(|(kind, count)| (kind.as_str().to_owned(), *count)).collect();
    counts.iter().map(|(at, counts)| (*at, by_kind(counts))).collect()
}

fn counts_from_wire(counts: WireCounts) -> CountsByPart {
    let by_kind = |counts: BTreeMap<String, usize>| counts.into_iter().map(|(kind, count)| (KindId::new(&kind), count)).collect();
    counts.into_iter().map(|(at, counts)| (at, by_kind(counts))).collect()
}

#[derive(Serialize, Deserialize)]
struct WirePersonCard {
    id: String,
    name: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    tags: WireCounts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    submitted: Option<WireCounts>,
}

impl WirePersonCard {
    fn of(card: &PersonCard) -> Self {
        let (tags, submitted) = (counts_to_wire(&card.tags), card.submitted.as_ref().map(counts_to_wire));
        Self { id: card.id.to_string(), name: card.name.clone(), tags, submitted }
    }

    fn card(self) -> Option<PersonCard> {
        let (tags, submitted) = (counts_from_wire(self.tags), self.submitted.map(counts_from_wire));
        Some(PersonCard { id: self.id.parse::<PersonId>().ok()?, name: self.name, tags, submitted })
    }
}

#[derive(Serialize, Deserialize)]
struct WireCard {
    path: String,
    stamp: (u64, i64),
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<WireState>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    trouble: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    people: Vec<WirePersonCard>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    kept: Vec<(String, u64, i64)>,
}

#[derive(Serialize, Deserialize)]
struct WireState {
    report: String,
    format: String,
    encoding: String,
    script: String,
    characters: u32,
    folder: String,
    facts: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<(u32, BTreeMap<String, String>)>,
}

fn script_of(key: &str) -> Option<(Script, Region)> {
    [Region::Standard, Region::Taiwan, Region::HongKong]
        .into_iter()
        .map(|region| (Script::Traditional, region))
        .chain([(Script::Simplified, Region::Standard)])
        .find(|(script, region)| script.key(*region) == key)
}

fn facts_to_wire(facts: &Facts) -> BTreeMap<String, String> {
    facts.all().iter().map(|(field, value)| (field.key().to_owned(), value.clone())).collect()
}

fn facts_from_wire(facts: BTreeMap<String, String>) -> Facts {
    Facts::new(facts.into_iter().filter_map(|(key, value)| Some((Field::from_key(&key)?, value))).collect())
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

impl WireCard {
    fn of(card: &Card, root: &Path) -> Self {
        let state = card.state.as_ref().ok().map(|state| WireState {
            report: state.report.to_string(),
            format: state.format.key().to_owned(),
            encoding: state.encoding.map_or("", Encoding::name).to_owned(),
            script: state.script.key(state.region).to_owned(),
            characters: state.characters,
            folder: relative(root, &state.folder),
            facts: facts_to_wire(&state.facts),
            parts: state.parts.iter().map(|part| (part.start.get(), facts_to_wire(&part.facts))).collect(),
        });
        Self {
            path: relative(root, &card.path),
            stamp: (card.stamp.len, card.stamp.modified),
            state,
            trouble: match &card.state {
                Err(OpenError::NotAReport { why, .. }) => why.key().to_owned(),
                Ok(_) | Err(OpenError::Store(_)) => String::new(),
            },
            people: card.people.iter().map(WirePersonCard::of).collect(),
            kept: card.kept.iter().map(|(path, stamp)| (relative(root, path), stamp.len, stamp.modified)).collect(),
        }
    }

    fn card(self, root: &Path) -> Option<Card> {
        let state = match self.state {
            None => Err(OpenError::NotAReport { path: within(root, &self.path)?, why: NotAReport::from_key(&self.trouble)? }),
            Some(state) => {
                let (script, region) = script_of(&state.script)?;
                Ok(CardState {
                    report: state.report.parse().ok()?,
                    format: Format::from_key(&state.format)?,
                    encoding: Encoding::from_name(&state.encoding),
                    script,
                    region,
                    characters: state.characters,
                    folder: folder_of_tags(root, &within(root, &self.path)?, &state.folder, state.report.parse().ok()?)?,
                    facts: facts_from_wire(state.facts),
                    parts: state
                        .parts
                        .into_iter()
                        .map(|(start, facts)| PartCard { start: Pos::new(start), facts: facts_from_wire(facts) })
                        .collect(),
                })
            }
        };
        Some(Card {
            path: within(root, &self.path)?,
            inside: if cfg!(windows) { self.path.replace('\\', "/") } else { self.path },
            stamp: Stamp { len: self.stamp.0, modified: self.stamp.1 },
            state,
            people: self.people.into_iter().map(WirePersonCard::card).collect::<Option<_>>()?,
            kept: self
                .kept
                .into_iter()
                .map(|(path, len, modified)| Some((within(root, &path)?, Stamp { len, modified })))
                .collect::<Option<_>>()?,
        })
    }
}

/// The cards of a folder as they were when its index was saved; none if there is no index, or one of another edition.
pub fn load_index(disk: &dyn Disk, root: &Path) -> Vec<Card> {
    let Ok(bytes) = read_limited(disk, &index_file(root), LARGEST) else { return Vec::new() };
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines();
    let ours = head();
    let current = lines
        .next()
        .and_then(|line| serde_json::from_str::<Head>(unchecked(line)?).ok())
        .is_some_and(|head| head.edition == ours.edition && head.program == ours.program);
    if !current {
        return Vec::new();
    }
    // Of an index that is not what was written nothing counts: everything is read anew.
    lines.map(|line| serde_json::from_str::<WireCard>(unchecked(line)?).ok()?.card(root)).collect::<Option<_>>().unwrap_or_default()
}

/// Saves the index of a folder.
///
/// # Errors
/// If it cannot be written: a folder one may only read has none.
pub fn save_index(disk: &dyn Disk, root: &Path, cards: &[Card]) -> Result<(), StoreError> {
    let path = index_file(root);
    if let Some(folder) = path.parent() {
        disk.make_folder(folder).map_err(|error| StoreError::of(folder, &error))?;
    }
    let mut text = checked(&serde_json::to_string(&head()).unwrap_or_default());
    for card in cards {
        if let Ok(line) = serde_json::to_string(&WireCard::of(card, root)) {
            text.push_str(&checked(&line));
        }
    }
    replace(disk, &path, text.as_bytes())
}
