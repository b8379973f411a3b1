//! Names of files in a pack: which may be written to disk, and what stands under each.

use crate::store::disk::Disk;
use crate::store::project::is_candidate;
use crate::text::classes::is_invisible;
use std::path::{Component, Path};
use unicode_normalization::UnicodeNormalization;

/// The folder of a project that holds everything kept for it.
const KEPT: &str = "jiannuo";
/// How the name of a folder ends that holds what was submitted.
const SUBMITTED: &str = "/submitted";
/// The longest name in bytes, and the longest step of one.
const LONGEST: usize = 1024;
const LONGEST_STEP: usize = 255;

/// The files in which a project has something of its own: its codebook, rules and indicators.
pub(super) const OWN: [&str; 3] = ["codebook.ron", "rules.ron", "indicators.ron"];

/// What stands under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// The project's own file.
    Project,
    /// A file in which the project has something of its own.
    Own(&'a str),
    /// A file kept of a report, and the folder it lies in.
    Kept { folder: &'a str, file: &'a str },
    /// What somebody submitted, and the folder it is kept below.
    Submitted { folder: &'a str, file: &'a str },
    /// A report.
    Report,
}

/// What stands under a name; nothing that is ever taken, if it is none of these.
pub(super) fn place_of(name: &str) -> Option<Place<'_>> {
    if name == "jiannuo/project.ron" {
        return Some(Place::Project);
    }
    if let Some(file) = name.strip_prefix("jiannuo/").filter(|file| OWN.contains(file)) {
        return Some(Place::Own(file));
    }
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let (folder, is_submitted) = folder.strip_suffix(SUBMITTED).map_or((folder, false), |folder| (folder, true));
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    let outside = match above.strip_suffix(KEPT) {
        Some(before) if before.is_empty() || before.ends_with('/') => before,
        _ => name,
    };
    // Everything kept lies in a folder of that name, so a second one above it is none that we made.
    if outside.split('/').any(|step| step.eq_ignore_ascii_case(KEPT)) {
        return None;
    }
    if outside == name {
        return is_candidate(file).then_some(Place::Report);
    }
    let is_kept = short_hash(folder).is_some();
    if is_submitted {
        (is_kept && file.ends_with(".ron")).then_some(Place::Submitted { folder, file })
    } else {
        (is_kept && (file == "source.txt" || file.ends_with(".ron"))).then_some(Place::Kept { folder, file })
    }
}

/// What the name of a report's folder says: the words before its `~`, and the digits of the hash behind it.
pub(super) fn short_hash(folder: &str) -> Option<(&str, &str)> {
    let name = folder.rsplit_once('/').map_or(folder, |(_, name)| name);
    name.rsplit_once('~').filter(|(_, digits)| digits.len() == 8 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// Whether a name stays inside the folder it is unpacked in, and can be written on every system.
pub(super) fn is_safe(name: &str) -> bool {
    name.len() <= LONGEST && name.split('/').all(is_safe_step)
}

fn is_safe_step(step: &str) -> bool {
    // A name that begins with a dot leads upwards, or is hidden from whoever looks at what was written.
    let fits = !step.is_empty() && step.len() <= LONGEST_STEP && !step.starts_with('.') && !step.ends_with(['.', ' ']);
    fits && !is_device(step) && !step.contains(is_forbidden)
}

fn is_forbidden(c: char) -> bool {
    is_invisible(c) || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// Whether Windows takes a name for a device, whatever stands behind its first dot.
fn is_device(step: &str) -> bool {
    let stem = step.split('.').next().unwrap_or("").trim_end().to_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let numbered =
        port.is_some_and(|number| number.chars().count() == 1 && number.contains(|c: char| c.is_ascii_digit() || "¹²³".contains(c)));
    numbered || ["con", "prn", "aux", "nul", "conin$", "conout$"].contains(&stem.as_str())
}

/// A name as file systems compare it that fold case and compose letters.
pub(super) fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

/// The name in a pack of what lies in a folder: its path inside, in NFC, what cannot be written everywhere as `_`. Nothing
/// if it lies elsewhere, or no such name can be.
pub(super) fn name_inside(root: &Path, path: &Path) -> Option<String> {
    let step = |step: Component<'_>| match step {
        Component::Normal(step) => Some(step.to_str()?.nfc().map(|c| if is_forbidden(c) { '_' } else { c }).collect::<String>()),
        _ => None,
    };
    let steps: Option<Vec<String>> = path.strip_prefix(root).ok()?.components().map(step).collect();
    steps.map(|steps| steps.join("/")).filter(|name| is_safe(name))
}

/// Whether a path leads from a folder through a link.
pub(super) fn is_through_link(disk: &dyn Disk, root: &Path, path: &Path) -> bool {
    path.ancestors().take_while(|step| *step != root).any(|step| disk.about(step).is_ok_and(|about| about.is_link))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_or_hide_are_unsafe() {
        for name in ["甲.txt", "2024/乙 (2).docx", "jiannuo/甲~446e740c/王小明.ron", "common.txt", "com.txt"] {
            assert!(is_safe(name), "{name}");
        }
        let long = "甲".repeat(100);
        for name in [
            "",
            "/甲.txt",
            "../甲.txt",
            "a/../../甲.txt",
            "a//甲.txt",
            "a/",
            "C:/甲.txt",
            "C:甲.txt",
            "a\\甲.txt",
            ".ssh/甲.txt",
            "甲.txt.",
            "甲.txt ",
            "a /甲.txt",
            "con.txt",
            "a/NUL",
            "Com1.tar.gz",
            "lpt¹.txt",
            "甲\u{202E}txt.exe",
            "甲\n.txt",
            "甲\0.txt",
            "甲\u{200B}.txt",
            long.as_str(),
        ] {
            assert!(!is_safe(name), "{name:?}");
        }
    }

    #[test]
    fn what_stands_under_a_name() {
        let (folder, file) = ("jiannuo/甲~446e740c", "王小明.ron");
        assert_eq!(place_of("jiannuo/甲~446e740c/王小明.ron"), Some(Place::Kept { folder, file }));
        assert!(matches!(place_of("2024/jiannuo/甲~446e740c/source.txt"), Some(Place::Kept { file: "source.txt", .. })));
        assert_eq!(place_of("jiannuo/甲~446e740c/submitted/王小明.ron"), Some(Place::Submitted { folder, file }));
        for report in ["2024/甲.txt", "submitted/甲.txt", "2024/submitted/甲.txt"] {
            assert_eq!(place_of(report), Some(Place::Report), "{report}");
        }
        for own in OWN {
            assert_eq!(place_of(&format!("jiannuo/{own}")), Some(Place::Own(own)));
        }
        assert_eq!(place_of("jiannuo/others.ron"), None);
        for name in [
            "jiannuo/index.jsonl",
            "jiannuo/甲.txt",
            "Jiannuo/甲.txt",
            "jiannuo/甲/王小明.ron",
            "jiannuo/甲~446e740c/甲.txt",
            "jiannuo/甲~446e740c/versions/王小明.ron",
            "jiannuo/甲~446e740c/submitted/source.txt",
            "jiannuo/甲~446e740c/submitted/submitted/王小明.ron",
            "jiannuo/submitted/王小明.ron",
            "a/jiannuo/b/jiannuo/甲~446e740c/王小明.ron",
            "2024/甲.exe",
            "notjiannuo/甲~446e740c/王小明.ron",
        ] {
            assert_eq!(place_of(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_in_a_pack_can_be_written_everywhere() {
        let root = Path::new("/reports");
        assert_eq!(name_inside(root, Path::new("/reports/2024/第1季度?.txt")).as_deref(), Some("2024/第1季度_.txt"));
        assert_eq!(name_inside(root, Path::new("/reports/e\u{301}.txt")).as_deref(), Some("\u{E9}.txt"));
        for path in ["/other/甲.txt", "/reports/../甲.txt", "/reports/con.txt", "/reports"] {
            assert_eq!(name_inside(root, Path::new(path)), None, "{path}");
        }
    }
}
