//! What is done at a path that was chosen; and what is done with the folder as a whole: its table written and read, its
//! reports cited.

use super::app::App;
use super::dialogs::{CitationDialog, Dialog, OutsideDialog, Purpose};
use crate::exchange::{FactsRow, read_facts_csv, write_facts_csv};
use crate::report::{Facts, Field};
use crate::session::{
    CarryFrom, Command, Correction, FileCommand, KeepCommand, Outside, ProjectCommand, ReviewCommand, Stored, What, concerned, outside,
};
use crate::store::{Card, StoreError, replace};
use crate::text::Pos;
use crate::text::decode::decode;
use std::path::{Path, PathBuf};

/// The largest table that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

impl App {
    /// A path was chosen for a purpose. It is asked first whether something may be stored outside the folder of its reports.
    pub(super) fn chosen(&mut self, purpose: Purpose, path: PathBuf) {
        match self.outside_of(purpose, &path) {
            Some(outside) => self.dialog = Some(Dialog::Outside(OutsideDialog::new(outside, purpose))),
            None => self.take_chosen(purpose, path),
        }
    }

    /// What would be stored outside, unless that was agreed to in this sitting. Where something is secret, it is asked each time.
    fn outside_of(&self, purpose: Purpose, path: &Path) -> Option<Outside> {
        let what = stored_for(purpose)?;
        let outside = outside(what, path, &concerned(&self.state, what))?;
        (outside.secrecy.is_some() || !self.agreed.contains(outside.folder())).then_some(outside)
    }

    /// It was agreed to store something there.
    pub(super) fn store_there(&mut self, purpose: Purpose, path: PathBuf) {
        if let Some(outside) = self.outside_of(purpose, &path) {
            self.agreed.insert(outside.folder().to_owned());
        }
        self.take_chosen(purpose, path);
    }

    fn take_chosen(&mut self, purpose: Purpose, path: PathBuf) {
        match purpose {
            Purpose::Open => self.carry_out(Command::File(FileCommand::Open(vec![path]))),
            Purpose::Keep => self.carry_out(Command::Keep(KeepCommand::KeepIn(path))),
            Purpose::OpenFolder => self.carry_out(Command::Project(ProjectCommand::Open(path))),
            Purpose::WriteFacts => self.write_facts(&path),
            Purpose::ReadFacts => self.read_facts(&path),
            Purpose::Carry => self.carry_out(Command::File(FileCommand::Carry(CarryFrom::File(path)))),
            Purpose::Layer => self.carry_out(Command::Review(ReviewCommand::AddLayer(path))),
            Purpose::Pack => self.pack_into(path),
            Purpose::Unpack => self.unpack_into(path),
            Purpose::WriteReview(file) => self.write_review(file, path),
            Purpose::Export | Purpose::ExportAll => self.export_to(path),
            Purpose::ExportTo => self.put_export(path),
            Purpose::Import => self.import_from(path),
        }
    }

    /// Writes what the reports of the folder are as CSV.
    fn write_facts(&mut self, path: &Path) {
        let Some(project) = &self.state.project else { return };
        let rows: Vec<FactsRow> = project.cards.iter().flat_map(rows_of).collect();
        let written = replace(self.runner.disk().as_ref(), path, write_facts_csv(&rows).as_bytes());
        self.tell(match written {
            Ok(()) => What::TableWritten { path: path.to_owned(), rows: rows.len() },
            Err(error) => What::NotSaved(error),
        });
    }

    fn tell(&mut self, what: What) {
        self.carry_out(Command::Keep(KeepCommand::Tell(Box::new(what))));
    }

    /// Takes what the reports of the folder are from CSV: rows are found by their paths.
    fn read_facts(&mut self, path: &Path) {
        let bytes = match self.runner.disk().read(path, LARGEST) {
            Ok(bytes) => bytes,
            Err(error) => return self.tell(What::OpenFailed(StoreError::of(path, &error).into())),
        };
        let rows = match read_facts_csv(&decode(&bytes).text) {
            Ok(rows) => rows,
            Err(why) => return self.tell(What::TableBad { path: path.to_owned(), why }),
        };
        let Some(project) = &self.state.project else { return };
        let mut corrections = Vec::new();
        let (mut unknown, mut bad) = (0, 0);
        for row in rows {
            let Some(card) = project.cards.iter().find(|card| card.inside == row.path && card.state.is_ok()) else {
                unknown += 1;
                continue;
            };
            let part = row.part.map(Pos::new);
            for (field, value) in row.facts {
                let value = self.words.choice(field, &value);
                let Ok(standard) = field.standard(&value) else {
                    bad += 1;
                    continue;
                };
                if card.fact(part, field).unwrap_or("") != standard {
                    corrections.push(Correction { path: card.path.clone(), part, field, value: Some(standard) });
                }
            }
        }
        self.tell(What::TableTaken { facts: corrections.len(), unknown, bad });
        self.carry_out(Command::Project(ProjectCommand::Correct(corrections)));
    }

    /// Cites the reports picked in the grid, or all it shows.
    pub(super) fn cite_folder(&mut self) {
        let Some(project) = &self.state.project else { return };
        let facts = |(path, part): (PathBuf, Option<Pos>)| {
            let card = project.card(&path)?;
            // A file of several reports is cited by them.
            card.state.as_ref().ok().filter(|state| part.is_some() || state.parts.is_empty())?;
            let known = Field::ALL.into_iter().filter_map(|field| Some((field, card.fact(part, field)?.to_owned())));
            Some((Facts::new(known.collect()), card.inside.clone()))
        };
        let cited = self.grid.chosen().into_iter().filter_map(facts).collect();
        self.dialog = Some(Dialog::Citation(CitationDialog::new(cited)));
    }
}

/// What is stored at a path that was chosen for a purpose.
const fn stored_for(purpose: Purpose) -> Option<Stored> {
    match purpose {
        Purpose::Keep => Some(Stored::Tags),
        Purpose::WriteFacts => Some(Stored::Facts),
        Purpose::Pack => Some(Stored::Pack),
        Purpose::WriteReview(file) if file.is_folder() => Some(Stored::Feedback),
        Purpose::WriteReview(_) => Some(Stored::Review),
        Purpose::Export => Some(Stored::Export),
        Purpose::ExportAll => Some(Stored::Exports),
        Purpose::Open | Purpose::OpenFolder | Purpose::ReadFacts | Purpose::Carry | Purpose::Layer | Purpose::Unpack => None,
        // The place is asked about when something is handed over there.
        Purpose::ExportTo | Purpose::Import => None,
    }
}

/// A row for a file, and one for each report in it.
fn rows_of(card: &Card) -> Vec<FactsRow> {
    let Ok(state) = &card.state else { return Vec::new() };
    let row = |part: Option<Pos>| {
        let facts = Field::ALL.into_iter().map(|field| (field, card.fact(part, field).unwrap_or("").to_owned())).collect();
        FactsRow { path: card.inside.clone(), part: part.map(Pos::get), facts }
    };
    std::iter::once(None).chain(state.parts.iter().map(|part| Some(part.start))).map(row).collect()
}
