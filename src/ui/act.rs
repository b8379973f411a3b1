//! Actions: what each does to the session and the window.

use super::action::Action;
use super::app::App;
use super::dialogs::{
    CitationDialog, DamageDialog, Dialog, EncodingDialog, FactsDialog, GoDialog, PasteDialog, PathDialog, PersonDialog, Purpose,
    VersionsDialog, choose_file, choose_files, choose_folder, choose_table,
};
use super::find::Hit;
use super::reader::{Reader, stepped, stretched};
use crate::annotation::{Relation, Tag, TagId};
use crate::exchange::stamp;
use crate::locale::Words;
use crate::report::{Field, Reading, ScriptView};
use crate::session::{Command, Document, FileCommand, KeepCommand, ProjectCommand, ReadCommand, Selection, TagCommand, What, settled};
use crate::store::Settings;
use crate::text::{Pos, Span};
use egui::ViewportCommand;
use std::time::Instant;

impl App {
    /// Carries out an action.
    pub fn act(&mut self, ctx: &egui::Context, action: Action) {
        match action {
            Action::Open => self.choice = Some((choose_files(ctx, self.words.get("open"), self.words.get("text_files")), Instant::now())),
            Action::OpenPath => self.dialog = Some(Dialog::Path(PathDialog::new(Purpose::Open))),
            Action::OpenSample(number) => self.open_sample(number),
            Action::Paste => {
                self.dialog = Some(Dialog::Paste(PasteDialog::default()));
                ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
            }
            Action::OpenFolder => {
                self.choice = Some((choose_folder(ctx, self.words.get("open_folder"), Purpose::OpenFolder), Instant::now()));
            }
            Action::ToggleGrid => self.grid.open = self.state.project.is_some() && !self.grid.open,
            Action::OpenAt(path, span) => {
                self.leave_here();
                self.carry_out(Command::File(FileCommand::OpenAt(path.clone(), span)));
                // One that is open already stands somewhere else.
                if self.state.document().is_some_and(|document| document.path == path && !document.is_review())
                    && let Some((reader, _)) = self.reader()
                {
                    reader.go_to(span.start(), 0.2);
                }
            }
            Action::ShowReport => self.grid.open = false,
            Action::Chosen(purpose, path) => self.chosen(purpose, path),
            Action::StoreThere(purpose, path) => self.store_there(purpose, path),
            Action::WriteFacts => {
                let name = format!("{}.csv", self.words.get("csv_name"));
                self.choice = Some((choose_table(ctx, self.words.get("csv_write"), Purpose::WriteFacts, &name), Instant::now()));
            }
            Action::ReadFacts => {
                self.choice = Some((choose_table(ctx, self.words.get("csv_read"), Purpose::ReadFacts, ""), Instant::now()));
            }
            Action::CiteFolder => self.cite_folder(),
            Action::Save => self.carry_out(Command::Keep(KeepCommand::SaveAll)),
            Action::KeepElsewhere => {
                self.choice = Some((choose_folder(ctx, self.words.get("keep_elsewhere"), Purpose::Keep), Instant::now()))
            }
            Action::Versions => {
                let disk = self.runner.disk();
                self.dialog =
                    self.state.document().map(|document| Dialog::Versions(Box::new(VersionsDialog::new(disk.as_ref(), document))));
            }
            Action::LookAtVersion(path) => {
                if let (Some(Dialog::Versions(versions)), Some(document)) = (&mut self.dialog, self.state.document()) {
                    versions.look_at(self.runner.disk().as_ref(), &path, document);
                }
            }
            Action::Pack => self.ask_where_to_pack(ctx),
            Action::UnpackElsewhere => self.ask_where_to_unpack(ctx),
            Action::Close => {
                if let Some(id) = self.state.active {
                    self.carry_out(Command::File(FileCommand::Close(id)));
                }
            }
            Action::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Action::Undo => self.retrace_step(TagCommand::Undo),
            Action::Redo => self.retrace_step(TagCommand::Redo),
            Action::UndoInGrid => self.carry_out(Command::Project(ProjectCommand::Undo)),
            Action::RedoInGrid => self.carry_out(Command::Project(ProjectCommand::Redo)),
            Action::Theme(theme) => self.set(|settings| settings.theme = theme.to_owned()),
            Action::Language(language) => self.set(|settings| settings.language = language.to_owned()),
            Action::ToggleLeft => self.set(|settings| settings.left_open = !settings.left_open),
            Action::ToggleRight => self.set(|settings| settings.right_open = !settings.right_open),
            Action::ToggleList => self.set(|settings| settings.list_open = !settings.list_open),
            Action::ToggleDoubts => self.show_doubts(!self.doubts_open),
            Action::ShowDoubts => {
                self.show_doubts(true);
                self.doubts.update(&self.state);
                // What was said is being done.
                let about_doubts = |what: &What| matches!(what, What::Conflicts { .. } | What::Outdated { .. } | What::Carried { .. });
                let said: Vec<_> = self.state.notices.iter().filter(|notice| about_doubts(&notice.what)).map(|notice| notice.id).collect();
                said.into_iter().for_each(|id| self.carry_out(Command::Keep(KeepCommand::Dismiss(id))));
                self.doubts.next(None).into_iter().for_each(|tag| self.act(ctx, Action::GoToTag(tag)));
            }
            Action::CarryFrom => {
                let chosen = choose_file(ctx, self.words.get("carry_from"), Purpose::Carry);
                self.choice = Some((chosen, Instant::now()));
            }
            Action::TextSize(0) => self.set(|settings| settings.text_size = Settings::default().text_size),
            Action::TextSize(by) => self.set(|settings| settings.text_size = (settings.text_size + f32::from(by)).clamp(10.0, 48.0)),
            Action::FullScreen => {
                let now = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!now));
            }
            Action::Person => self.dialog = Some(Dialog::Person(PersonDialog::new(&self.state))),
            Action::ClearTraces => self.dialog = Some(Dialog::Traces(self.runner.folders().data.clone())),
            Action::Keys => self.dialog = Some(Dialog::Keys),
            Action::Encoding => self.dialog = self.state.document().map(|document| Dialog::Encoding(EncodingDialog::new(document))),
            Action::Facts => self.dialog = self.state.document().map(|document| Dialog::Facts(FactsDialog::new(document))),
            Action::Cite => {
                self.dialog = self.state.document().map(|document| {
                    let facts = document.report.facts_at(document.selection.caret).clone();
                    Dialog::Citation(CitationDialog::new(vec![(facts, document.name())]))
                });
            }
            Action::Typesetting => self.dialog = Some(Dialog::Typesetting((0, 0))),
            Action::GoToParagraph => self.dialog = self.state.document().map(|_| Dialog::Go(GoDialog::default())),
            Action::Damage => self.dialog = self.state.document().map(|_| Dialog::Damage(DamageDialog::default())),
            Action::Back => self.retrace(false),
            Action::Forward => self.retrace(true),
            Action::Cancel => self.cancel(),
            Action::Copy
            | Action::CopyShown
            | Action::CopyCited
            | Action::SelectAll
            | Action::SelectWider
            | Action::Tag(_)
            | Action::Unsure
            | Action::Delete
            | Action::Note
            | Action::Link
            | Action::MoveEnd { .. }
            | Action::PreviousTag
            | Action::NextTag
            | Action::ConfirmDoubt
            | Action::View(_)
            | Action::NextView
            | Action::Wording
            | Action::Repair(_)
            | Action::Find
            | Action::NextHit
            | Action::PreviousHit
            | Action::GoToHit(_)
            | Action::Bookmark
            | Action::GoTo(_)
            | Action::GoToHeading(_)
            | Action::GoToTag(_) => self.act_on_document(ctx, action),
            Action::ShowProposals(_)
            | Action::ShowProposalsInProject(_)
            | Action::ToggleProposals
            | Action::ToggleOmissions
            | Action::AcceptProposal
            | Action::RejectProposal
            | Action::MendProposal
            | Action::NextProposal
            | Action::PreviousProposal
            | Action::TakeProposal(_)
            | Action::GoToProposal(_)
            | Action::AcceptAll
            | Action::GoToOmission(_) => self.act_on_proposals(ctx, action),
            Action::Colleagues(action) => self.act_on_colleagues(ctx, action),
            Action::Case(action) => self.act_on_case(action),
            Action::Figures(action) => self.act_on_figures(ctx, action),
            Action::Exchange(action) => self.act_on_exchange(ctx, action),
        }
    }

    /// Takes the last step back, or makes it again. In a review the case it was about comes up.
    fn retrace_step(&mut self, step: TagCommand) {
        if self.is_deciding() { self.retrace_case(step) } else { self.carry_out(Command::Tag(step)) }
    }

    fn act_on_document(&mut self, ctx: &egui::Context, action: Action) {
        let Some(document) = self.state.document() else { return };
        let picked = document.picked.clone();
        match action {
            Action::Copy => copy(ctx, document, None),
            Action::CopyShown => copy_shown(ctx, document),
            Action::CopyCited => copy(ctx, document, Some(&self.words)),
            Action::SelectAll => {
                let all = document.report.text().span();
                self.carry_out(Command::Read(ReadCommand::Select(Selection { anchor: all.end(), caret: all.start() })));
            }
            Action::SelectWider => {
                if let Some(span) = super::reader::wider(document) {
                    self.carry_out(Command::Read(ReadCommand::Select(Selection::of(span))));
                }
            }
            Action::Tag(digit) => {
                let kind = document.codebook().kinds.iter().find(|kind| kind.digit == digit).map(|kind| kind.id.clone());
                let there = document.taggable().map(|span| span.start());
                kind.into_iter().for_each(|kind| self.carry_out(Command::Tag(TagCommand::Make(kind))));
                there.into_iter().for_each(|place| self.show(place));
            }
            Action::Unsure if !picked.is_empty() => self.carry_out(Command::Tag(TagCommand::ToggleUnsure(picked))),
            Action::Delete if !picked.is_empty() => self.carry_out(Command::Tag(TagCommand::Delete(picked))),
            Action::Delete => self.act_on_proposals(ctx, Action::RejectProposal),
            Action::Note if !picked.is_empty() => {
                self.set(|settings| settings.right_open = true);
                self.inspector.write_note();
            }
            Action::Link => {
                if let [tag] = picked.as_slice() {
                    self.inspector.linking = Some((*tag, Relation::Fulfils));
                    self.set(|settings| settings.right_open = true);
                }
            }
            Action::MoveEnd { start, by } => {
                if let [tag] = picked.as_slice() {
                    self.move_end(*tag, start, by);
                }
            }
            Action::PreviousTag | Action::NextTag => {
                if let Some(tag) = beside(document, action == Action::NextTag) {
                    self.go_to_tag(tag);
                }
            }
            Action::View(script) => {
                let view = Reading { script, ..document.view };
                self.carry_out(Command::Read(ReadCommand::View(view)));
            }
            Action::NextView => {
                let at = ScriptView::ALL.iter().position(|view| *view == document.view.script).unwrap_or(0);
                let script = ScriptView::ALL.get((at + 1) % ScriptView::ALL.len()).copied().unwrap_or_default();
                let view = Reading { script, ..document.view };
                self.carry_out(Command::Read(ReadCommand::View(view)));
            }
            Action::Wording => {
                let view = Reading { wording: !document.view.wording, ..document.view };
                self.carry_out(Command::Read(ReadCommand::View(view)));
            }
            Action::Repair(repair) => {
                let repairs = document.view.repairs.with(repair, !document.view.repairs.has(repair));
                let view = Reading { repairs, ..document.view };
                self.carry_out(Command::Read(ReadCommand::View(view)));
            }
            Action::ConfirmDoubt if !self.doubts_open && self.has_proposal() => self.act_on_proposals(ctx, Action::AcceptProposal),
            Action::ConfirmDoubt => self.confirm_doubt(ctx),
            Action::Find => self.find.start(document),
            Action::NextHit | Action::PreviousHit => {
                let hit = self.find.step(document, action == Action::NextHit);
                hit.into_iter().for_each(|hit| self.go_to_hit(hit));
            }
            Action::GoToHit(hit) => self.go_to_hit(hit),
            Action::Bookmark => {
                let caret = document.selection.caret;
                let paragraph = document.report.paragraphs().get(document.report.paragraph_at(caret));
                let place = paragraph.map_or(caret, |paragraph| paragraph.span.start());
                self.carry_out(Command::Read(ReadCommand::Bookmark(place)));
            }
            Action::GoTo(place) => self.go_to(place, 0.33),
            Action::GoToHeading(place) => self.go_to(place, 0.0),
            Action::GoToTag(tag) => self.go_to_tag(tag),
            _ => {}
        }
    }

    pub(super) fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.state.settings().clone();
        change(&mut settings);
        self.carry_out(Command::Keep(KeepCommand::Set(Box::new(settings))));
    }

    /// Esc: first a link being made or a search, then the selection, then what is picked; a proposal is put down too.
    fn cancel(&mut self) {
        if self.inspector.linking.take().is_some() || std::mem::take(&mut self.find.open) {
            return;
        }
        self.proposals.put_down();
        let Some(document) = self.state.document() else { return };
        let caret = document.selection.caret;
        if document.selection.span().is_empty() {
            self.carry_out(Command::Read(ReadCommand::Pick(Vec::new())));
        } else {
            self.carry_out(Command::Read(ReadCommand::Select(Selection::caret(caret))));
        }
    }

    /// Shows or folds what is to be looked at. It and the panel of proposals have one place and share Enter.
    fn show_doubts(&mut self, show: bool) {
        self.doubts_open = show;
        if show {
            self.proposals.close();
        }
    }

    /// Says to the doubt about the picked tag that it is right, and goes to the next; to the first where none is picked.
    fn confirm_doubt(&mut self, ctx: &egui::Context) {
        self.doubts.update(&self.state);
        let Some(document) = self.state.document() else { return };
        let picked = document.picked.first().copied();
        let doubt = picked.and_then(|tag| Some((self.doubts.about(tag)?, tag)));
        let next = self.doubts.next(picked).filter(|next| Some(*next) != picked);
        if self.doubts.len() == 0 {
            return;
        }
        // Where only the person can say where a tag belongs, it waits and the next one follows.
        let command = doubt.and_then(|(doubt, tag)| settled(document, doubt, tag));
        command.into_iter().for_each(|command| self.carry_out(Command::Tag(command)));
        self.show_doubts(true);
        next.into_iter().for_each(|tag| self.act(ctx, Action::GoToTag(tag)));
    }

    fn move_end(&mut self, tag: TagId, start: bool, by: i32) {
        let Some(document) = self.state.document() else { return };
        let Some(span) = document.annotations.tag(tag).and_then(Tag::place) else { return };
        let end = if start { span.start() } else { span.end() };
        let to = stepped(document, end, by > 0);
        let moved = stretched(span, start, to);
        if moved != span {
            self.carry_out(Command::Tag(TagCommand::SetSpan(tag, moved)));
        }
    }

    fn go_to_hit(&mut self, hit: Hit) {
        if self.state.get(hit.document).is_none() {
            return;
        }
        self.leave_here();
        self.carry_out(Command::File(FileCommand::Activate(hit.document)));
        self.show(hit.span.start());
        self.carry_out(Command::Read(ReadCommand::Select(Selection::of(hit.span))));
    }

    /// The reader of the document shown: one that was never drawn yet begins here.
    fn reader(&mut self) -> Option<(&mut Reader, &Document)> {
        let document = self.state.document()?;
        Some((self.readers.entry(document.id).or_insert_with(|| Reader::new(document)), document))
    }

    /// Brings a place into view unless it is there.
    pub(super) fn show(&mut self, place: Pos) {
        if let Some((reader, document)) = self.reader() {
            reader.show(&document.report, place);
        }
    }

    /// Remembers this place, to come back to.
    pub(super) fn leave_here(&mut self) {
        if let Some(document) = self.state.document() {
            self.trail.leave((document.id, document.place));
        }
    }

    /// Back to where one jumped from, or forward again; reports closed since are passed over.
    fn retrace(&mut self, forward: bool) {
        let Some(document) = self.state.document() else { return };
        let mut here = (document.id, document.place);
        while let Some((id, place)) = if forward { self.trail.forward(here) } else { self.trail.back(here) } {
            if self.state.get(id).is_some() {
                self.carry_out(Command::File(FileCommand::Activate(id)));
                if let Some((reader, _)) = self.reader() {
                    reader.go_to(place, 0.0);
                }
                self.carry_out(Command::Read(ReadCommand::Arrived(place)));
                return;
            }
            here = (id, place);
        }
    }

    /// Goes to a place of the document shown.
    fn go_to(&mut self, place: Pos, share: f32) {
        self.leave_here();
        self.arrive(place, share);
    }

    fn arrive(&mut self, place: Pos, share: f32) {
        if let Some((reader, _)) = self.reader() {
            reader.go_to(place, share);
        }
        self.carry_out(Command::Read(ReadCommand::Select(Selection::caret(place))));
    }

    /// Picks a tag and goes there, in another document if it stands in one.
    fn go_to_tag(&mut self, tag: TagId) {
        let there = |document: &&Document| document.annotations.tag(tag).is_some();
        let Some(id) = self.state.document().filter(there).or_else(|| self.state.documents.iter().find(there)).map(|document| document.id)
        else {
            return;
        };
        self.leave_here();
        self.carry_out(Command::File(FileCommand::Activate(id)));
        let span = self.state.document().and_then(|document| document.annotations.tag(tag)).and_then(|tag| tag.place().or(tag.suggested()));
        if let Some(span) = span {
            self.arrive(span.start(), 0.33);
        }
        self.carry_out(Command::Read(ReadCommand::Pick(vec![tag])));
    }

    /// Opens a sample: a copy in the user's own folder, so that tags can be kept beside it.
    fn open_sample(&mut self, number: usize) {
        match crate::store::copy_of_sample(self.runner.disk().as_ref(), self.runner.folders(), number) {
            Ok(path) => self.carry_out(Command::File(FileCommand::Open(vec![path]))),
            Err(error) => self.carry_out(Command::File(FileCommand::OpenFailed(error.path().to_owned(), error.into()))),
        }
    }
}

/// The tag after (or before) the picked one, or else after the caret; at the end the first again.
fn beside(document: &Document, after: bool) -> Option<TagId> {
    let order = document.annotations.order();
    let picked = document.picked.first().and_then(|picked| order.iter().position(|(_, id)| id == picked));
    let caret = order.partition_point(|(span, _)| span.start() < document.selection.caret);
    let at = match (picked, after) {
        (Some(at), true) => (at + 1) % order.len(),
        (Some(at), false) => at.checked_sub(1).unwrap_or(order.len() - 1),
        (None, true) => caret % order.len().max(1),
        (None, false) => caret.checked_sub(1).unwrap_or(order.len().saturating_sub(1)),
    };
    order.get(at).map(|(_, id)| *id)
}

/// What there is to copy: the selection, or else the picked tag's words.
fn copied(document: &Document) -> Option<Span> {
    let picked = || document.picked.first().and_then(|id| document.annotations.tag(*id)).and_then(Tag::place);
    Some(document.selection.span()).filter(|span| !span.is_empty()).or_else(picked)
}

/// Copies what is selected as it is shown: converted and repaired.
fn copy_shown(ctx: &egui::Context, document: &Document) {
    if let Some(span) = copied(document) {
        ctx.copy_text(document.report.shown(span, document.view).text);
    }
}

/// Copies the selected source text, or the picked tag's; with words, followed by where it stands and the stamp of secrecy.
fn copy(ctx: &egui::Context, document: &Document, cited: Option<&Words>) {
    let Some(span) = copied(document) else { return };
    let quote = document.report.quote(span);
    let text = match cited {
        None => quote.to_owned(),
        Some(words) => {
            let stamp = stamp(document.report.facts_at(span.start())).map(|level| words.stamp_end(level)).unwrap_or_default();
            words.fill("citation", &[quote, &cited_place(document, span, words)]) + &stamp
        }
    };
    ctx.copy_text(text);
}

/// Title and headings above a span, and where it stands in the original: its 出处.
fn cited_place(document: &Document, span: Span, words: &Words) -> String {
    let report = &document.report;
    let facts = report.facts_at(span.start());
    let title = facts.get(Field::Title).map_or_else(|| document.name(), str::to_owned);
    // Many reports are called the same.
    let more = |field| facts.get(field).filter(|fact| !title.contains(fact)).unwrap_or("").to_owned();
    let title = format!("{}{}{title}", more(Field::Place), more(Field::Period));
    let sections = report.section_of(span.start());
    let headings = sections.iter().map(|heading| report.quote(*heading).trim_end_matches('。').to_owned());
    let place = words.place(report.layout().place(span.start()));
    std::iter::once(title).chain(headings).chain(place).collect::<Vec<_>>().join(" · ")
}
