//! A text that can be cut at positions without counting from its start.

use super::position::{Pos, Span};

/// Characters between two remembered byte offsets: small enough that counting on is cheap,
/// large enough that the index of a 64 MiB text stays around a megabyte.
const STRIDE: u32 = 128;

/// An immutable text, indexed by Unicode scalar values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    string: String,
    /// Byte offset of every `STRIDE`th character.
    stops: Vec<usize>,
    len: u32,
}

impl Text {
    /// Indexes a string. Characters beyond `u32::MAX` cannot be addressed; files are limited far below.
    pub fn new(string: String) -> Self {
        let mut stops = Vec::with_capacity(string.len() / (2 * STRIDE as usize) + 1);
        let mut len = 0u32;
        for (byte, _) in string.char_indices() {
            if len.is_multiple_of(STRIDE) {
                stops.push(byte);
            }
            len = len.saturating_add(1);
        }
        Self { string, stops, len }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// How many Unicode scalar values it has.
    pub const fn len(&self) -> u32 {
        self.len
    }

    /// Whether it has no character.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::of(0, self.len)
    }

    /// The stretch of text at a span; what reaches past the end is left out.
    pub fn slice(&self, span: Span) -> &str {
        let start = self.byte_of(span.start());
        let rest = self.string.get(start..).unwrap_or("");
        if span.len() <= STRIDE {
            let end = rest.char_indices().nth(span.len() as usize).map_or(rest.len(), |(byte, _)| byte);
            return rest.get(..end).unwrap_or("");
        }
        self.string.get(start..self.byte_of(span.end())).unwrap_or("")
    }

    /// The characters of a span.
    pub fn chars(&self, span: Span) -> impl DoubleEndedIterator<Item = char> + Clone + '_ {
        self.slice(span).chars()
    }

    /// The character right of a place, if there is one.
    pub fn char_at(&self, place: Pos) -> Option<char> {
        self.string.get(self.byte_of(place)..)?.chars().next()
    }

    /// The byte offset of a place in [`Self::as_str`].
    pub fn byte_of(&self, place: Pos) -> usize {
        let Some(&stop) = self.stops.get((place.get() / STRIDE) as usize) else {
            return self.string.len();
        };
        let rest = self.string.get(stop..).unwrap_or("");
        rest.char_indices().nth((place.get() % STRIDE) as usize).map_or(self.string.len(), |(byte, _)| stop + byte)
    }

    /// The place at a byte offset of [`Self::as_str`]; inside a character, the place before it.
    pub fn pos_of(&self, byte: usize) -> Pos {
        let after = self.stops.partition_point(|&stop| stop <= byte);
        let Some(index) = after.checked_sub(1) else {
            return Pos::ZERO;
        };
        let rest = self.stops.get(index).and_then(|&stop| Some((stop, self.string.get(stop..)?)));
        let counted = rest.map_or(0, |(stop, rest)| rest.char_indices().take_while(|(at, _)| stop + at < byte).count());
        let inside = byte < self.string.len() && !self.string.is_char_boundary(byte);
        let place = index * STRIDE as usize + counted - usize::from(inside && counted > 0);
        Pos::new(u32::try_from(place).unwrap_or(u32::MAX).min(self.len))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cutting_by_characters_equals_counting(string in "[a-z一-龥\u{20000}-\u{20010}\n]{0,600}", start in 0u32..600, size in 0u32..300) {
            let text = Text::new(string.clone());
            let expected: String = string.chars().skip(start as usize).take(size as usize).collect();
            prop_assert_eq!(text.slice(Span::of(start, start + size)), expected);
            for (count, (byte, _)) in string.char_indices().enumerate() {
                prop_assert_eq!(text.pos_of(byte).get() as usize, count);
                prop_assert_eq!(text.byte_of(Pos::new(count as u32)), byte);
            }
            prop_assert_eq!(text.pos_of(string.len()).get(), text.len());
        }
    }
}
