//! Dated versions of a person's file, in `versions/` beside it: what it was minutes, hours, days and months ago.
//!
//! A version is a copy of the file to the letter. Its time stands in its name, in UTC.

use super::atomic::{replace, sweep};
use super::disk::Disk;
use super::error::StoreError;
use super::files::{LoadError, LoadedFile, load_person_file};
use super::read::read_limited;
use crate::annotation::Time;
use std::path::{Path, PathBuf};

/// The folder of versions in a report's folder.
const FOLDER: &str = "versions";
/// The largest file that is kept, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;
/// How many versions of a file are kept.
const MOST: usize = 10;
/// How far apart in time two versions are at least, in milliseconds.
const APART: i64 = 10 * 60 * 1000;
/// How a version's time is written in its name.
const MOMENT: &str = "%Y-%m-%dT%H%M%SZ";

/// What is known of a version without its being shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionCard {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made.
    pub time: Time,
    /// How many tags it has; nothing if it cannot be loaded.
    pub tags: Option<usize>,
}

/// Keeps a person's file as it now stands on disk as a version, before it is written over; returns where. Nothing is
/// kept if there is no file, if the newest version holds the same, or if that was made less than ten minutes ago.
///
/// Of more than ten versions one goes at a time: never the newest or the oldest, but the one whose going leaves the
/// others spread most evenly on a logarithmic scale of age, by the sum of the squares of the gaps.
///
/// # Errors
/// If it could not be kept. That is no reason not to save the file.
pub fn keep_version(disk: &dyn Disk, person_file: &Path, now: Time) -> Result<Option<PathBuf>, StoreError> {
    let bytes = match read_limited(disk, person_file, LARGEST) {
        Err(StoreError::Missing(_)) => return Ok(None),
        read => read?,
    };
    let mut kept = dated(disk, person_file);
    let is_enough = |(path, time): &(PathBuf, Time)| {
        (now.0 - time.0).abs() < APART || read_limited(disk, path, LARGEST).is_ok_and(|there| there == bytes)
    };
    if kept.first().is_some_and(is_enough) {
        return Ok(None);
    }
    let folder = folder_of(person_file);
    disk.make_folder(&folder).map_err(|error| StoreError::of(&folder, &error))?;
    sweep(disk, &folder);
    let path = folder.join(name_of(&stem_of(person_file), now));
    replace(disk, &path, &bytes)?;
    kept.insert(0, (path.clone(), now));
    for gone in superfluous(kept, now) {
        // One that cannot be removed now is removed with the next version.
        let _ = disk.remove(&gone);
    }
    Ok(Some(path))
}

/// The versions of a person's file, the newest first.
pub fn versions(disk: &dyn Disk, person_file: &Path) -> Vec<VersionCard> {
    let tags = |path: &Path| load_version(disk, path).ok().map(|file| file.record.annotations.tag_count());
    dated(disk, person_file).into_iter().map(|(path, time)| VersionCard { tags: tags(&path), path, time }).collect()
}

/// Loads a version.
///
/// # Errors
/// If it cannot be read, or not even its head can be understood.
pub fn load_version(disk: &dyn Disk, path: &Path) -> Result<LoadedFile, LoadError> {
    load_person_file(disk, path)
}

fn folder_of(person_file: &Path) -> PathBuf {
    person_file.with_file_name(FOLDER)
}

fn stem_of(person_file: &Path) -> String {
    person_file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The versions there are of a file with their times, the newest first.
fn dated(disk: &dyn Disk, person_file: &Path) -> Vec<(PathBuf, Time)> {
    let stem = stem_of(person_file);
    let paths = disk.list(&folder_of(person_file)).unwrap_or_default();
    let mut dated: Vec<(PathBuf, Time)> = paths.into_iter().filter_map(|path| time_of(&stem, &path).map(|time| (path, time))).collect();
    dated.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    dated
}

/// The name of the version of a file of this stem and time.
fn name_of(stem: &str, time: Time) -> String {
    let moment = jiff::Timestamp::from_millisecond(time.0).unwrap_or_default().strftime(MOMENT).to_string();
    format!("{stem} {moment}.ron")
}

/// The time of a version of a file of this stem; nothing if the name is another file's.
fn time_of(stem: &str, path: &Path) -> Option<Time> {
    let name = path.file_name()?.to_str()?;
    let moment = name.strip_prefix(stem)?.strip_prefix(' ')?.strip_suffix(".ron")?;
    let moment = jiff::civil::DateTime::strptime(MOMENT, moment).ok()?;
    let time = Time(jiff::tz::TimeZone::UTC.to_timestamp(moment).ok()?.as_millisecond());
    (name_of(stem, time) == name).then_some(time)
}

/// Which versions go, of all there are, newest first.
fn superfluous(mut kept: Vec<(PathBuf, Time)>, now: Time) -> Vec<PathBuf> {
    // Ages count from ten minutes on, or most versions would be of the last hour.
    let age = |time: Time| (((now.0 - time.0).max(0) + APART) as f64).ln();
    // Two gaps that become one add twice their product to the sum of the squares.
    let cost = |three: &[(PathBuf, Time)]| match three {
        [(_, younger), (_, time), (_, older)] => (age(*time) - age(*younger)) * (age(*older) - age(*time)),
        _ => f64::INFINITY,
    };
    let mut gone = Vec::new();
    while kept.len() > MOST {
        let costs = kept.windows(3).map(cost).enumerate();
        let Some((before, _)) = costs.min_by(|(_, one), (_, other)| one.total_cmp(other)) else { break };
        gone.push(kept.remove(before + 1).0);
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::super::disk::RealDisk;
    use super::super::files::save_person_file;
    use super::super::folders::ReportFolder;
    use super::super::wire::{PersonRecord, Role};
    use super::*;
    use crate::annotation::{Annotations, Person, PersonId};
    use crate::report::ReportId;
    use uuid::Uuid;

    const MINUTE: i64 = 60 * 1000;
    /// 2026-11-22T09:30:12Z
    const BEGIN: i64 = 1_795_339_812_000;

    /// A person's file, and a way to change it.
    fn place() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("王小明.ron");
        write(&path, "first");
        (folder, path)
    }

    fn write(path: &Path, name: &str) {
        let record = PersonRecord {
            report: ReportId::of("甲"),
            report_name: name.to_owned(),
            person: Person { id: PersonId(Uuid::from_u128(1)), name: "王小明".into() },
            codebook: Default::default(),
            annotations: Annotations::default(),
            extras: Default::default(),
            role: Role::Annotation,
        };
        save_person_file(&RealDisk, path, &record).unwrap();
    }

    #[test]
    fn a_version_is_the_file_to_the_letter_under_its_time() {
        let (folder, path) = place();
        let kept = keep_version(&RealDisk, &path, Time(BEGIN)).unwrap().unwrap();
        assert_eq!(kept, folder.path().join("versions").join("王小明 2026-11-22T093012Z.ron"));
        assert_eq!(std::fs::read(&kept).unwrap(), std::fs::read(&path).unwrap());
        assert_eq!(versions(&RealDisk, &path), [VersionCard { path: kept, time: Time(BEGIN), tags: Some(0) }]);
    }

    #[test]
    fn nothing_is_kept_twice_or_too_often() {
        let (_folder, path) = place();
        assert!(keep_version(&RealDisk, &path, Time(BEGIN)).unwrap().is_some());
        assert_eq!(keep_version(&RealDisk, &path, Time(BEGIN + 60 * MINUTE)), Ok(None), "the same bytes");
        write(&path, "second");
        assert_eq!(keep_version(&RealDisk, &path, Time(BEGIN + 9 * MINUTE)), Ok(None), "too soon");
        assert!(keep_version(&RealDisk, &path, Time(BEGIN + 10 * MINUTE)).unwrap().is_some());
        assert_eq!(keep_version(&RealDisk, &path.with_file_name("李.ron"), Time(BEGIN)), Ok(None), "no such file");
    }

    #[test]
    fn other_files_are_no_versions_and_versions_no_peoples_files() {
        let (folder, path) = place();
        keep_version(&RealDisk, &path, Time(BEGIN)).unwrap();
        for name in ["王小明.ron", "王小明 2026-11-22.ron", "王小明 2026-13-22T093012Z.ron", "李 2026-11-22T093012Z.ron"] {
            std::fs::write(folder.path().join("versions").join(name), "x").unwrap();
        }
        std::fs::write(folder.path().join("versions").join("王小明 2025-01-02T030405Z.ron"), "x").unwrap();
        let found: Vec<Option<usize>> = versions(&RealDisk, &path).into_iter().map(|card| card.tags).collect();
        assert_eq!(found, [Some(0), None], "one cannot be loaded");
        assert_eq!(ReportFolder::at(folder.path().to_owned()).person_files(&RealDisk), [path]);
    }

    #[test]
    fn ten_versions_reach_from_minutes_to_months_back() {
        let mut kept: Vec<(PathBuf, Time)> = Vec::new();
        let days = 180;
        for at in 0..days * 24 * 6 {
            let now = Time(BEGIN + at * 10 * MINUTE);
            kept.insert(0, (PathBuf::from(name_of("王", now)), now));
            let gone = superfluous(kept.clone(), now);
            kept.retain(|(path, _)| !gone.contains(path));
        }
        let ages: Vec<i64> = kept.iter().map(|(_, time)| (BEGIN + (days * 24 * 6 - 1) * 10 * MINUTE - time.0) / MINUTE).collect();
        assert_eq!(ages.len(), MOST);
        let day = 24 * 60;
        for (from, to) in [(0, 10), (10, 120), (120, day), (day, 7 * day), (7 * day, 60 * day), (60 * day, days * day)] {
            assert!(ages.iter().any(|age| (from..=to).contains(age)), "none is {from} to {to} minutes old: {ages:?}");
        }
    }
}
