//! Conversion between simplified and traditional characters by OpenCC's dictionaries and configurations,
//! with the map between the two texts.
//!
//! The algorithm is OpenCC's: each stage of a configuration reads the text from left to right and
//! replaces the longest entry that begins at each place (assets/opencc/README.md).

mod chain;
mod description;
mod dictionary;

use super::offset_map::OffsetMap;
use super::position::{Source, View};
use chain::Chain;
use std::sync::OnceLock;

/// Declares the conversions with OpenCC's name for each.
macro_rules! conversions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// A conversion, named as OpenCC names its configuration.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Conversion {
            $($(#[$doc])* $variant,)+
        }

        impl Conversion {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// OpenCC's name for it.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            const fn configuration(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../../../assets/opencc/", $name, ".json")),)+
                }
            }

            /// The stages of the conversion, loaded at its first use.
            fn chain(self) -> &'static Chain {
                match self {
                    $(Self::$variant => {
                        static LOADED: OnceLock<Chain> = OnceLock::new();
                        LOADED.get_or_init(|| Chain::parse(self.configuration()).0)
                    })+
                }
            }
        }
    };
}

conversions! {
    /// `s2t`: simplified to traditional characters, OpenCC's standard.
    SimplifiedToTraditional = "s2t",
    /// `t2s`: traditional to simplified characters.
    TraditionalToSimplified = "t2s",
    /// `s2tw`: simplified characters to those of Taiwan.
    SimplifiedToTaiwan = "s2tw",
    /// `tw2s`: characters of Taiwan to simplified ones.
    TaiwanToSimplified = "tw2s",
    /// `s2twp`: simplified characters to those of Taiwan, with the words used there.
    SimplifiedToTaiwanWording = "s2twp",
    /// `tw2sp`: characters of Taiwan to simplified ones, with the words of the mainland.
    TaiwanWordingToSimplified = "tw2sp",
    /// `s2hk`: simplified characters to those of Hong Kong.
    SimplifiedToHongKong = "s2hk",
    /// `hk2s`: characters of Hong Kong to simplified ones.
    HongKongToSimplified = "hk2s",
    /// `s2hkp`: simplified characters to those of Hong Kong, with the words used there.
    SimplifiedToHongKongWording = "s2hkp",
    /// `hk2sp`: characters of Hong Kong to simplified ones, with the words of the mainland.
    HongKongWordingToSimplified = "hk2sp",
    /// `t2tw`: traditional characters to those of Taiwan.
    TraditionalToTaiwan = "t2tw",
    /// `tw2t`: characters of Taiwan to OpenCC's standard.
    TaiwanToTraditional = "tw2t",
    /// `t2hk`: traditional characters to those of Hong Kong.
    TraditionalToHongKong = "t2hk",
    /// `hk2t`: characters of Hong Kong to OpenCC's standard.
    HongKongToTraditional = "hk2t",
}

impl Conversion {
    /// The conversion of an OpenCC name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|conversion| conversion.name() == name)
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
            ("s2twp", "软件和鼠标里的数据", "軟體和滑鼠裡的資料"),
            ("tw2sp", "軟體和滑鼠", "软件和鼠标"),
            ("s2hk", "里面的台湾", "裏面的台灣"),
            ("t2tw", "裏面", "裡面"),
            ("s2t", "⿰氵发展", "⿰氵发展"),
            // No entry crosses the end of a segment.
            ("s2twp", "推进制度创新", "推進制度創新"),
            ("s2twp", "优化出口产品", "優化出口產品"),
            ("tw2sp", "瞭解構函式", "了解构函数"),
            ("hk2sp", "藉此機會率", "借此机会率"),
            ("s2tw", "喂牛驥同皁", "餵牛驥同皂"),
            ("tw2s", "著於竹屋", "着於竹屋"),
            ("s2hk", "繼園台型", "繼園台型"),
        ];
        for (name, text, expected) in cases {
            let conversion = Conversion::from_name(name).unwrap();
            assert_eq!(convert(text, conversion).text, expected);
        }
    }

    #[test]
    fn every_configuration_names_dictionaries_there_are() {
        for &conversion in Conversion::ALL {
            assert_eq!(Chain::parse(conversion.configuration()).1, Vec::<String>::new(), "{}", conversion.name());
        }
    }
}
