//! Names people give, and file names made of them.

use crate::text::classes::is_invisible;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// Longest part of a file name made of a name, in bytes of UTF-8.
const LONGEST: usize = 60;

/// What is wrong with a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// There is nothing in it.
    #[error("the name is empty")]
    Empty,
    /// Invisible characters or ones that turn the direction of writing.
    #[error("the name has an invisible character")]
    Invisible,
    /// It is too long to read in a list.
    #[error("the name is too long")]
    TooLong,
}

/// Checks a person's name and gives it back in NFC without space at its ends.
///
/// # Errors
/// What is wrong with it.
pub fn check_person_name(name: &str) -> Result<String, NameProblem> {
    let name: String = name.trim().nfc().collect();
    if name.is_empty() {
        Err(NameProblem::Empty)
    } else if name.chars().any(is_invisible) {
        Err(NameProblem::Invisible)
    } else if name.chars().count() > 40 {
        Err(NameProblem::TooLong)
    } else {
        Ok(name)
    }
}

/// Names Windows keeps for devices.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A file name (without ending) made of any name: NFC, without dots and what file systems and Windows
/// forbid, at most 60 bytes; a hash of the whole where it was cut or nothing is left.
pub fn file_name_of(name: &str) -> String {
    let name: String = name.nfc().collect();
    let clean: String = name
        .chars()
        .map(|c| if is_invisible(c) || matches!(c, '.' | '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '~') { '_' } else { c })
        .collect();
    let clean = clean.trim();
    let lower = clean.to_lowercase();
    let port = |name: &str| (lower.starts_with(name)) && lower.len() == 4 && lower.ends_with(|c: char| c.is_ascii_digit());
    let reserved = RESERVED.contains(&lower.as_str()) || port("com") || port("lpt");
    if clean.len() <= LONGEST && !clean.is_empty() && !reserved {
        return clean.to_owned();
    }
    let hash: String = Sha256::digest(name.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let mut cut = String::new();
    for c in clean.chars() {
        if cut.len() + c.len_utf8() > LONGEST - 9 {
            break;
        }
        cut.push(c);
    }
    format!("{cut}-{hash}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people() {
        assert_eq!(check_person_name("  王小明 "), Ok("王小明".into()));
        assert_eq!(check_person_name("\u{202E}王"), Err(NameProblem::Invisible));
        assert_eq!(check_person_name("  "), Err(NameProblem::Empty));
        assert_eq!(check_person_name(&"王".repeat(41)), Err(NameProblem::TooLong));
    }

    #[test]
    fn file_names_hold_nothing_a_system_forbids() {
        assert_eq!(file_name_of("王小明"), "王小明");
        assert_eq!(file_name_of("../../etc/passwd"), "______etc_passwd");
        assert!(file_name_of("CON").starts_with("CON-"));
        assert!(file_name_of("com1").starts_with("com1-"));
        let long = file_name_of(&"政府工作报告".repeat(10));
        assert!(long.len() <= 60 && long.contains('-'), "{long}");
    }
}
