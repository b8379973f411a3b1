//! Accepting what all agree on, listed first.

use super::tick_list::{Line, TickList, accepts};
use super::{Outcome, buttons_ui};
use crate::annotation::{CaseKey, Tag};
use crate::locale::Words;
use crate::review::{Judged, Standing};
use crate::session::{Command, Document, DocumentId, Review, ReviewCommand, State};
use crate::ui::action::Asked;
use crate::ui::tag_list::spoken;
use egui::Ui;

/// The cases on which all agree, and which of them are meant.
#[derive(Debug)]
pub struct AgreedDialog {
    document: DocumentId,
    /// Those there were when it was opened.
    list: TickList<Agreed>,
}

/// A case on which all agree.
#[derive(Debug)]
struct Agreed {
    case: CaseKey,
    /// What all of them say.
    tag: Option<Tag>,
    /// The number of the paragraph it stands in, from 1.
    paragraph: usize,
    quote: String,
}

impl AgreedDialog {
    /// With all such cases of a review ticked.
    pub fn new(document: &Document, review: &Review) -> Self {
        let agreed = review.cases.iter().filter(|judged| judged.standing == Standing::Agreed);
        Self { document: document.id, list: TickList::new(agreed.map(|judged| Agreed::new(document, review, judged))) }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        // Another report has come to the front: the cases are not its own.
        if state.active != Some(self.document) {
            return Outcome::Closed;
        }
        let at_once = accepts(ui);
        ui.heading(words.get("agreed_title"));
        ui.label(words.get("agreed_hint"));
        self.list.ui(ui, words, |_| true, |agreed| agreed.line(words));
        let chosen: Vec<CaseKey> = self.list.ticked().map(|agreed| agreed.case).collect();
        let (done, outcome) = buttons_ui(ui, words, &words.fill("agreed_accept", &[&chosen.len().to_string()]), !chosen.is_empty());
        if done || (at_once && !chosen.is_empty()) {
            asked.command(Command::Review(ReviewCommand::AcceptAgreed(chosen)));
            return Outcome::Closed;
        }
        outcome
    }
}

impl Agreed {
    fn new(document: &Document, review: &Review, judged: &Judged) -> Self {
        let span = judged.key.span;
        Self {
            case: judged.key,
            tag: judged.case.tags(&review.layers).next().map(|(_, tag)| tag.clone()),
            paragraph: document.report.paragraph_at(span.start()) + 1,
            quote: document.report.shown(span, document.view).text.replace('\n', " "),
        }
    }

    /// Where it stands, its kind and words, and the values of its attributes.
    fn line(&self, words: &Words) -> Line {
        let values = self.tag.iter().flat_map(|tag| &tag.attributes).map(|(id, value)| spoken(id, value, words));
        Line {
            before: words.fill("paragraph_number", &[&self.paragraph.to_string()]),
            kind: self.tag.as_ref().map(|tag| words.kind(&tag.kind).to_owned()).unwrap_or_default(),
            words: self.quote.clone(),
            more: values.filter(|value| !value.is_empty()).collect::<Vec<_>>().join(" · "),
        }
    }
}
