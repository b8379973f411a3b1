//! The versions kept of the user's tags on the report: what has changed since one of them, and going back to it.

use super::{Outcome, buttons_ui};
use crate::annotation::{Annotations, Difference, Differing, KindId, Tag, TagId, Time, difference};
use crate::locale::Words;
use crate::session::{Command, Document, DocumentId, State, TagCommand};
use crate::store::{Disk, LoadError, VersionCard, load_version, local_moment, versions};
use crate::ui::action::{Action, Asked};
use egui::{Grid, Label, ScrollArea, Ui};
use std::path::{Path, PathBuf};

/// How many tags are listed.
const MOST: usize = 200;

/// The versions, and the one that is looked at.
#[derive(Debug)]
pub struct VersionsDialog {
    document: DocumentId,
    /// The newest first.
    versions: Vec<VersionCard>,
    picked: Option<Picked>,
}

/// A version that is looked at.
#[derive(Debug)]
struct Picked {
    path: PathBuf,
    time: Time,
    since: Result<Since, Unusable>,
}

/// Why a version cannot be gone back to.
#[derive(Debug)]
enum Unusable {
    /// It cannot be read.
    Unreadable(LoadError),
    /// Its tags stand on another text.
    OtherText,
}

/// What has changed since a version.
#[derive(Debug)]
struct Since {
    /// What it says.
    then: Annotations,
    /// How many of its lines cannot be read.
    lost: usize,
    difference: Difference,
    /// What became of tags, the first of them.
    rows: Vec<Row>,
}

/// What became of a tag.
#[derive(Debug)]
struct Row {
    /// `added`, `removed` or `changed`.
    what: &'static str,
    kind: KindId,
    words: String,
}

impl VersionsDialog {
    /// With the versions of the user's file on a report.
    pub fn new(disk: &dyn Disk, document: &Document) -> Self {
        let versions = document.keeping.file.as_deref().map(|file| versions(disk, file)).unwrap_or_default();
        Self { document: document.id, versions, picked: None }
    }

    /// Loads a version, to show what has changed since.
    pub fn look_at(&mut self, disk: &dyn Disk, path: &Path, document: &Document) {
        let Some(version) = self.versions.iter().find(|version| version.path == path) else { return };
        let since = match load_version(disk, path) {
            Err(error) => Err(Unusable::Unreadable(error)),
            Ok(file) if file.record.report != document.report.id() => Err(Unusable::OtherText),
            Ok(file) => Ok(Since::new(file.record.annotations, file.troubles.lost.len(), &document.annotations)),
        };
        self.picked = Some(Picked { path: path.to_owned(), time: version.time, since });
    }

    pub(super) fn ui(&self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        // Another report has come to the front: what is restored would go into that one.
        if state.active != Some(self.document) {
            return Outcome::Closed;
        }
        ui.heading(words.get("versions").trim_end_matches('…'));
        ui.label(words.get("versions_when"));
        if self.versions.is_empty() {
            ui.label(words.get("versions_none"));
            ui.add_space(8.0);
            return if ui.button(words.get("close_panel")).clicked() { Outcome::Closed } else { Outcome::Open };
        }
        self.list_ui(ui, words, asked);
        match self.picked.as_ref().map(|picked| &picked.since) {
            None => {}
            Some(Ok(since)) => since.ui(ui, words),
            Some(Err(why)) => {
                let why = match why {
                    Unusable::Unreadable(error) => words.load_error(error),
                    Unusable::OtherText => words.get("version_other").to_owned(),
                };
                ui.separator();
                ui.colored_label(ui.visuals().error_fg_color, why);
            }
        }
        ui.weak(words.get("version_restore_hint"));
        let usable = self.picked.as_ref().and_then(|picked| Some((picked.time, picked.since.as_ref().ok()?)));
        let usable = usable.filter(|(_, since)| !since.difference.is_empty());
        let (done, outcome) = buttons_ui(ui, words, "version_restore", usable.is_some());
        if let (true, Some((time, since))) = (done, usable) {
            asked.command(Command::Tag(TagCommand::Restore(time, Box::new(since.then.clone()))));
            return Outcome::Closed;
        }
        outcome
    }

    fn list_ui(&self, ui: &mut Ui, words: &Words, asked: &mut Asked) {
        let picked = self.picked.as_ref().map(|picked| &picked.path);
        for version in &self.versions {
            let moment = local_moment(version.time);
            let label = match version.tags {
                Some(tags) => words.fill("version_tags", &[&moment, &tags.to_string()]),
                None => words.fill("version_unreadable", &[&moment]),
            };
            if ui.selectable_label(picked == Some(&version.path), label).clicked() {
                asked.action(Action::LookAtVersion(version.path.clone()));
            }
        }
    }
}

impl Since {
    fn new(then: Annotations, lost: usize, now: &Annotations) -> Self {
        let difference = difference(&then, now);
        let tags = &difference.tags;
        let all = rows("removed", &tags.removed, &then).chain(rows("changed", &tags.changed, now)).chain(rows("added", &tags.added, now));
        let rows = all.take(MOST).collect();
        Self { then, lost, difference, rows }
    }

    fn ui(&self, ui: &mut Ui, words: &Words) {
        let Difference { tags, links, remarks } = &self.difference;
        let counts = [tags.added.len(), tags.removed.len(), tags.changed.len()];
        let [added, removed, changed] = counts.map(|count| count.to_string());
        ui.separator();
        if tags.is_empty() {
            ui.label(words.get("version_same"));
        } else {
            ui.label(words.fill("version_since", &[&added, &removed, &changed]));
        }
        for (name, count) in [("version_links", count(links)), ("version_dismissals", count(remarks))] {
            if count > 0 {
                ui.label(words.fill(name, &[&count.to_string()]));
            }
        }
        if self.lost > 0 {
            ui.colored_label(ui.visuals().warn_fg_color, words.fill("version_damaged", &[&self.lost.to_string()]));
        }
        ScrollArea::vertical().id_salt("since").max_height(240.0).show(ui, |ui| {
            Grid::new("since").num_columns(3).striped(true).show(ui, |ui| {
                for row in &self.rows {
                    ui.weak(words.named("since", row.what));
                    ui.label(words.kind(&row.kind));
                    ui.add(Label::new(&row.words).truncate());
                    ui.end_row();
                }
            });
        });
        let more = counts.iter().sum::<usize>().saturating_sub(self.rows.len());
        if more > 0 {
            ui.weak(words.fill("version_more", &[&more.to_string()]));
        }
    }
}

/// How many records of a sort differ.
const fn count<Id>(differing: &Differing<Id>) -> usize {
    differing.added.len() + differing.removed.len() + differing.changed.len()
}

/// What is said of tags that became something.
fn rows(what: &'static str, ids: &[TagId], all: &Annotations) -> impl Iterator<Item = Row> {
    let row = move |tag: &Tag| Row { what, kind: tag.kind.clone(), words: tag.anchor.quote.replace('\n', " ") };
    ids.iter().filter_map(move |id| all.tag(*id)).map(row)
}
