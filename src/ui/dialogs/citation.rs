//! How to cite the report: in several styles, to copy.

use super::Outcome;
use crate::exchange::{CitationStyle, cite, highest};
use crate::locale::Words;
use crate::report::Facts;
use egui::{Label, ScrollArea, Ui};

/// The reports to cite, each with the name of its file, and the style.
#[derive(Debug)]
pub struct CitationDialog {
    cited: Vec<(Facts, String)>,
    style: CitationStyle,
}

impl CitationDialog {
    /// For reports with the names of their files.
    pub const fn new(cited: Vec<(Facts, String)>) -> Self {
        Self { cited, style: CitationStyle::GbT7714 }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, words: &Words) -> Outcome {
        ui.heading(words.get("cite").trim_end_matches('…'));
        ui.label(words.get("cite_hint"));
        ui.horizontal(|ui| {
            for style in CitationStyle::ALL {
                ui.selectable_value(&mut self.style, style, words.named("style", style.key()));
            }
        });
        let cited: Vec<String> = self.cited.iter().map(|(facts, name)| cite(facts, name, self.style)).collect();
        let text = cited.join("\n");
        if let Some(level) = highest(self.cited.iter().map(|(facts, _)| facts)) {
            ui.colored_label(ui.visuals().error_fg_color, words.stamp(level));
        }
        ScrollArea::vertical().id_salt("cited").max_height(320.0).show(ui, |ui| {
            ui.set_min_width(560.0);
            ui.add(Label::new(&text).selectable(true).wrap());
        });
        ui.add_space(6.0);
        let mut outcome = Outcome::Open;
        ui.horizontal(|ui| {
            if ui.button(words.get("copy_all")).clicked() {
                ui.copy_text(text.clone());
            }
            if ui.button(words.get("close_panel")).clicked() {
                outcome = Outcome::Closed;
            }
        });
        outcome
    }
}
