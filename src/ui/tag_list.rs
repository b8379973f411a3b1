//! The list of all tags as a grid: sorted, filtered, several picked at once.

use super::action::{Action, Asked};
use super::theme::Palette;
use crate::annotation::{AttributeId, KindId, Tag, TagId, Value};
use crate::locale::Words;
use crate::session::{Command, Document, ReadCommand, State};
use egui::{Button, Label, Modifiers, RichText, ScrollArea, TextEdit, Ui};
use egui_extras::{Column, TableBuilder};

/// What the list is sorted by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Order {
    /// As in the text.
    #[default]
    Place,
    Kind,
    Words,
    Quantities,
    Attribute(AttributeId),
    Note,
}

/// What the list keeps between frames.
#[derive(Debug, Default)]
pub struct TagList {
    filter: String,
    /// Kinds left out.
    hidden: Vec<KindId>,
    order: Order,
    descending: bool,
    /// Where a range picked with Shift begins.
    from: Option<TagId>,
}

/// The attributes that have a column; the inspector shows all.
const COLUMNS: [&str; 5] = ["indicator_name", "period", "modality", "deadline", "owner_lead"];

/// Draws the list.
pub fn tag_list_ui(ui: &mut Ui, list: &mut TagList, state: &State, words: &Words, palette: &Palette, asked: &mut Asked) {
    let Some(document) = state.document() else { return };
    let shown = rows(list, document, words);
    ui.horizontal_wrapped(|ui| {
        ui.strong(words.fill("tag_list", &[&shown.len().to_string(), &document.annotations.tag_count().to_string()]));
        ui.add(TextEdit::singleline(&mut list.filter).hint_text(words.get("filter")).desired_width(180.0))
            .accessible_name(words.get("filter"));
        for kind in &document.codebook().kinds {
            let mut on = !list.hidden.contains(&kind.id);
            let label = RichText::new(words.kind(&kind.id)).color(palette.kind(kind.colour));
            let response = ui.checkbox(&mut on, label);
            if response.changed() {
                list.hidden.retain(|id| *id != kind.id);
                if !on {
                    list.hidden.push(kind.id.clone());
                }
            }
        }
        if ui.button(words.get("pick_shown")).clicked() {
            asked.command(Command::Read(ReadCommand::Pick(shown.iter().map(|tag| tag.id).collect())));
        }
    });
    ScrollArea::horizontal()
        .id_salt("tag columns")
        .auto_shrink(false)
        .show(ui, |ui| grid_ui(ui, list, document, &shown, words, palette, asked));
}

/// The tags that pass the filter, in order.
fn rows<'a>(list: &TagList, document: &'a Document, words: &Words) -> Vec<&'a Tag> {
    let wanted = list.filter.trim().to_lowercase();
    let passes =
        |tag: &&Tag| !list.hidden.contains(&tag.kind) && (wanted.is_empty() || haystack(tag, words).to_lowercase().contains(&wanted));
    let mut tags: Vec<&Tag> = document.annotations.tags().filter(passes).collect();
    match &list.order {
        Order::Place => {}
        Order::Kind => tags.sort_by_key(|tag| tag.kind.clone()),
        Order::Words => tags.sort_by(|a, b| a.anchor.quote.cmp(&b.anchor.quote)),
        Order::Quantities => tags.sort_by_key(|tag| tag.quantities.first().and_then(|quantity| quantity.stated.standard_value())),
        Order::Attribute(id) => tags.sort_by_key(|tag| tag.attribute(id)),
        Order::Note => tags.sort_by(|a, b| a.note.cmp(&b.note)),
    }
    if list.descending {
        tags.reverse();
    }
    tags
}

/// Everything of a tag that a filter may match.
fn haystack(tag: &Tag, words: &Words) -> String {
    let attributes = tag.attributes.iter().map(|(id, value)| spoken(id, value, words)).collect::<Vec<_>>().join(" ");
    let quantities = tag.quantities.iter().map(|quantity| quantity.words.as_str()).collect::<Vec<_>>().join(" ");
    format!("{} {attributes} {quantities} {}", tag.anchor.quote, tag.note)
}

/// An attribute's value in the reader's words.
pub fn spoken(id: &AttributeId, value: &Value, words: &Words) -> String {
    match value {
        Value::One(text) => words.value(id, text),
        Value::Many(texts) => texts.iter().map(|text| words.value(id, text)).collect::<Vec<_>>().join("、"),
    }
}

fn grid_ui(ui: &mut Ui, list: &mut TagList, document: &Document, tags: &[&Tag], words: &Words, palette: &Palette, asked: &mut Asked) {
    let attributes = COLUMNS.map(AttributeId::new);
    let mut table = TableBuilder::new(ui)
        .id_salt("tags")
        .striped(true)
        .sense(egui::Sense::CLICK)
        .auto_shrink(false)
        .column(Column::initial(100.0).at_least(40.0).clip(true).resizable(true))
        .column(Column::initial(280.0).at_least(80.0).clip(true).resizable(true))
        .column(Column::initial(130.0).at_least(40.0).clip(true).resizable(true));
    for _ in &attributes {
        table = table.column(Column::initial(100.0).at_least(30.0).clip(true).resizable(true));
    }
    table
        .column(Column::initial(160.0).at_least(40.0).clip(true).resizable(true))
        .header(24.0, |mut header| {
            let mut column = |name: &str, order: Order| {
                header.col(|ui| heading_ui(ui, list, name, order));
            };
            column(words.get("column_kind"), Order::Kind);
            column(words.get("column_words"), Order::Words);
            column(words.get("quantities"), Order::Quantities);
            for id in &attributes {
                column(words.attribute(id), Order::Attribute(id.clone()));
            }
            column(words.get("note_short"), Order::Note);
        })
        .body(|body| {
            body.rows(22.0, tags.len(), |mut row| {
                let Some(tag) = tags.get(row.index()) else { return };
                row.set_selected(document.picked.contains(&tag.id));
                row.col(|ui| {
                    let kind = document.codebook().kind(&tag.kind);
                    let colour = kind.map_or(palette.faint, |kind| palette.kind(kind.colour));
                    let unsure = if tag.unsure { " ?" } else { "" };
                    cell_ui(ui, RichText::new(format!("{}{unsure}", words.kind(&tag.kind))).color(colour));
                });
                row.col(|ui| cell_ui(ui, RichText::new(words_of(document, tag))));
                let quantities = tag.quantities.iter().map(|quantity| quantity.words.as_str()).collect::<Vec<_>>().join("；");
                row.col(|ui| cell_ui(ui, RichText::new(quantities)));
                for id in &attributes {
                    let value = tag.attributes.get(id).map(|value| spoken(id, value, words)).unwrap_or_default();
                    row.col(|ui| cell_ui(ui, RichText::new(value)));
                }
                row.col(|ui| cell_ui(ui, RichText::new(tag.note.replace('\n', " "))));
                let response = row.response();
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Row, true, tag.anchor.quote.as_str()));
                if response.clicked() {
                    pick(list, document, tags, tag.id, response.ctx.input(|input| input.modifiers), asked);
                }
            });
        });
}

fn cell_ui(ui: &mut Ui, text: RichText) {
    ui.add(Label::new(text).selectable(false).truncate());
}

/// A column's head: a click sorts by it, another the other way round, a third as in the text.
fn heading_ui(ui: &mut Ui, list: &mut TagList, name: &str, order: Order) {
    let sorted = list.order == order;
    let arrow = match (sorted, list.descending) {
        (false, _) => "",
        (true, false) => " ↑",
        (true, true) => " ↓",
    };
    if ui.add(Button::new(format!("{name}{arrow}")).frame(false)).clicked() {
        match (sorted, list.descending) {
            (false, _) => (list.order, list.descending) = (order, false),
            (true, false) => list.descending = true,
            (true, true) => (list.order, list.descending) = (Order::Place, false),
        }
    }
}

/// A click picks one tag and goes there; with Ctrl one more; with Shift all from the last one picked.
fn pick(list: &mut TagList, document: &Document, tags: &[&Tag], id: TagId, modifiers: Modifiers, asked: &mut Asked) {
    let mut picked = vec![id];
    if modifiers.command {
        picked = document.picked.clone();
        if picked.contains(&id) {
            picked.retain(|other| *other != id);
        } else {
            picked.push(id);
        }
    } else if modifiers.shift
        && let Some(from) = list.from
    {
        let at = |id: TagId| tags.iter().position(|tag| tag.id == id);
        if let (Some(one), Some(other)) = (at(from), at(id)) {
            picked = tags.get(one.min(other)..=one.max(other)).unwrap_or_default().iter().map(|tag| tag.id).collect();
        }
    } else {
        asked.action(Action::GoToTag(id));
    }
    if !modifiers.shift {
        list.from = Some(id);
    }
    asked.command(Command::Read(ReadCommand::Pick(picked)));
}

/// The words a tag stands on, as they are shown; of one without a place, those it stood on.
fn words_of(document: &Document, tag: &Tag) -> String {
    let text = tag.place().map_or_else(|| tag.anchor.quote.clone(), |span| document.report.shown(span, document.view).text);
    text.replace('\n', " ")
}
