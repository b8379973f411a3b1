//! Sentences about packs: what went in, what came out, and why one was refused.

use super::Words;
use crate::store::{PackError, Packed, Refusal, Unpacked};
use crate::text::classes::is_invisible;
use std::path::{Path, PathBuf};

/// How many names a sentence lists.
const FEW: usize = 3;
/// How many characters of a name in a pack it shows.
const LONGEST: usize = 80;

impl Words {
    /// Why a pack was not looked into or taken in.
    pub fn pack_error(&self, error: &PackError) -> String {
        let (path, why) = match error {
            PackError::Store(error) => return self.store_error(error),
            PackError::Refused { path, why } => (path.display().to_string(), why),
        };
        match why {
            Refusal::NotAPack => self.fill("pack_none", &[&path]),
            Refusal::Damaged(name) => self.fill("pack_damaged", &[&path, &shown(name)]),
            Refusal::Unsafe(name) => self.fill("pack_unsafe", &[&path, &shown(name)]),
            Refusal::TooLarge => self.fill("pack_too_large", &[&path]),
            Refusal::Newer => self.fill("pack_newer", &[&path]),
        }
    }

    /// What was packed, and what was not.
    pub(super) fn packed(&self, path: &Path, packed: &Packed) -> String {
        let (reports, people) = (packed.reports.to_string(), packed.people.to_string());
        let mut said = self.fill("notice_packed", &[&path.display().to_string(), &reports, &people]);
        if !packed.left_out.is_empty() {
            said.push('\n');
            said.push_str(&self.fill("notice_packed_left_out", &[&packed.left_out.len().to_string(), &self.few_paths(&packed.left_out)]));
        }
        said
    }

    /// What was taken in, and what a person has to look at.
    pub(super) fn unpacked(&self, root: &Path, unpacked: &Unpacked) -> String {
        let Unpacked { reports, beside, people, tags, blind, conflicts, differing, not_taken, .. } = unpacked;
        let root = root.display().to_string();
        let said = if *reports == 0 && *people == 0 {
            self.fill("notice_unpacked_same", &[&root])
        } else if *blind {
            self.fill("notice_unpacked_blind", &[&root, &reports.to_string(), &people.to_string()])
        } else {
            self.fill("notice_unpacked", &[&root, &reports.to_string(), &people.to_string(), &tags.to_string()])
        };
        let names = || self.few(not_taken.iter().map(|name| shown(name)));
        let more = [
            (!beside.is_empty()).then(|| self.fill("notice_unpacked_beside", &[&self.few_paths(beside)])),
            (*conflicts > 0).then(|| self.fill("notice_unpacked_conflicts", &[&conflicts.to_string()])),
            (!differing.is_empty()).then(|| self.fill("notice_unpacked_differing", &[&self.few_paths(differing)])),
            (!not_taken.is_empty()).then(|| self.fill("notice_unpacked_not_taken", &[&names()])),
        ];
        std::iter::once(said).chain(more.into_iter().flatten()).collect::<Vec<_>>().join("\n")
    }

    fn few_paths(&self, paths: &[PathBuf]) -> String {
        self.few(paths.iter().map(|path| path.display().to_string()))
    }

    /// The first few of a list of names.
    fn few(&self, names: impl ExactSizeIterator<Item = String>) -> String {
        let all = names.len();
        let few = names.take(FEW).collect::<Vec<_>>().join(self.get("list_comma"));
        if all > FEW { self.fill("list_more", &[&few, &all.to_string()]) } else { few }
    }
}

/// A name from a pack as it can be shown: a name that hides or turns something must not do so here.
fn shown(name: &str) -> String {
    let mut shown = String::new();
    for c in name.chars().take(LONGEST) {
        if is_invisible(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;

    #[test]
    fn names_from_a_pack_hide_nothing_and_long_lists_are_cut() {
        let words = Words::new(Language::English);
        let why = Refusal::Unsafe("甲\u{202E}txt.exe".into());
        let said = words.pack_error(&PackError::Refused { path: "a.zip".into(), why });
        assert!(said.contains("甲\\u{202e}txt.exe"), "{said}");
        let not_taken = ["1.exe", "2.exe", "3.exe", "4.exe"].map(str::to_owned).into();
        let said = words.unpacked(Path::new("/r"), &Unpacked { not_taken, ..Unpacked::default() });
        assert!(said.contains("3.exe") && !said.contains("4.exe"), "{said}");
    }

    #[test]
    fn where_people_tag_blind_nothing_is_said_of_how_many_tags_came() {
        let words = Words::new(Language::English);
        let said = |blind| words.unpacked(Path::new("/r"), &Unpacked { reports: 2, people: 3, tags: 451, blind, ..Unpacked::default() });
        assert!(said(false).contains("451"));
        assert!(said(true).contains('3') && !said(true).contains("451"), "{}", said(true));
    }
}
