//! One opened report: its source text and what can be read off it — paragraphs, headings, sentences,
//! title, place, period and speaker — what scraping damaged, and its text as it is read: repaired, in either script.
//!
//! Built once when a report is opened; never edited. Corrections by hand are laid over it.

mod facts;
mod find;
mod identity;
mod outline;
mod paragraphs;
mod parts;
mod sentences;
mod view;

pub use facts::{Corrections, Facts, Field, Genre, Progress, Secrecy, Tier, facts};
pub use find::Pattern;
pub use identity::ReportId;
pub use outline::{Level, Role, marker};
pub use paragraphs::{Paragraph, paragraphs};
pub use parts::Part;
pub use sentences::{clause_at, sentence_at, sentences};
pub use view::{Reading, Region, Script, ScriptView, Shown, own_script, script_and_region};

use crate::source::{Layout, Told};
use crate::text::repair::Damage;
use crate::text::shadow::Shadow;
use crate::text::{Pos, Span, Text};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A report: immutable source text with its structure.
#[derive(Clone, Debug)]
pub struct Report {
    id: ReportId,
    text: Text,
    structure: Structure,
    corrections: Corrections,
    script: Script,
    region: Region,
    damage: Arc<Damage>,
    shadow: Arc<OnceLock<Shadow>>,
    layout: Arc<Layout>,
    told: Arc<BTreeMap<Told, String>>,
}

/// What is read off a text under corrections, as a grid of many reports needs it.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// Title, place, period, speaker, origin.
    pub facts: Facts,
    /// The reports in the file, where there are several.
    pub parts: Vec<Part>,
}

impl Structure {
    /// Reads it.
    pub fn of(text: &Text, corrections: &Corrections, told: &BTreeMap<Told, String>) -> Self {
        let mut paragraphs = paragraphs(text, corrections);
        let beginnings = parts::beginnings(text, &paragraphs, corrections);
        parts::entitle(&mut paragraphs, &beginnings, corrections);
        let facts = facts(text, &paragraphs, told).corrected(Some(&corrections.fields));
        let parts = parts::parts(text, &paragraphs, &beginnings, corrections, &facts);
        Self { paragraphs, facts, parts }
    }
}

impl Report {
    /// Reads the structure off a source text and lays corrections over it.
    pub fn new(source: String, corrections: Corrections) -> Self {
        Self::of_original(source, corrections, Layout::default(), BTreeMap::new())
    }

    /// The same with what its original says beside the text: pages and tables, address and date.
    pub fn of_original(source: String, corrections: Corrections, layout: Layout, told: BTreeMap<Told, String>) -> Self {
        let id = ReportId::of(&source);
        let text = Text::new(source);
        let script = own_script(text.as_str());
        let region = view::own_region(text.as_str(), script);
        let damage = Arc::new(Damage::of(text.as_str()));
        let structure = Structure::of(&text, &corrections, &told);
        let (layout, told) = (Arc::new(layout), Arc::new(told));
        Self { id, text, structure, corrections, script, region, damage, shadow: Arc::default(), layout, told }
    }

    /// The same text under other corrections.
    #[must_use]
    pub fn corrected(&self, corrections: Corrections) -> Self {
        let structure = Structure::of(&self.text, &corrections, &self.told);
        Self { structure, corrections, ..self.clone() }
    }

    /// The hash of the source text, which names the report.
    pub const fn id(&self) -> ReportId {
        self.id
    }

    /// The source text.
    pub const fn text(&self) -> &Text {
        &self.text
    }

    /// The paragraphs in order; between them stand only line ends and space.
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.structure.paragraphs
    }

    /// Title, place, period, speaker, origin.
    pub const fn facts(&self) -> &Facts {
        &self.structure.facts
    }

    /// Paragraphs, facts and parts together.
    pub const fn structure(&self) -> &Structure {
        &self.structure
    }

    /// The reports in the file; none where it is one report.
    pub fn parts(&self) -> &[Part] {
        &self.structure.parts
    }

    /// The report in the file that holds a place.
    pub fn part_at(&self, place: Pos) -> Option<&Part> {
        self.parts().iter().rev().find(|part| part.span.start() <= place)
    }

    /// The facts of the report that holds a place: the part's, where there are parts.
    pub fn facts_at(&self, place: Pos) -> &Facts {
        self.part_at(place).map_or(self.facts(), |part| &part.facts)
    }

    /// The pages, tables and notes of its original.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What its original says of itself.
    pub fn told(&self) -> &BTreeMap<Told, String> {
        &self.told
    }

    /// What was corrected by hand.
    pub const fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// The script it is written in.
    pub const fn script(&self) -> Script {
        self.script
    }

    /// Whose forms its traditional characters have.
    pub const fn region(&self) -> Region {
        self.region
    }

    /// What scraping damaged in it.
    pub fn damage(&self) -> &Damage {
        &self.damage
    }

    /// Its shadow, made when it is first asked for.
    pub fn shadow(&self) -> &Shadow {
        self.shadow.get_or_init(|| Shadow::of(self.text.as_str(), &self.damage))
    }

    /// The number of the paragraph that holds a place, or else the nearest one before it; 0 in a report without any.
    pub fn paragraph_at(&self, place: Pos) -> usize {
        self.structure.paragraphs.partition_point(|paragraph| paragraph.span.start() <= place).saturating_sub(1)
    }

    /// The text at a span.
    pub fn quote(&self, span: Span) -> &str {
        self.text.slice(span)
    }

    /// The sentence that holds a place, as read or corrected.
    pub fn sentence_at(&self, place: Pos) -> Option<Span> {
        let paragraph = self.structure.paragraphs.get(self.paragraph_at(place))?;
        sentence_at(&self.text, paragraph.span, &self.corrections, place)
    }

    /// The headings a place stands under, outermost first; those that run on into their paragraph included.
    pub fn section_of(&self, place: Pos) -> Vec<Span> {
        let mut path: Vec<(Level, Span)> = Vec::new();
        let begin = self.part_at(place).map_or(Pos::ZERO, |part| part.span.start());
        let before = self.structure.paragraphs.iter().take(self.paragraph_at(place) + 1);
        for paragraph in before.filter(|paragraph| paragraph.span.start() >= begin) {
            let Some(heading) = paragraph.heading() else { continue };
            let level = self.level_of(paragraph);
            path.retain(|(above, _)| *above < level);
            path.push((level, heading));
        }
        path.into_iter().map(|(_, heading)| heading).collect()
    }

    /// The level of the heading a paragraph is or begins with; the lowest where it has none.
    pub fn level_of(&self, paragraph: &Paragraph) -> Level {
        match paragraph.role {
            Role::Heading(level) => level,
            Role::Title | Role::Byline | Role::Lead | Role::Body => {
                marker(self.quote(paragraph.span)).map_or(Level::Four, |(level, _)| level)
            }
        }
    }
}
