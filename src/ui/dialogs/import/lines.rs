//! The lines of the lists: each as high as what it says, and only those in view are drawn.

use crate::annotation::Annotations;
use crate::exchange::{Brings, Taken};
use crate::locale::Words;
use crate::ui::reader::Heights;
use egui::{Label, Rect, Response, ScrollArea, Sense, TextStyle, Ui, UiBuilder, vec2};

/// Which of what a file brings is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum List {
    New,
    Changed,
    Conflicts,
    Misfits,
}

impl List {
    pub const ALL: [Self; 4] = [Self::New, Self::Changed, Self::Conflicts, Self::Misfits];

    pub const fn key(self) -> &'static str {
        match self {
            Self::New => "import_new",
            Self::Changed => "import_changed",
            Self::Conflicts => "import_conflicts",
            Self::Misfits => "import_misfits",
        }
    }

    /// What is said of the list.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::New => "import_new_hint",
            Self::Changed => "import_changed_hint",
            Self::Conflicts => "import_conflicts_hint",
            Self::Misfits => "import_misfits_hint",
        }
    }

    /// The list a tag stands in.
    fn of(item: &Taken) -> Self {
        match (&item.what, item.conflicts) {
            (_, true) => Self::Conflicts,
            (Brings::New { .. }, false) => Self::New,
            (Brings::Changed { .. }, false) => Self::Changed,
        }
    }
}

/// What is said of a tag that a file brings, or of what does not fit.
#[derive(Debug)]
pub(super) struct Line {
    pub list: List,
    /// What it is about, and then a line for each thing that is said of it.
    said: Vec<String>,
    /// Whether the tag is taken.
    pub ticked: bool,
}

impl Line {
    /// Of a tag; `own` are the tags that are here.
    pub fn of(item: &Taken, own: &Annotations, ticked: bool, words: &Words) -> Self {
        let there = match &item.what {
            Brings::Changed { tag, .. } => own.tag(*tag),
            Brings::New { .. } => None,
        };
        Self { list: List::of(item), said: words.brings_in_full(item, there), ticked }
    }

    /// Of what does not fit.
    pub fn misfit(said: String) -> Self {
        Self { list: List::Misfits, said: vec![said], ticked: false }
    }

    /// Gives back what of it the keyboard comes to.
    fn ui(&mut self, ui: &mut Ui, words: &Words) -> Response {
        if self.list == List::Misfits {
            return ui.add(Label::new(self.said.join("\n")).wrap().sense(Sense::focusable_noninteractive()));
        }
        let line = ui.horizontal_top(|ui| {
            let tick = ui.checkbox(&mut self.ticked, "");
            let (on, name) = (self.ticked, words.fill("import_tick", &[&self.said.join("；")]));
            tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, name.as_str()));
            ui.vertical(|ui| {
                // The first line stands beside the middle of the tick.
                ui.add_space(((tick.rect.height() - ui.text_style_height(&TextStyle::Body)) / 2.0).max(0.0));
                for said in &self.said {
                    ui.add(Label::new(said).wrap());
                }
            });
            tick
        });
        line.inner
    }
}

/// How high the lines of the list that is shown are.
#[derive(Debug, Default)]
pub(super) struct Lines {
    heights: Heights,
    /// The width they are that high in.
    width: f32,
}

impl Lines {
    /// Draws those in view, and one more on either side, to which the keyboard leads on.
    pub fn ui(&mut self, ui: &mut Ui, list: List, lines: &mut [&mut Line], words: &Words) {
        let area = ScrollArea::vertical().id_salt(("import list", list)).auto_shrink(false);
        area.show_viewport(ui, |ui, view| {
            let (width, gap) = (ui.available_width(), ui.spacing().item_spacing.y);
            if self.heights.len() != lines.len() || (self.width - width).abs() > 0.5 {
                let row = ui.text_style_height(&TextStyle::Body) + gap;
                *self = Self { heights: Heights::new(lines.iter().map(|line| row * line.said.len() as f32).collect()), width };
            }
            ui.set_height(self.heights.total() as f32);
            let origin = ui.max_rect().left_top();
            let first = self.heights.at(f64::from(view.top())).saturating_sub(1);
            let is_past = |heights: &Heights, at: usize| heights.before(at.saturating_sub(1)) > f64::from(view.bottom());
            let mut changed = false;
            for (at, line) in lines.iter_mut().enumerate().skip(first) {
                if is_past(&self.heights, at) {
                    break;
                }
                let (top, height) = (self.heights.before(at) as f32, self.heights.get(at));
                let rect = Rect::from_min_size(origin + vec2(0.0, top), vec2(width, height));
                let drawn = ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(at), |ui| line.ui(ui, words));
                if drawn.inner.gained_focus() {
                    drawn.response.scroll_to_me(None);
                }
                let is = drawn.response.rect.height() + gap;
                if (is - height).abs() > 0.5 {
                    self.heights.set(at, is);
                    changed = true;
                }
            }
            // How high a line is shows only once it is drawn, and with it how far there is to scroll.
            if changed {
                ui.request_repaint();
            }
        });
    }
}
