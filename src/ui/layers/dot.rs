//! A person by the colour and the letter of their lane.

use super::Called;
use crate::annotation::Person;
use crate::ui::proposals::plain;
use crate::ui::theme::Palette;
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, FontId, Pos2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Width of a dot in points, and its distance from the name.
const DOT: f32 = 18.0;
const GAP: f32 = 4.0;

/// Draws the dot of a lane.
pub(super) fn dot_ui(ui: &mut Ui, lane: u8, called: &Called<'_>, palette: &Palette) {
    let (rect, _) = ui.allocate_exact_size(vec2(DOT, DOT), Sense::hover());
    paint(ui, rect.center(), lane, called, palette);
}

/// Draws somebody's dot and name, which stay in one row.
pub fn person_ui(ui: &mut Ui, person: &Person, called: &Called<'_>, palette: &Palette) {
    let name = called.name(person);
    let mut job = LayoutJob::simple_format(name.clone(), plain(ui));
    job.wrap = TextWrapping::truncate_at_width(ui.available_width() - DOT - GAP);
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(vec2(DOT + GAP + galley.size().x, DOT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name.as_str()));
    if let Some(lane) = called.lane(person.id) {
        paint(ui, pos2(rect.left() + DOT / 2.0, rect.center().y), lane, called, palette);
    }
    let place = pos2(rect.left() + DOT + GAP, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(place, galley, ui.visuals().text_color());
}

fn paint(ui: &Ui, middle: Pos2, lane: u8, called: &Called<'_>, palette: &Palette) {
    ui.painter().circle_filled(middle, DOT / 2.0, palette.lane(lane));
    ui.painter().text(middle, Align2::CENTER_CENTER, called.letter(lane), FontId::proportional(11.0), palette.paper);
}
