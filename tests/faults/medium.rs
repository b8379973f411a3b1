//! What a simulated disk holds, twice: as programs see it, and as it is on the medium.
//!
//! Bytes and names become lasting each on their own, as POSIX has it: syncing a file says nothing of its name, and a name
//! lasts once the folder it stands in was synced. Until then the medium may have any of the changes, in any order.

use jiannuo::store::Stamp;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// What a power cut leaves of what was not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Survival {
    /// Nothing.
    DropAll,
    /// Everything: also what a program finds that was only killed.
    KeepAll,
    /// Some of it, by the chance of this seed.
    Mixed(u64),
}

impl fmt::Display for Survival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DropAll => f.write_str("drop"),
            Self::KeepAll => f.write_str("keep"),
            Self::Mixed(seed) => write!(f, "mixed{seed}"),
        }
    }
}

/// Numbers that look like chance and are the same in every run: splitmix64 (Steele, Lea, Flood 2014).
pub struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.draw() % end as u64) as usize
    }

    pub fn coin(&mut self) -> bool {
        self.below(2) == 1
    }
}

/// What stands under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    Folder,
    /// The file of a number: it keeps its bytes whatever it is called.
    File(usize),
}

type Names = BTreeMap<PathBuf, Node>;

/// A change of names.
#[derive(Clone, Debug)]
enum Change {
    Add(PathBuf, Node),
    Remove(PathBuf, Node),
    Rename(PathBuf, PathBuf, Node),
}

impl Change {
    fn is_in(&self, folder: &Path) -> bool {
        match self {
            Self::Add(path, _) | Self::Remove(path, _) => path.parent() == Some(folder),
            Self::Rename(from, to, _) => from.parent() == Some(folder) || to.parent() == Some(folder),
        }
    }

    /// Makes it among names that need not have seen the changes before it; what makes no sense there is not made.
    fn make(&self, names: &mut Names) {
        match self {
            Self::Add(path, node) => drop(names.insert(path.clone(), *node)),
            Self::Remove(path, node) if names.get(path) == Some(node) => drop(names.remove(path)),
            Self::Rename(from, to, node) if names.get(from) == Some(node) => {
                names.remove(from);
                names.insert(to.clone(), *node);
            }
            Self::Remove(..) | Self::Rename(..) => {}
        }
    }
}

/// The bytes of a file.
#[derive(Clone, Debug, Default)]
struct Content {
    /// As programs see them.
    cache: Vec<u8>,
    /// As they are on the medium.
    medium: Vec<u8>,
    /// From where on the next sync writes them there. Where a sync failed, this is past what the medium has: Linux takes
    /// such bytes for written, and no later sync tries them again (Rebello et al. 2020, "Can applications recover from
    /// fsync failures?").
    new_from: usize,
    changed: i64,
}

impl Content {
    fn sync(&mut self, works: bool) {
        if works {
            // Cuts what was cut off, and leaves a hole where bytes were lost.
            self.medium.resize(self.new_from, 0);
            self.medium.extend_from_slice(&self.cache[self.new_from..]);
        }
        self.new_from = self.cache.len();
    }

    fn after_crash(&self, how: Survival, chance: &mut Chance) -> Self {
        let bytes = match how {
            Survival::DropAll => self.medium.clone(),
            Survival::KeepAll => self.cache.clone(),
            Survival::Mixed(_) if self.cache.len() < self.medium.len() => {
                if chance.coin() {
                    self.cache.clone()
                } else {
                    self.medium.clone()
                }
            }
            Survival::Mixed(_) => {
                let end = self.medium.len() + chance.below(self.cache.len() - self.medium.len() + 1);
                [self.medium.as_slice(), &self.cache[self.medium.len()..end]].concat()
            }
        };
        Self { new_from: bytes.len(), medium: bytes.clone(), cache: bytes, changed: self.changed }
    }
}

/// Everything on a disk.
#[derive(Clone, Debug, Default)]
pub struct Medium {
    /// Names as programs see them.
    names: Names,
    /// Names on the medium.
    lasting: Names,
    /// What leads from these to those, in the order in which it was done.
    pending: Vec<Change>,
    files: Vec<Content>,
    writes: i64,
}

impl Medium {
    pub fn get(&self, path: &Path) -> Option<Node> {
        self.names.get(path).copied()
    }

    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.names.keys()
    }

    /// What stands in a folder, by name.
    pub fn inside<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = (&'a PathBuf, Node)> {
        self.names.iter().filter(move |(path, _)| path.parent() == Some(folder)).map(|(path, node)| (path, *node))
    }

    pub fn bytes(&self, file: usize) -> &[u8] {
        &self.files[file].cache
    }

    /// Times are so long ago that an unfinished file counts as abandoned at once.
    pub fn stamp(&self, node: Node) -> Stamp {
        match node {
            Node::Folder => Stamp::default(),
            Node::File(file) => Stamp { len: self.files[file].cache.len() as u64, modified: self.files[file].changed },
        }
    }

    pub fn add_folder(&mut self, path: &Path) {
        self.change(Change::Add(path.to_owned(), Node::Folder));
    }

    pub fn add_file(&mut self, path: &Path) -> usize {
        self.files.push(Content::default());
        let file = self.files.len() - 1;
        self.change(Change::Add(path.to_owned(), Node::File(file)));
        file
    }

    pub fn remove(&mut self, path: &Path) {
        if let Some(node) = self.get(path) {
            self.change(Change::Remove(path.to_owned(), node));
        }
    }

    pub fn rename(&mut self, from: &Path, to: &Path) {
        if let Some(node) = self.get(from) {
            self.change(Change::Rename(from.to_owned(), to.to_owned(), node));
        }
    }

    fn change(&mut self, change: Change) {
        change.make(&mut self.names);
        self.pending.push(change);
    }

    pub fn append(&mut self, file: usize, bytes: &[u8]) {
        self.writes += 1;
        let content = &mut self.files[file];
        content.cache.extend_from_slice(bytes);
        content.changed = self.writes;
    }

    pub fn cut(&mut self, file: usize, len: usize) {
        self.writes += 1;
        let content = &mut self.files[file];
        content.cache.resize(len, 0);
        content.new_from = content.new_from.min(len);
        content.changed = self.writes;
    }

    pub fn sync(&mut self, file: usize, works: bool) {
        self.files[file].sync(works);
    }

    pub fn sync_names(&mut self, folder: &Path) {
        let (here, elsewhere): (Vec<Change>, Vec<Change>) =
            std::mem::take(&mut self.pending).into_iter().partition(|change| change.is_in(folder));
        here.iter().for_each(|change| change.make(&mut self.lasting));
        self.pending = elsewhere;
    }

    /// What is found when the power is back.
    pub fn after_crash(&self, how: Survival) -> Self {
        let mut chance = Chance::new(if let Survival::Mixed(seed) = how { seed } else { 0 });
        let mut names = if how == Survival::KeepAll { self.names.clone() } else { self.lasting.clone() };
        if matches!(how, Survival::Mixed(_)) {
            self.pending.iter().filter(|_| chance.coin()).for_each(|change| change.make(&mut names));
        }
        // What stands in a folder that is gone is gone with it; a folder comes before what stands in it.
        let mut found = Names::new();
        for (path, node) in names {
            if path.parent().is_none_or(|folder| found.get(folder) == Some(&Node::Folder)) {
                found.insert(path, node);
            }
        }
        let has_name = |file: usize| found.values().any(|node| *node == Node::File(file));
        let mut files = Vec::new();
        for (file, content) in self.files.iter().enumerate() {
            files.push(if has_name(file) { content.after_crash(how, &mut chance) } else { Content::default() });
        }
        Self { lasting: found.clone(), names: found, pending: Vec::new(), files, writes: self.writes }
    }
}
