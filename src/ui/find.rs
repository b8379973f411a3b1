//! Finding: words or an expression, in this report or in all that are open, every hit in its context.

use super::action::{Action, Asked};
use super::theme::Palette;
use crate::annotation::KindId;
use crate::locale::Words;
use crate::report::{Pattern, Report};
use crate::session::{Command, Document, DocumentId, FileCommand, State, TagCommand};
use crate::text::{Span, ViewPos};
use egui::text::{CCursor, CCursorRange, CharIndex, LayoutJob};
use egui::{Align, Button, Color32, FontId, Key, Label, Layout, ScrollArea, Sense, TextEdit, TextFormat, Ui, vec2};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// The most hits that are listed.
const MOST: usize = 20_000;
/// Characters of context on either side of a hit.
const CONTEXT: u32 = 18;
/// Height of a line of the list in points.
const LINE: f32 = 22.0;
/// Size of its text in points.
const SIZE: f32 = 14.0;

/// A place where what was looked for stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The document.
    pub document: DocumentId,
    /// The words.
    pub span: Span,
}

/// What a search depends on: when it changes, the reports are searched anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Question {
    typed: String,
    expression: bool,
    everywhere: bool,
    /// Whether regional wording is shown.
    wording: bool,
    documents: Vec<(DocumentId, usize)>,
}

/// What the panel keeps between frames.
#[derive(Debug, Default)]
pub struct Find {
    /// Whether the panel is shown.
    pub open: bool,
    typed: String,
    expression: bool,
    everywhere: bool,
    /// The field takes the focus in the next frame.
    focus: bool,
    asked: Question,
    waiting: Option<Receiver<Vec<Hit>>>,
    hits: Vec<Hit>,
    /// What is wrong with the expression.
    error: Option<String>,
    /// The hit one is at.
    current: Option<usize>,
    ticked: BTreeSet<Hit>,
    /// The list scrolls to the current hit.
    reveal: bool,
}

impl Find {
    /// Opens the panel, with the selected words if there are some.
    pub fn start(&mut self, document: &Document) {
        let selected = document.report.quote(document.selection.span());
        if !selected.is_empty() && selected.chars().count() <= 40 && !selected.contains('\n') {
            selected.clone_into(&mut self.typed);
        }
        self.open = true;
        self.focus = true;
    }

    /// Looks for words, as if they had been typed.
    pub fn look_for(&mut self, words: &str) {
        words.clone_into(&mut self.typed);
    }

    /// What is asked for now, of whichever documents.
    fn question(&self) -> Question {
        Question { typed: self.typed.clone(), expression: self.expression, everywhere: self.everywhere, ..Question::default() }
    }

    /// Whether a search is going on or about to begin.
    pub fn is_busy(&self) -> bool {
        let asked = Question { documents: Vec::new(), wording: false, ..self.asked.clone() };
        self.waiting.is_some() || (self.open && asked != self.question())
    }

    /// The hits in a document, in order, while the panel is shown.
    pub fn spans(&self, document: DocumentId) -> Vec<Span> {
        let hits = if self.open { self.hits.as_slice() } else { &[] };
        hits.iter().filter(|hit| hit.document == document).map(|hit| hit.span).collect()
    }

    /// The hit one is at.
    pub fn current(&self) -> Option<Hit> {
        self.current.filter(|_| self.open).and_then(|at| self.hits.get(at)).copied()
    }

    /// Goes to the next hit or the one before: from the caret where one has not been at one.
    pub fn step(&mut self, document: &Document, forward: bool) -> Option<Hit> {
        let count = self.hits.len();
        if count == 0 || !self.open {
            // What was found may be gone since: first it is looked for again.
            self.open |= !self.typed.is_empty();
            return None;
        }
        let here = Hit { document: document.id, span: Span::at(document.selection.span().start()) };
        let after = self.hits.partition_point(|hit| *hit < here);
        let at = match (self.current, forward) {
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
            (None, true) => after % count,
            (None, false) => (after + count - 1) % count,
        };
        self.current = Some(at);
        self.reveal = true;
        self.hits.get(at).copied()
    }

    /// Starts a search where the question has changed, and takes what one found.
    pub fn update(&mut self, ctx: &egui::Context, state: &State) {
        if !self.open {
            return;
        }
        let active = state.active;
        let within = |document: &&Document| self.everywhere || Some(document.id) == active;
        let documents: Vec<(DocumentId, Arc<Report>)> =
            state.documents.iter().filter(within).map(|document| (document.id, Arc::clone(&document.report))).collect();
        let ids = documents.iter().map(|(id, report)| (*id, Arc::as_ptr(report) as usize)).collect();
        let wording = state.document().is_some_and(|document| document.view.wording);
        let question = Question { documents: ids, wording, ..self.question() };
        if question != self.asked {
            self.asked = question;
            self.search(ctx, documents);
        }
        match self.waiting.as_ref().map(Receiver::try_recv) {
            Some(Ok(hits)) => {
                self.hits = hits;
                self.ticked.clear();
                self.current = None;
                self.waiting = None;
            }
            Some(Err(TryRecvError::Disconnected)) => self.waiting = None,
            Some(Err(TryRecvError::Empty)) | None => {}
        }
    }

    fn search(&mut self, ctx: &egui::Context, documents: Vec<(DocumentId, Arc<Report>)>) {
        (self.error, self.waiting) = (None, None);
        let pattern = if self.expression && !self.typed.is_empty() {
            Pattern::expression(&self.typed).map_err(|error| self.error = Some(error)).ok()
        } else {
            Pattern::words(&self.typed)
        };
        let pattern = pattern.map(|pattern| if self.asked.wording { pattern.in_any_wording() } else { pattern });
        let Some(pattern) = pattern else {
            self.hits.clear();
            self.current = None;
            return;
        };
        let (send, receive) = channel();
        self.waiting = Some(receive);
        let ctx = ctx.clone();
        // A million characters take a moment to fold the first time: one types on meanwhile.
        std::thread::spawn(move || {
            let mut hits = Vec::new();
            for (document, report) in documents {
                let found = report.find(&pattern, MOST - hits.len());
                hits.extend(found.into_iter().map(|span| Hit { document, span }));
            }
            // Nobody waits if the question has changed since.
            let _ = send.send(hits);
            ctx.request_repaint();
        });
    }
}

/// Draws the panel.
pub fn find_ui(ui: &mut Ui, find: &mut Find, state: &State, words: &Words, palette: &Palette, asked: &mut Asked) {
    let Some(document) = state.document() else { return };
    ui.horizontal_wrapped(|ui| {
        let field = ui.add(TextEdit::singleline(&mut find.typed).hint_text(words.get("find_hint")).desired_width(240.0));
        let field = field.accessible_name(words.get("find"));
        if std::mem::take(&mut find.focus) {
            field.request_focus();
            select_all(ui, field.id, find.typed.chars().count());
        }
        // Enter goes on to the next hit, and the field keeps the focus.
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            let back = ui.input(|input| input.modifiers.shift);
            asked.action(if back { Action::PreviousHit } else { Action::NextHit });
            field.request_focus();
        }
        for (name, action) in [("previous_hit", Action::PreviousHit), ("next_hit", Action::NextHit)] {
            let arrow = if action == Action::NextHit { "↓" } else { "↑" };
            let button = ui.add_enabled(!find.hits.is_empty(), Button::new(arrow)).on_hover_text(words.get(name));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.get(name)));
            if button.clicked() {
                asked.action(action);
            }
        }
        ui.checkbox(&mut find.everywhere, words.get("find_everywhere"));
        ui.checkbox(&mut find.expression, words.get("find_expression")).on_hover_text(words.get("find_expression_hint"));
        if find.is_busy() {
            ui.spinner();
        } else if let Some(error) = &find.error {
            ui.colored_label(palette.error, words.get("find_bad_expression")).on_hover_text(error);
        } else if !find.typed.trim().is_empty() {
            let at = find.current.map_or(0, |at| at + 1).to_string();
            let key = match find.hits.len() {
                0 => "find_none",
                MOST.. => "find_too_many",
                _ => "find_count",
            };
            ui.label(words.fill(key, &[&at, &find.hits.len().to_string()]));
        }
    });
    ui.horizontal(|ui| {
        if ui.button(words.get("close_panel")).clicked() {
            find.open = false;
        }
        tick_ui(ui, find, document, state, words, asked);
    });
    list_ui(ui, find, state, words, palette, asked);
}

/// Selects what stands in a text field, so that typing replaces it.
fn select_all(ui: &Ui, field: egui::Id, characters: usize) {
    let mut state = egui::text_edit::TextEditState::load(ui, field).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(CharIndex(0)), CCursor::new(CharIndex(characters)));
    state.cursor.set_char_range(Some(all));
    state.store(ui, field);
}

/// Ticking hits, and tagging the ticked ones.
fn tick_ui(ui: &mut Ui, find: &mut Find, document: &Document, state: &State, words: &Words, asked: &mut Asked) {
    if find.hits.is_empty() {
        return;
    }
    let all = find.ticked.len() == find.hits.len();
    if ui.button(words.get(if all { "tick_none" } else { "tick_all" })).clicked() {
        find.ticked = if all { BTreeSet::new() } else { find.hits.iter().copied().collect() };
    }
    ui.add_enabled_ui(!find.ticked.is_empty(), |ui| {
        ui.menu_button(words.fill("tag_ticked", &[&find.ticked.len().to_string()]), |ui| {
            for kind in &document.codebook().kinds {
                if ui.button(words.fill("tag_as", &[words.kind(&kind.id)])).clicked() {
                    tag_ticked(find, state, &kind.id, asked);
                }
            }
        });
    });
}

/// Tags the ticked hits: one step in each report.
fn tag_ticked(find: &mut Find, state: &State, kind: &KindId, asked: &mut Asked) {
    let ticked = std::mem::take(&mut find.ticked);
    let documents: BTreeSet<DocumentId> = ticked.iter().map(|hit| hit.document).collect();
    let tag = |document: DocumentId| {
        let spans = ticked.iter().filter(|hit| hit.document == document).map(|hit| hit.span).collect();
        [Command::File(FileCommand::Activate(document)), Command::Tag(TagCommand::MakeAll(kind.clone(), spans))]
    };
    let back = state.active.map(|active| Command::File(FileCommand::Activate(active)));
    asked.command(Command::All(documents.into_iter().flat_map(tag).chain(back).collect()));
}

fn list_ui(ui: &mut Ui, find: &mut Find, state: &State, words: &Words, palette: &Palette, asked: &mut Asked) {
    let Find { hits, ticked, current, reveal, everywhere, .. } = find;
    let mut area = ScrollArea::vertical().id_salt("hits").auto_shrink(false);
    if let (true, Some(at)) = (std::mem::take(reveal), *current) {
        area = area.vertical_scroll_offset((at as f32 - 2.0).max(0.0) * (LINE + ui.spacing().item_spacing.y));
    }
    area.show_rows(ui, LINE, hits.len(), |ui, range| {
        for at in range {
            let Some(&hit) = hits.get(at) else { continue };
            let Some(document) = state.get(hit.document) else { continue };
            ui.horizontal(|ui| {
                let mut on = ticked.contains(&hit);
                let tick = ui.checkbox(&mut on, "");
                tick.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, words.fill("tick_hit", &[&(at + 1).to_string()]))
                });
                if tick.changed() {
                    if on {
                        ticked.insert(hit);
                    } else {
                        ticked.remove(&hit);
                    }
                }
                if *everywhere {
                    ui.weak(super::menus::shortened(&document.title()));
                }
                let (before, rest) = context(document, hit.span, *current == Some(at), palette);
                // Hits stand under one another.
                let width = vec2(CONTEXT as f32 * SIZE, LINE);
                let layout = Layout::right_to_left(Align::Center);
                let before = ui.allocate_ui_with_layout(width, layout, |ui| ui.add(Label::new(before).sense(Sense::click()))).inner;
                ui.spacing_mut().item_spacing.x = 0.0;
                let line = ui.add(Label::new(rest).sense(Sense::click()).truncate()).union(before);
                if line.clicked() {
                    *current = Some(at);
                    asked.action(Action::GoToHit(hit));
                }
            });
        }
    });
}

/// What stands before a hit, and the hit with what stands after it, as the report is shown.
fn context(document: &Document, span: Span, is_current: bool, palette: &Palette) -> (LayoutJob, LayoutJob) {
    let report = &document.report;
    let paragraph = report.paragraphs().get(report.paragraph_at(span.start())).map_or(span, |paragraph| paragraph.span);
    // More than is shown: what is cut at its ends may be cut inside something that is shown otherwise.
    let around = Span::new(paragraph.clamp(span.start().minus(CONTEXT * 4)), paragraph.clamp(span.end().plus(CONTEXT * 6))).union(span);
    let shown = report.shown(around, document.view);
    let hit = shown.to_view(span);
    let end = ViewPos::new(shown.len()).min(hit.end().plus(CONTEXT * 2));
    let part = |from: ViewPos, to: ViewPos, colour: Color32, background: Color32| {
        let text: String = shown.text.chars().skip(from.get() as usize).take(to.since(from) as usize).collect();
        let format = TextFormat { font_id: FontId::proportional(SIZE), color: colour, background, ..Default::default() };
        LayoutJob::single_section(text.replace('\n', " "), format)
    };
    let before = part(hit.start().minus(CONTEXT), hit.start(), palette.faint, Color32::TRANSPARENT);
    let mut rest = part(hit.start(), hit.end(), palette.heading, if is_current { palette.hit_here } else { palette.hit });
    let after = part(hit.end(), end, palette.faint, Color32::TRANSPARENT);
    after.sections.into_iter().for_each(|section| rest.append(&after.text, 0.0, section.format));
    (before, rest)
}
