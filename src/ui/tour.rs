//! A script the window follows by itself, one command a line: how the first look without a display, the benches and
//! the end-to-end tests drive the real window. docs/architecture.md lists the commands.

use super::action::{Action, ColleagueAction};
use super::app::App;
use super::keys::{BINDINGS, Scope};
use crate::report::ScriptView;
use crate::session::{Command, Document, FileCommand, KeepCommand, ProjectCommand, ReadCommand, Selection};
use crate::text::{Pos, Span};
use egui::ColorImage;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long a step may wait for what it waits for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A script and how far it has come.
#[derive(Debug)]
pub struct Tour {
    lines: std::collections::VecDeque<String>,
    /// Frames to let pass before the next line.
    pause: u32,
    waiting: Option<Instant>,
    /// Pictures asked for and not yet written.
    pictures: Arc<AtomicUsize>,
    /// Frames of scrolling still to come, and when each began.
    scrolling: u32,
    frames: Vec<Instant>,
}

impl Tour {
    /// The script in a file; one that cannot be read is an empty one that says so.
    pub fn load(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| format!("say {}: {error}\nquit", path.display()));
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect();
        Self { lines, pause: 2, waiting: None, pictures: Arc::default(), scrolling: 0, frames: Vec::new() }
    }

    /// Whether it has come to its end.
    pub fn is_over(&self) -> bool {
        self.lines.is_empty() && self.scrolling == 0
    }

    /// Does what is due in this frame.
    pub fn step(&mut self, app: &mut App, ctx: &egui::Context) {
        ctx.request_repaint();
        if self.scrolling > 0 {
            self.scroll(app);
            return;
        }
        if self.pause > 0 {
            self.pause -= 1;
            return;
        }
        let Some(line) = self.lines.pop_front() else { return };
        let (command, rest) = line.split_once(' ').unwrap_or((&line, ""));
        self.pause = 1;
        match command {
            "open" => app.carry_out(Command::File(FileCommand::Open(vec![PathBuf::from(rest)]))),
            "person" => app.carry_out(Command::Keep(KeepCommand::SetPerson(rest.to_owned()))),
            "view" => ScriptView::from_key(rest).into_iter().for_each(|view| app.act(ctx, Action::View(view))),
            "theme" => app.act(ctx, Action::Theme(if rest == "dark" { "dark" } else { "light" })),
            "language" => app.act(ctx, Action::Language(["zh-Hans", "zh-Hant", "en"].into_iter().find(|key| *key == rest).unwrap_or(""))),
            "list" => app.act(ctx, Action::ToggleList),
            "find" => self.find(app, ctx, rest),
            "folder" => app.carry_out(Command::Project(ProjectCommand::Open(PathBuf::from(rest)))),
            "grid" => app.act(ctx, Action::ToggleGrid),
            "look" => app.grid.look_for(rest),
            "search" => {
                app.act(ctx, Action::Find);
                app.find.look_for(rest);
            }
            "do" => {
                let binding = BINDINGS.iter().find(|binding| binding.name == rest);
                binding.into_iter().for_each(|binding| app.act(ctx, binding.action.clone()));
            }
            "proposals" => self.proposals(app, ctx, &line),
            "accept" => (0..rest.parse::<usize>().unwrap_or(1)).for_each(|_| app.act(ctx, Action::AcceptProposal)),
            "omissions" => app.act(ctx, Action::ToggleOmissions),
            "layers" => app.act(ctx, Action::Colleagues(ColleagueAction::ToggleLayers)),
            "review" => self.review(app, ctx, &line),
            "decide" => {
                let is_key = |key: egui::Key| key.name().eq_ignore_ascii_case(rest);
                let binding = BINDINGS.iter().find(|binding| binding.scope == Scope::Deciding && is_key(binding.shortcut.logical_key));
                binding.into_iter().for_each(|binding| app.act(ctx, binding.action.clone()));
            }
            "tag" => rest.parse().into_iter().for_each(|digit| app.act(ctx, Action::Tag(digit))),
            "size" => {
                let mut sides = rest.split(' ').filter_map(|side| side.parse::<f32>().ok());
                if let (Some(width), Some(height)) = (sides.next(), sides.next()) {
                    ctx.send_viewport_cmd(egui::ViewportCommand::InnerSize(egui::vec2(width, height)));
                }
            }
            "close" => app.act(ctx, Action::Close),
            "save" => app.act(ctx, Action::Save),
            "frames" => self.pause = rest.parse().unwrap_or(1),
            "wait" => self.wait(app, &line),
            "opened" if app.state().document().is_none() => {
                self.pause = 0;
                self.lines.push_front(line.clone());
            }
            "opened" => say("opened"),
            "scroll" => self.scrolling = rest.parse().unwrap_or(1),
            "picture" => self.picture(ctx, Path::new(rest)),
            "say" => say(rest),
            "kept" if !app.state().all_kept() => {
                self.pause = 0;
                self.lines.push_front(line.clone());
            }
            "tags" | "kept" => say(&format!("{} {}", rest, app.state().document().map_or(0, |document| document.annotations.tag_count()))),
            "quit" => self.quit(app, ctx, &line),
            other => say(&format!("no such command: {other}")),
        }
    }

    /// Selects words and goes there.
    fn find(&self, app: &mut App, ctx: &egui::Context, words: &str) {
        let Some(document) = app.state().document() else { return };
        let text = document.report.text();
        let Some(byte) = text.as_str().find(words) else {
            say(&format!("not found: {words}"));
            return;
        };
        let span = Span::new(text.pos_of(byte), text.pos_of(byte + words.len()));
        app.act(ctx, Action::GoTo(span.start()));
        app.carry_out(Command::Read(ReadCommand::Select(Selection::of(span))));
    }

    /// Waits until nothing is on its way.
    fn wait(&mut self, app: &App, line: &str) {
        let since = *self.waiting.get_or_insert_with(Instant::now);
        if app.is_settled() || since.elapsed() > PATIENCE {
            self.waiting = None;
        } else {
            self.lines.push_front(line.to_owned());
        }
    }

    /// Waits until the report is read, then opens the queue and says how many proposals there are.
    fn proposals(&mut self, app: &mut App, ctx: &egui::Context, line: &str) {
        let since = *self.waiting.get_or_insert_with(Instant::now);
        let is_read = |app: &App| app.state().document().is_some_and(|document| document.suggestions().is_some());
        if !is_read(app) && since.elapsed() < PATIENCE {
            self.lines.push_front(line.to_owned());
            return;
        }
        self.waiting = None;
        app.act(ctx, Action::ToggleProposals);
        say(&format!("proposals {}", app.state().document().map_or(0, |document| document.proposals().len())));
    }

    /// Opens the review of the report, waits until people's tags are compared, and says how many cases are left.
    fn review(&mut self, app: &mut App, ctx: &egui::Context, line: &str) {
        let is_shown = app.state().document().is_some_and(Document::is_review);
        if !is_shown && self.waiting.is_none() {
            app.act(ctx, Action::Colleagues(ColleagueAction::Review));
        }
        let since = *self.waiting.get_or_insert_with(Instant::now);
        let review = app.state().document().and_then(Document::review);
        if review.is_none() && since.elapsed() < PATIENCE {
            self.lines.push_front(line.to_owned());
            return;
        }
        self.waiting = None;
        say(&format!("cases {}", review.map_or(0, |review| review.tally.left())));
    }

    /// Scrolls by four rows; at the last of the frames says how far they were apart.
    fn scroll(&mut self, app: &mut App) {
        self.frames.push(Instant::now());
        self.scrolling -= 1;
        app.scroll_by(130.0);
        if self.scrolling == 0 {
            let mut apart: Vec<f64> =
                self.frames.windows(2).filter_map(|pair| Some(pair.last()?.duration_since(*pair.first()?).as_secs_f64() * 1e3)).collect();
            apart.sort_by(f64::total_cmp);
            let at = |share: usize| apart.get((apart.len().saturating_sub(1)) * share / 100).copied().unwrap_or_default();
            say(&format!("scrolled {:.2} {:.2} {:.2}", at(50), at(99), at(100)));
            self.frames.clear();
        }
    }

    fn picture(&mut self, ctx: &egui::Context, path: &Path) {
        self.pause = 4;
        self.pictures.fetch_add(1, Ordering::SeqCst);
        let (path, pictures) = (path.to_owned(), Arc::clone(&self.pictures));
        let done = ctx.clone();
        ctx.request_screenshot(move |image: Arc<ColorImage>| {
            match write_png(&path, &image) {
                Ok(()) => say(&format!("picture {}", path.display())),
                Err(error) => say(&format!("no picture {}: {error}", path.display())),
            }
            pictures.fetch_sub(1, Ordering::SeqCst);
            done.request_repaint_of(egui::ViewportId::ROOT);
        });
    }

    /// Leaves when the pictures are written.
    fn quit(&mut self, app: &mut App, ctx: &egui::Context, line: &str) {
        if self.pictures.load(Ordering::SeqCst) > 0 {
            self.lines.push_front(line.to_owned());
            return;
        }
        let places: Vec<Pos> = app.state().documents.iter().map(|document| document.place).collect();
        say(&format!("left with {} open", places.len()));
        app.act(ctx, Action::Quit);
    }
}

/// Says something to whoever started the script.
#[expect(clippy::print_stdout, reason = "the script's own channel")]
fn say(words: &str) {
    println!("{words}");
}

fn write_png(path: &Path, image: &ColorImage) -> Result<(), png::EncodingError> {
    let file = std::fs::File::create(path)?;
    let [width, height] = image.size;
    let mut encoder =
        png::Encoder::new(std::io::BufWriter::new(file), u32::try_from(width).unwrap_or(0), u32::try_from(height).unwrap_or(0));
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let bytes: Vec<u8> = image.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
    encoder.write_header()?.write_image_data(&bytes)
}
