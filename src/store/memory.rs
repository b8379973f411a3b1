//! What this machine remembers for its user: settings, who they are, recent files and where they were reading.
//!
//! Nothing in it is needed to read a report or its tags; a damaged one is as good as none.

use super::atomic::{replace, sweep};
use super::checksum::{Seal, seal, unseal};
use super::disk::Disk;
use super::error::StoreError;
use super::files::{keep_damaged, make_lasting_folder};
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
    /// Whether proposals are shown, where the project shows them.
    pub proposals: bool,
    /// Whether letters stand in the place of colleagues' names.
    pub names_hidden: bool,
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

impl Settings {
    /// Puts what no window can show within bounds: a file edited by hand may say anything.
    fn make_sane(&mut self) {
        let usual = Self::default();
        let sane = |value: &mut f32, usual: f32, least: f32, most: f32| {
            *value = if value.is_finite() { value.clamp(least, most) } else { usual };
        };
        sane(&mut self.text_size, usual.text_size, 10.0, 48.0);
        sane(&mut self.measure, usual.measure, 12.0, 80.0);
        sane(&mut self.leading, usual.leading, 1.0, 4.0);
        sane(&mut self.indent, usual.indent, 0.0, 8.0);
        sane(&mut self.left_width, usual.left_width, 100.0, 2000.0);
        sane(&mut self.right_width, usual.right_width, 100.0, 2000.0);
        sane(&mut self.list_height, usual.list_height, 60.0, 2000.0);
        sane(&mut self.window.0, usual.window.0, 400.0, 10_000.0);
        sane(&mut self.window.1, usual.window.1, 300.0, 10_000.0);
    }
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
            proposals: true,
            names_hidden: false,
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
    #[serde(with = "wire::any_path")]
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
    #[serde(default, with = "wire::any_path::optional")]
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
    /// Whether the file was there and could not be read.
    #[serde(skip)]
    unreadable: bool,
    /// The file, where it was there and could not be read or understood.
    #[serde(skip)]
    pub lost: Option<PathBuf>,
}

impl Memory {
    /// Forgets recent files and reading places, but for where tags are kept.
    pub fn forget_traces(&mut self) {
        self.recent.clear();
        self.places.retain(|_, place| place.kept_in.is_some());
        for place in self.places.values_mut() {
            *place = ReadingPlace { kept_in: place.kept_in.take(), ..ReadingPlace::default() };
        }
    }

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
        place.used = self.places.values().map(|place| place.used).max().unwrap_or(0).saturating_add(1);
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

/// The file that holds nothing but who the user is: should the rest be lost, their tags still are theirs.
fn person_file(memory: &Path) -> PathBuf {
    memory.with_file_name("person.ron")
}

/// The largest file that is read, in bytes.
const LARGEST: u64 = 8 * 1024 * 1024;

/// Loads what is remembered; what cannot be understood counts as nothing, but for who the user is.
pub fn load_memory(disk: &dyn Disk, path: &Path) -> Memory {
    // A disk that fails once is asked again: without what is remembered nobody knows where some tags are kept.
    let read = || read_limited(disk, path, LARGEST);
    let again = |result: Result<Vec<u8>, StoreError>| {
        result.or_else(|error| if matches!(error, StoreError::Missing(_)) { Err(error) } else { read() })
    };
    let mut memory = match again(again(read())) {
        Ok(bytes) => understand(&bytes).unwrap_or_else(|| Memory { lost: Some(path.to_owned()), ..Memory::default() }),
        Err(StoreError::Missing(_)) => Memory::default(),
        Err(_) => Memory { unreadable: true, lost: Some(path.to_owned()), ..Memory::default() },
    };
    memory.settings.make_sane();
    memory.places.values_mut().for_each(|place| place.kept_in = place.kept_in.take().filter(|path| path.is_absolute()));
    if memory.person().is_none() {
        memory.person = read_limited(disk, &person_file(path), LARGEST).ok().and_then(|bytes| understand(&bytes));
    }
    memory
}

/// What a file says; nothing if it is not whole.
fn understand<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (text, seal) = unseal(bytes);
    if seal == Seal::Broken { None } else { wire::parse(&text).ok() }
}

/// Saves what is remembered.
///
/// # Errors
/// If a step fails; the file is then as it was.
pub fn save_memory(disk: &dyn Disk, path: &Path, memory: &Memory) -> Result<(), StoreError> {
    // What could not be read a while ago may hold more than is known here.
    if memory.unreadable && read_limited(disk, path, LARGEST).is_ok() {
        return Err(StoreError::NotAllowed(path.to_owned()));
    }
    if let Some(folder) = path.parent() {
        make_lasting_folder(disk, folder)?;
        sweep(disk, folder);
    }
    if read_limited(disk, path, LARGEST).is_ok_and(|bytes| understand::<Memory>(&bytes).is_none()) {
        // It may say where tags are kept.
        keep_damaged(disk, path)?;
    }
    if let Some(person) = &memory.person {
        let bytes = seal(wire::print(person));
        if read_limited(disk, &person_file(path), LARGEST).ok().as_deref() != Some(bytes.as_bytes()) {
            replace(disk, &person_file(path), bytes.as_bytes())?;
        }
    }
    replace(disk, path, seal(wire::print(memory)).as_bytes())
}
