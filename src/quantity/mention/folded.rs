//! A text as numbers are read in it: half-width, simplified, in lower case and without space, like a shadow.

use crate::text::classes::{half_width, is_space};
use crate::text::script::{Conversion, convert};
use std::ops::Range;
use std::sync::OnceLock;

/// A folded text, and which character of the text each of its characters stands for.
pub(super) struct Folded {
    pub(super) chars: Vec<char>,
    places: Vec<usize>,
}

impl Folded {
    /// Folds a text. A shadow stays as it is.
    pub(super) fn of(text: &str) -> Self {
        let mut folded = Self { chars: Vec::with_capacity(text.len() / 3), places: Vec::with_capacity(text.len() / 3) };
        let is_word = |c: char| c.is_ascii_alphanumeric();
        let mut chars = text.chars().enumerate().peekable();
        while let Some((place, c)) = chars.next() {
            let mut character = fold(c);
            if is_space(c) {
                while chars.next_if(|&(_, c)| is_space(c)).is_some() {}
                let parts_words = folded.chars.last().is_some_and(|&c| is_word(c)) && chars.peek().is_some_and(|&(_, c)| is_word(fold(c)));
                if !parts_words {
                    continue;
                }
                character = ' ';
            }
            folded.chars.push(character);
            folded.places.push(place);
        }
        folded
    }

    /// The characters of the text that a stretch of the folded text stands for.
    pub(super) fn to_text(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.places.get(range.start).copied().unwrap_or_default();
        let last = range.end.checked_sub(1).and_then(|last| self.places.get(last)).copied();
        start..last.map_or(start, |last| last + 1)
    }
}

/// A word folded like a text.
pub(super) fn folded(word: &str) -> Vec<char> {
    word.chars().map(fold).collect()
}

/// One character in the form all its variants share.
fn fold(c: char) -> char {
    match half_width(c) {
        '“' | '”' | '„' | '「' | '」' | '『' | '』' | '‘' | '’' | '\'' => '"',
        '—' | '―' | '─' | '━' | '–' | '−' => '-',
        '〜' => '~',
        '﹑' | '､' => '、',
        '零' | '○' | '◯' => '〇',
        'µ' => 'μ',
        c @ '\u{4E00}'..='\u{9FFF}' => simplified(c),
        c => c.to_ascii_lowercase(),
    }
}

/// A character of the first Han block in simplified form, by itself.
fn simplified(c: char) -> char {
    static TABLE: OnceLock<Vec<char>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        // One a line, so that no phrase of the dictionary reaches over two.
        let lines: String = ('\u{4E00}'..='\u{9FFF}').flat_map(|c| [c, '\n']).collect();
        convert(&lines, Conversion::TraditionalToSimplified).text.chars().filter(|&c| c != '\n').collect()
    });
    (c as usize).checked_sub(0x4E00).and_then(|at| table.get(at)).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_the_places() {
        let folded = Folded::of("增長 ８ ％，約 100 億 GDP 2");
        assert_eq!(folded.chars.iter().collect::<String>(), "增长8%,约100亿gdp 2");
        assert_eq!(folded.to_text(&(2..4)), 3..6);
        assert_eq!(folded.to_text(&(5..10)), 7..14);
    }
}
