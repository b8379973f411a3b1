//! `jiannuo suggest --person`: proposals as the tags of somebody, kept as the window keeps tags.

use super::suggest::SuggestRequest;
use super::{Status, out, say};
use crate::annotation::{Annotations, Change, Edit, Hand, Origin, Person, PersonId, TagId, Touch};
use crate::locale::Words;
use crate::session::{Command, DocumentId, Effect, IdSource, KeepCommand, Runner, SaveJob, What};
use crate::store::wire::{Extras, PersonRecord, Role, WireCodebook};
use crate::store::{
    LoadedFile, LocalFolders, Memory, NameProblem, OpenRequest, Opened, RealDisk, ReportRecord, StoreError, check_person_name, load_memory,
    now, random_bytes, undecided,
};
use crate::suggest::{Proposal, Suggestions};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;
use std::sync::Arc;

/// Somebody whose tags proposals, or tags of another program, become.
pub(super) struct AsPerson {
    pub person: Person,
    memory: Memory,
    pub ids: IdSource,
    pub hand: Hand,
    runner: Runner,
}

impl AsPerson {
    /// The user, if the name is theirs, or else somebody who has no other name than this one.
    pub(super) fn new(name: &str) -> Result<Self, NameProblem> {
        let folders = LocalFolders::of_user();
        let memory = load_memory(&RealDisk, &folders.memory_file());
        let person = person_named(name, &memory)?;
        Ok(Self::of(person, memory))
    }

    /// Somebody who is known.
    pub(super) fn of(person: Person, memory: Memory) -> Self {
        let chance: [u8; 10] = random_bytes();
        let [.., a, b, c, d] = chance;
        Self {
            person,
            memory,
            ids: IdSource::new(chance),
            hand: Hand::new(u32::from_be_bytes([a, b, c, d])),
            runner: Runner::inline(Arc::new(RealDisk), LocalFolders::of_user()),
        }
    }

    /// How a report is opened, by the hash of its file.
    pub(super) fn request(&self, hash: &str) -> OpenRequest {
        let kept_in = self.memory.place(hash).and_then(|place| place.kept_in.clone());
        OpenRequest { kept_in, person: Some(self.person.clone()), ..OpenRequest::default() }
    }

    /// Writes what was found and is not there yet into the person's file on a report, and says where that is.
    pub(super) fn write(&mut self, opened: Opened, found: &Suggestions, request: &SuggestRequest, name: &str, words: &Words) -> Status {
        let own = opened.own.as_ref().filter(|own| own.record.report == opened.report.id());
        if let Some(why) = why_not(&opened, own, request.force, name, words) {
            say(&why);
            return Status::Failed;
        }
        let mut annotations = own.map(|own| own.record.annotations.clone()).unwrap_or_default();
        let added = self.add(&mut annotations, &opened, found);
        if added == 0 {
            say(&words.fill("cli_suggest_nothing_new", &[name]));
            return Status::Done;
        }
        let file = own.map(|own| own.path.clone());
        let extras = own.map(|own| own.record.extras.clone()).unwrap_or_default();
        match self.save(opened, annotations, file, extras) {
            Ok(path) => {
                let path = path.display().to_string();
                if request.json {
                    out(&format!("{}\n", json!({ "file": name, "written": path, "tags": added })));
                } else {
                    say(&words.fill("cli_suggest_written", &[name, &added.to_string()]));
                    out(&format!("{path}\n"));
                }
                Status::Done
            }
            Err(error) => {
                say(&words.store_error(&error));
                Status::Failed
            }
        }
    }

    /// Makes tags of the proposals nobody has decided on; returns how many.
    fn add(&mut self, annotations: &mut Annotations, opened: &Opened, found: &Suggestions) -> usize {
        let at = now();
        let (text, codebook) = (opened.report.text(), &opened.codebook);
        let proposals = undecided(&found.proposals, annotations, codebook);
        let tag = |proposal: &Proposal| proposal.tag(TagId(self.ids.next(at)), text, codebook.definition(&proposal.kind));
        let changes: Vec<Change> = proposals.iter().map(tag).map(Change::add_tag).collect();
        let applied = annotations.apply(&Edit::new(changes), Touch { at, hand: self.hand });
        if applied.is_ok() { proposals.len() } else { 0 }
    }

    /// Saves the person's file and, where there is none, the report's; returns where the former lies.
    pub(super) fn save(
        &self,
        opened: Opened,
        annotations: Annotations,
        file: Option<PathBuf>,
        extras: Extras,
    ) -> Result<PathBuf, StoreError> {
        let name = opened.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let job = SaveJob {
            document: DocumentId(0),
            change: 1,
            file,
            record: PersonRecord {
                report: opened.report.id(),
                report_name: name.clone(),
                person: self.person.clone(),
                codebook: WireCodebook { version: opened.codebook.version, hash: opened.codebook.hash.clone() },
                annotations: Annotations::default(),
                extras,
                role: Role::Annotation,
            },
            annotations: Arc::new(annotations),
            report: ReportRecord {
                name,
                original: opened.original,
                method: opened.method,
                chosen: opened.chosen,
                left_out: opened.left_out,
                told: opened.report.told().clone(),
                layout: opened.report.layout().clone(),
                corrections: opened.report.corrections().clone(),
                corrections_revision: opened.corrections_revision,
                ext: opened.ext,
            },
            folder: opened.folder,
            source: Arc::new(opened.report),
            report_changed: false,
        };
        let folder = job.folder.path().to_owned();
        self.runner.run(vec![Effect::Save(Box::new(job))]);
        let ended = self.runner.poll().into_iter().find_map(|command| match command {
            Command::Keep(KeepCommand::Saved(_, _, path, _)) => Some(Ok(path)),
            Command::Keep(KeepCommand::SaveFailed(_, error)) => Some(Err(error)),
            _ => None,
        });
        ended.unwrap_or(Err(StoreError::Missing(folder)))
    }
}

/// Why nothing is written for a report, in words.
fn why_not(opened: &Opened, own: Option<&LoadedFile>, force: bool, name: &str, words: &Words) -> Option<String> {
    let by_hand = |own: &&LoadedFile| own.record.annotations.tags().any(|tag| !matches!(tag.origin, Origin::Accepted(_)));
    if let Some(own) = own.filter(|own| own.troubles.newer) {
        return Some(words.notice(&What::Newer(own.path.clone())));
    }
    if force {
        return None;
    }
    if !opened.proposing.shown {
        return Some(words.fill("cli_suggest_off", &[name]));
    }
    own.filter(by_hand).map(|own| words.fill("cli_suggest_there", &[&own.path.display().to_string()]))
}

/// The user, if the name is theirs, or else somebody who has no other name than this one.
pub(super) fn person_named(name: &str, memory: &Memory) -> Result<Person, NameProblem> {
    let name = check_person_name(name)?;
    let user = memory.person().filter(|person| person.name == name);
    Ok(user.unwrap_or_else(|| Person { id: id_of(&name), name }))
}

/// Who has a name that is nobody's in particular: always the same one, so that all reports are tagged by one.
fn id_of(name: &str) -> PersonId {
    let hash = Sha256::digest(format!("jiannuo suggest {name}"));
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(byte, of_hash)| *byte = of_hash);
    PersonId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
