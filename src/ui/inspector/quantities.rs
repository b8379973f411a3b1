//! The quantities of a tag: words as typed, what was read of them, and what they measure.

use super::{FieldKey, Inspector, text_ui};
use crate::annotation::Tag;
use crate::locale::Words;
use crate::quantity::{Basis, Measure, Quantity, Stated, stated};
use crate::session::{Command, TagCommand};
use crate::ui::action::Asked;
use crate::ui::theme::Palette;
use egui::{Button, ComboBox, RichText, TextEdit, Ui};

/// Draws the quantities of one tag.
pub(super) fn quantities_ui(
    ui: &mut Ui,
    inspector: &mut Inspector,
    tag: &Tag,
    composing: bool,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    ui.separator();
    let mut quantities = tag.quantities.clone();
    ui.horizontal(|ui| {
        ui.label(words.get("quantities"));
        if ui.button(words.get("add_quantity")).clicked() {
            quantities.push(Quantity::default());
        }
    });
    let mut removed = None;
    for (at, quantity) in quantities.iter_mut().enumerate() {
        let number = (at + 1).to_string();
        ui.horizontal(|ui| {
            let name = words.fill("quantity_words", &[&number]);
            let key = (vec![tag.id], FieldKey::Quantity(at));
            let before = quantity.words.clone();
            let typed = text_ui(
                ui,
                inspector,
                key,
                &before,
                composing,
                |text| TextEdit::singleline(text).hint_text(words.get("hint_quantity")).desired_width(120.0),
                &name,
            );
            if let Some(typed) = typed {
                *quantity = retyped(quantity, typed);
            }
            let remove = ui.add(Button::new("×").frame(false));
            remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.fill("remove_quantity", &[&number])));
            if remove.clicked() {
                removed = Some(at);
            }
        });
        ui.horizontal(|ui| {
            let name = words.fill("quantity_measure", &[&number]);
            let combo = ComboBox::from_id_salt(("measure", at))
                .width(90.0)
                .selected_text(words.named("measure", quantity.measure.key()))
                .show_ui(ui, |ui| {
                    for measure in Measure::ALL {
                        ui.selectable_value(&mut quantity.measure, *measure, words.named("measure", measure.key()));
                    }
                });
            combo.response.accessible_name(&name);
            if matches!(quantity.measure, Measure::Growth | Measure::Change) {
                let name = words.fill("quantity_basis", &[&number]);
                let combo = ComboBox::from_id_salt(("basis", at))
                    .width(80.0)
                    .selected_text(words.named("basis", quantity.basis.key()))
                    .show_ui(ui, |ui| {
                        for basis in Basis::ALL {
                            ui.selectable_value(&mut quantity.basis, *basis, words.named("basis", basis.key()));
                        }
                    });
                combo.response.accessible_name(&name);
            }
        });
        if !quantity.words.is_empty() {
            // What the words around a number say of it, 下降5.6% or a ratio, may be known better than from its own.
            let read = if quantity.stated == Stated::default() { stated(&quantity.words) } else { Ok(quantity.stated.clone()) };
            match read {
                Ok(read) => drop(ui.label(RichText::new(format!("= {}", spoken(&read, words))).small().color(palette.good))),
                Err(why) => drop(ui.label(RichText::new(words.unread(why)).small().color(palette.error))),
            }
        }
        ui.add_space(4.0);
    }
    if let Some(at) = removed {
        quantities.remove(at);
    }
    if quantities != tag.quantities {
        asked.command(Command::Tag(TagCommand::SetQuantities(tag.id, quantities)));
    }
}

/// A quantity with other words: what is chosen by hand stays, what is read of the words is read again.
fn retyped(before: &Quantity, typed: String) -> Quantity {
    let fresh = Quantity::of_words(&typed);
    let chosen = before.measure != Quantity::of_words(&before.words).measure;
    let basis = if fresh.basis == Basis::None { before.basis } else { fresh.basis };
    Quantity { measure: if chosen { before.measure } else { fresh.measure }, basis, ..fresh }
}

/// What was read, for people: value or range, unit, bound.
pub fn spoken(read: &Stated, words: &Words) -> String {
    let value = read.value.map(|value| value.normalize().to_string()).unwrap_or_default();
    let high = read.high.map(|high| format!("–{}", high.normalize())).unwrap_or_default();
    let bound = words.named("bound", read.bound.key());
    format!("{value}{high} {} · {bound}", read.unit)
}
