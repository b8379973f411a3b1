//! A pack opened for reading: with limits, its names checked, each file held against its hash.

use super::contents::{self, Contents, Entry};
use super::names::{Place, folded, is_safe, place_of};
use super::{LARGEST, LARGEST_KEPT, MOST, PackError, RATIO, Refusal, SMALL, hash, read_person};
use crate::annotation::Time;
use crate::source;
use crate::store::disk::Disk;
use crate::store::error::StoreError;
use crate::store::project::{Cancel, said_in};
use crate::store::wire::Role;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use zip::ZipArchive;
use zip::read::{ArchiveOffset, Config};

/// How many bytes are read at once.
const BLOCK: u64 = 256 * 1024;
/// The largest directory of a pack in bytes: it is held in memory.
const LARGEST_DIRECTORY: u32 = 64 * 1024 * 1024;

/// What is known of a pack before it is taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackCard {
    /// How many reports it holds.
    pub reports: usize,
    /// How many people's work on them.
    pub people: usize,
    /// How many tags.
    pub tags: usize,
    /// Whether people tag blind: how many tags there are then is nothing for those who tag.
    pub blind: bool,
    /// When it was packed.
    pub packed: Time,
    /// The edition of the program that packed it.
    pub program: String,
    /// Names of files in it that are not taken.
    pub not_taken: Vec<String>,
}

/// Whether a file that begins so is a pack.
pub fn is_pack(head: &[u8]) -> bool {
    // The head of an entry is thirty bytes long, then its name follows.
    head.starts_with(b"PK\x03\x04") && head.get(30..).is_some_and(|rest| rest.starts_with(contents::NAME.as_bytes()))
}

/// Looks into a pack, and whether all of it is whole.
///
/// # Errors
/// If it cannot be read or is refused.
pub fn look_into(disk: &dyn Disk, pack: &Path) -> Result<PackCard, PackError> {
    Ok(Archive::open(disk, pack)?.survey(&Cancel::default())?.unwrap_or_default())
}

/// A pack opened for reading.
pub(super) struct Archive<'a> {
    path: &'a Path,
    zip: ZipArchive<Blocks<'a>>,
    /// How long the pack is: a file's packed size is only what the pack says it is.
    length: u64,
    /// Where each name stands in the ZIP.
    names: BTreeMap<String, usize>,
    contents: Contents,
    not_taken: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Opens a pack and checks all names in it.
    pub(super) fn open(disk: &'a dyn Disk, path: &'a Path) -> Result<Self, PackError> {
        let length = disk.about(path).map_err(|error| StoreError::of(path, &error))?.stamp.len;
        let refused = |why| PackError::Refused { path: path.to_owned(), why };
        if length > LARGEST {
            return Err(refused(Refusal::TooLarge));
        }
        check_directory(disk, path, length)?;
        let blocks = Blocks { disk, path, length, at: 0, block: Vec::new(), from: 0 };
        let zip = ZipArchive::with_config(Config { archive_offset: ArchiveOffset::Known(0) }, blocks);
        let zip = zip.map_err(|_| refused(Refusal::NotAPack))?;
        let names = names_in(&zip).map_err(refused)?;
        let empty = Contents::new(Time(0), Vec::new());
        let mut pack = Self { path, zip, length, names, contents: empty, not_taken: Vec::new() };
        let bytes = pack.read(contents::NAME, LARGEST_KEPT).map_err(|why| match why {
            Refusal::Damaged(_) if !pack.names.contains_key(contents::NAME) => refused(Refusal::NotAPack),
            why => refused(why),
        })?;
        pack.contents = Contents::read(&bytes).map_err(refused)?;
        pack.check_contents().map_err(refused)?;
        Ok(pack)
    }

    /// The files that may be taken.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.contents.entries
    }

    /// Holds the list of files against limits and against the names there are, and sets aside what is never taken.
    fn check_contents(&mut self) -> Result<(), Refusal> {
        let listed: BTreeSet<&str> = self.contents.entries.iter().map(|entry| entry.name.as_str()).collect();
        if listed.len() != self.contents.entries.len() {
            return Err(Refusal::Damaged(contents::NAME.to_owned()));
        }
        let unlisted = self.names.keys().filter(|name| *name != contents::NAME && !listed.contains(name.as_str()));
        self.not_taken = unlisted.cloned().collect();
        let misplaced = self.contents.entries.extract_if(.., |entry| place_of(&entry.name).is_none());
        self.not_taken.extend(misplaced.map(|entry| entry.name));
        let all = self.contents.entries.iter().map(|entry| entry.length).fold(0, u64::saturating_add);
        if all > LARGEST {
            return Err(Refusal::TooLarge);
        }
        let missing = self.contents.entries.iter().find(|entry| !self.names.contains_key(&entry.name));
        missing.map_or(Ok(()), |entry| Err(Refusal::Damaged(entry.name.clone())))
    }

    /// Reads all there is; nothing if it was stopped.
    pub(super) fn survey(&mut self, cancel: &Cancel) -> Result<Option<PackCard>, PackError> {
        let packed = self.contents.packed.parse().unwrap_or_default();
        let mut card =
            PackCard { packed, program: self.contents.program.clone(), not_taken: self.not_taken.clone(), ..PackCard::default() };
        let mut people = BTreeSet::new();
        for entry in self.contents.entries.clone() {
            if cancel.is_cancelled() {
                return Ok(None);
            }
            let bytes = self.take(&entry)?;
            match place_of(&entry.name) {
                Some(Place::Report) => card.reports += 1,
                Some(Place::Project) => card.blind = said_in(&bytes).blind,
                Some(Place::Kept { .. }) => {
                    let Ok((record, _)) = read_person(&bytes) else { continue };
                    people.insert(record.person.id);
                    card.tags += if record.role == Role::Annotation { record.annotations.tag_count() } else { 0 };
                }
                _ => {}
            }
        }
        card.people = people.len();
        Ok(Some(card))
    }

    /// The bytes of a file as they were packed.
    pub(super) fn take(&mut self, entry: &Entry) -> Result<Vec<u8>, PackError> {
        let path = self.path;
        let refused = |why| PackError::Refused { path: path.to_owned(), why };
        let most = if place_of(&entry.name) == Some(Place::Report) { source::LARGEST } else { LARGEST_KEPT };
        let bytes = self.read(&entry.name, most).map_err(refused)?;
        if bytes.len() as u64 == entry.length && hash(&bytes) == entry.sha256 {
            Ok(bytes)
        } else {
            Err(refused(Refusal::Damaged(entry.name.clone())))
        }
    }

    fn read(&mut self, name: &str, most: u64) -> Result<Vec<u8>, Refusal> {
        let damaged = || Refusal::Damaged(name.to_owned());
        let at = self.names.get(name).copied().ok_or_else(damaged)?;
        let file = self.zip.by_index(at).map_err(|_| damaged())?;
        let packed = file.compressed_size().min(self.length);
        let most = most.min(packed.saturating_mul(RATIO).max(SMALL));
        let mut bytes = Vec::new();
        let read = file.take(most + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            return Err(Refusal::TooLarge);
        }
        read.map(|_| bytes).map_err(|_| damaged())
    }
}

/// The names in a ZIP, all of them safe and none twice, and where each stands.
fn names_in(zip: &ZipArchive<Blocks<'_>>) -> Result<BTreeMap<String, usize>, Refusal> {
    if zip.has_duplicate_names() {
        return Err(Refusal::NotAPack);
    }
    let (mut names, mut seen) = (BTreeMap::new(), BTreeSet::new());
    for at in 0..zip.len() {
        let file = zip.by_index_data(at).map_err(|_| Refusal::NotAPack)?;
        let name = file.name().map_err(|_| Refusal::NotAPack)?.into_owned();
        // Other programs list folders, too.
        let plain = name.strip_suffix('/').unwrap_or(&name);
        if !is_safe(plain) || file.is_symlink() || !seen.insert(folded(plain)) {
            return Err(Refusal::Unsafe(name));
        }
        if !file.is_dir() {
            names.insert(name, at);
        }
    }
    Ok(names)
}

/// Checks what the end of a file says of its directory, so that reading it costs no more than it may. Nothing stands
/// behind that in a pack, and nothing in it is so large that it would need the longer form of ZIP.
fn check_directory(disk: &dyn Disk, path: &Path, length: u64) -> Result<(), PackError> {
    const END: u64 = 22;
    let part = |from: u64, len: u64| disk.read_part(path, from, len).map_err(|error| StoreError::of(path, &error));
    let why = match directory(&part(length.saturating_sub(END), END)?) {
        None => Refusal::NotAPack,
        Some((files, size, _)) if usize::from(files) > MOST || size > LARGEST_DIRECTORY => Refusal::TooLarge,
        Some((_, size, start)) => {
            let fits = u64::from(start) + u64::from(size) + END == length;
            if fits && part(start.into(), 4)? == b"PK\x01\x02" {
                return Ok(());
            }
            Refusal::NotAPack
        }
    };
    Err(PackError::Refused { path: path.to_owned(), why })
}

/// How many files the directory of a ZIP has, how long it is and where it starts, as the ZIP's last bytes say.
fn directory(end: &[u8]) -> Option<(u16, u32, u32)> {
    // It is on this disk, the first.
    let (files, rest) = end.strip_prefix(b"PK\x05\x06\0\0\0\0")?.split_first_chunk()?;
    let (all, rest) = rest.split_first_chunk()?;
    let (size, rest) = rest.split_first_chunk()?;
    let (start, comment) = rest.split_first_chunk()?;
    let files = u16::from_le_bytes(*files);
    let fits = files == u16::from_le_bytes(*all) && comment == [0, 0];
    fits.then_some((files, u32::from_le_bytes(*size), u32::from_le_bytes(*start)))
}

/// A file on a disk, read a block at a time.
struct Blocks<'a> {
    disk: &'a dyn Disk,
    path: &'a Path,
    length: u64,
    at: u64,
    block: Vec<u8>,
    /// Where the block begins.
    from: u64,
}

impl Blocks<'_> {
    /// What of the block stands where reading goes on.
    fn rest(&self) -> &[u8] {
        let skipped = self.at.checked_sub(self.from).and_then(|skipped| usize::try_from(skipped).ok());
        skipped.and_then(|skipped| self.block.get(skipped..)).unwrap_or_default()
    }
}

impl Read for Blocks<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.rest().is_empty() && self.at < self.length {
            self.block = self.disk.read_part(self.path, self.at, BLOCK)?;
            self.from = self.at;
        }
        let read = self.rest().read(bytes)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Blocks<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::disk::RealDisk;

    #[test]
    fn a_file_read_by_blocks_is_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pack");
        let all: Vec<u8> = (0..3 * BLOCK + 17).map(|at| (at % 251) as u8).collect();
        std::fs::write(&path, &all).unwrap();
        let mut file = Blocks { disk: &RealDisk, path: &path, length: all.len() as u64, at: 0, block: Vec::new(), from: 0 };
        let mut read = Vec::new();
        file.read_to_end(&mut read).unwrap();
        assert!(read == all);
        for (to, len) in [(BLOCK - 3, 10), (5, 3), (3 * BLOCK + 7, 10), (2 * BLOCK, 4)] {
            assert_eq!(file.seek(SeekFrom::Start(to)).unwrap(), to);
            let mut part = vec![0; len];
            file.read_exact(&mut part).unwrap();
            assert_eq!(part, all[to as usize..to as usize + len]);
        }
        assert_eq!(file.seek(SeekFrom::End(-1)).unwrap(), 3 * BLOCK + 16);
        assert!(file.seek(SeekFrom::Current(-(4 * BLOCK as i64))).is_err());
    }

    #[test]
    fn the_end_of_a_zip_says_where_its_directory_is() {
        let end = |files: u8, comment: u8| {
            [b"PK\x05\x06\0\0\0\0".as_slice(), &[files, 0, files, 0, 46, 0, 0, 0, 7, 0, 0, 0, comment, 0]].concat()
        };
        assert_eq!(directory(&end(1, 0)), Some((1, 46, 7)));
        assert_eq!(directory(&end(1, 3)), None, "a comment");
        assert_eq!(directory(b"PK"), None);
    }
}
