//! Drawing a sample of sections from the reports of a project: from those that are open, or from all of the open folder.

use crate::locale::Words;
use crate::report::ReportId;
use crate::review::draw;
use crate::session::{Command, ReviewCommand, State, Survey};
use crate::store::{ReportSections, Sample};
use crate::text::Span;
use crate::text::classes::half_width;
use crate::ui::action::Asked;
use egui::{Button, RadioButton, TextEdit, Ui};
use std::collections::BTreeSet;
use std::path::Path;

/// Characters in the longest name.
const LONGEST_NAME: usize = 60;

/// The sample to be drawn, as typed, and what it is drawn from.
#[derive(Debug)]
pub(super) struct Sampling {
    name: String,
    count: String,
    seed: String,
    training: bool,
    /// Whether parts of any other sample are left out.
    apart: bool,
    /// Whether it is drawn from all reports of the folder, and not only from those that are open.
    whole: bool,
    /// The reports that are open, each once.
    open: Vec<ReportSections>,
}

impl Sampling {
    /// In a project that has these samples.
    pub(super) fn new(state: &State, root: &Path, samples: &[Sample]) -> Self {
        let mut known = BTreeSet::new();
        let reports = state.documents_of(root).filter(|document| known.insert(document.report.id()));
        let open: Vec<ReportSections> = reports.map(|document| ReportSections::of(&document.report, document.title())).collect();
        Self {
            name: String::new(),
            count: String::new(),
            seed: next_seed(samples),
            training: false,
            apart: true,
            whole: open.is_empty(),
            open,
        }
    }

    /// The fields and the button, which adds what is drawn to the samples there are.
    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, root: &Path, samples: &mut Vec<Sample>, words: &Words, asked: &mut Asked) {
        ui.horizontal_wrapped(|ui| {
            let (name, count, seed) = (&mut self.name, &mut self.count, &mut self.seed);
            for (key, typed, width) in [("sample_name", name, 180.0), ("sample_count", count, 50.0), ("figures_seed", seed, 110.0)] {
                ui.label(words.get(key));
                let field = TextEdit::singleline(typed).char_limit(LONGEST_NAME).desired_width(width);
                ui.add(field).accessible_name(words.get(key));
            }
        });
        ui.checkbox(&mut self.training, words.get("sample_training"));
        ui.checkbox(&mut self.apart, words.get("sample_apart"));
        self.scope_ui(ui, state, root, words, asked);
        let reports = self.reports(state, root);
        let left = self.left(samples, &reports);
        let is_reading = self.whole && state.survey(root).is_some_and(|survey| survey.is_asked() && survey.sections.is_none());
        let from = if self.whole { "sample_from_folder" } else { "sample_from" };
        if is_reading {
            ui.weak(words.fill("sample_reading", &[&state.reports_in(root).to_string()]));
        } else {
            ui.weak(words.fill(from, &[&reports.len().to_string(), &left.len().to_string()]));
        }
        let drawn = self.drawn(samples, &left, words);
        ui.horizontal_wrapped(|ui| {
            let clicked = ui.add_enabled(drawn.is_ok(), Button::new(words.get("sample_draw"))).clicked();
            match drawn {
                Ok(sample) if clicked => {
                    samples.push(sample);
                    self.name.clear();
                    self.seed = next_seed(samples);
                }
                Ok(_) => {}
                Err(why) => {
                    ui.weak(why);
                }
            }
        });
    }

    /// Whether it is drawn from what is open or from the folder, whose reports are read only then.
    fn scope_ui(&mut self, ui: &mut Ui, state: &State, root: &Path, words: &Words, asked: &mut Asked) {
        if state.reports_in(root) == 0 {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            for (key, whole, enabled) in [("sample_open", false, !self.open.is_empty()), ("sample_whole", true, true)] {
                if ui.add_enabled(enabled, RadioButton::new(self.whole == whole, words.get(key))).clicked() {
                    self.whole = whole;
                }
            }
        });
        if self.whole && ui.is_enabled() && !state.survey(root).is_none_or(Survey::is_asked) {
            asked.command(Command::Review(ReviewCommand::ReadSections));
        }
    }

    /// The reports it is drawn from; of the folder's that are open as they are now.
    fn reports<'s>(&'s self, state: &'s State, root: &Path) -> Vec<&'s ReportSections> {
        if !self.whole {
            return self.open.iter().collect();
        }
        let read = state.survey(root).and_then(|survey| survey.sections.as_ref());
        let now = |of: &'s ReportSections| self.open.iter().find(|open| open.report == of.report).unwrap_or(of);
        read.into_iter().flat_map(|reports| reports.iter()).map(now).collect()
    }

    /// What may be drawn: nothing is both for training and not, whatever the switch says.
    fn left(&self, samples: &[Sample], reports: &[&ReportSections]) -> Vec<(ReportId, Span)> {
        let is_left_out = |part: &(ReportId, Span)| {
            let others = samples.iter().filter(|sample| self.apart || sample.training != self.training);
            others.flat_map(|sample| &sample.parts).any(|(report, span)| *report == part.0 && span.overlaps(part.1))
        };
        let parts = reports.iter().flat_map(|of| of.sections.iter().map(move |(span, _)| (of.report, *span)));
        parts.filter(|part| !is_left_out(part)).collect()
    }

    /// What is drawn by what was typed, or why nothing can be.
    fn drawn(&self, samples: &[Sample], left: &[(ReportId, Span)], words: &Words) -> Result<Sample, String> {
        let name = self.name.trim();
        let refused = |key: &str| words.get(key).to_owned();
        if name.is_empty() {
            return Err(refused("sample_no_name"));
        }
        if samples.iter().any(|sample| sample.name == name) {
            return Err(refused("sample_taken"));
        }
        let count = number(&self.count).filter(|count| *count > 0).ok_or_else(|| refused("sample_no_count"))?;
        let count = usize::try_from(count).ok().filter(|count| *count <= left.len());
        let count = count.ok_or_else(|| words.fill("sample_too_many", &[&left.len().to_string()]))?;
        let seed = number(&self.seed).ok_or_else(|| refused("sample_no_seed"))?;
        Ok(Sample { name: name.to_owned(), seed, training: self.training, parts: draw(left, count, seed) })
    }

    /// Which sections a sample has in the reports it could be drawn from, a line each.
    pub(super) fn said(&self, sample: &Sample, state: &State, root: &Path) -> String {
        let mut lines: Vec<String> = Vec::new();
        for of in self.reports(state, root) {
            let here = of.sections.iter().filter(|(span, _)| sample.parts.contains(&(of.report, *span)));
            lines.extend(here.map(|(_, heading)| format!("{} {heading}", of.title).trim().to_owned()));
        }
        lines.join("\n")
    }
}

/// A seed no sample has: one more than the largest.
fn next_seed(samples: &[Sample]) -> String {
    samples.iter().map(|sample| sample.seed).max().unwrap_or(0).saturating_add(1).to_string()
}

/// A number as typed, in full-width digits too.
fn number(typed: &str) -> Option<u64> {
    typed.trim().chars().map(half_width).collect::<String>().parse().ok()
}
