//! Work over a whole folder: finding words in every report, and checking that every tag stands on its words.

use super::card::Card;
use super::{Cancel, Progress};
use crate::report::{Field, Pattern, Reading, Report, ScriptView, Structure};
use crate::store::disk::Disk;
use crate::store::files::load_person_file;
use crate::store::folders::ReportFolder;
use crate::store::originals::{OpenRequest, read_text};
use crate::text::{Pos, Span};
use std::path::PathBuf;

/// What is to be done over a folder.
#[derive(Clone, Debug)]
pub enum Job {
    /// Find a pattern.
    Find(Pattern),
    /// Check every tag.
    Check,
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
}

/// What happened.
#[derive(Clone, Debug)]
pub enum JobEvent {
    /// Something was found; so far the work has come.
    Found(Vec<FolderHit>, Progress),
    /// It is done, or was stopped.
    Ended,
}

/// The most places that are listed.
const MOST: usize = 20_000;
/// Characters of context on either side.
const CONTEXT: u32 = 40;

/// How many reports are worked on before what was found in them is handed over.
const BLOCK: usize = 16;

/// Does the work over these cards, on two threads, and says what was found, in the order of the cards.
pub fn run_job(disk: &dyn Disk, job: &Job, cards: &[Card], cancel: &Cancel, each: &dyn Fn(JobEvent)) {
    let mut left = MOST;
    let mut done = 0;
    for block in cards.chunks(BLOCK) {
        if cancel.is_cancelled() || left == 0 {
            break;
        }
        let one = |card: &Card| if card.state.is_ok() && !cancel.is_cancelled() { work(disk, job, card, left) } else { Vec::new() };
        let (near, far) = block.split_at(block.len() / 2);
        let found: Vec<FolderHit> = std::thread::scope(|scope| {
            let near = scope.spawn(|| near.iter().flat_map(one).collect::<Vec<_>>());
            let far: Vec<FolderHit> = far.iter().flat_map(one).collect();
            let mut all = near.join().unwrap_or_default();
            all.extend(far);
            all
        });
        done += block.len();
        let found: Vec<FolderHit> = found.into_iter().take(left).collect();
        left -= found.len();
        each(JobEvent::Found(found, Progress { done, all: cards.len() }));
    }
    each(JobEvent::Ended);
}

fn work(disk: &dyn Disk, job: &Job, card: &Card, most: usize) -> Vec<FolderHit> {
    if matches!(job, Job::Check) && card.people.is_empty() {
        return Vec::new();
    }
    let Ok((extracted, _, folder)) = read_text(disk, &card.path, &OpenRequest::default()) else { return Vec::new() };
    let report = Report::of_original(extracted.text, crate::report::Corrections::default(), extracted.layout, extracted.told);
    let title = title_of(card);
    let hit = |span: Span, slipped| hit(card, &title, &report, span, slipped);
    match job {
        Job::Find(pattern) => report.find(pattern, most).into_iter().map(|span| hit(span, None)).collect(),
        Job::Check => {
            slipped(disk, &folder, &report).into_iter().take(most).map(|(span, name, quote)| hit(span, Some((name, quote)))).collect()
        }
    }
}

/// A report's title, with its place and period in front where the title names neither.
fn title_of(card: &Card) -> String {
    let title = card.fact(None, Field::Title).unwrap_or(&card.inside);
    let more = |field| card.fact(None, field).filter(|fact| !title.contains(fact)).unwrap_or("");
    format!("{}{}{title}", more(Field::Place), more(Field::Period))
}

fn hit(card: &Card, title: &str, report: &Report, span: Span, slipped: Option<(String, String)>) -> FolderHit {
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
        slipped,
    }
}

/// The tags that do not stand on their words: where they say they stand, whose they are, and their words.
fn slipped(disk: &dyn Disk, folder: &ReportFolder, report: &Report) -> Vec<(Span, String, String)> {
    let mut found = Vec::new();
    for path in folder.person_files(disk) {
        let Ok(file) = load_person_file(disk, &path) else { continue };
        for tag in file.record.annotations.tags().filter(|tag| !tag.anchor.holds(report.text())) {
            let all = report.text().span();
            let span = Span::new(all.clamp(tag.anchor.span.start()), all.clamp(tag.anchor.span.end()));
            found.push((span, file.record.person.name.clone(), tag.anchor.quote.clone()));
        }
    }
    found
}
