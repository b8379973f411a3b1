//! Work over a whole folder: finding words in every report, checking that every tag stands on its words, and seeing what
//! can be proposed.

use super::card::Card;
use super::proposals::{ProposalCount, Proposed, Reader};
use super::reviewing::reviewing_of;
use super::seen::Viewer;
use super::{Cancel, Progress};
use crate::annotation::{Annotations, KindId, Person};
use crate::report::{Field, Pattern, Reading, Report, ScriptView, Structure};
use crate::store::disk::Disk;
use crate::store::files::load_person_file;
use crate::store::folders::ReportFolder;
use crate::store::layers::layers_of;
use crate::store::originals::{OpenRequest, read_text};
use crate::suggest::Confidence;
use crate::text::{Pos, Span};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is to be done over a folder.
#[derive(Clone, Debug)]
pub enum Job {
    /// Find a pattern.
    Find(Pattern),
    /// Check every tag that the person may see.
    Check,
    /// See what can be proposed, and what of it the person has not decided on.
    Suggest,
}

/// A place in a report of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderHit {
    /// The report's file.
    pub path: PathBuf,
    /// Its title.
    pub title: String,
    /// Where.
    pub span: Span,
    /// What stands before it in its paragraph.
    pub before: String,
    /// The words there.
    pub words: String,
    /// What stands behind it.
    pub after: String,
    /// Whose tag it is and which words it should stand on, of a tag that has slipped.
    pub slipped: Option<(String, String)>,
    /// The kind of a proposed tag, and how sure it is.
    pub proposed: Option<(KindId, Confidence)>,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum JobEvent {
    /// Something was found; so far the work has come.
    Found(Vec<FolderHit>, Progress),
    /// So many proposals there are in some more reports.
    Counted(Vec<ProposalCount>),
    /// It is done, or was stopped.
    Ended,
}

/// The most places that are listed.
const MOST: usize = 20_000;
/// Characters of context on either side.
const CONTEXT: u32 = 40;

/// How many reports are worked on before what was found in them is handed over.
const BLOCK: usize = 16;

/// What was found in one report.
#[derive(Default)]
struct Found {
    hits: Vec<FolderHit>,
    count: Option<ProposalCount>,
}

/// Does the work over these cards, on two threads, and says what was found, in the order of the cards. Where somebody's
/// tags matter, they are those of `person`.
pub fn run_job(disk: &dyn Disk, job: &Job, cards: &[Card], person: Option<&Person>, cancel: &Cancel, each: &dyn Fn(JobEvent)) {
    let (reader, viewer) = (Reader::new(disk, person), Viewer::of(person, cards));
    let mut left = MOST;
    let mut done = 0;
    for block in cards.chunks(BLOCK) {
        // Proposals are counted to the end, though no more of them are listed.
        if cancel.is_cancelled() || (left == 0 && !matches!(job, Job::Suggest)) {
            break;
        }
        let is_due = |card: &Card| card.state.is_ok() && !cancel.is_cancelled();
        let one = |card: &Card| if is_due(card) { work(&reader, viewer, job, card, left) } else { Found::default() };
        let (near, far) = block.split_at(block.len() / 2);
        let found: Vec<Found> = std::thread::scope(|scope| {
            let near = scope.spawn(|| near.iter().map(one).collect::<Vec<_>>());
            let far: Vec<Found> = far.iter().map(one).collect();
            let mut all = near.join().unwrap_or_default();
            all.extend(far);
            all
        });
        done += block.len();
        let (hits, counts): (Vec<Vec<FolderHit>>, Vec<Option<ProposalCount>>) =
            found.into_iter().map(|found| (found.hits, found.count)).unzip();
        let hits: Vec<FolderHit> = hits.into_iter().flatten().take(left).collect();
        left -= hits.len();
        if matches!(job, Job::Suggest) {
            each(JobEvent::Counted(counts.into_iter().flatten().collect()));
        }
        each(JobEvent::Found(hits, Progress { done, all: cards.len() }));
    }
    each(JobEvent::Ended);
}

fn work(reader: &Reader<'_>, viewer: Viewer<'_>, job: &Job, card: &Card, most: usize) -> Found {
    if matches!(job, Job::Check) && card.people.is_empty() {
        return Found::default();
    }
    let disk = reader.disk;
    let Ok((extracted, _, folder)) = read_text(disk, &card.path, &OpenRequest::default()) else { return Found::default() };
    let report = Report::of_original(extracted.text, crate::report::Corrections::default(), extracted.layout, extracted.told);
    let title = title_of(card);
    let hit = |span: Span| hit(card, &title, &report, span);
    let listed = |hits: Vec<FolderHit>| Found { hits, count: None };
    match job {
        Job::Find(pattern) => listed(report.find(pattern, most).into_iter().map(hit).collect()),
        Job::Check => {
            let slipped = slipped(disk, &folder, &report, viewer).into_iter().take(most);
            listed(slipped.map(|(span, name, quote)| FolderHit { slipped: Some((name, quote)), ..hit(span) }).collect())
        }
        Job::Suggest => {
            let Some(Proposed { all, undecided }) = reader.read(&report, &folder) else { return Found::default() };
            let count = ProposalCount::new(card.path.clone(), title.clone(), &all.proposals, &undecided);
            let hits = undecided.into_iter().take(most);
            let hits = hits.map(|one| FolderHit { proposed: Some((one.kind, one.confidence)), ..hit(one.span) }).collect();
            Found { hits, count: Some(count) }
        }
    }
}

/// A report's title, with its place and period in front where the title names neither.
fn title_of(card: &Card) -> String {
    let title = card.fact(None, Field::Title).unwrap_or(&card.inside);
    let more = |field| card.fact(None, field).filter(|fact| !title.contains(fact)).unwrap_or("");
    format!("{}{}{title}", more(Field::Place), more(Field::Period))
}

fn hit(card: &Card, title: &str, report: &Report, span: Span) -> FolderHit {
    let structure: &Structure = report.structure();
    let paragraph = structure.paragraphs.get(report.paragraph_at(span.start())).map_or(span, |paragraph| paragraph.span).union(span);
    // As it is read: damage repaired, in its own script.
    let reading = Reading::of(ScriptView::own(report.script()));
    let text = |from: Pos, to: Pos| report.shown(Span::new(from, to), reading).text.replace('\n', " ");
    FolderHit {
        path: card.path.clone(),
        title: title.to_owned(),
        span,
        before: text(paragraph.clamp(span.start().minus(CONTEXT)), span.start()),
        words: text(span.start(), span.end()),
        after: text(span.end(), paragraph.clamp(span.end().plus(CONTEXT))),
        slipped: None,
        proposed: None,
    }
}

/// The tags that do not stand on their words: where they say they stand, whose they are, and their words.
fn slipped(disk: &dyn Disk, folder: &ReportFolder, report: &Report, viewer: Viewer<'_>) -> Vec<(Span, String, String)> {
    let mut found = Vec::new();
    for (name, annotations) in works(disk, folder, viewer) {
        for tag in annotations.tags().filter(|tag| !tag.anchor.holds(report.text())) {
            let all = report.text().span();
            let span = Span::new(all.clamp(tag.anchor.span.start()), all.clamp(tag.anchor.span.end()));
            found.push((span, name.clone(), tag.anchor.quote.clone()));
        }
    }
    found
}

/// What people put on a report, with their names: where they tag blind, the viewer's own and what they may see of others.
fn works(disk: &dyn Disk, folder: &ReportFolder, viewer: Viewer<'_>) -> Vec<(String, Arc<Annotations>)> {
    let reviewing = reviewing_of(disk, folder.project().unwrap_or(Path::new("")));
    let files = folder.person_files(disk).into_iter().filter_map(|path| Some(load_person_file(disk, &path).ok()?.record));
    let files = files.filter(|record| !reviewing.blind || viewer.is(record.person.id));
    let mut works: Vec<_> = files.map(|record| (record.person.name, Arc::new(record.annotations))).collect();
    if reviewing.blind {
        let role = viewer.role(&reviewing);
        let others = layers_of(disk, folder, viewer.person().map(|person| (person, &role)), &reviewing).layers;
        let others = others.into_iter().filter(|layer| !viewer.is(layer.person.id));
        works.extend(others.map(|layer| (layer.person.name, layer.annotations)));
    }
    works
}
