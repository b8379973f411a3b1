//! The notes of a book, which stand in its chapters as elements of a kind of their own (EPUB 3 Structural Semantics).

use super::blocks::{Block, blocks};
use super::tree::{NodeId, Tree};
use crate::source::package::resolve;
use std::collections::BTreeMap;

/// A note, by the file it stands in and its name there.
type Name = (String, String);

/// The notes of a book.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    referred: Vec<Name>,
    texts: BTreeMap<Name, String>,
}

/// Whether an element says that it is of one of these kinds.
fn is_of(tree: &Tree, id: NodeId, kinds: &[&str]) -> bool {
    let said = [tree.attribute(id, "epub:type"), tree.attribute(id, "role")];
    said.into_iter().flatten().flat_map(|said| said.split_whitespace()).any(|said| kinds.contains(&said.trim_start_matches("doc-")))
}

/// Whether an element is a note.
pub(super) fn is_note(tree: &Tree, id: NodeId) -> bool {
    is_of(tree, id, &["footnote", "endnote", "rearnote"])
}

impl Notes {
    /// Takes the texts of the notes in a chapter.
    pub(super) fn take_texts(&mut self, tree: &Tree, file: &str) {
        for id in tree.descendants(tree.root()).filter(|id| is_note(tree, *id)) {
            let text: Vec<String> = blocks(tree, id).iter().map(Block::text).collect();
            self.texts.insert((file.to_owned(), tree.attribute(id, "id").unwrap_or("").to_owned()), text.join(" "));
        }
    }

    /// The number of the note that a link refers to; nothing if it refers to none.
    pub(super) fn refer(&mut self, tree: &Tree, link: NodeId, file: &str) -> Option<u32> {
        let (target, name) = tree.attribute(link, "href").filter(|_| is_of(tree, link, &["noteref"]))?.split_once('#')?;
        let target = if target.is_empty() { file.to_owned() } else { resolve(file, target) };
        let note = (target, name.to_owned());
        let at = self.referred.iter().position(|known| *known == note).unwrap_or_else(|| {
            self.referred.push(note);
            self.referred.len() - 1
        });
        u32::try_from(at + 1).ok()
    }

    /// The notes in the order in which they are first referred to.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = &str> {
        self.referred.iter().map(|name| self.texts.get(name).map_or("", String::as_str))
    }
}
