//! Which proposals are meant: of a kind or of all, and how sure at least.

use crate::annotation::KindId;
use crate::locale::Words;
use crate::session::Document;
use crate::suggest::Proposal;
use egui::{ComboBox, Ui};

/// Which proposals are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this kind; nothing means all.
    kind: Option<KindId>,
    /// As sure as this at least, in per cent.
    least: u8,
}

/// The least confidences to choose from, in per cent.
const LEAST: [u8; 7] = [0, 50, 60, 70, 80, 90, 95];

impl Filter {
    /// Whether a proposal is meant.
    pub fn passes(&self, proposal: &Proposal) -> bool {
        proposal.confidence.get() >= self.least && self.kind.as_ref().is_none_or(|kind| *kind == proposal.kind)
    }
}

/// Draws the two lists of choices; `name` stands before their keys in the locale.
pub fn filter_ui(ui: &mut Ui, filter: &mut Filter, name: &str, document: &Document, words: &Words) {
    let chosen = filter.kind.as_ref().map_or_else(|| words.get("proposals_all_kinds"), |kind| words.kind(kind)).to_owned();
    let combo = ComboBox::from_id_salt((name, "kind")).width(110.0).selected_text(chosen).show_ui(ui, |ui| {
        ui.selectable_value(&mut filter.kind, None, words.get("proposals_all_kinds"));
        for kind in &document.codebook().kinds {
            ui.selectable_value(&mut filter.kind, Some(kind.id.clone()), words.kind(&kind.id));
        }
    });
    combo.response.accessible_name(words.named(name, "kind"));
    let said = |least: u8| match least {
        0 => words.get("proposals_any_confidence").to_owned(),
        least => words.fill("proposals_at_least", &[&least.to_string()]),
    };
    let combo = ComboBox::from_id_salt((name, "least")).width(110.0).selected_text(said(filter.least)).show_ui(ui, |ui| {
        for least in LEAST {
            ui.selectable_value(&mut filter.least, least, said(least));
        }
    });
    combo.response.accessible_name(words.named(name, "least"));
}
