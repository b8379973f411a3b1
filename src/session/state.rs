//! The state of one sitting.

use super::arranging::Survey;
use super::command::Command;
use super::document::{Document, DocumentId};
use super::exporting::Exporting;
use super::identity::IdSource;
use super::importing::Import;
use super::notice::{Notice, NoticeId, What};
use super::packing::{FoundPack, Packing};
use super::project::Project;
use crate::annotation::{Hand, Person, Time, Touch};
use crate::store::wire::Role;
use crate::store::{Memory, Recovered, Settings};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file being opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The file.
    pub path: PathBuf,
    /// Since when.
    pub since: Time,
    /// The document it will be: documents stand in the order in which they were asked for.
    pub id: DocumentId,
    /// What the user will do in it.
    pub role: Role,
}

/// Something the person has to answer before it can go on.
#[derive(Clone, Debug)]
pub enum Question {
    /// Who is tagging; then this happens.
    Name {
        /// What was asked for.
        then: Box<Command>,
    },
}

/// Everything of one sitting.
#[derive(Clone, Debug)]
pub struct State {
    /// The opened reports in the order of their opening.
    pub documents: Vec<Document>,
    /// The one shown.
    pub active: Option<DocumentId>,
    /// Files on their way.
    pub opening: Vec<Opening>,
    /// The folder of reports that is open.
    pub project: Option<Project>,
    /// What is found in a project while somebody says how it is reviewed.
    pub(super) survey: Option<Survey>,
    /// Where reports on their way are to be shown first.
    pub(super) waiting_for: BTreeMap<PathBuf, Span>,
    /// What the person has to be told.
    pub notices: Vec<Notice>,
    /// What they have to answer.
    pub question: Option<Question>,
    /// Packs that were opened, in order: of each they have to say where it goes.
    pub packs: Vec<FoundPack>,
    /// What is packed as soon as everything is saved.
    pub(super) packing: Option<Packing>,
    /// What is being handed over to other programs.
    pub exporting: Option<Exporting>,
    /// Counts the exports.
    pub(super) exports: u64,
    /// What a file brought, until the person has said what of it is taken.
    pub import: Option<Arc<Import>>,
    /// Settings, recent files, reading places, who the user is.
    pub memory: Memory,
    pub(super) recovered: Vec<Recovered>,
    /// Journals whose records could not be put into their file.
    pub(super) not_in_place: BTreeSet<PathBuf>,
    /// Journals to be forgotten, up to a change, and orphans to be removed, once it is remembered where the tags are.
    pub(super) to_forget: Vec<(DocumentId, u64, Vec<PathBuf>)>,
    /// Since when everything is being saved so that traces can be cleared.
    pub(super) clearing: Option<Time>,
    pub(super) ids: IdSource,
    pub(super) hand: Hand,
    next_document: u32,
    next_notice: u32,
}

impl State {
    /// A sitting that begins with what the machine remembers; `chance` is unlike that of any other sitting.
    pub fn new(memory: Memory, chance: [u8; 10]) -> Self {
        let lost = memory.lost.clone();
        let mut state = Self {
            documents: Vec::new(),
            active: None,
            opening: Vec::new(),
            project: None,
            survey: None,
            waiting_for: BTreeMap::new(),
            notices: Vec::new(),
            question: None,
            packs: Vec::new(),
            packing: None,
            exporting: None,
            exports: 0,
            import: None,
            memory,
            recovered: Vec::new(),
            not_in_place: BTreeSet::new(),
            to_forget: Vec::new(),
            clearing: None,
            ids: IdSource::new(chance),
            hand: {
                let [.., a, b, c, d] = chance;
                Hand::new(u32::from_be_bytes([a, b, c, d]))
            },
            next_document: 1,
            next_notice: 1,
        };
        lost.into_iter().for_each(|path| state.tell(What::Forgotten(path)));
        state
    }

    /// The document shown.
    pub fn document(&self) -> Option<&Document> {
        self.get(self.active?)
    }

    /// The document of a name.
    pub fn get(&self, id: DocumentId) -> Option<&Document> {
        self.documents.iter().find(|document| document.id == id)
    }

    /// The document in which a report is tagged, or else the one in which it is reviewed.
    pub fn document_of(&self, report: &Path) -> Option<&Document> {
        self.documents.iter().filter(|document| document.path == report).min_by_key(|document| document.is_review())
    }

    pub(super) fn document_mut(&mut self) -> Option<&mut Document> {
        let id = self.active?;
        self.get_mut(id)
    }

    pub(super) fn get_mut(&mut self, id: DocumentId) -> Option<&mut Document> {
        self.documents.iter_mut().find(|document| document.id == id)
    }

    /// What the user set.
    pub const fn settings(&self) -> &Settings {
        &self.memory.settings
    }

    /// Who is tagging, if known.
    pub fn person(&self) -> Option<Person> {
        self.memory.person()
    }

    /// Whether every change of every document is in its file.
    pub fn all_saved(&self) -> bool {
        self.documents.iter().all(|document| document.keeping.is_saved())
    }

    /// Whether every change of every document is at least in the journal.
    pub fn all_kept(&self) -> bool {
        self.documents.iter().all(|document| document.keeping.is_kept())
    }

    /// Who makes a change now.
    pub(super) const fn touch(&self, now: Time) -> Touch {
        Touch { at: now, hand: self.hand }
    }

    pub(super) fn tell(&mut self, what: What) {
        if self.notices.iter().any(|notice| notice.what == what) {
            return;
        }
        // Of the conflicts of a report the newest count is said.
        if let What::Conflicts { report, .. } = &what {
            self.notices.retain(|notice| !matches!(&notice.what, What::Conflicts { report: other, .. } if other == report));
        }
        let id = NoticeId(self.next_notice);
        self.next_notice += 1;
        self.notices.push(Notice { id, what });
    }

    pub(super) fn new_document_id(&mut self) -> DocumentId {
        let id = DocumentId(self.next_document);
        self.next_document += 1;
        id
    }
}
