//! Drawing a sample of sections from the reports of the project that are open.

use crate::locale::Words;
use crate::report::ReportId;
use crate::review::draw;
use crate::review::figures::sections;
use crate::session::{Document, State};
use crate::store::Sample;
use crate::text::Span;
use crate::text::classes::half_width;
use egui::{Button, TextEdit, Ui};
use std::collections::BTreeSet;

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
    reports: usize,
    /// The sections of these reports, each with its report's title and its heading.
    sections: Vec<((ReportId, Span), String)>,
}

impl Sampling {
    /// From all reports that are open of a document's project, each once.
    pub(super) fn new(state: &State, document: &Document) -> Self {
        let mut known = BTreeSet::new();
        let reports: Vec<&Document> = state.of_project(document).filter(|document| known.insert(document.report.id())).collect();
        let sections_of = |document: &&Document| {
            let (id, title) = (document.report.id(), document.title());
            let some = sections(&document.report).into_iter().filter(|(span, _)| !span.is_empty());
            some.map(|(span, heading)| ((id, span), format!("{title} {heading}").trim().to_owned())).collect::<Vec<_>>()
        };
        Self {
            name: String::new(),
            count: String::new(),
            seed: next_seed(&document.reviewing().samples),
            training: false,
            apart: true,
            reports: reports.len(),
            sections: reports.iter().flat_map(sections_of).collect(),
        }
    }

    /// The fields and the button, which adds what is drawn to the samples there are.
    pub(super) fn ui(&mut self, ui: &mut Ui, samples: &mut Vec<Sample>, words: &Words) {
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
        let left = self.left(samples);
        ui.weak(words.fill("sample_from", &[&self.reports.to_string(), &left.len().to_string()]));
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

    /// What may be drawn: nothing is both for training and not, whatever the switch says.
    fn left(&self, samples: &[Sample]) -> Vec<(ReportId, Span)> {
        let is_left_out = |part: &(ReportId, Span)| {
            let others = samples.iter().filter(|sample| self.apart || sample.training != self.training);
            others.flat_map(|sample| &sample.parts).any(|(report, span)| *report == part.0 && span.overlaps(part.1))
        };
        self.sections.iter().map(|(part, _)| *part).filter(|part| !is_left_out(part)).collect()
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

    /// Which sections a sample has in the reports that are open, a line each.
    pub(super) fn said(&self, sample: &Sample) -> String {
        let here = self.sections.iter().filter(|(part, _)| sample.parts.contains(part));
        here.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("\n")
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
