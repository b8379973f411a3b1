//! The shadow: the one normalised text that search, proposals and re-anchoring read.
//!
//! Damage repaired, simplified, half-width, in lower case, quotation marks and dashes of one form, and without space but
//! between two Latin words or numbers. Every place in it leads back to the source text.

use super::classes::{half_width, is_space};
use super::offset_map::{Bias, OffsetMap};
use super::position::{Between, Position, Source, Span, View};
use super::repair::{Damage, Repairs};
use super::script::{Conversion, convert};

/// Marks positions that count into a shadow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dark {}

/// A position in a shadow.
pub type ShadowPos = Position<Dark>;
/// A stretch of a shadow.
pub type ShadowSpan = Between<Dark>;

/// A text's shadow.
#[derive(Clone, Debug)]
pub struct Shadow {
    text: String,
    map: OffsetMap<Source, Dark>,
}

impl Shadow {
    /// The shadow of a text with this damage.
    pub fn of(source: &str, damage: &Damage) -> Self {
        let len = u32::try_from(source.chars().count()).unwrap_or(u32::MAX);
        let (repaired, map) = damage.repaired(source, Span::of(0, len), Repairs::ALL);
        let simplified = convert(&repaired, Conversion::TraditionalToSimplified);
        let (text, removed) = folded(&simplified.text);
        let folding: OffsetMap<View, Dark> = OffsetMap::from_changes(simplified.map.b_len(), removed);
        let simplifying: OffsetMap<View, View> = simplified.map.of_texts();
        Self { text, map: map.then(&simplifying).then(&folding) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The stretch of source text a stretch of the shadow stands for, without the space left out at its ends.
    pub fn to_source(&self, span: ShadowSpan) -> Span {
        // No character of a shadow stands for a part of what it came from: each place but those of space is exact.
        Span::new(self.map.back(span.start(), Bias::End), self.map.back(span.end(), Bias::Start))
    }

    /// Where a stretch of source text is in the shadow.
    pub fn to_shadow(&self, span: Span) -> ShadowSpan {
        self.map.forward_span(span)
    }
}

/// Characters of other words folded the way a shadow is: for what is searched in one.
pub fn fold(words: &str) -> String {
    let simplified = convert(words, Conversion::TraditionalToSimplified).text;
    folded(&simplified).0
}

/// One character in the form all its variants share.
fn fold_character(c: char) -> char {
    match half_width(c) {
        '“' | '”' | '„' | '「' | '」' | '『' | '』' | '‘' | '’' | '\'' => '"',
        '—' | '―' | '─' | '━' | '－' | '–' => '-',
        '﹑' | '､' => '、',
        '．' => '.',
        '〇' | '○' | '◯' => '〇',
        c if c.is_whitespace() && c != '\n' => ' ',
        c => c.to_ascii_lowercase(),
    }
}

/// The folded text, and the stretches left out as `(start, length, 0)` in characters.
fn folded(text: &str) -> (String, Vec<(u32, u32, u32)>) {
    let mut folded = String::with_capacity(text.len());
    let mut removed: Vec<(u32, u32, u32)> = Vec::new();
    let is_word = |c: char| c.is_ascii_alphanumeric();
    let mut chars = text.chars().peekable();
    let mut at = 0u32;
    // How many digits stand in a row right before: 7 4 7 7 2 is one number, set wide.
    let mut digits = 0u32;
    while let Some(c) = chars.next() {
        if is_space(c) {
            let start = at;
            at += 1;
            while chars.next_if(|&c| is_space(c)).is_some() {
                at += 1;
            }
            let parts_words = folded.chars().next_back().is_some_and(is_word) && chars.peek().is_some_and(|&c| is_word(half_width(c)));
            let is_digit = |c: Option<char>| c.is_some_and(|c| half_width(c).is_ascii_digit());
            let set_wide = digits == 1 && is_digit(chars.peek().copied()) && !is_digit(chars.clone().nth(1));
            digits = 0;
            let parts_words = parts_words && !set_wide;
            if parts_words {
                folded.push(' ');
            }
            let kept = u32::from(parts_words);
            if at - start > kept {
                removed.push((start, at - start, kept));
            }
            continue;
        }
        digits = if half_width(c).is_ascii_digit() { digits + 1 } else { 0 };
        folded.push(fold_character(c));
        at += 1;
    }
    (folded, removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_script_width_and_space_do_not_matter() {
        let source = "發(fā)展產(chǎn)業(yè)，發(fā)展農(nóng)業(yè)。上半年實現生產 總值 42*** 億元,省委***擴大***會議 ８％ IN 2020 年";
        let shadow = Shadow::of(source, &Damage::of(source));
        assert_eq!(shadow.as_str(), "发展产业,发展农业。上半年实现生产总值42***亿元,省委(扩大)会议8%in 2020年");
        let quote = |words: &str| -> String {
            let (before, _) = shadow.as_str().split_once(words).unwrap();
            let start = before.chars().count();
            let span = ShadowSpan::of(start as u32, (start + words.chars().count()) as u32);
            let span = shadow.to_source(span);
            source.chars().skip(span.start().get() as usize).take(span.len() as usize).collect()
        };
        assert_eq!(quote("生产总值"), "生產 總值");
        assert_eq!(quote("农业"), "農(nóng)業(yè)");
        assert_eq!(quote("(扩大)"), "***擴大***");
        assert_eq!(fold("「生產　總值」ＧＤＰ"), "\"生产总值\"gdp");
        assert_eq!(fold("達到7 4 7 7 2 億元,增長1 5 ．3 ％, 第 3 章 12 13"), "达到74772亿元,增长15.3%,第3章12 13");
    }
}
