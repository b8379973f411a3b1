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
use super::remark::Remark;
use super::tag::{Carried, Found, Tag};
use crate::report::{Report, ReportId};
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

    /// Where the words stand, if that is certain.
    pub const fn place(self) -> Option<Span> {
        match self {
            Self::Kept(span) | Self::Moved(span) => Some(span),
            Self::Changed(_) | Self::Lost => None,
        }
    }

    /// Where they may stand, if it is not.
    pub const fn suggested(self) -> Option<Span> {
        match self {
            Self::Changed(span) => span,
            Self::Kept(_) | Self::Moved(_) | Self::Lost => None,
        }
    }

    /// A tag of another text as it stands in this one, to be looked at. Without a certain place it keeps the anchor it had.
    pub fn carry(self, tag: &Tag, from: ReportId, report: &Report) -> Tag {
        let anchor = self.place().map_or_else(|| tag.anchor.clone(), |span| Anchor::new(report.text(), span));
        let carried = Carried { from, anchor: tag.anchor.clone(), how: self.found(), suggested: self.suggested() };
        Tag { anchor, carried: Some(Box::new(carried)), ..tag.clone() }
    }

    /// A remark of another text as it stands in this one; nothing without a certain place: there it may be made again.
    pub fn carry_remark(self, remark: &Remark, report: &Report) -> Option<Remark> {
        Some(Remark { anchor: Anchor::new(report.text(), self.place()?), ..remark.clone() })
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

#[cfg(test)]
mod tests {
    use super::super::{KindId, RemarkId, Says, TagId};
    use super::*;
    use crate::report::Corrections;
    use uuid::Uuid;

    #[test]
    fn only_what_has_a_certain_place_moves() {
        let [old, new] =
            ["新建学校五所。\n", "一、计划\n新建学校五所。\n"].map(|text| Report::new(text.to_owned(), Corrections::default()));
        let anchor = Anchor::new(old.text(), Span::of(0, 6));
        let tag = Tag::new(TagId(Uuid::nil()), KindId::new("target"), anchor.clone());
        let remark = Remark { id: RemarkId(Uuid::nil()), anchor: anchor.clone(), says: Says::Read };
        let there = Span::of(5, 11);
        for (fit, place, suggested) in [
            (Fit::Kept(there), Some(there), None),
            (Fit::Moved(there), Some(there), None),
            (Fit::Changed(Some(there)), None, Some(there)),
            (Fit::Lost, None, None),
        ] {
            let moved = fit.carry(&tag, old.id(), &new);
            assert_eq!((moved.place(), moved.suggested(), moved.anchor.quote.as_str()), (place, suggested, "新建学校五所"));
            let carried = moved.carried.unwrap();
            assert_eq!((&carried.anchor, carried.from, carried.how), (&anchor, old.id(), fit.found()));
            assert_eq!(fit.carry_remark(&remark, &new).map(|remark| remark.anchor.span), place);
        }
    }
}
