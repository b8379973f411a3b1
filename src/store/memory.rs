//! What this machine remembers for its user: settings, who they are, recent files and where they were reading.
//!
//! Nothing in it is needed to read a report or its tags; a damaged one is as good as none.

use super::atomic::replace;
use super::checksum::{Seal, seal, unseal};
use super::disk::Disk;
use super::error::StoreError;
use super::read::read_limited;
use super::wire;
use crate::annotation::Person;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How many recent files are offered.
const RECENT: usize = 20;
/// For how many files the reading place is remembered.
const PLACES: usize = 500;

/// What the user set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The interface's language: `zh-Hans`, `zh-Hant`, `en`; empty for the system's.
    pub language: String,
    /// `light`, `dark`; empty for the system's.
    pub theme: String,
    /// Size of the report's text in points.
    pub text_size: f32,
    /// Width of the column in characters.
    pub measure: f32,
    /// Height of a row as a multiple of the text size.
    pub leading: f32,
    /// Indent of the first row of running text in characters.
    pub indent: f32,
    /// Whether running text is set in 黑体 rather than 宋体.
    pub sans: bool,
    /// Whether rows are as wide as the column.
    pub justified: bool,
    /// Whether Han and Latin stand a quarter of a character apart.
    pub latin_gap: bool,
    /// The colour of the paper by name; empty for the theme's.
    pub paper: String,
    /// Whether reports and outline are shown.
    pub left_open: bool,
    /// Whether the inspector is shown.
    pub right_open: bool,
    /// Whether the list of tags is shown.
    pub list_open: bool,
    /// Width of the left panel in points.
    pub left_width: f32,
    /// Width of the right panel in points.
    pub right_width: f32,
    /// Height of the list in points.
    pub list_height: f32,
    /// Width and height of the window in points.
    pub window: (f32, f32),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: String::new(),
            theme: String::new(),
            text_size: 18.0,
            measure: 34.0,
            leading: 1.8,
            indent: 2.0,
            sans: false,
            justified: true,
            latin_gap: true,
            paper: String::new(),
            left_open: true,
            right_open: true,
            list_open: false,
            left_width: 220.0,
            right_width: 300.0,
            list_height: 220.0,
            window: (1280.0, 860.0),
        }
    }
}

/// A file that was open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Where it lies.
    pub path: PathBuf,
    /// Its title.
    pub title: String,
}

/// Where somebody was reading in a file, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingPlace {
    /// The first character in view, counted in the source text.
    pub place: u32,
    /// The script view's key.
    pub view: String,
    /// Whether the words of a place are shown too.
    #[serde(default)]
    pub wording: bool,
    /// Bookmarks: characters of the source text they stand before.
    #[serde(default)]
    pub bookmarks: Vec<u32>,
    /// Keys of the repairs that are not shown.
    #[serde(default)]
    pub unrepaired: Vec<String>,
    /// Whether everything in the file was chosen to be taken.
    #[serde(default)]
    pub whole: bool,
    /// The encoding chosen by hand; empty if found.
    #[serde(default)]
    pub encoding: String,
    /// Where the tags are kept, if not beside the report.
    #[serde(default)]
    pub kept_in: Option<PathBuf>,
    /// Counts up with every use; the least used places are forgotten first.
    #[serde(default)]
    pub used: u64,
}

/// All that is remembered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// What the user set.
    pub settings: Settings,
    /// Who the user is.
    person: Option<wire::WirePerson>,
    /// Recent files, the last one first.
    pub recent: Vec<Recent>,
    /// Reading places by the SHA-256 of the file's bytes.
    places: BTreeMap<String, ReadingPlace>,
}

impl Memory {
    /// Who the user is, if they said so.
    pub fn person(&self) -> Option<Person> {
        let wire = self.person.as_ref()?;
        Some(Person { id: wire.id.parse().ok()?, name: wire.name.clone() })
    }

    /// Remembers who the user is.
    pub fn set_person(&mut self, person: &Person) {
        self.person = Some(wire::WirePerson { id: person.id.to_string(), name: person.name.clone() });
    }

    /// Puts a file in front of the recent ones.
    pub fn opened(&mut self, path: &Path, title: &str) {
        self.recent.retain(|recent| recent.path != path);
        self.recent.insert(0, Recent { path: path.to_owned(), title: title.to_owned() });
        self.recent.truncate(RECENT);
    }

    /// Where one was reading in a file.
    pub fn place(&self, original: &str) -> Option<&ReadingPlace> {
        self.places.get(original)
    }

    /// All reading places, by the hash of the file's bytes.
    pub fn places(&self) -> impl Iterator<Item = (&String, &ReadingPlace)> {
        self.places.iter()
    }

    /// Remembers where one was reading in a file.
    pub fn set_place(&mut self, original: &str, mut place: ReadingPlace) {
        place.used = self.places.values().map(|place| place.used).max().unwrap_or(0) + 1;
        self.places.insert(original.to_owned(), place);
        while self.places.len() > PLACES {
            let oldest = self.places.iter().min_by_key(|(_, place)| place.used).map(|(key, _)| key.clone());
            match oldest {
                Some(key) => self.places.remove(&key),
                None => break,
            };
        }
    }
}

/// Loads what is remembered; what cannot be understood counts as nothing.
pub fn load_memory(disk: &dyn Disk, path: &Path) -> Memory {
    let Ok(bytes) = read_limited(disk, path, 8 * 1024 * 1024) else {
        return Memory::default();
    };
    let (text, seal) = unseal(&bytes);
    if seal == Seal::Broken {
        return Memory::default();
    }
    wire::parse(&text).unwrap_or_default()
}

/// Saves what is remembered.
///
/// # Errors
/// If a step fails; the file is then as it was.
pub fn save_memory(disk: &dyn Disk, path: &Path, memory: &Memory) -> Result<(), StoreError> {
    if let Some(folder) = path.parent() {
        disk.make_folder(folder).map_err(|error| StoreError::of(folder, &error))?;
    }
    replace(disk, path, seal(wire::print(memory)).as_bytes())
}
