//! Undo and redo: the steps made, as data.

use crate::annotation::{AttributeId, Change, Edit, KindId, TagId, Time};
use crate::report::Corrections;

/// What a step did, for the Edit menu; keys of the codebook stand in it, the words are the locale's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepName {
    /// Made a tag of a kind.
    Make(KindId),
    /// Tagged many places at once.
    MakeAll(KindId, usize),
    /// Gave tags another kind.
    SetKind(KindId, usize),
    /// Deleted tags.
    Delete(usize),
    /// Marked tags unsure or sure.
    Unsure(usize),
    /// Wrote a note.
    Note,
    /// Set an attribute of tags.
    Attribute(AttributeId, usize),
    /// Set the quantities of a tag.
    Quantities,
    /// Moved the ends of a tag.
    Span,
    /// Made a link.
    Link,
    /// Removed a link.
    Unlink,
    /// Corrected what the report is.
    Correct,
    /// Took tags over from another text.
    Carry(usize),
    /// Took proposals.
    Accept(usize),
    /// Turned proposals down.
    Reject(usize),
    /// Put a hint away.
    DismissHint,
    /// Confirmed where tags stand in the changed text.
    Confirm(usize),
    /// Held tags against a changed definition.
    Uphold(usize),
    /// Decided between two readings of a tag.
    Decide,
    /// Decided on cases of a review.
    Judge(usize),
    /// Took what all agree on.
    AcceptAgreed(usize),
    /// Opened a case again.
    Reopen,
    /// Said something of words.
    Comment,
    /// Settled what was said, or opened it again.
    Settle,
    /// Marked words as read, or not.
    MarkRead,
    /// Took tags from another program's file.
    Import(usize),
    /// Went back to a version of that time.
    Restore(Time),
}

/// What a step changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Changed {
    /// Annotations.
    Annotations(Edit),
    /// What the report is.
    Corrections {
        /// Corrections before.
        before: Box<Corrections>,
        /// Corrections after.
        after: Box<Corrections>,
    },
}

impl Changed {
    pub(super) fn inverse(&self) -> Self {
        match self {
            Self::Annotations(edit) => Self::Annotations(edit.inverse()),
            Self::Corrections { before, after } => Self::Corrections { before: after.clone(), after: before.clone() },
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) name: StepName,
    pub(super) changed: Changed,
    at: Time,
}

/// Steps typed into one field within this time, in milliseconds, are one step.
const ONE_BREATH: i64 = 5_000;

/// The steps of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Remembers a step that was made. What had been undone is gone.
    pub(super) fn push(&mut self, name: StepName, changed: Changed, now: Time) {
        self.undone.clear();
        if let Some(last) = self.done.last_mut()
            && last.name == name
            && now.0 - last.at.0 < ONE_BREATH
            && let Some(joined) = joined(&name, &last.changed, &changed)
        {
            *last = Step { name, changed: joined, at: now };
            return;
        }
        self.done.push(Step { name, changed, at: now });
    }

    /// The last step, to be taken back.
    pub(super) fn undo(&mut self) -> Option<Step> {
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        Some(step)
    }

    /// The last step taken back, to be made again.
    pub(super) fn redo(&mut self) -> Option<Step> {
        let step = self.undone.pop()?;
        self.done.push(step.clone());
        Some(step)
    }

    /// Forgets everything: the records are no longer what the steps say.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn undo_name(&self) -> Option<&StepName> {
        self.done.last().map(|step| &step.name)
    }

    pub(super) fn redo_name(&self) -> Option<&StepName> {
        self.undone.last().map(|step| &step.name)
    }
}

/// Two steps of typing into the same field of the same tag as one.
fn joined(name: &StepName, first: &Changed, second: &Changed) -> Option<Changed> {
    if !matches!(name, StepName::Note | StepName::Quantities | StepName::Attribute(_, 1)) {
        return None;
    }
    let (Changed::Annotations(first), Changed::Annotations(second)) = (first, second) else {
        return None;
    };
    let ([Change::Tag { before, after }], [Change::Tag { before: middle, after: last }]) = (first.changes(), second.changes()) else {
        return None;
    };
    let id = |tag: &Option<Box<crate::annotation::Tag>>| -> Option<TagId> { tag.as_ref().map(|tag| tag.id) };
    (id(before).is_some() && id(before) == id(last) && after == middle)
        .then(|| Changed::Annotations(Edit::new(vec![Change::Tag { before: before.clone(), after: last.clone() }])))
}
