//! The window as a whole: panels around the reader, and the one place where what they ask for happens.

use super::action::{Action, Asked};
use super::dialogs::{Dialog, FileChoice, ImportDialog, Outcome, PasteDialog, PathDialog, PersonDialog, Purpose, UnpackDialog, dialog_ui};
use super::doubts::{Doubts, doubts_ui};
use super::exchange::AskedFor;
use super::figures::{FiguresView, figures_ui};
use super::find::{Find, find_ui};
use super::grid::{Grid, grid_ui};
use super::inspector::{Inspector, inspector_ui};
use super::keys::Keyboard;
use super::layers::{Colleagues, colleagues_ui};
use super::proposals::{Proposals, proposals_ui};
use super::reader::{Hits, Reader, ReaderTools, reader_ui};
use super::review::{Queue, review_ui};
use super::tag_list::{TagList, tag_list_ui};
use super::theme::Palette;
use super::tour::Tour;
use super::trail::Trail;
use super::{fonts, keys, left, menus, notices, status, theme, welcome};
use crate::locale::{Language, Words};
use crate::report::Script;
use crate::session::{Command, Document, DocumentId, Effect, FileCommand, ImportCommand, KeepCommand, Question, Runner, State, update};
use crate::store::{Memory, Settings, now, random_bytes};
use egui::{CentralPanel, Event, Frame, ImeEvent, Panel, Ui, ViewportCommand};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::{Duration, Instant};

/// How the window begins.
#[derive(Debug, Default)]
pub struct Start {
    /// Files to open.
    pub files: Vec<PathBuf>,
    /// A script to follow (docs/architecture.md, "The tour").
    pub tour: Option<PathBuf>,
}

/// How long leaving waits for what is being saved before it asks.
const PATIENCE: Duration = Duration::from_secs(5);

/// The window's state: the session, and what only the window needs.
pub struct App {
    pub(super) state: State,
    pub(super) runner: Runner,
    pub(super) words: Words,
    tools: ReaderTools,
    pub(super) readers: BTreeMap<DocumentId, Reader>,
    pub(super) inspector: Inspector,
    list: TagList,
    pub(super) find: Find,
    pub(super) doubts: Doubts,
    pub(super) doubts_open: bool,
    pub(super) proposals: Proposals,
    pub(super) colleagues: Colleagues,
    pub(super) queue: Queue,
    pub(super) figures: FiguresView,
    pub(super) grid: Grid,
    /// The report that was last shown: another one comes to the front.
    shown_active: Option<DocumentId>,
    /// The folder whose grid was last shown.
    shown_root: Option<PathBuf>,
    pub(super) trail: Trail,
    pub(super) dialog: Option<Dialog>,
    /// Folders outside those of the reports in which it was agreed to store something.
    pub(super) agreed: BTreeSet<PathBuf>,
    /// What is handed over, or is once its place is agreed to.
    pub(super) export: Option<AskedFor>,
    /// A file dialog of the system that is open, and since when.
    pub(super) choice: Option<(Receiver<FileChoice>, Instant)>,
    /// Whether an input method is composing.
    composing: bool,
    /// Whether a menu was open at the end of the last frame: egui knows only of those drawn in this one.
    menu_open: bool,
    /// Characters no font has, counted once for each document.
    missing: BTreeMap<DocumentId, usize>,
    /// Since when the window is being left.
    leaving: Option<Instant>,
    leave_unsaved: bool,
    tour: Option<Tour>,
    /// Language and theme as last applied.
    applied: Option<(String, String)>,
    /// The codebook whose words were taken in last, by its hash.
    learned: String,
}

impl App {
    /// A window on a session that begins with what the machine remembers.
    pub fn new(ctx: &egui::Context, runner: Runner, memory: Memory, start: Start) -> Self {
        theme::install(ctx);
        ctx.add_plugin(menus::Closing::default());
        let mut app = Self {
            state: State::new(memory, random_bytes()),
            runner,
            words: Words::new(Language::Simplified),
            tools: ReaderTools::default(),
            readers: BTreeMap::new(),
            inspector: Inspector::default(),
            list: TagList::default(),
            find: Find::default(),
            doubts: Doubts::default(),
            doubts_open: false,
            proposals: Proposals::default(),
            colleagues: Colleagues::default(),
            queue: Queue::default(),
            figures: FiguresView::default(),
            grid: Grid::default(),
            shown_active: None,
            shown_root: None,
            trail: Trail::default(),
            dialog: None,
            agreed: BTreeSet::new(),
            export: None,
            choice: None,
            composing: false,
            menu_open: false,
            missing: BTreeMap::new(),
            leaving: None,
            leave_unsaved: false,
            tour: start.tour.as_deref().map(Tour::load),
            applied: None,
            learned: String::new(),
        };
        app.apply_settings(ctx);
        app.runner.run(vec![Effect::Recover]);
        if !start.files.is_empty() {
            app.carry_out(Command::File(FileCommand::Open(start.files)));
        }
        app
    }

    /// The session, for tests and the tour.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Carries out a command, as a panel would ask for it.
    pub fn carry_out(&mut self, command: Command) {
        let effects = update(&mut self.state, command, now());
        self.runner.run(effects);
    }

    /// What happens before a frame, also while the window is hidden: what came back from the disk, what is due, leaving.
    pub fn before_frame(&mut self, ctx: &egui::Context) {
        for command in self.runner.poll() {
            self.carry_out(command);
        }
        self.carry_out(Command::Keep(KeepCommand::Tick));
        if !self.state.all_saved() || !self.state.opening.is_empty() || self.runner.is_busy() {
            ctx.request_repaint_after(Duration::from_millis(150));
        } else if self.state.project.is_some() || self.state.document().is_some() {
            // The folder, the opened files and the project's own words are looked at now and then.
            ctx.request_repaint_after(Duration::from_secs(1));
        }
        if ctx.input(|input| input.viewport().close_requested()) {
            self.close_requested(ctx);
        } else if self.leaving.is_some() {
            self.leave(ctx);
        }
    }

    fn close_requested(&mut self, ctx: &egui::Context) {
        if self.leave_unsaved || (self.leaving.is_some() && self.state.all_saved() && !self.runner.is_busy()) {
            return;
        }
        ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        if self.leaving.is_none() {
            self.leaving = Some(Instant::now());
            self.carry_out(Command::Keep(KeepCommand::SaveAll));
        }
        ctx.request_repaint();
    }

    /// Leaves when everything is saved; asks when that takes too long or fails.
    fn leave(&mut self, ctx: &egui::Context) {
        let failed = self.state.documents.iter().any(|document| document.keeping.trouble.is_some() && !document.keeping.saving);
        let waited = self.leaving.is_some_and(|since| since.elapsed() > PATIENCE);
        if self.state.all_saved() && !self.runner.is_busy() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else if failed || waited {
            self.leaving = None;
            self.dialog = Some(Dialog::LeaveUnsaved);
        }
        ctx.request_repaint_after(Duration::from_millis(20));
    }

    fn apply_settings(&mut self, ctx: &egui::Context) {
        let settings = self.state.settings();
        let wanted = (settings.language.clone(), settings.theme.clone());
        if self.applied.as_ref() == Some(&wanted) {
            return;
        }
        let language = Language::from_key(&wanted.0).unwrap_or_else(|| Language::of_system(&crate::store::system_language()));
        self.words = Words::new(language);
        self.learned.clear();
        if self.applied.as_ref().is_none_or(|applied| applied.0 != wanted.0) {
            fonts::install(ctx, if language == Language::Traditional { Script::Traditional } else { Script::Simplified });
        }
        ctx.set_theme(match wanted.1.as_str() {
            "light" => egui::ThemePreference::Light,
            "dark" => egui::ThemePreference::Dark,
            _ => egui::ThemePreference::System,
        });
        self.applied = Some(wanted);
        ctx.request_repaint();
    }

    /// Takes in the words of the codebook in force.
    fn learn_words(&mut self) {
        let Some(book) = self.state.document().map(Document::codebook).filter(|book| book.hash != self.learned) else { return };
        self.words = Words::new(self.words.language());
        self.words.learn(book);
        self.learned.clone_from(&book.hash);
    }

    /// Draws a frame and carries out what was asked for in it.
    pub fn frame_ui(&mut self, ui: &mut Ui) {
        self.apply_settings(ui.ctx());
        self.learn_words();
        let mut asked = Asked::default();
        self.take_input(ui, &mut asked);
        self.panels_ui(ui, &mut asked);
        self.dialogs_ui(ui, &mut asked);
        self.menu_open = ui.any_popup_open();
        self.run_tour(ui.ctx());
        self.follow_project(&asked.commands);
        for command in asked.commands {
            self.carry_out(command);
        }
        for action in asked.actions {
            self.act(ui.ctx(), action);
        }
        self.renew_readers();
        self.remember_window(ui.ctx());
    }

    /// Keys, copying, pasting, dropped files.
    fn take_input(&mut self, ui: &Ui, asked: &mut Asked) {
        let events = ui.input(|input| input.events.clone());
        for event in &events {
            match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => self.composing = !text.is_empty(),
                Event::Ime(ImeEvent::Commit(_)) => self.composing = false,
                _ => {}
            }
        }
        if !ui.text_edit_focused() {
            self.composing = false;
        }
        // A key that an input method has a hand in in this frame is not a command.
        let ime = events.iter().any(|event| matches!(event, Event::Ime(_)));
        let keyboard = self.keyboard(ui, self.composing || ime);
        let (in_grid, in_figures) = (self.shows_grid(), self.shows_figures());
        asked.actions.extend(keys::pressed(ui, keyboard, |action| match (in_grid, in_figures) {
            (true, _) => action.in_grid(),
            (false, true) => action.in_figures(),
            (false, false) => Some(action),
        }));
        if matches!(keyboard, Keyboard::Reading { .. }) && !in_grid && !in_figures {
            let modifiers = ui.input(|input| input.modifiers);
            for event in events {
                match event {
                    Event::Copy => asked.action(if modifiers.alt {
                        Action::CopyShown
                    } else if modifiers.shift {
                        Action::CopyCited
                    } else {
                        Action::Copy
                    }),
                    Event::Paste(text) => self.dialog = Some(Dialog::Paste(PasteDialog { text, focused: true })),
                    _ => {}
                }
            }
        }
        for (button, action) in [(egui::PointerButton::Extra1, Action::Back), (egui::PointerButton::Extra2, Action::Forward)] {
            if self.dialog.is_none() && ui.input(|input| input.pointer.button_pressed(button)) {
                asked.action(action);
            }
        }
        let dropped: Vec<PathBuf> = ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            asked.command(Command::File(FileCommand::Open(dropped)));
        }
    }

    /// What the keyboard is for in this frame.
    fn keyboard(&self, ui: &Ui, composing: bool) -> Keyboard {
        if composing {
            Keyboard::Composing
        } else if self.dialog.is_some() {
            Keyboard::Dialog
        } else if ui.text_edit_focused() || self.menu_open {
            Keyboard::Typing
        } else {
            let deciding = !self.shows_grid() && !self.shows_figures() && self.is_deciding();
            Keyboard::Reading { deciding, pressing: keys::focus_is_elsewhere(ui) }
        }
    }

    fn panels_ui(&mut self, ui: &mut Ui, asked: &mut Asked) {
        // What stands before the panels has the keys then.
        let covered = self.dialog.is_some() || self.menu_open;
        let mut settings = self.state.settings().clone();
        let palette = Palette::of(ui.theme(), &settings.paper);
        let missing = self.count_missing(ui);
        self.doubts.update(&self.state);
        self.proposals.update(&self.state);
        self.colleagues.update(&self.state);
        if self.queue.update(&self.state) {
            self.come_to_case();
        }
        self.figures.due(&self.state).into_iter().for_each(|command| self.carry_out(command));
        Panel::top("menu").show(ui, |ui| menus::menu_bar_ui(ui, &self.state, &self.words, asked));
        Panel::bottom("status")
            .show(ui, |ui| status::status_ui(ui, &self.state, &self.doubts, &self.queue, missing, &self.words, &palette, asked));
        if !self.state.notices.is_empty() || !self.state.opening.is_empty() || self.state.exporting.is_some() {
            Panel::top("notices").show(ui, |ui| notices::notices_ui(ui, &self.state, now(), &self.words, &palette, asked));
        }
        self.find.update(ui.ctx(), &self.state);
        if self.state.document().is_some() || self.state.project.is_some() {
            let reading = self.state.document().is_some() && !self.shows_grid() && !self.shows_figures();
            // What several people said stands side by side, so the panel is as wide as the window.
            let deciding = self.is_deciding();
            if deciding && reading {
                let panel = Queue::panel(ui.available_height());
                panel.show(ui, |ui| review_ui(ui, &mut self.queue, &self.state, &self.words, &palette, asked));
                self.keep_case_in_view(ui);
            }
            if settings.left_open {
                let panel = Panel::left("left").default_size(settings.left_width).size_range(140.0..=480.0);
                settings.left_width =
                    panel.show(ui, |ui| left::left_ui(ui, &self.state, self.grid.open, &self.words, &palette, asked)).response.rect.width();
            }
            if settings.right_open && reading {
                let panel = Panel::right("right").default_size(settings.right_width).size_range(220.0..=560.0);
                let shown =
                    panel.show(ui, |ui| inspector_ui(ui, &mut self.inspector, &self.state, self.composing, &self.words, &palette, asked));
                settings.right_width = shown.response.rect.width();
            }
            if self.colleagues.is_open() && reading {
                let panel = Panel::right("colleagues").default_size(280.0).size_range(220.0..=520.0);
                let (colleagues, queue) = (&mut self.colleagues, &self.queue);
                panel.show(ui, |ui| colleagues_ui(ui, colleagues, queue, &self.state, self.composing, &self.words, &palette, asked));
            }
            if self.doubts_open && reading {
                let panel = Panel::bottom("doubts").resizable(true).default_size(260.0).size_range(100.0..=700.0);
                panel.show(ui, |ui| doubts_ui(ui, &mut self.doubts, &self.state, &self.words, &palette, asked));
            }
            if self.proposals.is_open() && !deciding && reading && self.state.proposals_shown() {
                let panel = Panel::bottom("proposals").resizable(true).default_size(330.0).size_range(120.0..=700.0);
                panel.show(ui, |ui| proposals_ui(ui, &mut self.proposals, &self.state, &self.words, &palette, asked));
            }
            if settings.list_open && reading {
                let panel = Panel::bottom("list").resizable(true).default_size(settings.list_height).size_range(100.0..=700.0);
                let shown = panel.show(ui, |ui| tag_list_ui(ui, &mut self.list, &self.state, &self.words, &palette, asked));
                settings.list_height = shown.response.rect.height();
            }
        }
        if self.find.open && self.state.document().is_some() && !self.shows_grid() && !self.shows_figures() {
            let panel = Panel::bottom("find").resizable(true).default_size(200.0).size_range(80.0..=600.0);
            panel.show(ui, |ui| find_ui(ui, &mut self.find, &self.state, &self.words, &palette, asked));
        }
        let frame = Frame::NONE.fill(palette.paper);
        if self.shows_grid() {
            let frame = Frame::NONE.inner_margin(8.0).fill(ui.visuals().panel_fill);
            let grid = &mut self.grid;
            CentralPanel::no_frame().frame(frame).show(ui, |ui| grid_ui(ui, grid, &self.state, &self.words, &palette, covered, asked));
            self.keep_settings(ui, settings);
            return;
        }
        if self.shows_figures() {
            let frame = Frame::NONE.inner_margin(8.0).fill(ui.visuals().panel_fill);
            let figures = &mut self.figures;
            CentralPanel::no_frame().frame(frame).show(ui, |ui| figures_ui(ui, figures, &self.state, &self.words, &palette, asked));
            self.keep_settings(ui, settings);
            return;
        }
        CentralPanel::no_frame().frame(frame).show(ui, |ui| match self.state.document() {
            Some(document) => {
                let hits = Hits {
                    all: &self.find.spans(document.id),
                    here: self.find.current().filter(|hit| hit.document == document.id).map(|hit| hit.span),
                };
                let proposed = self.proposals.on_page(&self.state);
                let others = self.colleagues.on_page(&self.state, document, &self.queue, &self.words);
                let reader = self.readers.entry(document.id).or_insert_with(|| Reader::new(document));
                reader_ui(
                    ui,
                    reader,
                    &mut self.tools,
                    &self.state,
                    document,
                    &self.words,
                    &palette,
                    &hits,
                    &proposed,
                    &others,
                    covered,
                    asked,
                );
            }
            None => welcome::welcome_ui(ui, &self.state, &self.words, asked),
        });
        self.keep_settings(ui, settings);
    }

    /// Whether cases of a review are being decided. Their panel and the list of doubts have one place and share Enter.
    pub(super) fn is_deciding(&self) -> bool {
        !self.doubts_open && self.queue.is_open(&self.state)
    }

    /// Whether figures are shown in place of the page of a review.
    fn shows_figures(&self) -> bool {
        !self.shows_grid() && self.figures.is_shown(&self.state)
    }

    /// Whether the grid of a folder is shown in place of a report.
    pub(super) fn shows_grid(&self) -> bool {
        self.state.project.is_some() && (self.grid.open || self.state.document().is_none())
    }

    /// Keeps the sizes of the panels once they are let go of.
    fn keep_settings(&mut self, ui: &Ui, settings: Settings) {
        if settings != *self.state.settings() && !ui.input(|input| input.pointer.any_down()) {
            self.carry_out(Command::Keep(KeepCommand::Set(Box::new(settings))));
        }
    }

    /// A folder that was opened shows its grid; a report that is shown hides it.
    fn follow_project(&mut self, asked: &[Command]) {
        if self.state.active != self.shown_active {
            self.shown_active = self.state.active;
            self.grid.open &= self.state.active.is_none();
        }
        let root = self.state.project.as_ref().map(|project| project.root.clone());
        if root != self.shown_root {
            self.grid = Grid::new(root.is_some());
            self.shown_root = root;
        }
        if asked.iter().any(|command| matches!(command, Command::File(FileCommand::Activate(_)))) {
            self.grid.open = false;
        }
    }

    fn count_missing(&mut self, ctx: &egui::Context) -> usize {
        let Some(document) = self.state.document() else { return 0 };
        if !self.readers.contains_key(&document.id) {
            return 0;
        }
        *self.missing.entry(document.id).or_insert_with(|| {
            let font = egui::FontId::new(18.0, fonts::family(fonts::Face::Serif, document.report.script()));
            self.tools.coverage.missing_in(ctx, &font, document.report.text().as_str())
        })
    }

    fn dialogs_ui(&mut self, ui: &Ui, asked: &mut Asked) {
        self.take_choice();
        self.follow_export();
        match (&self.state.question, &self.dialog) {
            (Some(Question::Name { .. }), dialog) if !matches!(dialog, Some(Dialog::Person(_))) => {
                self.dialog = Some(Dialog::Person(PersonDialog::new(&self.state)))
            }
            _ => {}
        }
        if self.dialog.is_none() {
            self.dialog = self.state.packs.first().map(|pack| Dialog::Unpack(UnpackDialog::new(pack, &self.state)));
        }
        if let (None, Some(import)) = (&self.dialog, &self.state.import) {
            self.dialog = ImportDialog::new(import, &self.state, &self.words).map(|import| Dialog::Import(Box::new(import)));
        }
        let Some(dialog) = &mut self.dialog else { return };
        if let (Dialog::Typesetting(set), Some(reader)) = (&mut *dialog, self.state.active.and_then(|id| self.readers.get(&id))) {
            *set = reader.loose_rows();
        }
        let asking = matches!(dialog, Dialog::Person(_));
        match dialog_ui(ui.ctx(), dialog, &self.state, &self.words, asked) {
            Outcome::Open => {}
            Outcome::Closed => {
                let closed = self.dialog.take();
                if asking {
                    self.state.question = None;
                }
                match closed {
                    Some(Dialog::Unpack(unpack)) => self.carry_out(Command::File(FileCommand::LeavePack(unpack.path().to_owned()))),
                    Some(Dialog::Import(_)) => self.carry_out(Command::Import(ImportCommand::Leave)),
                    Some(Dialog::Outside(_)) if !asked.actions.iter().any(|action| matches!(action, Action::StoreThere(..))) => {
                        self.take_back_export();
                    }
                    _ => {}
                }
            }
            Outcome::Leave => {
                self.dialog = None;
                self.leave_unsaved = true;
                ui.send_viewport_cmd(ViewportCommand::Close);
            }
        }
        // A name that was taken closes its dialog.
        let named = asked.commands.iter().position(|command| matches!(command, Command::Keep(KeepCommand::SetPerson(_))));
        if let Some(at) = named {
            let command = asked.commands.remove(at);
            self.carry_out(command);
            if !self.state.notices.iter().any(|notice| matches!(notice.what, crate::session::What::BadName(_))) {
                self.dialog = None;
            }
        }
    }

    /// What the system's file dialog gave. Where there is none it is back at once, and a path is asked for.
    fn take_choice(&mut self) {
        let Some((receiver, since)) = &self.choice else { return };
        match receiver.try_recv() {
            Ok(FileChoice::Files(paths)) => self.carry_out(Command::File(FileCommand::Open(paths))),
            Ok(FileChoice::Path(purpose, path)) => self.chosen(purpose, path),
            // The dialog that asked for it has a field of its own.
            Ok(FileChoice::Nothing(Purpose::ExportTo)) => {}
            Ok(FileChoice::Nothing(purpose)) if since.elapsed() < Duration::from_millis(800) => {
                self.dialog = Some(Dialog::Path(PathDialog::instead(purpose)));
            }
            Ok(FileChoice::Nothing(_)) | Err(TryRecvError::Disconnected) => {}
            Err(TryRecvError::Empty) => return,
        }
        self.choice = None;
    }

    /// Forgets the readers of documents that are gone.
    fn renew_readers(&mut self) {
        let state = &self.state;
        self.readers.retain(|id, _| state.get(*id).is_some());
        self.missing.retain(|id, _| state.get(*id).is_some());
    }

    fn remember_window(&mut self, ctx: &egui::Context) {
        let size = ctx.input(|input| input.viewport().inner_rect).map(|rect| (rect.width(), rect.height()));
        let (Some(size), false) = (size, ctx.input(|input| input.viewport().fullscreen.unwrap_or(false))) else { return };
        self.state.memory.settings.window = size;
    }

    fn run_tour(&mut self, ctx: &egui::Context) {
        let Some(mut tour) = self.tour.take() else { return };
        tour.step(self, ctx);
        self.tour = (!tour.is_over()).then_some(tour);
    }

    /// Scrolls the report shown by points, for the tour.
    pub(super) fn scroll_by(&mut self, points: f32) {
        if let Some(reader) = self.state.active.and_then(|id| self.readers.get_mut(&id)) {
            reader.scroll_by(points);
        }
    }

    /// Whether nothing is on its way: no file being opened, nothing unsaved.
    pub fn is_settled(&self) -> bool {
        self.state.opening.is_empty() && self.state.all_saved() && !self.runner.is_busy() && !self.find.is_busy()
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.before_frame(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame_ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.carry_out(Command::Keep(KeepCommand::SaveAll));
        let Self { state, runner, .. } = self;
        runner.settle(Duration::from_secs(3), |command| update(state, command, now()));
    }
}
