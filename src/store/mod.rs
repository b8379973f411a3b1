//! What is on disk: annotation files, the journal of changes, settings — and the only room
//! that reads a clock, the environment or a file.
//!
//! docs/format.md specifies the files; docs/reliability.md says what survives what.

mod atomic;
mod checksum;
mod clock;
mod codebook;
mod delivery;
#[cfg(test)]
mod desk;
mod disk;
mod editions;
mod error;
mod everybody;
mod files;
mod folders;
mod journal;
mod layer_file;
mod layers;
mod memory;
mod names;
mod originals;
mod own;
mod pack;
mod project;
mod proposing;
mod read;
mod reader;
mod samples;
mod submitted;
mod traces;
mod undecided;
mod versions;
mod watch;
pub mod wire;

pub use atomic::{replace, sweep};
pub use checksum::{Seal, seal, unseal};
pub use clock::{local_moment, local_stamp, now, random_bytes, system_language};
pub use codebook::{CodebookTrouble, codebook_of};
pub use delivery::{Delivery, NotDelivered};
pub use disk::{About, Disk, Entry as FileEntry, FileLock, RealDisk, Sort, Stamp, is_file, is_folder};
pub use editions::{Edition, EditionCard, EditionError, earlier_editions, edition_in, edition_of};
pub use error::StoreError;
pub use everybody::{Everybody, everybody_on, people_in};
pub use files::{
    LoadError, LoadedFile, ReportRecord, ReportTrouble, load_person_file, load_report_record, load_source, read_report_record,
    report_trouble, save_person_file, save_report_record,
};
pub use folders::{LocalFolders, ReportFolder};
pub use journal::{Entry, Journal, Orphans, Recovered, orphans, remove_journal};
pub use layer_file::{LayerError, LayerFrom, layer_from, report_of_layer};
pub use layers::{FolderLayers, LayerFile, layers_of};
pub use memory::{Memory, ReadingPlace, Recent, Settings, load_memory, save_memory};
pub use names::{NameProblem, check_person_name, file_name_of};
pub use originals::{OpenError, OpenRequest, Opened, open_report, read_head, read_text, save_pasted};
pub use own::{OwnFiles, own_files, own_path};
pub use pack::{PackCard, PackError, Packed, Refusal, Unpacked, is_pack, look_into, pack, unpack};
pub use project::{
    Cancel, Card, CardState, CountsByPart, FolderHit, Job, JobEvent, PartCard, PersonCard, Progress, ProposalCount, ReportSections,
    Reviewing, Sample, Scan, SeenWork, TagCounts, Viewer, change_reviewing, load_index, mark_project, reviewing_of, run_job, save_index,
    scan, sections_in, show_proposals,
};
pub use proposing::{LexiconTrouble, Proposing, proposing_of};
pub use read::read_limited;
pub use reader::{SERVE, read_documents_apart, serve_documents};
pub use samples::copy_of_sample;
pub use submitted::{Snapshot, submit, submitted_of};
pub use traces::clear_leftovers;
pub use undecided::undecided;
pub use versions::{VersionCard, keep_version, load_version, versions};
pub use watch::{Look, Seen, Watched, look};
