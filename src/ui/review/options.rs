//! What people say of a case, in columns side by side.

use super::Queue;
use super::opinion::{Opinion, opinions, silent};
use super::sheet::Sheet;
use crate::annotation::{Person, Tag};
use crate::locale::Words;
use crate::review::Judged;
use crate::session::{Document, Review};
use crate::ui::action::{Action, Asked, CaseAction};
use crate::ui::layers::{Called, person_ui};
use crate::ui::theme::Palette;
use egui::epaint::RectShape;
use egui::{Button, Color32, Label, Rect, Role, Sense, Shape, StrokeKind, Ui, WidgetInfo};

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
    let silent: Vec<&Person> = silent(review, judged).collect();
    let sheet = Sheet::of(document, review, judged, words, palette);
    let columns = Columns::new(ui, opinions.len() + usize::from(!silent.is_empty()));
    choose_ui(ui, queue, &opinions, called, words);
    // Their grounds lie below what stands on them, and how high they are is known at the end.
    let grounds: Vec<_> = (0..columns.count).map(|_| ui.painter().add(Shape::Noop)).collect();
    let drawn = ui.scope(|ui| {
        ui.set_min_width(columns.all());
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.add_space(EDGE);
        columns.row_ui(ui, |ui, at| {
            let people = opinions.get(at).map_or(silent.as_slice(), |opinion| opinion.people.as_slice());
            ui.spacing_mut().interact_size.y = 18.0;
            ui.horizontal_wrapped(|ui| people.iter().for_each(|person| person_ui(ui, person, called, palette)));
        });
        columns.row_ui(ui, |ui, at| match opinions.get(at) {
            Some(opinion) => take_ui(ui, at, opinion, called, words, asked),
            None => nothing_ui(ui, &silent, called, words, asked),
        });
        tags_ui(ui, &columns, &sheet, &opinions, called, words, palette);
        ui.add_space(EDGE);
    });
    queue.columns = columns.rects(drawn.response.rect).collect();
    for ((at, rect), ground) in queue.columns.iter().enumerate().zip(grounds) {
        ui.painter().set(ground, ground_of(ui, *rect, at == queue.option));
    }
}

/// How wide a column is at least and at most inside its edges, how broad these are, and the space between two; in points.
const NARROWEST: f32 = 186.0;
const WIDEST: f32 = 420.0;
const EDGE: f32 = 6.0;
const BETWEEN: f32 = 8.0;

/// Columns of one width. They are drawn row by row, so that a row begins at one height in all of them.
#[derive(Clone, Copy, Debug)]
struct Columns {
    count: usize,
    /// Inside the edges.
    width: f32,
}

impl Columns {
    /// So many columns that share the width there is.
    fn new(ui: &Ui, count: usize) -> Self {
        let share = (ui.available_width() + BETWEEN) / count.max(1) as f32 - BETWEEN;
        Self { count, width: (share - 2.0 * EDGE).floor().clamp(NARROWEST, WIDEST) }
    }

    /// How far one column is from the next.
    fn step(self) -> f32 {
        self.width + 2.0 * EDGE + BETWEEN
    }

    /// How wide they are together.
    fn all(self) -> f32 {
        (self.step() * self.count as f32 - BETWEEN).max(0.0)
    }

    /// Draws a row: of each column a cell, by its place.
    fn row_ui(self, ui: &mut Ui, mut cell_ui: impl FnMut(&mut Ui, usize)) {
        let spacing = ui.spacing().item_spacing;
        ui.horizontal_top(|ui| {
            ui.add_space(EDGE);
            ui.spacing_mut().item_spacing.x = 2.0 * EDGE + BETWEEN;
            for at in 0..self.count {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing = spacing;
                    ui.set_width(self.width);
                    cell_ui(ui, at);
                });
            }
        });
    }

    /// Where the columns stand whose rows fill this.
    fn rects(self, rows: Rect) -> impl Iterator<Item = Rect> {
        let left = move |at: usize| rows.left() + self.step() * at as f32;
        (0..self.count).map(move |at| Rect::from_x_y_ranges(left(at)..=left(at) + self.width + 2.0 * EDGE, rows.y_range()))
    }
}

/// What lies behind a column.
fn ground_of(ui: &Ui, rect: Rect, here: bool) -> RectShape {
    let visuals = &ui.visuals().widgets.noninteractive;
    let fill = if here { ui.visuals().selection.bg_fill.gamma_multiply(0.3) } else { Color32::TRANSPARENT };
    RectShape::new(rect, visuals.corner_radius, fill, visuals.bg_stroke, StrokeKind::Inside)
}

/// A click on a column has at hand what it says. It is sensed where the column stood in the last frame, before the buttons on
/// it, so that these are clicked first.
fn choose_ui(ui: &Ui, queue: &mut Queue, opinions: &[Opinion<'_>], called: &Called<'_>, words: &Words) {
    for ((at, opinion), rect) in opinions.iter().enumerate().zip(&queue.columns) {
        let column = ui.interact(*rect, ui.scope_id().with(("option", at)), Sense::CLICK);
        let name = words.fill("option_named", &[&called.names(opinion.people.iter().copied())]);
        column.widget_info(|| WidgetInfo::selected(Role::Group, true, queue.option == at, name.as_str()));
        if column.clicked() {
            queue.option = at;
        }
    }
}

/// Takes what stands in a column as it is, or changed.
fn take_ui(ui: &mut Ui, at: usize, opinion: &Opinion<'_>, called: &Called<'_>, words: &Words, asked: &mut Asked) {
    let Ok(at) = u8::try_from(at) else { return };
    let people = called.names(opinion.people.iter().copied());
    ui.horizontal(|ui| {
        let number = (usize::from(at) + 1).to_string();
        let take = Button::new(words.get("take_short")).shortcut_text(if at < 9 { number } else { String::new() });
        named_ui(ui, take, words.fill("take_named", &[&people]), CaseAction::Take(at), asked);
        named_ui(ui, Button::new(words.get("mend_short")), words.fill("mend_named", &[&people]), CaseAction::Mend(Some(at)), asked);
    });
}

/// Says what those say who tagged nothing.
fn nothing_ui(ui: &mut Ui, silent: &[&Person], called: &Called<'_>, words: &Words, asked: &mut Asked) {
    let name = words.fill("take_none_named", &[&called.names(silent.iter().copied())]);
    named_ui(ui, Button::new(words.get("take_none")), name, CaseAction::Nothing, asked);
}

/// A button whose name says more than its words.
fn named_ui(ui: &mut Ui, button: Button<'_>, name: String, action: CaseAction, asked: &mut Asked) {
    let button = ui.add(button);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_str()));
    if button.clicked() {
        asked.action(Action::Case(action));
    }
}

/// The rows of the tags: of the first tag of each column, then of the second, as far as there are several.
fn tags_ui(
    ui: &mut Ui,
    columns: &Columns,
    sheet: &Sheet<'_>,
    opinions: &[Opinion<'_>],
    called: &Called<'_>,
    words: &Words,
    palette: &Palette,
) {
    for number in 0..opinions.iter().map(|opinion| opinion.tags.len()).max().unwrap_or(0) {
        let tag = |at: usize| -> Option<(&Opinion<'_>, &Tag)> {
            let opinion = opinions.get(at)?;
            Some((opinion, *opinion.tags.get(number)?))
        };
        columns.row_ui(ui, |ui, at| match tag(at) {
            Some((opinion, tag)) => drop(ui.add(Label::new(sheet.quote(ui, tag, lane_colour(opinion, called, palette))).wrap())),
            None if at >= opinions.len() && number == 0 => drop(ui.weak(words.get("layer_no_tags"))),
            None => {}
        });
        for line in sheet.lines() {
            columns.row_ui(ui, |ui, at| {
                let said = tag(at).and_then(|(_, tag)| sheet.said(ui, line, tag));
                said.into_iter().for_each(|said| drop(ui.add(Label::new(said).wrap())));
            });
        }
        ui.add_space(2.0);
    }
}

fn lane_colour(opinion: &Opinion<'_>, called: &Called<'_>, palette: &Palette) -> Color32 {
    let lane = opinion.people.first().and_then(|person| called.lane(person.id));
    lane.map_or(palette.faint, |lane| palette.lane(lane))
}
