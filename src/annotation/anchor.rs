//! How a tag holds on to its words: the span, and the words themselves with what stands around them.

use crate::text::{Pos, Span, Text};

/// How many characters before and after a quote are kept with it.
pub const CONTEXT: u32 = 32;

/// A stretch of a report with its quote and context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Where it stands in the source text.
    pub span: Span,
    /// The words there.
    pub quote: String,
    /// Up to [`CONTEXT`] characters before.
    pub before: String,
    /// Up to [`CONTEXT`] characters after.
    pub after: String,
}

impl Anchor {
    /// The anchor of a span.
    pub fn new(text: &Text, span: Span) -> Self {
        let end = span.end().plus(CONTEXT).min(Pos::new(text.len()));
        Self {
            span,
            quote: text.slice(span).to_owned(),
            before: text.slice(Span::new(span.start().minus(CONTEXT), span.start())).to_owned(),
            after: text.slice(Span::new(span.end(), end)).to_owned(),
        }
    }

    /// Whether the words still stand at the span.
    pub fn holds(&self, text: &Text) -> bool {
        !self.span.is_empty() && self.span.end().get() <= text.len() && text.slice(self.span) == self.quote
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_knows_its_words() {
        let text = Text::new("全市生产总值增长8%".into());
        let anchor = Anchor::new(&text, Span::of(2, 6));
        assert_eq!((anchor.before.as_str(), anchor.quote.as_str(), anchor.after.as_str()), ("全市", "生产总值", "增长8%"));
        assert!(anchor.holds(&text));
        assert!(!anchor.holds(&Text::new("全市的生产总值增长8%".into())));
    }
}
