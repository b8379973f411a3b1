//! What a project calls its own kinds and attributes, where a language has no words for them.

use super::handed::Labels;
use crate::annotation::{AttributeId, Codebook, KindId};

/// Words, and behind them the names that a codebook gives.
#[derive(Clone, Copy)]
pub struct OwnNames<'a> {
    /// The words of a language.
    pub labels: &'a dyn Labels,
    /// The codebook in force.
    pub book: &'a Codebook,
}

impl Labels for OwnNames<'_> {
    fn label<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
        let known = self.labels.label(group, key);
        if known != key {
            return known;
        }
        let own = match group {
            "kind" => self.book.kind(&KindId::new(key)).map(|kind| kind.label.as_str()),
            "attribute" => self.book.attribute(&AttributeId::new(key)).map(|attribute| attribute.label.as_str()),
            _ => None,
        };
        own.filter(|label| !label.is_empty()).unwrap_or(key)
    }
}

#[cfg(test)]
mod tests {
    use super::super::handed::Keys;
    use super::*;

    #[test]
    fn a_projects_own_kind_has_its_name() {
        let text = Codebook::STANDARD_TEXT.replacen("id: \"target\"", "id: \"goal\", label: \"愿景\"", 1).replace("\"target\"", "\"goal\"");
        let book = Codebook::parse(&text).unwrap();
        let named = OwnNames { labels: &Keys, book: &book };
        let labels = [("kind", "goal"), ("kind", "indicator"), ("page", "goal")].map(|(group, key)| named.label(group, key));
        assert_eq!(labels, ["愿景", "indicator", "goal"]);
    }
}
