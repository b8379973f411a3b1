//! The right panel: the picked tag, attribute by attribute as the codebook has them.

mod fields;
mod quantities;

pub use quantities::spoken;

use super::action::{Action, Asked};
use super::theme::Palette;
use crate::annotation::{AttributeId, Codebook, LinkEnd, Origin, Relation, Tag, TagId, ValueType};
use crate::locale::Words;
use crate::session::{Command, Document, FileCommand, State, TagCommand};
use egui::{Button, RichText, ScrollArea, TextEdit, Ui};
use std::collections::BTreeMap;

/// A field somebody may be typing in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FieldKey {
    Attribute(AttributeId),
    Note,
    Quantity(usize),
}

/// What the inspector keeps between frames.
#[derive(Debug, Default)]
pub struct Inspector {
    /// Text being typed, by the tags it belongs to; the session's value shows again when the field is left.
    typed: BTreeMap<(Vec<TagId>, FieldKey), String>,
    /// Whether the note field is to get the focus.
    focus_note: bool,
    /// Whether the first field of an attribute is.
    focus_first: bool,
    /// The tag a link is being made from, and its relation.
    pub linking: Option<(TagId, Relation)>,
}

impl Inspector {
    /// Puts the focus into the note field in the next frame.
    pub const fn write_note(&mut self) {
        self.focus_note = true;
    }

    /// Puts the focus into the first field of an attribute in the next frame.
    pub const fn write_first(&mut self) {
        self.focus_first = true;
    }
}

/// Draws the panel.
pub fn inspector_ui(
    ui: &mut Ui,
    inspector: &mut Inspector,
    state: &State,
    composing: bool,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    let Some(document) = state.document() else { return };
    let tags: Vec<&Tag> = document.picked.iter().filter_map(|id| document.annotations.tag(*id)).collect();
    let ids: Vec<TagId> = tags.iter().map(|tag| tag.id).collect();
    inspector.typed.retain(|(of, _), _| *of == ids);
    link_bar_ui(ui, inspector, state, document, words, asked);
    ScrollArea::vertical().id_salt("inspector").auto_shrink(false).show(ui, |ui| match tags.as_slice() {
        [] => hint_ui(ui, document, words),
        [tag] => {
            head_ui(ui, document, &[tag], words, palette, asked);
            quote_ui(ui, document, tag, words);
            fields::attributes_ui(ui, inspector, document, &[tag], composing, words, palette, asked);
            quantities::quantities_ui(ui, inspector, tag, composing, words, palette, asked);
            note_ui(ui, inspector, tag, composing, words, asked);
            links_ui(ui, inspector, state, document, tag, words, asked);
            origin_ui(ui, document, tag, words);
        }
        several => {
            ui.strong(words.fill("several_picked", &[&several.len().to_string()]));
            head_ui(ui, document, several, words, palette, asked);
            ui.weak(words.get("several_hint"));
            fields::attributes_ui(ui, inspector, document, several, composing, words, palette, asked);
        }
    });
}

fn hint_ui(ui: &mut Ui, document: &Document, words: &Words) {
    ui.add_space(8.0);
    ui.label(words.get(if document.annotations.tag_count() == 0 { "inspector_first" } else { "inspector_empty" }));
}

/// Kind, sureness, deletion.
fn head_ui(ui: &mut Ui, document: &Document, tags: &[&Tag], words: &Words, palette: &Palette, asked: &mut Asked) {
    let ids: Vec<TagId> = tags.iter().map(|tag| tag.id).collect();
    ui.horizontal_wrapped(|ui| {
        for kind in &document.codebook().kinds {
            let chosen = tags.iter().all(|tag| tag.kind == kind.id);
            let label = RichText::new(words.kind(&kind.id)).color(palette.kind(kind.colour));
            let button = ui.add(Button::selectable(chosen, label)).on_hover_text(words.get("change_kind"));
            button.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::Button, true, chosen, words.fill("kind_is", &[words.kind(&kind.id)]))
            });
            if button.clicked() {
                asked.command(Command::Tag(TagCommand::SetKind(ids.clone(), kind.id.clone())));
            }
        }
        if let Some(unknown) = tags.iter().find(|tag| document.codebook().kind(&tag.kind).is_none()) {
            ui.weak(unknown.kind.as_str());
        }
    });
    ui.horizontal(|ui| {
        let mut unsure = tags.iter().all(|tag| tag.unsure);
        if ui.checkbox(&mut unsure, words.get("unsure_short")).changed() {
            asked.action(Action::Unsure);
        }
        if ui.button(words.get("delete_short")).clicked() {
            asked.action(Action::Delete);
        }
    });
}

fn quote_ui(ui: &mut Ui, document: &Document, tag: &Tag, words: &Words) {
    ui.separator();
    let Some(span) = tag.place() else {
        ui.add(egui::Label::new(RichText::new(tag.anchor.quote.replace('\n', " "))).wrap());
        ui.colored_label(ui.visuals().warn_fg_color, words.get("unplaced_tag"));
        return;
    };
    let shown = document.report.shown(span, document.view);
    let holds = tag.anchor.holds(document.report.text());
    ui.add(egui::Label::new(RichText::new(if holds { shown.text.replace('\n', " ") } else { tag.anchor.quote.clone() })).wrap());
    if !holds {
        ui.colored_label(ui.visuals().error_fg_color, words.get("slipped_tag"));
    }
    ui.weak(words.fill("span_of", &[&tag.anchor.span.start().to_string(), &tag.anchor.span.end().to_string()]));
}

/// A text field that keeps what is typed while it has the focus, and sends it off whenever it changes.
fn text_ui(
    ui: &mut Ui,
    inspector: &mut Inspector,
    key: (Vec<TagId>, FieldKey),
    value: &str,
    composing: bool,
    edit: impl FnOnce(&mut String) -> TextEdit<'_>,
    label: &str,
) -> Option<String> {
    let mut text = inspector.typed.get(&key).cloned().unwrap_or_else(|| value.to_owned());
    let response = ui.add(edit(&mut text)).accessible_name(label);
    if matches!(key.1, FieldKey::Attribute(_)) && std::mem::take(&mut inspector.focus_first) {
        response.request_focus();
    }
    if response.has_focus() || response.lost_focus() {
        inspector.typed.insert(key.clone(), text.clone());
    }
    // While an input method composes, its provisional letters stand in the field and must not be kept.
    let sent = (text != value && !composing && (response.changed() || response.lost_focus() || response.has_focus())).then_some(text);
    if !response.has_focus() {
        inspector.typed.remove(&key);
    }
    sent
}

fn note_ui(ui: &mut Ui, inspector: &mut Inspector, tag: &Tag, composing: bool, words: &Words, asked: &mut Asked) {
    ui.separator();
    ui.label(words.get("note_short"));
    let id = egui::Id::unique("note field");
    if std::mem::take(&mut inspector.focus_note) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let label = words.get("note_short");
    let typed = text_ui(
        ui,
        inspector,
        (vec![tag.id], FieldKey::Note),
        &tag.note,
        composing,
        |text| TextEdit::multiline(text).id(id).desired_rows(3).desired_width(f32::INFINITY),
        label,
    );
    if let Some(note) = typed {
        asked.command(Command::Tag(TagCommand::SetNote(tag.id, note)));
    }
}

/// Says that a link is being made, and makes it when another tag is picked.
fn link_bar_ui(ui: &mut Ui, inspector: &mut Inspector, state: &State, document: &Document, words: &Words, asked: &mut Asked) {
    let Some((from, relation)) = inspector.linking else { return };
    let Some(person) = state.person() else { return };
    ui.group(|ui| {
        ui.label(words.fill("linking", &[words.named("relation", relation.key())]));
        ui.horizontal_wrapped(|ui| {
            for other in Relation::ALL {
                if ui.add(Button::selectable(other == relation, words.named("relation", other.key()))).clicked() {
                    inspector.linking = Some((from, other));
                }
            }
        });
        if ui.button(words.get("cancel")).clicked() {
            inspector.linking = None;
        }
    });
    if let [to] = document.picked.as_slice()
        && *to != from
    {
        let end = LinkEnd { report: document.report.id(), person: person.id, tag: *to };
        // A link is kept with the tag it begins at, which may stand in another report.
        let home = state.documents.iter().find(|document| document.annotations.tag(from).is_some()).map_or(document.id, |home| home.id);
        asked.command(Command::File(FileCommand::Activate(home)));
        asked.command(Command::Tag(TagCommand::Link(from, relation, end)));
        asked.command(Command::File(FileCommand::Activate(document.id)));
        inspector.linking = None;
    }
}

fn links_ui(ui: &mut Ui, inspector: &mut Inspector, state: &State, document: &Document, tag: &Tag, words: &Words, asked: &mut Asked) {
    ui.separator();
    ui.horizontal(|ui| {
        ui.label(words.get("links"));
        if ui.button(words.get("link_short")).clicked() {
            inspector.linking = Some((tag.id, Relation::Fulfils));
        }
    });
    for link in document.annotations.links_of(tag.id) {
        let outward = link.from.tag == tag.id;
        let end = if outward { link.to } else { link.from };
        let relation = words.named("relation", link.relation.key());
        let arrow = if outward { "→" } else { "←" };
        let other = linked_quote(state, end).unwrap_or_else(|| words.get("elsewhere").to_owned());
        ui.horizontal(|ui| {
            let label = format!("{relation} {arrow} {}", super::menus::shortened(&other));
            if ui.link(label).on_hover_text(other).clicked() {
                asked.action(Action::GoToTag(end.tag));
            }
            let remove = ui.add(Button::new("×").frame(false));
            remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.get("unlink")));
            if remove.clicked() {
                asked.command(Command::Tag(TagCommand::Unlink(link.id)));
            }
        });
    }
}

/// The words of a linked tag, if its report is open.
fn linked_quote(state: &State, end: LinkEnd) -> Option<String> {
    state.documents.iter().find_map(|document| Some(document.annotations.tag(end.tag)?.anchor.quote.clone()))
}

fn origin_ui(ui: &mut Ui, document: &Document, tag: &Tag, words: &Words) {
    ui.separator();
    let origin = match &tag.origin {
        Origin::ByHand => words.get("origin_by_hand").to_owned(),
        Origin::Accepted(rule) => words.fill("origin_accepted", &[words.named("rule", rule)]),
        Origin::Mended(rule) => words.fill("origin_mended", &[words.named("rule", rule)]),
    };
    let stamp = document.annotations.tag_records().get(&tag.id).map(|kept| kept.now.stamp.clone()).unwrap_or_default();
    ui.weak(format!("{origin} · {}", crate::store::local_moment(stamp.changed)));
}

/// The attributes tags have in common, in the order of the codebook.
fn common_attributes<'a>(book: &'a Codebook, tags: &[&Tag]) -> Vec<&'a crate::annotation::Attribute> {
    book.attributes.iter().filter(|attribute| tags.iter().all(|tag| attribute.belongs_to(&tag.kind))).collect()
}

/// Whether what an attribute holds is a closed list.
const fn is_closed(takes: &ValueType) -> bool {
    matches!(takes, ValueType::Choice(_) | ValueType::Choices(_))
}
