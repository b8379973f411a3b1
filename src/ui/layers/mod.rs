//! Colleagues: who tagged the report and how their tags are shown, and what people told one another. A panel of two lists.

mod act;
mod called;
mod counts;
mod dot;
mod people;
mod row;

use super::action::{Action, Asked, ColleagueAction};
use super::reader::Others;
use super::review::{Comments, Queue, comments_ui};
use super::theme::Palette;
use crate::annotation::{PersonId, TagRef};
use crate::locale::Words;
use crate::session::{Document, DocumentId, ShownLayer, State};
use crate::store::wire::Role;
use counts::Counts;
use egui::{Align, Button, Layout, Ui};

pub use called::Called;
pub use dot::person_ui;

/// What the panel lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    /// Who tagged the report.
    People,
    /// What people told one another.
    Comments,
}

/// Whose layer, and as what.
type Whose = (PersonId, Role);

/// What the window keeps of colleagues between frames.
#[derive(Debug, Default)]
pub struct Colleagues {
    /// What the panel lists, while it is open.
    list: Option<List>,
    /// Whose tags stand in the text, too.
    picked: Option<Whose>,
    /// Whose tags without a place are listed.
    unplaced: Option<Whose>,
    /// The tag that was gone to, and in which document.
    tag: Option<(DocumentId, TagRef)>,
    counts: Counts,
    comments: Comments,
}

impl Colleagues {
    /// Whether the panel is open.
    pub const fn is_open(&self) -> bool {
        self.list.is_some()
    }

    /// Brings what is listed up to date.
    pub fn update(&mut self, state: &State) {
        if self.list == Some(List::Comments) {
            self.comments.update(state);
        }
    }

    /// The tag that was gone to in the document shown.
    pub fn tag(&self, state: &State) -> Option<TagRef> {
        self.tag.filter(|(document, _)| Some(*document) == state.active).map(|(_, tag)| tag)
    }

    /// What the page shows of all this, and of the case that is being decided on.
    pub fn on_page<'a>(&'a self, state: &'a State, document: &'a Document, queue: &Queue, words: &'a Words) -> Others<'a> {
        let picked = self.picked.as_ref().and_then(|(person, role)| document.layers().get(*person, role));
        let (case, options) = queue.on_page(state);
        Others {
            layers: document.layers().visible().collect(),
            called: Called::of(state, document, words),
            picked,
            tag: self.tag(state),
            case,
            options,
            comments: if self.list == Some(List::Comments) { self.comments.open_places() } else { Vec::new() },
        }
    }

    /// Opens the panel at a list, or closes it there.
    fn toggle(&mut self, list: List) {
        self.list = (self.list != Some(list)).then_some(list);
    }
}

/// Draws the panel.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
pub fn colleagues_ui(
    ui: &mut Ui,
    colleagues: &mut Colleagues,
    queue: &Queue,
    state: &State,
    composing: bool,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    let (Some(document), Some(list)) = (state.document(), colleagues.list) else { return };
    ui.horizontal(|ui| {
        for (other, name) in [(List::People, "layers"), (List::Comments, "comments")] {
            if ui.selectable_label(list == other, words.get(name)).clicked() {
                colleagues.list = Some(other);
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button(words.get("close_panel")).clicked() {
                colleagues.list = None;
            }
        });
    });
    ui.separator();
    match list {
        List::People => people::people_ui(ui, colleagues, state, document, words, palette, asked),
        List::Comments => {
            let tag = colleagues.tag(state);
            comments_ui(ui, &mut colleagues.comments, queue, tag, state, document, composing, words, asked);
        }
    }
}

/// What the status bar says of colleagues: how many of them tagged the report. A click shows them.
pub fn colleagues_label_ui(ui: &mut Ui, document: &Document, words: &Words, asked: &mut Asked) {
    let (shown, withheld) = (document.layers().all.len(), document.layers().withheld);
    if shown + withheld == 0 {
        return;
    }
    ui.separator();
    let label = words.fill("layers_count", &[&(shown + withheld).to_string()]);
    if ui.add(Button::new(label).frame(false)).on_hover_text(words.get("layers_hint")).clicked() {
        asked.action(Action::Colleagues(ColleagueAction::ToggleLayers));
    }
}

/// Whose layer it is.
fn whose(layer: &ShownLayer) -> Whose {
    (layer.person.id, layer.role.clone())
}
