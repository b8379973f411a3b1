//! What people told one another about words and tags: in threads, settled or open.

use super::Queue;
use crate::annotation::{Annotations, Person, RemarkId, Tag, TagRef};
use crate::locale::Words;
use crate::review::{Said, Thread, threads};
use crate::session::{Command, Document, ReviewCommand, State};
use crate::store::local_moment;
use crate::text::Span;
use crate::ui::action::{Action, Asked, ColleagueAction};
use crate::ui::layers::Called;
use crate::ui::menus::shortened;
use egui::{Button, Frame, Key, KeyboardShortcut, Label, Modifiers, Response, RichText, ScrollArea, TextEdit, Ui, WidgetInfo};
use std::sync::{Arc, Weak};

/// What the window keeps of comments between frames.
#[derive(Debug, Default)]
pub struct Comments {
    /// Whose records the threads were put together of.
    of: Vec<Weak<Annotations>>,
    threads: Vec<Thread>,
    /// Whether settled ones are listed, too.
    settled: bool,
    /// A comment being written.
    typed: String,
    /// Whether its field is to get the focus.
    write: bool,
    /// An answer being written, and to what.
    answer: Option<(RemarkId, String)>,
    /// Whether its field is to get the focus.
    write_answer: bool,
}

impl Comments {
    /// Puts the threads together anew if somebody's records have changed.
    pub fn update(&mut self, state: &State) {
        let Some(document) = state.document() else {
            *self = Self::default();
            return;
        };
        let own = state.person().map(|person| (person, &document.annotations));
        let others = document.layers().all.iter().map(|layer| (layer.person.clone(), &layer.annotations));
        let all: Vec<(Person, &Arc<Annotations>)> = own.into_iter().chain(others).collect();
        if self.of.iter().map(Weak::as_ptr).eq(all.iter().map(|(_, annotations)| Arc::as_ptr(annotations))) {
            return;
        }
        self.of = all.iter().map(|(_, annotations)| Arc::downgrade(annotations)).collect();
        let people: Vec<(Person, &Annotations)> = all.into_iter().map(|(person, annotations)| (person, annotations.as_ref())).collect();
        self.threads = threads(&people);
    }

    /// The words on which something was said that is not settled.
    pub fn open_places(&self) -> Vec<Span> {
        self.threads.iter().filter(|thread| !thread.settled).map(|thread| thread.anchor.span).collect()
    }

    /// Puts the focus into the field of a new comment in the next frame.
    pub const fn write(&mut self) {
        self.write = true;
    }
}

/// What a comment made now would be about: the words selected, the tag picked, somebody's tag that was gone to, the case that
/// is being decided on, or else the clause at the caret.
fn subject(state: &State, document: &Document, queue: &Queue, tag: Option<TagRef>) -> Option<(Span, Option<TagRef>)> {
    if !document.selection.span().is_empty() {
        return document.taggable().map(|span| (span, None));
    }
    let own = || {
        let [picked] = document.picked.as_slice() else { return None };
        let span = document.annotations.tag(*picked).and_then(Tag::place)?;
        Some((span, Some(TagRef { person: state.person()?.id, tag: *picked })))
    };
    let of_others = || {
        let tag = tag?;
        let mut layers = document.layers().all.iter().filter(|layer| layer.person.id == tag.person);
        let span = layers.find_map(|layer| layer.annotations.tag(tag.tag)?.place())?;
        Some((span, Some(tag)))
    };
    let of_case = || queue.here(state).map(|judged| (judged.key.span, None));
    own().or_else(of_case).or_else(of_others).or_else(|| document.taggable().map(|span| (span, None)))
}

/// Draws the threads, and above them the field for a new one.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
pub fn comments_ui(
    ui: &mut Ui,
    comments: &mut Comments,
    queue: &Queue,
    tag: Option<TagRef>,
    state: &State,
    document: &Document,
    composing: bool,
    words: &Words,
    asked: &mut Asked,
) {
    new_ui(ui, comments, subject(state, document, queue, tag), document, composing, words, asked);
    ui.separator();
    let open = comments.threads.iter().filter(|thread| !thread.settled).count();
    ui.horizontal_wrapped(|ui| {
        ui.weak(words.fill("comments_open", &[&open.to_string(), &comments.threads.len().to_string()]));
        ui.checkbox(&mut comments.settled, words.get("comments_settled"));
    });
    let called = Called::of(state, document, words);
    let Comments { threads, answer, write_answer, settled, .. } = comments;
    ScrollArea::vertical().id_salt("comments").auto_shrink(false).show(ui, |ui| {
        for thread in threads.iter().filter(|thread| !thread.settled || *settled) {
            ui.push_id(thread.root.remark, |ui| {
                thread_ui(ui, thread, (&mut *answer, &mut *write_answer), document, &called, composing, words, asked);
            });
        }
    });
}

/// The field for a new comment, and what it would be about.
fn new_ui(
    ui: &mut Ui,
    comments: &mut Comments,
    subject: Option<(Span, Option<TagRef>)>,
    document: &Document,
    composing: bool,
    words: &Words,
    asked: &mut Asked,
) {
    let Some((span, about)) = subject else {
        ui.weak(words.get("comment_nothing"));
        return;
    };
    ui.add(Label::new(words.fill("comment_about", &[&quote(document, span)])).truncate());
    let sent = field_ui(ui, &mut comments.typed, &mut comments.write, composing, words.get("comment_words"), words.get("comment_hint"));
    if (sent | ui.add_enabled(!comments.typed.trim().is_empty(), Button::new(words.get("comment_add"))).clicked())
        && let Some(said) = taken(&mut comments.typed)
    {
        asked.command(Command::Review(ReviewCommand::Comment { anchor: span, about, words: said }));
    }
}

/// A thread: what it is about, what was said, and what can be done.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
fn thread_ui(
    ui: &mut Ui,
    thread: &Thread,
    (answer, write): (&mut Option<(RemarkId, String)>, &mut bool),
    document: &Document,
    called: &Called<'_>,
    composing: bool,
    words: &Words,
    asked: &mut Asked,
) {
    Frame::group(ui.style()).inner_margin(6).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let holds = thread.anchor.holds(document.report.text());
        let about = if holds { quote(document, thread.anchor.span) } else { shortened(&thread.anchor.quote.replace('\n', " ")) };
        if ui.add_enabled(holds, Button::new(&about).frame(false).truncate()).clicked() {
            asked.action(Action::Colleagues(ColleagueAction::GoToWords(thread.anchor.span)));
        }
        for said in std::iter::once(&thread.root).chain(&thread.answers) {
            said_ui(ui, said, called, words);
        }
        let root = thread.root.remark;
        ui.horizontal_wrapped(|ui| {
            if named_button_ui(ui, words.get("answer"), words.fill("answer_named", &[&about])).clicked() {
                (*answer, *write) = (Some((root, String::new())), true);
            }
            let settle = if thread.settled { "thread_open" } else { "thread_settle" };
            if named_button_ui(ui, words.get(settle), words.fill(&format!("{settle}_named"), &[&about])).clicked() {
                asked.command(Command::Review(ReviewCommand::Settle(root, !thread.settled)));
            }
        });
        let Some((_, typed)) = answer.as_mut().filter(|(to, _)| *to == root) else { return };
        let sent = field_ui(ui, typed, write, composing, words.get("answer_words"), words.get("comment_hint"));
        let pressed = ui.add_enabled(!typed.trim().is_empty(), Button::new(words.get("answer_send"))).clicked();
        if (sent | pressed)
            && let Some(said) = taken(typed)
        {
            asked.command(Command::Review(ReviewCommand::Answer(root, said)));
            *answer = None;
        }
    });
}

/// Who said what, and when.
fn said_ui(ui: &mut Ui, said: &Said, called: &Called<'_>, words: &Words) {
    let name = called.name(&said.by);
    ui.weak(RichText::new(format!("{name} · {}", local_moment(said.at))).small());
    if let Some(settles) = said.settles {
        ui.weak(words.get(if settles { "said_settled" } else { "said_open" }));
    }
    if !said.words.is_empty() {
        ui.add(Label::new(&said.words).wrap());
    }
}

/// A field for what somebody says. Says whether Enter sends it; Shift with Enter begins a line.
fn field_ui(ui: &mut Ui, typed: &mut String, write: &mut bool, composing: bool, name: &str, hint: &str) -> bool {
    let new_line = KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter);
    let field = TextEdit::multiline(typed).return_key(new_line).desired_rows(2).desired_width(f32::INFINITY).hint_text(hint.to_owned());
    let field = ui.add(field).accessible_name(name);
    if std::mem::take(write) {
        field.request_focus();
    }
    let sent = field.has_focus() && !composing && ui.input(|input| input.key_pressed(Key::Enter) && input.modifiers.is_none());
    if sent {
        field.surrender_focus();
    }
    sent
}

/// What was typed, if that is anything; the field is then empty.
fn taken(typed: &mut String) -> Option<String> {
    let said = typed.trim().to_owned();
    typed.clear();
    (!said.is_empty()).then_some(said)
}

/// A button whose name says more than its words.
fn named_button_ui(ui: &mut Ui, words: &str, name: String) -> Response {
    let button = ui.button(words);
    button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name.as_str()));
    button
}

/// The beginning of words of the report, as they are shown.
fn quote(document: &Document, span: Span) -> String {
    shortened(&document.report.shown(span, document.view).text.replace('\n', " "))
}
