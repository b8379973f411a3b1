//! One OpenCC dictionary: the longest entry a text begins with.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Declares the dictionaries that are built into the program.
macro_rules! built_in {
    ($($file:literal,)+) => {
        /// The dictionary of a file name, loaded at its first use.
        pub(super) fn dictionary(file: &str) -> Option<&'static Dictionary> {
            match file {
                $($file => {
                    static LOADED: OnceLock<Dictionary> = OnceLock::new();
                    Some(LOADED.get_or_init(|| Dictionary::parse(include_str!(concat!("../../../assets/opencc/", $file)))))
                })+
                _ => None,
            }
        }
    };
}

built_in! {
    "CJK_Compatibility_Ideographs.txt",
    "STCharacters.txt",
    "STPhrases.txt",
    "STPhrases_GeneratedFromRegionalPhrases.txt",
    "TSCharacters.txt",
    "TSCharactersExt.txt",
    "TSPhrases.txt",
}

/// Entries by key, and how long keys with a given first character are.
#[derive(Debug)]
pub(super) struct Dictionary {
    entries: FxHashMap<&'static str, &'static str>,
    /// For each first character below U+10000 a set of key lengths in characters: bit n−1 for length n, the
    /// highest bit for 16 and more.
    lengths: Vec<u16>,
    /// The same for characters above.
    lengths_above: FxHashMap<char, u16>,
    longest: usize,
}

impl Dictionary {
    fn parse(text: &'static str) -> Self {
        let mut entries = FxHashMap::with_capacity_and_hasher(text.len() / 16, Default::default());
        let mut dictionary =
            Self { entries: FxHashMap::default(), lengths: vec![0; 0x10000], lengths_above: FxHashMap::default(), longest: 0 };
        for (key, value) in text.lines().filter_map(|line| line.split_once('\t')) {
            let Some(first) = key.chars().next() else { continue };
            let len = key.chars().count();
            dictionary.longest = dictionary.longest.max(len);
            let bit = 1 << (len.min(16) - 1);
            match dictionary.lengths.get_mut(first as usize) {
                Some(lengths) => *lengths |= bit,
                None => *dictionary.lengths_above.entry(first).or_insert(0) |= bit,
            }
            entries.insert(key, value);
        }
        dictionary.entries = entries;
        dictionary
    }

    /// The longest key a text begins with: its length in bytes, and what it becomes.
    pub(super) fn longest_prefix(&self, text: &str) -> Option<(usize, &'static str)> {
        let first = text.chars().next()?;
        let lengths = match self.lengths.get(first as usize) {
            Some(lengths) => *lengths,
            None => self.lengths_above.get(&first).copied().unwrap_or(0),
        };
        if lengths == 0 {
            return None;
        }
        let most = if lengths & 0x8000 == 0 { 16 - lengths.leading_zeros() as usize } else { self.longest };
        // The ends of the first characters of the text, as far as a key may reach.
        let mut ends = [0usize; 48];
        let mut count = 0;
        for ((at, c), end) in text.char_indices().take(most).zip(ends.iter_mut()) {
            *end = at + c.len_utf8();
            count += 1;
        }
        (1..=count).rev().filter(|&len| lengths & (1 << (len.min(16) - 1)) != 0).find_map(|len| {
            let end = *ends.get(len - 1)?;
            Some((end, *self.entries.get(text.get(..end)?)?))
        })
    }
}
