//! Asking before something is stored outside the folder of the reports it is taken from.

use super::{Outcome, Purpose, buttons_ui};
use crate::locale::Words;
use crate::report::Field;
use crate::session::Outside;
use crate::ui::action::{Action, Asked};
use egui::{Label, RichText, Ui};

/// What would be stored where, and for what that place was chosen.
#[derive(Debug)]
pub struct OutsideDialog {
    outside: Outside,
    purpose: Purpose,
}

impl OutsideDialog {
    /// For a place that was chosen.
    pub const fn new(outside: Outside, purpose: Purpose) -> Self {
        Self { outside, purpose }
    }

    pub(super) fn ui(&self, ui: &mut Ui, words: &Words, asked: &mut Asked) -> Outcome {
        let Outside { what, place, reports, secrecy } = &self.outside;
        ui.heading(words.get("outside_title"));
        ui.label(words.fill("outside_text", &[words.named("stored", what.key()), &reports.to_string()]));
        ui.add(Label::new(RichText::new(place.display().to_string()).strong()).wrap());
        if let Some(level) = secrecy {
            let level = words.named(Field::Secrecy.key(), level.key());
            ui.colored_label(ui.visuals().error_fg_color, words.fill("outside_secrecy", &[level]));
        }
        let (done, outcome) = buttons_ui(ui, words, "outside_store", true);
        if done {
            asked.action(Action::StoreThere(self.purpose, place.clone()));
            return Outcome::Closed;
        }
        outcome
    }
}
