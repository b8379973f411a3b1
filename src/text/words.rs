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
}
