//! One row for each attribute: a list for closed ones, a field for typed ones with what was read of it.

use super::{FieldKey, Inspector, common_attributes, is_closed, text_ui};
use crate::annotation::{Attribute, AttributeId, Codebook, Tag, TagId, Value, ValueType};
use crate::locale::Words;
use crate::quantity::{Unread, deadline, period};
use crate::session::{Command, Document, TagCommand};
use crate::ui::action::Asked;
use crate::ui::theme::Palette;
use egui::{Button, ComboBox, Grid, RichText, TextEdit, Ui};

/// Draws the attributes the tags have in common.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
pub(super) fn attributes_ui(
    ui: &mut Ui,
    inspector: &mut Inspector,
    document: &Document,
    tags: &[&Tag],
    composing: bool,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    ui.separator();
    Grid::new("attributes").num_columns(2).spacing([8.0, 5.0]).show(ui, |ui| {
        for attribute in common_attributes(document.codebook(), tags) {
            let name = words.attribute(&attribute.id);
            ui.label(name);
            if is_closed(&attribute.takes) {
                closed_ui(ui, attribute, tags, words, asked);
            } else {
                open_ui(ui, inspector, document, attribute, tags, composing, words, palette, asked);
            }
            ui.end_row();
        }
        for (key, value) in undefined(document.codebook(), tags) {
            ui.weak(words.attribute(key)).on_hover_text(words.get("undefined_attribute"));
            ui.weak(value.text()).on_hover_text(words.get("undefined_attribute"));
            ui.end_row();
        }
    });
}

/// The attributes of a tag that the codebook in force does not give its kind: they are kept, and shown as they are.
fn undefined<'a>(book: &Codebook, tags: &[&'a Tag]) -> Vec<(&'a AttributeId, &'a Value)> {
    let [tag] = tags else { return Vec::new() };
    let defined = |key: &AttributeId| book.attribute(key).is_some_and(|attribute| attribute.belongs_to(&tag.kind));
    tag.attributes.iter().filter(|(key, _)| !defined(key)).collect()
}

/// The value the tags share; nothing where they differ.
fn shared(attribute: &Attribute, tags: &[&Tag]) -> Option<Option<Value>> {
    let mut values = tags.iter().map(|tag| tag.attributes.get(&attribute.id));
    let first = values.next()?;
    values.all(|value| value == first).then(|| first.cloned())
}

fn set(attribute: &Attribute, tags: &[&Tag], value: Value, asked: &mut Asked) {
    let ids: Vec<TagId> = tags.iter().map(|tag| tag.id).collect();
    asked.command(Command::Tag(TagCommand::SetAttribute(ids, attribute.id.clone(), value)));
}

fn closed_ui(ui: &mut Ui, attribute: &Attribute, tags: &[&Tag], words: &Words, asked: &mut Asked) {
    let (keys, several) = match &attribute.takes {
        ValueType::Choice(keys) => (keys, false),
        ValueType::Choices(keys) => (keys, true),
        ValueType::Text | ValueType::Names | ValueType::Period | ValueType::Deadline => return,
    };
    let value = shared(attribute, tags);
    let chosen: Vec<String> = match &value {
        Some(Some(Value::One(key))) => vec![key.clone()],
        Some(Some(Value::Many(keys))) => keys.clone(),
        Some(None) | None => Vec::new(),
    };
    let text = match &value {
        None => words.get("differing").to_owned(),
        Some(_) if chosen.is_empty() => "—".to_owned(),
        Some(_) => chosen.iter().map(|key| words.value(&attribute.id, key)).collect::<Vec<_>>().join("、"),
    };
    let name = words.attribute(&attribute.id);
    let combo =
        ComboBox::from_id_salt(attribute.id.as_str()).selected_text(text).width(ui.available_width().min(190.0)).show_ui(ui, |ui| {
            if ui.add(Button::selectable(chosen.is_empty(), "—")).clicked() {
                set(attribute, tags, Value::One(String::new()), asked);
            }
            for key in keys {
                let on = chosen.contains(key);
                if ui.add(Button::selectable(on, words.value(&attribute.id, key))).clicked() {
                    set(attribute, tags, toggled(&chosen, key, several), asked);
                }
            }
        });
    combo.response.accessible_name(name);
}

/// The value after a click on one entry of a list.
fn toggled(chosen: &[String], key: &str, several: bool) -> Value {
    if !several {
        return Value::One(key.to_owned());
    }
    let mut all: Vec<String> = chosen.iter().filter(|other| *other != key).cloned().collect();
    if all.len() == chosen.len() {
        all.push(key.to_owned());
    }
    Value::Many(all)
}

#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
fn open_ui(
    ui: &mut Ui,
    inspector: &mut Inspector,
    document: &Document,
    attribute: &Attribute,
    tags: &[&Tag],
    composing: bool,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    let value = shared(attribute, tags);
    let text = value.clone().flatten().map(|value| value.text()).unwrap_or_default();
    let hint = if value.is_none() { words.get("differing") } else { words.hint(&attribute.takes) };
    let name = words.attribute(&attribute.id);
    let ids: Vec<TagId> = tags.iter().map(|tag| tag.id).collect();
    ui.vertical(|ui| {
        let width = ui.available_width().min(190.0);
        let key = (ids, FieldKey::Attribute(attribute.id.clone()));
        let typed =
            text_ui(ui, inspector, key, &text, composing, |text| TextEdit::singleline(text).hint_text(hint).desired_width(width), name);
        if let Some(typed) = typed {
            let value = match attribute.takes {
                ValueType::Names => Value::Many(
                    typed.split(['、', '，', ',', '；', ';']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect(),
                ),
                _ => Value::One(typed),
            };
            // A separator just typed has no name behind it yet: nothing has changed.
            if Some(Some(&value)) != shared(attribute, tags).as_ref().map(Option::as_ref) {
                set(attribute, tags, value, asked);
            }
        }
        if let Some(read) = reading(attribute, document, &text) {
            match read {
                Ok(read) if read == text => {}
                Ok(read) => drop(ui.label(RichText::new(format!("= {read}")).small().color(palette.good))),
                Err(why) => drop(ui.label(RichText::new(words.unread(why)).small().color(palette.error))),
            }
        }
    });
}

/// What was read of a typed period or deadline; nothing for free text and empty fields.
fn reading(attribute: &Attribute, document: &Document, text: &str) -> Option<Result<String, Unread>> {
    let year = document.report.facts().year();
    if text.is_empty() {
        return None;
    }
    match attribute.takes {
        ValueType::Period => Some(period(text, year).map(|period| period.to_string())),
        ValueType::Deadline => Some(deadline(text, year).map(|deadline| deadline.to_string())),
        ValueType::Text | ValueType::Names | ValueType::Choice(_) | ValueType::Choices(_) => None,
    }
}
