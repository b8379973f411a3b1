//! Packing: reports of a project and what is kept of them into one ZIP.

use super::contents::{self, Contents, Entry};
use super::names::{OWN, Place, folded, is_through_link, name_inside, place_of};
use super::{LARGEST, LARGEST_KEPT, MOST, RATIO, SMALL, hash, read_person};
use crate::annotation::{PersonId, Time};
use crate::report::ReportId;
use crate::source;
use crate::store::disk::{Disk, Stamp, is_file, is_folder};
use crate::store::error::StoreError;
use crate::store::folders::{ReportFolder, project_file};
use crate::store::originals::{OpenRequest, read_text};
use crate::store::project::{Cancel, load_index};
use crate::store::read::read_limited;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use zip::result::ZipResult;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, PreparedZipFile, System, ZipWriter};

/// How many bytes are written at once.
const PIECE: usize = 4 * 1024 * 1024;

/// What was packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    /// How many reports.
    pub reports: usize,
    /// How many people's work on them.
    pub people: usize,
    /// What is not in the pack: what lies outside the folder or behind a link, cannot be read, is no person's file, or has
    /// a name that cannot be written everywhere.
    pub left_out: Vec<PathBuf>,
    /// Whether it was stopped; nothing was written then.
    pub stopped: bool,
}

/// Packs reports of the project in `root`, and what is kept of them, into the file `to`, in one step from old to new.
/// `progress` hears how far it is and of how much.
///
/// # Errors
/// If the pack cannot be written, or would be larger than is taken in again; `to` then is as it was.
pub fn pack(
    disk: &dyn Disk,
    root: &Path,
    reports: &[PathBuf],
    to: &Path,
    now: Time,
    progress: &dyn Fn(usize, usize),
    cancel: &Cancel,
) -> Result<Packed, StoreError> {
    let all = 2 * reports.len();
    let mut plan = Plan::new(disk, root, now);
    plan.take_projects_own()?;
    for (done, report) in reports.iter().enumerate() {
        if cancel.is_cancelled() {
            return Ok(plan.packed(true));
        }
        progress(done, all);
        plan.take_report(report)?;
    }
    if plan.is_too_large() {
        return Err(StoreError::TooLarge(to.to_owned()));
    }
    let packed = plan.packed(false);
    let progress = |done: usize, files: usize| progress(reports.len() + reports.len() * done / files.max(1), all);
    let is_whole = plan.write(to, now, &progress, cancel)?;
    Ok(Packed { stopped: !is_whole, ..packed })
}

/// What a pack is going to hold.
struct Plan<'a> {
    disk: &'a dyn Disk,
    root: &'a Path,
    options: SimpleFileOptions,
    /// Which report each file was when the folder was last read.
    known: BTreeMap<PathBuf, (Stamp, Option<ReportId>)>,
    files: Vec<(Entry, Body)>,
    /// The names in the pack, folded.
    names: BTreeSet<String>,
    /// The folders of reports that have been taken.
    folders: BTreeSet<PathBuf>,
    people: BTreeSet<PersonId>,
    reports: usize,
    left_out: Vec<PathBuf>,
}

/// Where the bytes of a file in the pack are.
enum Body {
    /// Packed already: what is kept of reports may change while the pack is written.
    Ready(PreparedZipFile),
    /// On disk: reports are large, and nobody writes to them.
    OnDisk(PathBuf),
}

impl<'a> Plan<'a> {
    fn new(disk: &'a dyn Disk, root: &'a Path, now: Time) -> Self {
        let known = load_index(disk, root).into_iter().map(|card| (card.path, (card.stamp, card.state.ok().map(|state| state.report))));
        Self {
            disk,
            root,
            options: SimpleFileOptions::default().last_modified_time(moment(now)).system(System::Unix),
            known: known.collect(),
            files: Vec::new(),
            names: BTreeSet::new(),
            folders: BTreeSet::new(),
            people: BTreeSet::new(),
            reports: 0,
            left_out: Vec::new(),
        }
    }

    fn packed(&self, stopped: bool) -> Packed {
        Packed { reports: self.reports, people: self.people.len(), left_out: self.left_out.clone(), stopped }
    }

    fn is_too_large(&self) -> bool {
        let bytes = self.files.iter().map(|(entry, _)| entry.length).fold(0, u64::saturating_add);
        self.files.len() + 1 > MOST || bytes > LARGEST
    }

    /// Takes the project's file, codebook, rules and indicators.
    fn take_projects_own(&mut self) -> Result<(), StoreError> {
        let project = project_file(self.root);
        for path in OWN.map(|file| project.with_file_name(file)).into_iter().chain([project]) {
            if is_file(self.disk, &path) {
                self.take_kept_file(self.root, &path, name_inside(self.root, &path))?;
            }
        }
        Ok(())
    }

    /// Takes a report and what is kept of it.
    fn take_report(&mut self, path: &Path) -> Result<(), StoreError> {
        let name = name_inside(self.root, path).filter(|name| place_of(name) == Some(Place::Report));
        let name = name.filter(|_| !is_through_link(self.disk, self.root, path));
        let bytes = read_limited(self.disk, path, source::LARGEST);
        let (Some(name), Ok(bytes)) = (name, bytes) else {
            self.left_out.push(path.to_owned());
            return Ok(());
        };
        if !self.names.insert(folded(&name)) {
            self.left_out.push(path.to_owned());
            return Ok(());
        }
        let kept = self.kept_folder(path);
        let kept_name = kept.as_ref().and_then(|folder| {
            // What a project above keeps of it lies in the pack as if it were this one's.
            name_inside(self.root, folder.path()).or_else(|| name_inside(folder.project()?, folder.path()))
        });
        let entry = Entry { name, sha256: hash(&bytes), length: bytes.len() as u64, kept: kept_name.clone() };
        self.files.push((entry, Body::OnDisk(path.to_owned())));
        self.reports += 1;
        match (kept, kept_name) {
            (Some(folder), Some(name)) if self.folders.insert(folder.path().to_owned()) => self.take_kept(&folder, &name),
            (Some(folder), None) => {
                self.left_out.push(folder.path().to_owned());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The folder of what is kept of a report, if there is one. Which report it is says the index where it can: reading a
    /// thousand documents takes long.
    fn kept_folder(&self, path: &Path) -> Option<ReportFolder> {
        let stamp = self.disk.about(path).ok()?.stamp;
        let id = match self.known.get(path) {
            Some((known, id)) if *known == stamp => (*id)?,
            _ => {
                let request = OpenRequest { kept_in: Some(self.root.to_owned()), ..OpenRequest::default() };
                ReportId::of(&read_text(self.disk, path, &request).ok()?.0.text)
            }
        };
        let is_there = |folder: &ReportFolder| is_folder(self.disk, folder.path());
        let inside = ReportFolder::inside(self.disk, self.root, path, id);
        Some(inside).filter(is_there).or_else(|| Some(ReportFolder::find(self.disk, path, id)).filter(is_there))
    }

    /// Takes what is kept of a report: of whom, what they submitted, how it was read, and its text.
    fn take_kept(&mut self, folder: &ReportFolder, name: &str) -> Result<(), StoreError> {
        let disk = self.disk;
        let project = folder.project().unwrap_or(self.root);
        let own = [folder.source_file(), folder.report_file()].into_iter().filter(|path| is_file(disk, path));
        for path in own.chain(folder.person_files(disk)).chain(folder.submitted().person_files(disk)) {
            let file = name_inside(folder.path(), &path);
            self.take_kept_file(project, &path, file.map(|file| format!("{name}/{file}")))?;
        }
        Ok(())
    }

    fn take_kept_file(&mut self, project: &Path, path: &Path, name: Option<String>) -> Result<(), StoreError> {
        let place = name.as_deref().and_then(place_of);
        let bytes = read_limited(self.disk, path, LARGEST_KEPT);
        let (Some(name), Some(place), Ok(bytes)) = (name.as_deref(), place, bytes) else {
            self.left_out.push(path.to_owned());
            return Ok(());
        };
        let person = match place {
            Place::Kept { file: "source.txt" | "report.ron", .. } => None,
            Place::Kept { .. } | Place::Submitted { .. } => Some(read_person(&bytes)),
            _ => None,
        };
        let is_nobodys = person.as_ref().is_some_and(Result::is_err);
        if is_nobodys || is_through_link(self.disk, project, path) || !self.names.insert(folded(name)) {
            self.left_out.push(path.to_owned());
            return Ok(());
        }
        self.people.extend(person.and_then(Result::ok).map(|(record, _)| record.person.id));
        let entry = Entry { name: name.to_owned(), sha256: hash(&bytes), length: bytes.len() as u64, kept: None };
        let ready = prepared(name, &bytes, self.options).map_err(|error| StoreError::of(path, &error.into()))?;
        self.files.push((entry, Body::Ready(ready)));
        Ok(())
    }

    /// Writes the pack beside its place and puts it there; whether it was not stopped.
    fn write(self, to: &Path, now: Time, progress: &dyn Fn(usize, usize), cancel: &Cancel) -> Result<bool, StoreError> {
        let disk = self.disk;
        let folder = to.parent().unwrap_or(Path::new("."));
        // The ending that files being written have everywhere, so that one left behind is swept away.
        let unfinished = folder.join(format!(".{}-pack{}.jiannuo-tmp", std::process::id(), now.0));
        let fail = |error: &io::Error| StoreError::of(to, error);
        let put = || disk.rename(&unfinished, to).and_then(|()| disk.sync_folder(folder)).map_err(|error| fail(&error));
        let _ = disk.remove(&unfinished);
        let is_whole = self.write_pieces(&unfinished, to, now, progress, cancel);
        let done = is_whole.and_then(|is_whole| if is_whole { put().map(|()| true) } else { Ok(false) });
        if done != Ok(true) {
            let _ = disk.remove(&unfinished);
        }
        done
    }

    fn write_pieces(
        self,
        unfinished: &Path,
        to: &Path,
        now: Time,
        progress: &dyn Fn(usize, usize),
        cancel: &Cancel,
    ) -> Result<bool, StoreError> {
        let fail = |error: io::Error| StoreError::of(to, &error);
        let contents = Contents::new(now, self.files.iter().map(|(entry, _)| entry.clone()).collect()).print();
        let pieces = Pieces { disk: self.disk, path: unfinished, waiting: Vec::new() };
        // Sizes are known before each file is written, so nothing is ever gone back to.
        let mut zip = ZipWriter::new(StreamWriter::new(pieces));
        let first = prepared(contents::NAME, contents.as_bytes(), self.options);
        first.and_then(|first| zip.add_prepared_file(first)).map_err(|error| fail(error.into()))?;
        let all = self.files.len();
        for (done, (entry, body)) in self.files.into_iter().enumerate() {
            if cancel.is_cancelled() {
                return Ok(false);
            }
            progress(done, all);
            let ready = match body {
                Body::Ready(ready) => Ok(ready),
                Body::OnDisk(path) => {
                    let bytes = read_limited(self.disk, &path, source::LARGEST)?;
                    if hash(&bytes) != entry.sha256 {
                        return Err(StoreError::of(&path, &io::ErrorKind::ResourceBusy.into()));
                    }
                    prepared(&entry.name, &bytes, self.options)
                }
            };
            ready.and_then(|ready| zip.add_prepared_file(ready)).map_err(|error| fail(error.into()))?;
        }
        let mut pieces = zip.finish().map_err(|error| fail(error.into()))?.into_inner();
        pieces.flush().map_err(fail)?;
        Ok(true)
    }
}

/// A file made ready for a pack: packed, unless that makes it no smaller, or so much smaller that it would be refused.
fn prepared(name: &str, bytes: &[u8], options: SimpleFileOptions) -> ZipResult<PreparedZipFile> {
    let packed = PreparedZipFile::from_data(name, options, bytes)?;
    let (small, large) = (packed.compressed_size(), packed.uncompressed_size());
    if small < large && large <= small.saturating_mul(RATIO).max(SMALL) {
        return Ok(packed);
    }
    PreparedZipFile::from_data(name, options.compression_method(CompressionMethod::Stored), bytes)
}

/// A moment as a ZIP writes it, in UTC; the first it knows if it cannot write this one.
fn moment(time: Time) -> DateTime {
    let moment = jiff::Timestamp::from_millisecond(time.0).unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC);
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(moment.year()).unwrap_or_default();
    let (month, day) = (part(moment.month()), part(moment.day()));
    DateTime::from_date_and_time(year, month, day, part(moment.hour()), part(moment.minute()), part(moment.second())).unwrap_or_default()
}

/// A new file that is written piece by piece; whatever was flushed is on the medium.
struct Pieces<'a> {
    disk: &'a dyn Disk,
    path: &'a Path,
    waiting: Vec<u8>,
}

impl Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.waiting.is_empty() {
            self.disk.append(self.path, &self.waiting)?;
            self.waiting.clear();
        }
        Ok(())
    }
}
