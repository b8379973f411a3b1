//! Conversion between simplified and traditional characters by OpenCC's dictionaries and configurations,
//! with the map between the two texts.
//!
//! The algorithm is OpenCC's: each stage of a configuration reads the text from left to right and
//! replaces the longest entry that begins at each place (assets/opencc/README.md).

mod chain;
mod dictionary;

use super::offset_map::OffsetMap;
use super::position::{Source, View};
use chain::Chain;
use std::sync::OnceLock;

/// A conversion, named as OpenCC names its configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conversion {
    /// `s2t`: simplified to traditional characters, OpenCC's standard.
    SimplifiedToTraditional,
    /// `t2s`: traditional to simplified characters.
    TraditionalToSimplified,
}

impl Conversion {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::SimplifiedToTraditional, Self::TraditionalToSimplified];

    /// OpenCC's name for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SimplifiedToTraditional => "s2t",
            Self::TraditionalToSimplified => "t2s",
        }
    }

    /// The conversion of an OpenCC name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|conversion| conversion.name() == name)
    }

    const fn configuration(self) -> &'static str {
        match self {
            Self::SimplifiedToTraditional => include_str!("../../../assets/opencc/s2t.json"),
            Self::TraditionalToSimplified => include_str!("../../../assets/opencc/t2s.json"),
        }
    }

    fn chain(self) -> &'static Chain {
        static CHAINS: [OnceLock<Chain>; 2] = [OnceLock::new(), OnceLock::new()];
        static NONE: Chain = Chain::EMPTY;
        let slot = match self {
            Self::SimplifiedToTraditional => CHAINS.first(),
            Self::TraditionalToSimplified => CHAINS.last(),
        };
        slot.map_or(&NONE, |slot| slot.get_or_init(|| Chain::parse(self.configuration())))
    }
}

/// A converted text and where each of its characters comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    /// The text after conversion.
    pub text: String,
    /// From the text before to the text after.
    pub map: OffsetMap<Source, View>,
}

/// Converts a text. The dictionaries are loaded at the first call (docs/performance.md).
pub fn convert(text: &str, conversion: Conversion) -> Converted {
    conversion.chain().convert(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_decide_which_character_stands() {
        let cases = [
            ("s2t", "发展头发", "發展頭髮"),
            ("s2t", "一只干净的后台", "一隻乾淨的後臺"),
            ("t2s", "經濟發展乾淨", "经济发展干净"),
            ("t2s", "𠮷縣𣲗", "𠮷县𣲗"),
        ];
        for (name, text, expected) in cases {
            let conversion = Conversion::from_name(name).unwrap();
            assert_eq!(convert(text, conversion).text, expected);
        }
    }

    #[test]
    fn every_configuration_names_dictionaries_there_are() {
        for conversion in Conversion::ALL {
            assert_eq!(conversion.chain().missing(), Vec::<String>::new(), "{}", conversion.name());
        }
    }
}
