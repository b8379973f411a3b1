//! Finding the words of tags again in a text that has changed: a new edition of a report, its other script, another format.
//!
//! Both texts are read by their shadows (damage, script, width, space and line ends do not count) and aligned by a diff. A
//! tag is placed without asking only where nothing else could be meant:
//!
//! 1. its words, with the whole of a number they begin or end in, stand in a stretch that both texts share;
//! 2. with some of that stretch around them they occur once in the old text and once in the new one;
//! 3. the sentences and paragraphs they stood in do not occur more often, or less often, than before: of two copies
//!    nobody can say which is meant;
//! 4. what was put in or taken out beside them does not begin or end as they do: the diff could as well say that they
//!    were.
//!
//! Where the old text is not known, the 32 characters kept on either side of a quote stand for it, and nearly all of them
//! have to fit. Everything else is listed for a person, with a suggestion where there is one. How often that is right is
//! measured in `tests/reanchor`; docs/reliability.md has the figures.

mod alignment;
mod by_context;
mod by_text;
mod folded;

use super::anchor::Anchor;
use super::tag::Found;
use crate::report::Report;
use crate::text::Span;

/// What became of an anchor's words in another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The same words in the same sentence.
    Kept(Span),
    /// The same words; the sentence around them has changed or stands elsewhere.
    Moved(Span),
    /// The words have changed, or it is not certain which are meant; perhaps these. A person has to say.
    Changed(Option<Span>),
    /// There is nothing that could be them.
    Lost,
}

impl Fit {
    /// Without what a shadow has no character for, such as injected pinyin, where the quote ended before it.
    fn exactly(self, anchor: &Anchor, new: &Report) -> Self {
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let cut = |span: Span| match only(new.text().slice(span), &anchor.quote) {
            Some(before) => {
                let start = span.start().plus(count(before));
                Span::new(start, start.plus(count(&anchor.quote)))
            }
            None => span,
        };
        match self {
            Self::Kept(span) => Self::Kept(cut(span)),
            Self::Moved(span) => Self::Moved(cut(span)),
            Self::Changed(_) | Self::Lost => self,
        }
    }

    /// How well the words were found.
    pub const fn found(self) -> Found {
        match self {
            Self::Kept(_) => Found::Kept,
            Self::Moved(_) => Found::Moved,
            Self::Changed(_) => Found::Changed,
            Self::Lost => Found::Lost,
        }
    }
}

/// What stands before words in a text that holds them once.
fn only<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let (before, _) = text.split_once(words)?;
    let (last, _) = text.rsplit_once(words)?;
    (before.len() == last.len()).then_some(before)
}

/// Places anchors of one text in another, each for itself. `old` is the text they were made on, if it is still known.
pub fn reanchor(old: Option<&Report>, new: &Report, anchors: &[Anchor]) -> Vec<Fit> {
    let same = old.is_some_and(|old| old.id() == new.id());
    let new = folded::Folded::of(new);
    let stays =
        |anchor: &Anchor| if anchor.holds(new.report().text()) { Fit::Kept(anchor.span) } else { by_context::reanchor(anchor, &new) };
    let fits: Vec<Fit> = match old {
        Some(_) if same => anchors.iter().map(stays).collect(),
        Some(old) => by_text::reanchor(&folded::Folded::of(old), &new, anchors),
        None => anchors.iter().map(|anchor| by_context::reanchor(anchor, &new)).collect(),
    };
    anchors.iter().zip(fits).map(|(anchor, fit)| fit.exactly(anchor, new.report())).collect()
}
