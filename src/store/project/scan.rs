//! Reading a folder: which files in it may be reports, and a card for each that is new or has changed.

use super::Cancel;
use super::card::{Card, kept_files};
use super::listed::Listed;
use crate::store::disk::{Disk, Entry};
use crate::store::error::StoreError;
use crate::store::originals::OpenError;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How deep folders are looked into.
const DEEPEST: usize = 12;
/// The most reports of a folder.
const MOST: usize = 20_000;
/// How names of files end that may be reports. Those that cannot be read are listed, too, with what to do.
const ENDINGS: [&str; 17] =
    ["txt", "text", "md", "markdown", "docx", "docm", "odt", "html", "htm", "xhtml", "mht", "mhtml", "pdf", "epub", "doc", "wps", "ofd"];

/// How many cards are handed over at once: each handing over redraws the grid.
const BATCH: usize = 24;

/// How far a scan is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many are done.
    pub done: usize,
    /// Of how many.
    pub all: usize,
}

/// What a scan needs.
pub struct Scan<'a> {
    /// The disk.
    pub disk: &'a dyn Disk,
    /// The folder.
    pub root: &'a Path,
    /// The cards as known before.
    pub known: Vec<Card>,
    /// Whether to stop.
    pub cancel: &'a Cancel,
}

/// Reads a folder: cards of files that have not changed are taken over, the others are made on several threads. `each` hears
/// of cards as they are made, in any order.
///
/// # Errors
/// If the folder cannot be listed.
pub fn scan(scan: Scan<'_>, each: &(dyn Fn(Vec<Card>, Progress) + Sync)) -> Result<Vec<Card>, StoreError> {
    // What is listed in this scan is listed once: a share answers slowly.
    let disk = &Listed::new(scan.disk);
    let listing = disk.entries(scan.root).map_err(|error| StoreError::of(scan.root, &error))?;
    let files = files(disk, listing, scan.cancel);
    let mut known: BTreeMap<PathBuf, Card> = scan.known.into_iter().map(|card| (card.path.clone(), card)).collect();
    let mut cards = Vec::new();
    let mut changed = Vec::new();
    for entry in files {
        match known.remove(&entry.path).filter(|card| is_current(disk, card, &entry)) {
            Some(card) => cards.push(card),
            None => changed.push(entry),
        }
    }
    let all = cards.len() + changed.len();
    let done = AtomicUsize::new(cards.len());
    let next = AtomicUsize::new(0);
    let made: Mutex<Vec<Card>> = Mutex::new(Vec::new());
    let hand_over = |batch: Vec<Card>| {
        if let Ok(mut made) = made.lock() {
            made.extend(batch.iter().cloned());
        }
        each(batch, Progress { done: done.load(Ordering::Relaxed), all });
    };
    let work = || {
        let mut batch = Vec::new();
        while let Some(entry) = changed.get(next.fetch_add(1, Ordering::Relaxed)).filter(|_| !scan.cancel.is_cancelled()) {
            batch.push(Card::read(disk, scan.root, entry));
            done.fetch_add(1, Ordering::Relaxed);
            if batch.len() >= BATCH {
                hand_over(std::mem::take(&mut batch));
            }
        }
        hand_over(batch);
    };
    if !changed.is_empty() {
        std::thread::scope(|scope| {
            let threads = std::thread::available_parallelism().map_or(2, usize::from).min(4).min(changed.len());
            for _ in 0..threads {
                scope.spawn(work);
            }
        });
    }
    cards.extend(made.into_inner().unwrap_or_default());
    cards.sort_by(|a, b| a.inside.cmp(&b.inside));
    Ok(cards)
}

/// The files below a folder that may be reports, by path.
fn files(disk: &dyn Disk, listing: Vec<Entry>, cancel: &Cancel) -> Vec<Entry> {
    let mut files = Vec::new();
    let mut folders = vec![(listing, 0)];
    while let Some((entries, depth)) = folders.pop() {
        for entry in entries {
            if cancel.is_cancelled() || files.len() >= MOST {
                return files;
            }
            let name = entry.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            // What is hidden, and what Word and WPS leave behind while a document is open.
            if name.starts_with(['.', '~']) || name == "jiannuo" {
                continue;
            }
            if entry.is_folder && depth < DEEPEST {
                folders.push((disk.entries(&entry.path).unwrap_or_default(), depth + 1));
            } else if !entry.is_folder && is_candidate(&name) && entry.stamp.len > 0 {
                files.push(entry);
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

pub(in crate::store) fn is_candidate(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    ENDINGS.contains(&ending.as_str())
}

/// Whether nothing has changed since a card was made: neither the file nor what is kept beside its tags.
fn is_current(disk: &dyn Disk, card: &Card, entry: &Entry) -> bool {
    card.stamp == entry.stamp
        && match &card.state {
            Ok(state) => {
                let there = state.folder.parent().and_then(|kept| disk.list(kept).ok()).is_some_and(|all| all.contains(&state.folder));
                let kept = if there { kept_files(disk, &state.folder) } else { Vec::new() };
                kept == card.kept
            }
            // What could not be read may be readable by now.
            Err(error) => matches!(error, OpenError::NotAReport { .. }),
        }
}
