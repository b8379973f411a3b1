//! Words to be found at a place of a text, the longest first.

use super::folded::folded;
use rustc_hash::FxHashMap;

/// Words with what each says, filed under their first character.
#[derive(Clone, Debug)]
pub(super) struct Lexicon<T>(FxHashMap<char, Vec<(Vec<char>, T)>>);

impl<T> Default for Lexicon<T> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<T> Lexicon<T> {
    /// Words to be found where a stretch begins.
    pub(super) fn beginning(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut lexicon = Self::default();
        for (word, says) in words {
            lexicon.insert(folded(&word), says);
        }
        lexicon
    }

    /// Words to be found where a stretch ends: kept backwards.
    pub(super) fn ending(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut lexicon = Self::default();
        for (word, says) in words {
            lexicon.insert(folded(&word).into_iter().rev().collect(), says);
        }
        lexicon
    }

    /// Adds a word; of two that are the same the first counts.
    pub(super) fn insert(&mut self, word: Vec<char>, says: T) {
        let Some(&first) = word.first() else { return };
        let filed = self.0.entry(first).or_default();
        let place = filed.partition_point(|(other, _)| other.len() >= word.len());
        filed.insert(place, (word, says));
    }

    /// Adds a word in place of the same one.
    pub(super) fn replace(&mut self, word: Vec<char>, says: T) {
        if let Some(filed) = word.first().and_then(|first| self.0.get_mut(first)) {
            filed.retain(|(other, _)| *other != word);
        }
        self.insert(word, says);
    }

    /// The longest word that characters begin with, its length and what it says.
    pub(super) fn longest(&self, chars: impl Iterator<Item = char> + Clone) -> Option<(usize, &T)> {
        let filed = self.0.get(&chars.clone().next()?)?;
        let begins = |word: &[char]| {
            let mut rest = chars.clone();
            word.iter().all(|&c| rest.next() == Some(c))
        };
        filed.iter().find(|(word, _)| begins(word)).map(|(word, says)| (word.len(), says))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_found() {
        let words = || ["个", "个百分点", "个月"].map(|word| (word.to_owned(), word));
        let lexicon = Lexicon::beginning(words());
        assert_eq!(lexicon.longest("個百分點以上".chars()), None);
        assert_eq!(lexicon.longest("个百分点以上".chars()), Some((4, &"个百分点")));
        assert_eq!(lexicon.longest("个百".chars()), Some((1, &"个")));
        let ending = Lexicon::ending(words());
        assert_eq!(ending.longest("三个月".chars().rev()), Some((2, &"个月")));
    }
}
