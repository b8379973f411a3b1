//! How far the people of a review agree: which figures are asked for, and those that come back.
//!
//! Figures are reckoned only while somebody looks at them, and anew whenever what they are of has changed.

use super::document::{Document, DocumentId};
use super::effect::Effect;
use super::state::State;
use crate::annotation::{Annotations, Codebook, Person};
use crate::report::Report;
use crate::review::Layer;
use crate::review::figures::{Basis, Figures, SEED, unread};
use crate::store::wire::Role;
use crate::store::{Reviewing, Sample};
use crate::text::Span;
use std::sync::Arc;

/// Which figures are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Where chance begins.
    pub seed: u64,
    /// Whether tags that came of proposals are left out.
    pub without_proposals: bool,
    /// The sample whose parts alone count. If none is named all counts but what was drawn for training.
    pub sample: Option<String>,
}

impl Default for Measure {
    fn default() -> Self {
        Self { seed: SEED, without_proposals: false, sample: None }
    }
}

/// All that figures are reckoned from.
#[derive(Clone, Debug)]
pub struct Measurement {
    report: Arc<Report>,
    codebook: Arc<Codebook>,
    people: Vec<(Person, Arc<Annotations>)>,
    within: Option<Vec<Span>>,
    measure: Measure,
}

impl Measurement {
    /// Reckons something from it.
    pub fn reckon<T>(&self, reckon: impl FnOnce(&Basis<'_>) -> T) -> T {
        let layers: Vec<Layer> = self.people.iter().map(|(person, annotations)| Layer::of(person.clone(), annotations)).collect();
        let unread: Vec<Vec<Span>> = self.people.iter().map(|(_, annotations)| unread(annotations, &self.report)).collect();
        let basis = Basis::new(&self.report, &layers, &unread, &self.codebook);
        let Measure { seed, without_proposals, .. } = self.measure;
        reckon(&Basis { seed, without_proposals, within: self.within.as_deref(), ..basis })
    }

    /// Reckons the figures.
    pub fn figures(&self) -> Figures {
        self.reckon(Figures::of)
    }
}

/// What a review knows of its figures.
#[derive(Clone, Debug, Default)]
pub(super) struct Measuring {
    /// Which are asked for.
    wanted: Option<Measure>,
    /// Counts the times they were reckoned.
    number: u64,
    /// What they were reckoned from last.
    of: Option<Of>,
    /// The last that came back, and which time that was.
    found: Option<(u64, Arc<Figures>)>,
}

/// By what it is known whether figures still hold.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Of {
    /// The number of the layers' changes.
    changes: u64,
    codebook: String,
    within: Option<Vec<Span>>,
    measure: Measure,
}

impl Document {
    /// Which figures are asked for; none while nobody looks at them.
    pub const fn measure(&self) -> Option<&Measure> {
        self.under_review.measuring.wanted.as_ref()
    }

    /// The figures that were reckoned last.
    pub fn figures(&self) -> Option<&Arc<Figures>> {
        self.under_review.measuring.found.as_ref().map(|(_, figures)| figures)
    }

    /// Whether they are being reckoned anew.
    pub fn is_measuring(&self) -> bool {
        let Measuring { number, found, .. } = &self.under_review.measuring;
        found.as_ref().map_or(0, |(found, _)| *found) != *number
    }

    /// What the figures that are asked for are reckoned from.
    pub fn measurement(&self) -> Option<Measurement> {
        let measure = self.measure()?.clone();
        let people = self.layers.all.iter().filter(|layer| layer.role == Role::Annotation);
        Some(Measurement {
            report: Arc::clone(&self.report),
            codebook: Arc::clone(&self.codebook),
            people: people.map(|layer| (layer.person.clone(), Arc::clone(&layer.annotations))).collect(),
            within: within(&self.under_review.project, &self.report, &measure),
            measure,
        })
    }

    /// The samples that have parts in this report.
    pub fn samples(&self) -> impl Iterator<Item = &Sample> {
        let is_here = |sample: &&Sample| sample.parts.iter().any(|(report, _)| *report == self.report.id());
        self.under_review.project.samples.iter().filter(is_here)
    }
}

/// Asks for figures of the active document, or for none any more.
pub(super) fn ask(state: &mut State, measure: Option<Measure>) {
    if let Some(document) = state.document_mut().filter(|document| document.is_review()) {
        document.under_review.measuring.wanted = measure;
    }
}

/// Takes figures that came back, if nothing has changed meanwhile.
pub(super) fn take(state: &mut State, id: DocumentId, number: u64, figures: Arc<Figures>) {
    if let Some(document) = state.get_mut(id).filter(|document| document.under_review.measuring.number == number) {
        document.under_review.measuring.found = Some((number, figures));
    }
}

/// Asks for the figures that are due.
pub(super) fn keep_up(state: &mut State) -> Vec<Effect> {
    state.documents.iter_mut().filter_map(keep_document_up).collect()
}

fn keep_document_up(document: &mut Document) -> Option<Effect> {
    let measure = document.measure()?.clone();
    let within = within(&document.under_review.project, &document.report, &measure);
    let of = Of { changes: document.layers.changes, codebook: document.codebook.hash.clone(), within, measure };
    if document.under_review.measuring.of.as_ref() == Some(&of) {
        return None;
    }
    let measurement = Box::new(document.measurement()?);
    let measuring = &mut document.under_review.measuring;
    measuring.of = Some(of);
    measuring.number += 1;
    Some(Effect::Figures { document: document.id, number: measuring.number, measurement })
}

/// The parts of a report that count; none are named where all do.
fn within(reviewing: &Reviewing, report: &Report, measure: &Measure) -> Option<Vec<Span>> {
    let parts = |sample: &Sample| {
        let here = sample.parts.iter().filter(|(id, _)| *id == report.id());
        here.map(|(_, span)| *span).collect::<Vec<Span>>()
    };
    let samples = reviewing.samples.iter();
    match &measure.sample {
        Some(name) => Some(samples.filter(|sample| sample.name == *name).flat_map(parts).collect()),
        None => {
            let training: Vec<Span> = samples.filter(|sample| sample.training).flat_map(parts).collect();
            (!training.is_empty()).then(|| without(report.text().span(), training))
        }
    }
}

/// What is left of a text without some of its parts.
fn without(text: Span, mut parts: Vec<Span>) -> Vec<Span> {
    parts.sort_unstable();
    let (mut left, mut at) = (Vec::new(), text.start());
    for part in parts.into_iter().chain([Span::at(text.end())]) {
        if part.start() > at {
            left.push(Span::new(at, part.start()));
        }
        at = at.max(part.end());
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Corrections, ReportId};

    fn sample(name: &str, training: bool, parts: &[(ReportId, Span)]) -> Sample {
        Sample { name: name.to_owned(), seed: 1, training, parts: parts.to_vec() }
    }

    #[test]
    fn what_was_drawn_for_training_counts_only_if_it_is_asked_for() {
        let report = Report::new("全市生产总值增长8%。力争增长9%。".to_owned(), Corrections::default());
        let (id, other) = (report.id(), ReportId::of("别的"));
        let of = |samples: &[Sample], name: Option<&str>| {
            let reviewing = Reviewing { samples: samples.to_vec(), ..Reviewing::default() };
            within(&reviewing, &report, &Measure { sample: name.map(str::to_owned), ..Measure::default() })
        };
        let training = sample("试标", true, &[(id, Span::of(0, 4)), (id, Span::of(2, 6)), (other, Span::of(0, 12))]);
        let counting = sample("复标", false, &[(id, Span::of(4, 11))]);
        assert_eq!(of(std::slice::from_ref(&counting), None), None, "all counts where nothing was for training");
        let both = [training, counting];
        assert_eq!(of(&both, None), Some(vec![Span::of(6, report.text().len())]));
        assert_eq!(of(&both, Some("复标")), Some(vec![Span::of(4, 11)]));
        assert_eq!(of(&both, Some("试标")), Some(vec![Span::of(0, 4), Span::of(2, 6)]));
        assert_eq!(of(&both, Some("没有")), Some(Vec::new()));
    }

    #[test]
    fn what_is_left_of_a_text() {
        let left = |parts: &[(u32, u32)]| without(Span::of(0, 10), parts.iter().map(|&(start, end)| Span::of(start, end)).collect());
        assert_eq!(left(&[]), [Span::of(0, 10)]);
        assert_eq!(left(&[(5, 7), (0, 2), (1, 3)]), [Span::of(3, 5), Span::of(7, 10)]);
        assert!(left(&[(0, 10)]).is_empty());
        assert!(left(&[(0, 20)]).is_empty());
    }
}
