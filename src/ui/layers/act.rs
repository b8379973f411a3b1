//! What the actions on colleagues do.

use super::List;
use crate::annotation::TagRef;
use crate::session::{Command, Document, FileCommand, ReadCommand, ReviewCommand, Selection};
use crate::text::Span;
use crate::ui::action::ColleagueAction;
use crate::ui::app::App;
use crate::ui::dialogs::{Dialog, Purpose, ReviewingDialog, choose_file};
use std::time::Instant;

impl App {
    /// Carries out an action on colleagues.
    pub(in crate::ui) fn act_on_colleagues(&mut self, ctx: &egui::Context, action: ColleagueAction) {
        if action == ColleagueAction::Project {
            return self.arrange();
        }
        let Some(document) = self.state.document() else { return };
        match action {
            ColleagueAction::ToggleLayers => self.colleagues.toggle(List::People),
            ColleagueAction::ToggleComments => self.colleagues.toggle(List::Comments),
            ColleagueAction::Comment => {
                self.colleagues.list = Some(List::Comments);
                self.colleagues.comments.write();
            }
            ColleagueAction::Review => self.change_review(),
            ColleagueAction::OpenFile => {
                self.choice = Some((choose_file(ctx, self.words.get("open_layer"), Purpose::Layer), Instant::now()));
            }
            ColleagueAction::Submit if !document.is_review() && document.submitted().is_none() => self.dialog = Some(Dialog::Submit),
            ColleagueAction::Submit | ColleagueAction::Project => {}
            ColleagueAction::HideNames(hidden) => self.carry_out(Command::Review(ReviewCommand::HideNames(hidden))),
            ColleagueAction::MarkRead(read) => {
                let span = readable(document);
                span.into_iter().for_each(|span| self.carry_out(Command::Review(ReviewCommand::MarkRead(span, read))));
            }
            ColleagueAction::GoTo(tag) => self.go_to_colleagues_tag(tag),
            ColleagueAction::GoToWords(span) => self.go_to_words(span),
        }
    }

    /// Asks how the project at hand is reviewed; meanwhile it is looked who may be named.
    fn arrange(&mut self) {
        let Some(dialog) = ReviewingDialog::new(&self.state) else { return };
        self.carry_out(Command::Review(ReviewCommand::Survey(dialog.root().to_owned())));
        self.dialog = Some(Dialog::Reviewing(Box::new(dialog)));
    }

    /// Goes to the review of the report, or from it back to the user's own tags; a review whose panel is folded is unfolded first.
    fn change_review(&mut self) {
        let Some(document) = self.state.document() else { return };
        if !document.is_review() {
            self.doubts_open = false;
            self.queue.unfold();
            self.carry_out(Command::Review(ReviewCommand::Open));
        } else if self.queue.is_folded() {
            self.queue.unfold();
        } else {
            let path = document.path.clone();
            self.carry_out(Command::File(FileCommand::Open(vec![path])));
        }
    }

    /// Goes to somebody's tag; in a review the case it belongs to is taken up.
    fn go_to_colleagues_tag(&mut self, tag: TagRef) {
        let Some(document) = self.state.document() else { return };
        let of_person = document.layers().all.iter().filter(|layer| layer.person.id == tag.person);
        let Some(span) = of_person.filter_map(|layer| layer.annotations.tag(tag.tag)?.place()).next() else { return };
        self.colleagues.tag = Some((document.id, tag));
        if document.is_review() {
            self.take_case_of(tag);
            self.show(span.start());
        } else {
            self.go_to_words(span);
        }
    }

    fn go_to_words(&mut self, span: Span) {
        self.leave_here();
        self.show(span.start());
        self.carry_out(Command::Read(ReadCommand::Select(Selection::of(span))));
    }
}

/// What is marked as read: what is selected, or else the paragraph at the caret.
fn readable(document: &Document) -> Option<Span> {
    let selected = Some(document.selection.span()).filter(|span| !span.is_empty());
    let report = &document.report;
    let paragraph = || report.paragraphs().get(report.paragraph_at(document.selection.caret)).map(|paragraph| paragraph.span);
    selected.or_else(paragraph)
}
