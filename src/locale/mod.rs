//! The words people read, in their language: of the interface, and for what went wrong.
//!
//! The words are in `assets/locale`, one file a language; this room finds them and fills them in.

mod exchange;
mod hints;
mod labels;
mod packs;
mod sentences;

pub use labels::kinds_by_name;

use crate::annotation::{AttributeId, Codebook, KindId, ValueType};
use crate::exchange::Labels;
use std::collections::BTreeMap;

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// 简体中文.
    Simplified,
    /// 繁體中文, with the words of Taiwan and Hong Kong.
    Traditional,
    /// English.
    English,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Simplified, Self::Traditional, Self::English];

    /// Its tag (BCP 47), as in the settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Simplified => "zh-Hans",
            Self::Traditional => "zh-Hant",
            Self::English => "en",
        }
    }

    /// The language of a tag.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.key() == key)
    }

    /// The language for a system's locale (`zh_TW.UTF-8`, `en-US`): Chinese in the region's script; simplified
    /// where none is set, for that is what most of those who read such reports read.
    pub fn of_system(locale: &str) -> Self {
        let locale = locale.replace('_', "-").to_lowercase();
        let traditional = ["zh-tw", "zh-hk", "zh-mo", "zh-hant"];
        if traditional.iter().any(|start| locale.starts_with(start)) {
            Self::Traditional
        } else if locale.is_empty() || locale.starts_with("zh") || locale == "c" || locale.starts_with("c.") || locale == "posix" {
            Self::Simplified
        } else {
            Self::English
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Simplified => include_str!("../../assets/locale/zh-Hans.ron"),
            Self::Traditional => include_str!("../../assets/locale/zh-Hant.ron"),
            Self::English => include_str!("../../assets/locale/en.ron"),
        }
    }
}

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Words {
    language: Language,
    words: BTreeMap<String, String>,
}

impl Words {
    /// The words of a language.
    pub fn new(language: Language) -> Self {
        // A file that cannot be read would show keys for words; a test reads all three.
        Self { language, words: ron::from_str(language.text()).unwrap_or_default() }
    }

    /// Which language it is.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Takes in what a project calls its own kinds and attributes, where this language has no words for them.
    pub fn learn(&mut self, book: &Codebook) {
        let kinds = book.kinds.iter().map(|kind| (format!("kind_{}", kind.id), &kind.label));
        let attributes = book.attributes.iter().map(|attribute| (format!("attribute_{}", attribute.id), &attribute.label));
        for (key, label) in kinds.chain(attributes).filter(|(_, label)| !label.is_empty()) {
            self.words.entry(key).or_insert_with(|| label.clone());
        }
    }

    /// The words of a key; the key itself if there are none.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The words of a key in a group, such as `bound` and `at_least`; the key itself if there are none.
    pub fn named<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
        self.words.get(&format!("{group}_{key}")).map_or(key, String::as_str)
    }

    /// The words of a key with `{0}`, `{1}` … filled in.
    pub fn fill(&self, key: &str, with: &[&str]) -> String {
        let mut text = self.get(key).to_owned();
        for (number, with) in with.iter().enumerate() {
            text = text.replace(&format!("{{{number}}}"), with);
        }
        text
    }

    /// The name of a kind; a kind of a project's own is its key.
    pub fn kind<'a>(&'a self, kind: &'a KindId) -> &'a str {
        self.named("kind", kind.as_str())
    }

    /// The name of an attribute.
    pub fn attribute<'a>(&'a self, attribute: &'a AttributeId) -> &'a str {
        self.named("attribute", attribute.as_str())
    }

    /// The name of a value of a closed list; any other value as it is.
    pub fn value(&self, attribute: &AttributeId, value: &str) -> String {
        self.named(&format!("value_{attribute}"), value).to_owned()
    }

    /// An example of what a field takes.
    pub fn hint(&self, takes: &ValueType) -> &str {
        match takes {
            ValueType::Period => self.get("hint_period"),
            ValueType::Deadline => self.get("hint_deadline"),
            ValueType::Names => self.get("hint_names"),
            ValueType::Text | ValueType::Choice(_) | ValueType::Choices(_) => "",
        }
    }

    /// All keys, for tests.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }
}

impl Labels for Words {
    fn label<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
        self.named(group, key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_words_and_gaps() {
        let gaps = |text: &str| (0..4).filter(|n| text.contains(&format!("{{{n}}}"))).collect::<Vec<_>>();
        let first = Words::new(Language::Simplified);
        assert!(first.keys().count() > 100, "the file is readable");
        for language in [Language::Traditional, Language::English] {
            let other = Words::new(language);
            assert_eq!(first.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{language:?}");
            for key in first.keys() {
                assert_eq!(gaps(first.get(key)), gaps(other.get(key)), "{key} in {language:?}");
            }
        }
    }

    #[test]
    fn the_language_of_a_system() {
        let cases = [
            ("zh_CN.UTF-8", "zh-Hans"),
            ("zh_TW", "zh-Hant"),
            ("zh-Hant-HK", "zh-Hant"),
            ("en_US.UTF-8", "en"),
            ("", "zh-Hans"),
            ("C.UTF-8", "zh-Hans"),
            ("de_DE", "en"),
        ];
        for (locale, expected) in cases {
            assert_eq!(Language::of_system(locale).key(), expected, "{locale}");
        }
    }
}
