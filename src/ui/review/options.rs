//! What people say of a case, side by side: those who say the same stand together.

use super::Queue;
use crate::annotation::{AttributeId, Person, Tag, TagRef};
use crate::locale::Words;
use crate::quantity::Quantity;
use crate::review::{Disagreement, Judged};
use crate::session::{Document, Review};
use crate::text::Span;
use crate::ui::action::{Action, Asked, CaseAction};
use crate::ui::layers::Called;
use crate::ui::proposals::{marked, plain};
use crate::ui::tag_list::spoken;
use crate::ui::theme::Palette;
use egui::text::LayoutJob;
use egui::{Button, Color32, Frame, Label, RichText, Sense, Stroke, TextFormat, Ui, UiBuilder, WidgetInfo};
use std::cmp::Reverse;

/// What some of the people say of a case.
#[derive(Clone, Debug)]
pub(super) struct Opinion<'r> {
    /// Who.
    pub(super) people: Vec<&'r Person>,
    /// The tags of the first of them; those of the others say the same.
    pub(super) tags: Vec<&'r Tag>,
    /// The tags of all of them.
    pub(super) refs: Vec<TagRef>,
}

/// What people say of a case, in the order of the layers. Who tagged nothing of it says nothing here.
pub(super) fn opinions<'r>(review: &'r Review, judged: &Judged) -> Vec<Opinion<'r>> {
    let mut all: Vec<Opinion<'_>> = Vec::new();
    for (layer, members) in review.layers.iter().zip(&judged.case.members) {
        let tags: Vec<&Tag> = members.iter().filter_map(|at| layer.tags.get(*at)).collect();
        if tags.is_empty() {
            continue;
        }
        let refs: Vec<TagRef> = tags.iter().map(|tag| TagRef { person: layer.person.id, tag: tag.id }).collect();
        match all.iter_mut().find(|opinion| say_the_same(&opinion.tags, &tags)) {
            Some(opinion) => {
                opinion.people.push(&layer.person);
                opinion.refs.extend(refs);
            }
            None => all.push(Opinion { people: vec![&layer.person], tags, refs }),
        }
    }
    all
}

fn say_the_same(one: &[&Tag], other: &[&Tag]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| Disagreement::among(&[*one, *other]).is_none())
}

/// What most people say; of equally many, what stands first.
pub(super) fn foremost(opinions: &[Opinion<'_>]) -> usize {
    opinions.iter().enumerate().max_by_key(|(at, opinion)| (opinion.people.len(), Reverse(*at))).map_or(0, |(at, _)| at)
}

/// Who tagged nothing of a case.
fn silent<'r>(review: &'r Review, judged: &'r Judged) -> impl Iterator<Item = &'r Person> {
    review.layers.iter().zip(&judged.case.members).filter(|(_, tags)| tags.is_empty()).map(|(layer, _)| &layer.person)
}

/// Width of a column in points.
const WIDTH: f32 = 230.0;
/// Characters shown before and behind the words.
const AROUND: u32 = 8;

/// Draws a column for each of the things people say, and one for those who tagged nothing.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
pub(super) fn options_ui(
    ui: &mut Ui,
    queue: &mut Queue,
    document: &Document,
    review: &Review,
    judged: &Judged,
    called: &Called<'_>,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    let opinions = opinions(review, judged);
    let sheet = Sheet::of(document, review, judged, words, palette);
    ui.horizontal_top(|ui| {
        for (at, opinion) in (0u8..).zip(&opinions) {
            let here = queue.option == usize::from(at);
            let column = UiBuilder::new().id_salt(("option", at)).sense(Sense::CLICK);
            let response = ui.scope_builder(column, |ui| {
                frame_ui(ui, here, |ui| {
                    head_ui(ui, at, opinion, called, words, asked);
                    for tag in &opinion.tags {
                        sheet.tag_ui(ui, tag, lane_colour(opinion, called, palette));
                    }
                });
            });
            if response.response.clicked() {
                queue.option = usize::from(at);
            }
        }
        let silent = called.names(silent(review, judged));
        if !silent.is_empty() {
            frame_ui(ui, false, |ui| {
                ui.label(words.fill("option_silent", &[&silent]));
                let none = ui.button(words.get("take_none"));
                let name = words.fill("take_none_named", &[&silent]);
                none.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name.as_str()));
                if none.clicked() {
                    asked.action(Action::Case(CaseAction::Nothing));
                }
            });
        }
    });
}

fn frame_ui(ui: &mut Ui, here: bool, content: impl FnOnce(&mut Ui)) {
    let fill = if here { ui.visuals().selection.bg_fill.gamma_multiply(0.3) } else { Color32::TRANSPARENT };
    Frame::group(ui.style()).inner_margin(6).fill(fill).show(ui, |ui| {
        ui.vertical(|ui| {
            ui.set_width(WIDTH);
            content(ui);
        });
    });
}

/// Who says it, with the buttons that take it as it is or changed.
fn head_ui(ui: &mut Ui, at: u8, opinion: &Opinion<'_>, called: &Called<'_>, words: &Words, asked: &mut Asked) {
    let people = called.names(opinion.people.iter().copied());
    ui.horizontal_wrapped(|ui| {
        let number = (usize::from(at) + 1).to_string();
        let take = Button::new(words.fill("take_named", &[&people])).shortcut_text(if at < 9 { number } else { String::new() });
        if ui.add(take).clicked() {
            asked.action(Action::Case(CaseAction::Take(at)));
        }
        let mend = ui.button(words.get("mend_short"));
        let name = words.fill("mend_named", &[&people]);
        mend.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name.as_str()));
        if mend.clicked() {
            asked.action(Action::Case(CaseAction::Mend(Some(at))));
        }
    });
}

fn lane_colour(opinion: &Opinion<'_>, called: &Called<'_>, palette: &Palette) -> Color32 {
    let lane = opinion.people.first().and_then(|person| called.lane(person.id));
    lane.map_or(palette.faint, |lane| palette.lane(lane))
}

/// What is drawn of each tag of a case, so that the columns have the same lines: all that any of them says.
struct Sheet<'a> {
    document: &'a Document,
    words: &'a Words,
    palette: &'a Palette,
    span: Span,
    /// What all tags cover; nothing if there is no such stretch.
    core: Option<Span>,
    differing: Disagreement,
    attributes: Vec<AttributeId>,
    quantities: bool,
}

impl<'a> Sheet<'a> {
    fn of(document: &'a Document, review: &Review, judged: &Judged, words: &'a Words, palette: &'a Palette) -> Self {
        let tags: Vec<&Tag> = judged.case.tags(&review.layers).map(|(_, tag)| tag).collect();
        let says = |id: &AttributeId| tags.iter().any(|tag| tag.attributes.contains_key(id));
        let book = document.codebook();
        let mut attributes: Vec<AttributeId> = book.attributes.iter().map(|attribute| attribute.id.clone()).filter(says).collect();
        let undefined = tags.iter().flat_map(|tag| tag.attributes.keys()).filter(|id| book.attribute(id).is_none());
        for id in undefined {
            if !attributes.contains(id) {
                attributes.push(id.clone());
            }
        }
        let mut spans = tags.iter().map(|tag| Some(tag.anchor.span));
        let first = spans.next().flatten();
        let core = spans.fold(first, |core, span| core?.shared(span?));
        let quantities = tags.iter().any(|tag| !tag.quantities.is_empty());
        let differing = judged.case.disagreement(&review.layers);
        Self { document, words, palette, span: judged.key.span, core, differing, attributes, quantities }
    }

    /// All that a tag says; what it says otherwise than another stands out.
    fn tag_ui(&self, ui: &mut Ui, tag: &Tag, lane: Color32) {
        ui.add(Label::new(self.quote(ui, tag, lane)).wrap());
        let kind = self.document.codebook().kind(&tag.kind).map_or(self.palette.faint, |kind| self.palette.kind(kind.colour));
        self.line_ui(ui, self.words.get("column_kind"), self.words.kind(&tag.kind), self.differing.kind, Some(kind));
        if self.quantities {
            let measure = |quantity: &Quantity| self.words.named("measure", quantity.measure.key()).to_owned();
            let stated = tag.quantities.iter().map(|quantity| format!("{} {}", measure(quantity), quantity.words));
            let stated = stated.collect::<Vec<_>>().join("；");
            self.line_ui(ui, self.words.get("quantities"), &stated, self.differing.quantities, None);
        }
        for id in &self.attributes {
            let value = tag.attributes.get(id).map(|value| spoken(id, value, self.words)).unwrap_or_default();
            self.line_ui(ui, self.words.attribute(id), &value, self.differing.attributes.contains(id), None);
        }
        if tag.unsure {
            ui.weak(self.words.get("unsure_short"));
        }
        if !tag.note.is_empty() {
            self.line_ui(ui, self.words.get("note_short"), &tag.note.replace('\n', " "), false, None);
        }
        ui.add_space(4.0);
    }

    fn line_ui(&self, ui: &mut Ui, name: &str, value: &str, differs: bool, colour: Option<Color32>) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.weak(format!("{name}："));
            let mut value = RichText::new(if value.is_empty() { "—" } else { value });
            if let Some(colour) = colour {
                value = value.color(colour);
            }
            if differs {
                value = value.strong().underline().background_color(self.palette.hit);
            }
            ui.add(Label::new(value).wrap());
        });
    }

    /// The words of the case: those of the tag stand out, and among them and beside them those that some have and others lack.
    fn quote(&self, ui: &Ui, tag: &Tag, lane: Color32) -> LayoutJob {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchor, KindId, PersonId, TagId};
    use crate::review::{Layer, judge};
    use crate::text::Text;
    use std::sync::Arc;
    use uuid::Uuid;

    /// A review of people who each made one tag of these words, or none.
    fn review(spans: &[Option<(u32, u32)>]) -> Review {
        let text = Text::new("全市生产总值增长百分之八以上左右".into());
        let layer = |(person, span): (u128, &Option<(u32, u32)>)| Layer {
            person: Person { id: PersonId(Uuid::from_u128(person)), name: person.to_string() },
            tags: span
                .iter()
                .map(|(start, end)| {
                    let anchor = Anchor::new(&text, Span::of(*start, *end));
                    Tag::new(TagId(Uuid::from_u128(person)), KindId::new("target"), anchor)
                })
                .collect(),
        };
        let layers: Vec<Layer> = (1..).zip(spans).map(layer).collect();
        let cases = judge(&layers, &[]);
        Review { layers: Arc::new(layers), cases: Arc::new(cases), ..Review::default() }
    }

    #[test]
    fn who_says_the_same_stands_together_and_most_come_first() {
        let review = review(&[Some((2, 10)), Some((0, 12)), None, Some((0, 12))]);
        let judged = &review.cases[0];
        let all = opinions(&review, judged);
        let people: Vec<Vec<&str>> = all.iter().map(|opinion| opinion.people.iter().map(|person| person.name.as_str()).collect()).collect();
        assert_eq!(people, [vec!["1"], vec!["2", "4"]]);
        assert_eq!((foremost(&all), all[1].refs.len(), all[1].tags.len()), (1, 2, 1));
        assert_eq!(silent(&review, judged).map(|person| person.name.as_str()).collect::<Vec<_>>(), ["3"]);
        assert_eq!(foremost(&[]), 0);
    }
}
