//! `jiannuo pack` and `jiannuo unpack`: a folder of reports with its tags as one file, and back.

use super::{Status, out, say};
use crate::locale::Words;
use crate::session::What;
use crate::store::{Cancel, Packed, RealDisk, Scan, StoreError, Unpacked, is_file, load_index, now, scan};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Packs a folder into a file; one that is there stays unless `force` says otherwise.
pub(super) fn pack(folder: &Path, to: &Path, force: bool, json: bool, words: &Words) -> Status {
    if !force && is_file(&RealDisk, to) {
        say(&words.fill("cli_pack_there", &[&name(to)]));
        return Status::Failed;
    }
    let packed = match reports(folder) {
        Ok(reports) if reports.is_empty() => {
            say(words.get("folder_empty"));
            return Status::Failed;
        }
        Ok(reports) => crate::store::pack(&RealDisk, folder, &reports, to, now(), &|_, _| {}, &Cancel::default()),
        Err(error) => Err(error),
    };
    match packed {
        Ok(packed) => {
            let status = if packed.left_out.is_empty() { Status::Done } else { Status::Findings };
            if json {
                let Packed { reports, people, left_out, .. } = packed;
                let object = json!({ "pack": name(to), "reports": reports, "people": people, "left_out": names(&left_out) });
                out(&format!("{object}\n"));
            } else {
                say(&words.notice(&What::Packed { path: to.to_owned(), packed }));
            }
            status
        }
        Err(error) => {
            say(&words.notice(&What::NotPacked(error)));
            Status::Failed
        }
    }
}

/// All reports of a folder.
fn reports(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let known = load_index(&RealDisk, folder);
    let cards = scan(Scan { disk: &RealDisk, root: folder, known, cancel: &Cancel::default() }, &|_, _| {})?;
    Ok(cards.into_iter().map(|card| card.path).collect())
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

fn names(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| name(path)).collect()
}

/// Takes a pack into a folder.
pub(super) fn unpack(pack: &Path, folder: &Path, json: bool, words: &Words) -> Status {
    let unpacked = match crate::store::unpack(&RealDisk, pack, folder, now(), &Cancel::default()) {
        Ok(unpacked) => unpacked,
        Err(error) => {
            say(&words.pack_error(&error));
            return Status::Failed;
        }
    };
    let is_clean = unpacked.conflicts == 0 && unpacked.differing.is_empty() && unpacked.not_taken.is_empty();
    if json {
        let Unpacked { reports, beside, people, tags, conflicts, differing, not_taken, .. } = unpacked;
        let object = json!({
            "folder": name(folder), "reports": reports, "beside": names(&beside), "people": people, "tags": tags,
            "conflicts": conflicts, "differing": names(&differing), "not_taken": not_taken,
        });
        out(&format!("{object}\n"));
    } else {
        say(&words.notice(&What::Unpacked { root: folder.to_owned(), unpacked }));
    }
    if is_clean { Status::Done } else { Status::Findings }
}
