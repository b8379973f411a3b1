//! Words, as jieba cuts them: what a double click selects. They never decide what a tag covers.

use super::position::{Pos, Span};
use super::script::{Conversion, convert};
use jieba_rs::Jieba;
use std::sync::OnceLock;

static JIEBA: OnceLock<Jieba> = OnceLock::new();

/// Loads the dictionary; about a quarter of a second and 33 MB, once a process. Call it off the
/// window's thread before the first double click.
pub fn load() {
    JIEBA.get_or_init(Jieba::new);
}

/// The word of a paragraph that the character right of `place` belongs to.
///
/// `paragraph` is its text, in either script, and `place` counts from its start. The dictionary
/// is simplified, so the text is cut as simplified; that conversion keeps the number of
/// characters. Before the dictionary is loaded, or at the paragraph's end, nothing.
pub fn word_at(paragraph: &str, place: Pos) -> Option<Span> {
    let jieba = JIEBA.get()?;
    let simplified = convert(paragraph, Conversion::TraditionalToSimplified);
    let mut start = 0;
    for token in jieba.cut(&simplified.text, true) {
        let end = start + u32::try_from(token.word.chars().count()).unwrap_or(0);
        let span = Span::of(start, end);
        if span.covers(place) {
            return Some(span);
        }
        start = end;
    }
    None
}

/// Words of a simplified text without those at its ends that belong to no name: prepositions, adverbs, conjunctions,
/// particles, pronouns and times (the tags of jieba's dictionary). As they are while the dictionary is not loaded.
pub fn noun_phrase(words: &str) -> &str {
    const BEFORE: &[&str] = &["p", "d", "c", "u", "uj", "ul", "r", "t", "zg", "ad", "y"];
    const BEHIND: &[&str] = &["p", "d", "c", "u", "uj", "ul", "y", "zg"];
    let Some(jieba) = JIEBA.get() else { return words };
    let tagged = jieba.tag(words, true);
    let other = |list: &'static [&'static str]| move |tag: &&jieba_rs::Tag<'_>| !list.contains(&tag.tag);
    let length = |tag: &jieba_rs::Tag<'_>| tag.word.len();
    let from: usize = tagged.iter().take_while(|tag| !other(BEFORE)(tag)).map(length).sum();
    let behind: usize = tagged.iter().rev().take_while(|tag| !other(BEHIND)(tag)).map(length).sum();
    let phrase = words.get(from..words.len().saturating_sub(behind)).unwrap_or(words);
    if phrase.chars().count() >= 2 { phrase } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(paragraph: &str, place: u32) -> Option<String> {
        load();
        let span = word_at(paragraph, Pos::new(place))?;
        Some(paragraph.chars().skip(span.start().get() as usize).take(span.len() as usize).collect())
    }

    #[test]
    fn words_in_either_script() {
        let cases =
            [("全市生产总值增长", 2, "生产总值"), ("經濟社會發展計劃", 0, "經濟社會"), ("經濟增長", 1, "經濟"), ("在2020年", 2, "2020")];
        for (text, place, expected) in cases {
            let found = word(text, place).unwrap_or_default();
            assert!(expected.starts_with(&found) && !found.is_empty(), "{text}: {found}");
        }
        assert_eq!(word("经济", 2), None);
    }

    #[test]
    fn names_without_small_words() {
        load();
        for (words, expected) in [("在智慧城市建设综合排名中", "智慧城市建设综合排名"), ("不断新建公园", "新建公园"), ("的", "的")]
        {
            let phrase = noun_phrase(words);
            assert!(phrase.starts_with(expected), "{words}: {phrase}");
        }
    }
}
