//! What is drawn of the tags of a case: the words, then what differs, then what all say alike.

use crate::annotation::{AttributeId, Tag};
use crate::locale::Words;
use crate::quantity::Quantity;
use crate::review::{Disagreement, Judged};
use crate::session::{Document, Review};
use crate::text::Span;
use crate::ui::proposals::{marked, plain};
use crate::ui::tag_list::spoken;
use crate::ui::theme::Palette;
use egui::text::LayoutJob;
use egui::{Color32, Stroke, TextFormat, Ui};

/// Characters shown before and behind the words.
const AROUND: u32 = 8;

/// A line that is drawn of each tag of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Kind,
    Quantities,
    Attribute(AttributeId),
    Unsure,
    Note,
}

/// What is drawn of each tag of a case. All have the same lines: what any of them says, and first what they say otherwise.
pub(super) struct Sheet<'a> {
    document: &'a Document,
    words: &'a Words,
    palette: &'a Palette,
    span: Span,
    /// What all tags cover; nothing if there is no such stretch.
    core: Option<Span>,
    differing: Disagreement,
    lines: Vec<Line>,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(document: &'a Document, review: &Review, judged: &Judged, words: &'a Words, palette: &'a Palette) -> Self {
        let tags: Vec<&Tag> = judged.case.tags(&review.layers).map(|(_, tag)| tag).collect();
        let mut spans = tags.iter().map(|tag| Some(tag.anchor.span));
        let first = spans.next().flatten();
        let core = spans.fold(first, |core, span| core?.shared(span?));
        let differing = judged.case.disagreement(&review.layers);
        let lines = lines(document, &tags, &differing);
        Self { document, words, palette, span: judged.key.span, core, differing, lines }
    }

    /// The lines below the words, from the top down.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What a tag says in a line: what others say otherwise stands out, what all say alike is faint. Nothing in the lines of a
    /// doubt and a note that are not there.
    pub(super) fn said(&self, ui: &Ui, line: &Line, tag: &Tag) -> Option<LayoutJob> {
        let words = self.words;
        let kind = || self.document.codebook().kind(&tag.kind).map_or(self.palette.faint, |kind| self.palette.kind(kind.colour));
        Some(match line {
            Line::Kind => self.pair(ui, line, words.get("column_kind"), words.kind(&tag.kind), Some(kind())),
            Line::Quantities => {
                let stated = |quantity: &Quantity| format!("{} {}", words.named("measure", quantity.measure.key()), quantity.words);
                let stated = tag.quantities.iter().map(stated).collect::<Vec<_>>().join("；");
                self.pair(ui, line, words.get("quantities"), &stated, None)
            }
            Line::Attribute(id) => {
                let value = tag.attributes.get(id).map(|value| spoken(id, value, words)).unwrap_or_default();
                self.pair(ui, line, words.attribute(id), &value, None)
            }
            Line::Unsure if tag.unsure => LayoutJob::simple_format(words.get("unsure_short").to_owned(), weak(ui)),
            Line::Note if !tag.note.is_empty() => self.pair(ui, line, words.get("note_short"), &tag.note.replace('\n', " "), None),
            Line::Unsure | Line::Note => return None,
        })
    }

    /// A name and what is said of it.
    fn pair(&self, ui: &Ui, line: &Line, name: &str, value: &str, colour: Option<Color32>) -> LayoutJob {
        let mut said = plain(ui);
        if differs(&self.differing, line) {
            said.color = colour.unwrap_or_else(|| ui.visuals().strong_text_color());
            said.underline = Stroke::new(1.0, said.color);
            said.background = self.palette.hit;
        } else if let Some(colour) = colour {
            said.color = colour;
        } else if !self.differing.is_none() && *line != Line::Note {
            said.color = self.palette.faint;
        }
        let mut job = LayoutJob::default();
        job.append(&format!("{name}："), 0.0, weak(ui));
        job.append(if value.is_empty() { "—" } else { value }, 0.0, said);
        job
    }

    /// The words of the case: those of the tag stand out, and among them and beside them those that some have and others lack.
    pub(super) fn quote(&self, ui: &Ui, tag: &Tag, lane: Color32) -> LayoutJob {
        let (report, span) = (&self.document.report, self.span);
        let paragraph = report.paragraphs().get(report.paragraph_at(span.start())).map_or(span, |paragraph| paragraph.span.union(span));
        let around = Span::new(paragraph.clamp(span.start().minus(AROUND)), paragraph.clamp(span.end().plus(AROUND)));
        let faint = TextFormat { color: self.palette.faint, ..plain(ui) };
        let own = TextFormat { color: ui.visuals().strong_text_color(), underline: Stroke::new(1.5, lane), ..plain(ui) };
        let marked_own = TextFormat { background: self.palette.hit_here, ..own.clone() };
        let marked_faint = TextFormat { background: self.palette.hit, ..faint.clone() };
        let disputed = self.core.map(|core| [Span::new(span.start(), core.start()), Span::new(core.end(), span.end())]);
        let disputed: Vec<Span> = disputed.into_iter().flatten().filter(|span| !span.is_empty()).collect();
        let beside = disputed.iter().map(|span| (*span, marked_faint.clone()));
        let inside = disputed.iter().filter_map(|span| Some((span.shared(tag.anchor.span)?, marked_own.clone())));
        let marks: Vec<(Span, TextFormat)> = beside.chain([(tag.anchor.span, own.clone())]).chain(inside).collect();
        marked(self.document, around, &faint, &marks)
    }
}

fn weak(ui: &Ui) -> TextFormat {
    TextFormat { color: ui.visuals().weak_text_color(), ..plain(ui) }
}

/// The lines of these tags: those that differ, then the others, attributes in the order of the codebook; at the end what one
/// need not agree on.
fn lines(document: &Document, tags: &[&Tag], differing: &Disagreement) -> Vec<Line> {
    let says = |id: &AttributeId| tags.iter().any(|tag| tag.attributes.contains_key(id));
    let book = document.codebook();
    let mut attributes: Vec<AttributeId> = book.attributes.iter().map(|attribute| attribute.id.clone()).filter(says).collect();
    for id in tags.iter().flat_map(|tag| tag.attributes.keys()) {
        if !attributes.contains(id) {
            attributes.push(id.clone());
        }
    }
    let states = tags.iter().any(|tag| !tag.quantities.is_empty());
    let quantities = states.then_some(Line::Quantities);
    let mut lines: Vec<Line> = std::iter::once(Line::Kind).chain(quantities).chain(attributes.into_iter().map(Line::Attribute)).collect();
    lines.sort_by_key(|line| !differs(differing, line));
    lines.extend(tags.iter().any(|tag| tag.unsure).then_some(Line::Unsure));
    lines.extend(tags.iter().any(|tag| !tag.note.is_empty()).then_some(Line::Note));
    lines
}

/// Whether tags that disagree so say otherwise in a line.
fn differs(differing: &Disagreement, line: &Line) -> bool {
    match line {
        Line::Kind => differing.kind,
        Line::Quantities => differing.quantities,
        Line::Attribute(id) => differing.attributes.contains(id),
        Line::Unsure | Line::Note => false,
    }
}
