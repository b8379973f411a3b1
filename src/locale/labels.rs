//! What things are called in every language: of what comes back nobody says in which one it was written.

use super::{Language, Words};
use crate::annotation::Codebook;
use crate::exchange::KindMap;

/// The kinds of a codebook by their keys, by the names a project gave them, and by what each language calls them.
pub fn kinds_by_name(book: &Codebook) -> KindMap {
    let mut map = KindMap::of(book);
    for words in Language::ALL.map(Words::new) {
        for kind in &book.kinds {
            let name = words.kind(&kind.id);
            if map.kind(name).is_none() {
                map.set(name, kind.id.clone());
            }
        }
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_known_by_its_name_in_every_language() {
        let book = Codebook::standard();
        let map = kinds_by_name(&book);
        for name in ["target", "目标", "目標", "Target"] {
            assert_eq!(map.kind(name).map(|kind| kind.as_str().to_owned()), Some("target".to_owned()), "{name}");
        }
        assert_eq!(map.kind("ORG"), None);
    }
}
