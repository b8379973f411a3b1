//! What is missing and what looks wrong, worked out anew only when tags or proposals have changed.

use crate::annotation::{Annotations, Dismissed};
use crate::session::{Document, DocumentId, State};
use crate::suggest::{Figure, Hint, Share, Suggestions, coverage, hints, omissions};
use crate::text::Span;
use std::sync::{Arc, Weak};

/// What was found in a document.
#[derive(Debug, Default)]
pub(super) struct Checks {
    of: Option<(DocumentId, Weak<Annotations>, Weak<Suggestions>)>,
    /// Numbers and promises that nobody tagged, in the order of the text.
    pub(super) omissions: Vec<Figure>,
    /// How much of each section is tagged.
    pub(super) shares: Vec<Share>,
    /// What looks wrong in tags and was not dismissed.
    pub(super) hints: Vec<Hint>,
}

impl Checks {
    /// Works it out anew if tags or proposals have changed.
    pub(super) fn update(&mut self, state: &State) {
        let Some((document, suggestions)) = state.document().and_then(|document| Some((document, document.suggestions()?))) else {
            *self = Self::default();
            return;
        };
        let current = self.of.as_ref().is_some_and(|(id, annotations, read)| {
            *id == document.id && is_same(annotations, &document.annotations) && is_same(read, suggestions)
        });
        if !current {
            *self = Self::of(document, suggestions);
        }
    }

    fn of(document: &Document, suggestions: &Arc<Suggestions>) -> Self {
        let (report, annotations) = (&document.report, &document.annotations);
        let omissions = omissions(&suggestions.figures, annotations.order(), &rejected(document));
        let shares = coverage(report, &suggestions.figures, &omissions);
        let dismissed: Vec<(&str, Span)> = document.dismissed_hints().collect();
        let mut hints = hints(report, annotations);
        hints.retain(|hint| !dismissed.contains(&(hint.key, hint.span)));
        let of = Some((document.id, Arc::downgrade(annotations), Arc::downgrade(suggestions)));
        Self { of, omissions, shares, hints }
    }
}

/// Whether what was known is what there is now.
fn is_same<T>(known: &Weak<T>, now: &Arc<T>) -> bool {
    known.strong_count() > 0 && known.as_ptr() == Arc::as_ptr(now)
}

/// Where somebody said that there is nothing to tag.
fn rejected(document: &Document) -> Vec<Span> {
    let text = document.report.text();
    let rejected = document.annotations.dismissals().filter(|(_, dismissed)| matches!(dismissed, Dismissed::Proposal { .. }));
    rejected.map(|(remark, _)| &remark.anchor).filter(|anchor| anchor.holds(text)).map(|anchor| anchor.span).collect()
}
