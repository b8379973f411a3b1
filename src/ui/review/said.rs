//! Cases in words.

use crate::annotation::{AttributeId, Person};
use crate::locale::Words;
use crate::review::{Judged, Sort, Standing};
use crate::session::{Document, Review};
use crate::ui::layers::Called;
use crate::ui::theme::Palette;
use egui::Color32;

/// In what people disagree, of several things the gravest.
pub fn sort(review: &Review, judged: &Judged, called: &Called<'_>, words: &Words) -> String {
    match &judged.case.sort {
        Sort::Boundary { characters } => words.fill("sort_boundary", &[&characters.to_string()]),
        Sort::Attributes(attributes) => words.fill("sort_attributes", &[&named(attributes, words)]),
        Sort::OnlySome => only_some(review, judged, called, words),
        sort => words.named("sort", sort.key()).to_owned(),
    }
}

/// In what else they disagree; nothing if in nothing else.
pub(super) fn besides(review: &Review, judged: &Judged, words: &Words) -> String {
    let found = judged.case.disagreement(&review.layers);
    let sort = &judged.case.sort;
    // Whether tags of one statement begin and end alike says nothing where one stands against several.
    let several = *sort == Sort::OneAgainstSeveral;
    let kind = (found.kind && *sort != Sort::Kind).then(|| words.get("sort_kind").to_owned());
    let quantities = (found.quantities && *sort != Sort::Quantities && !several).then(|| words.get("sort_quantities").to_owned());
    let by = (found.characters > 0 && !matches!(sort, Sort::Boundary { .. }) && !several).then_some(found.characters);
    let by = by.map(|characters| words.fill("sort_boundary", &[&characters.to_string()]));
    let attributes = !found.attributes.is_empty() && !matches!(sort, Sort::Attributes(_)) && !several;
    let attributes = attributes.then(|| words.fill("sort_attributes", &[&named(&found.attributes, words)]));
    [kind, quantities, by, attributes].into_iter().flatten().collect::<Vec<_>>().join(words.get("list_comma"))
}

fn named(attributes: &[AttributeId], words: &Words) -> String {
    attributes.iter().map(|attribute| words.attribute(attribute)).collect::<Vec<_>>().join(words.get("list_comma"))
}

/// Who alone tagged it, or who alone did not: whichever are fewer.
fn only_some(review: &Review, judged: &Judged, called: &Called<'_>, words: &Words) -> String {
    let people = |with: bool| {
        let all = review.layers.iter().zip(&judged.case.members);
        all.filter(|(_, tags)| tags.is_empty() != with).map(|(layer, _)| &layer.person).collect::<Vec<&Person>>()
    };
    let (with, without) = (people(true), people(false));
    let (name, people) = if with.len() <= without.len() { ("sort_only", with) } else { ("sort_all_but", without) };
    words.fill(name, &[&called.names(people)])
}

/// The colour of how it stands with a case.
pub(super) const fn colour(standing: Standing, palette: &Palette) -> Color32 {
    match standing {
        Standing::Conflict | Standing::Changed => palette.error,
        Standing::Deferred | Standing::Asked => palette.warning,
        Standing::Agreed | Standing::Decided => palette.good,
        Standing::Open => palette.faint,
    }
}

/// The words of a case, as they are shown.
pub(super) fn quote(document: &Document, judged: &Judged) -> String {
    document.report.shown(judged.key.span, document.view).text.replace('\n', " ")
}
