//! The way from a report to proposals.

use super::kind::{Standard, kind};
use super::lexicon::{Cue, Lexicon};
use super::line::Line;
use super::numbers::{Numbers, numbers, quantities};
use super::promises::{Aim, Promise, promises};
use super::proposal::{Figure, FigureKind, Proposal, Statement};
use super::tense::{Looking, Sections, Tense};
use super::when::{deadline_in, period_in};
use crate::annotation::{AttributeId, KindId, Value};
use crate::quantity::{Bound, Period, Quantity, Year, period};
use crate::report::{Field, Paragraph, Report, Role};
use crate::text::Span;
use crate::text::shadow::{ShadowPos, ShadowSpan};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What was read off a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// The proposed tags in the order of the text.
    pub proposals: Vec<Proposal>,
    /// Every number and promise in it, whether something is proposed for it or not, in the order of the text.
    pub figures: Vec<Figure>,
}

/// Reads a report. Some milliseconds for 30 000 characters, the first time a quarter of a second more for the dictionary of
/// words; for a thread of its own.
pub fn suggest(report: &Report, lexicon: &Lexicon) -> Suggestions {
    crate::text::words::load();
    let mut found = Suggestions::default();
    let text = Cut::of(report.shadow().as_str());
    let mut sections = Sections::new(report, lexicon);
    let mut earlier = None;
    for paragraph in report.paragraphs() {
        let section = sections.tense_of(paragraph);
        if matches!(paragraph.role, Role::Title | Role::Byline) {
            continue;
        }
        if paragraph.heading().is_some() {
            earlier = None;
        }
        let read = Paragraphs { report, lexicon, text: &text, earlier };
        earlier = read.paragraph(paragraph, section, &mut found).or(earlier);
    }
    found.proposals.sort_by_key(|proposal| (proposal.span.start(), proposal.span.end()));
    found.figures.sort_unstable();
    found
}

/// What each of some words states that a person tagged as this kind: quick enough to be asked while they wait.
pub fn read(report: &Report, lexicon: &Lexicon, spans: &[Span], kind: &KindId) -> Vec<Statement> {
    let touched = |span: &Span| report.paragraph_at(span.start())..=report.paragraph_at(span.end());
    let wanted: BTreeSet<usize> = spans.iter().flat_map(touched).collect();
    // What stands behind them says nothing of them.
    let before = wanted.last().map_or(0, |last| last + 1);
    let paragraphs = || report.paragraphs().iter().take(before);
    let end = paragraphs().next_back().map(|paragraph| report.shadow().to_shadow(paragraph.span).end());
    let text = Cut::until(report.shadow().as_str(), end.unwrap_or(ShadowPos::new(0)));
    let mut sections = Sections::new(report, lexicon);
    let mut found: BTreeMap<usize, Vec<Proposal>> = BTreeMap::new();
    for (at, paragraph) in paragraphs().enumerate() {
        let section = sections.tense_of(paragraph);
        if wanted.contains(&at) {
            let mut here = Suggestions::default();
            Paragraphs { report, lexicon, text: &text, earlier: None }.paragraph(paragraph, section, &mut here);
            found.insert(at, here.proposals);
        }
    }
    let proposed = |span: &Span| found.range(touched(span)).flat_map(|(_, proposals)| proposals).collect::<Vec<_>>();
    let words = |span: &Span| text.between(report.shadow().to_shadow(*span));
    spans.iter().map(|span| best(&proposed(span), *span, words(span), kind)).collect()
}

/// What the proposal that covers most of some words states, as far as these words state it: numbers beside them are not
/// theirs. Of another kind only what all kinds have.
fn best(proposed: &[&Proposal], span: Span, words: &str, kind: &KindId) -> Statement {
    let shared = |other: Span| other.end().min(span.end()).get().saturating_sub(other.start().max(span.start()).get());
    let about = proposed.iter().filter(|proposal| shared(proposal.span) * 2 > proposal.span.len() || proposal.span.contains(span));
    let Some(best) = about.max_by_key(|proposal| (proposal.kind == *kind, shared(proposal.span))) else { return Statement::default() };
    let mut statement = best.statement.clone();
    if !span.contains(best.span) {
        statement.quantities.retain(|quantity| words.contains(&quantity.words));
    }
    if best.kind != *kind {
        let common = ["indicator_name", "scope", "period", "place"].map(AttributeId::new);
        statement.attributes.retain(|attribute, _| common.contains(attribute));
    }
    statement
}

/// A text that can be cut at characters.
struct Cut<'t> {
    text: &'t str,
    /// The byte each character begins at, and one for the end.
    bytes: Vec<u32>,
}

impl<'t> Cut<'t> {
    fn of(text: &'t str) -> Self {
        Self::until(text, ShadowPos::new(u32::MAX))
    }

    /// A text of which nothing behind a character is asked for.
    fn until(text: &'t str, last: ShadowPos) -> Self {
        let byte = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        let begins = text.char_indices().map(|(at, _)| byte(at)).chain([byte(text.len())]);
        Self { text, bytes: begins.take((last.get() as usize).saturating_add(1)).collect() }
    }

    fn between(&self, span: ShadowSpan) -> &'t str {
        let byte = |at: ShadowPos| self.bytes.get(at.get() as usize).copied().unwrap_or_default() as usize;
        self.text.get(byte(span.start())..byte(span.end())).unwrap_or_default()
    }
}

/// Reads paragraphs.
struct Paragraphs<'a> {
    report: &'a Report,
    lexicon: &'a Lexicon,
    text: &'a Cut<'a>,
    /// The last time named in the paragraphs before, under the same heading.
    earlier: Option<Period>,
}

impl Paragraphs<'_> {
    /// Reads one; the last time it names.
    fn paragraph(&self, paragraph: &Paragraph, section: Tense, found: &mut Suggestions) -> Option<Period> {
        let dark = self.report.shadow().to_shadow(paragraph.span);
        let line = Line::of(self.text.between(dark), self.lexicon);
        if line.mentions.is_empty() && line.words.is_empty() {
            return None;
        }
        let facts = self.report.facts_at(paragraph.span.start());
        let place = crate::text::shadow::fold(facts.get(Field::Place).unwrap_or_default());
        let own = facts.get(Field::Period).and_then(|words| period(words, Year(None)).ok());
        let year = own.map_or(Year(None), year_of);
        let mut looking = Looking::new(section, year.0);
        let is_heading = matches!(paragraph.role, Role::Heading(_));
        let (stated, tenses) = numbers(&line, &mut looking, &place);
        let numbered: Vec<usize> = stated.iter().map(|numbers| numbers.clause).collect();
        let promised = if is_heading { Vec::new() } else { promises(&line, &tenses, &numbered) };
        let over: Vec<String> =
            self.report.section_of(paragraph.span.start()).iter().map(|span| crate::text::shadow::fold(self.report.quote(*span))).collect();
        // 上半年 under 2023年工作回顾 is that of 2023.
        let year = told_year(&over).unwrap_or(year);
        let context = Context { line: &line, lexicon: self.lexicon, year, own, over, earlier: self.earlier };
        let source = |range: &Range<usize>| self.source(dark, range);
        let mut last: Option<(usize, Standard)> = None;
        for numbers in &stated {
            let sentence = line.clauses.get(numbers.clause).map_or(0, |clause| clause.sentence);
            let before = last.filter(|(of, _)| *of == sentence).map(|(_, standard)| standard);
            let (standard, rule, less) = kind(&line, numbers, before);
            last = Some((sentence, standard));
            let Some((rule, confidence)) = self.lexicon.confidence(rule, less) else { continue };
            let (statement, words) = context.of_numbers(numbers, standard);
            let words = words.iter().map(source).collect();
            found.proposals.push(Proposal { span: source(&numbers.range), kind: standard.id(), statement, rule, words, confidence });
        }
        for promise in &promised {
            let Some((rule, confidence)) = self.lexicon.confidence(promise.rule, promise.less) else { continue };
            let standard = match promise.aim {
                Aim::Target => Standard::Target,
                Aim::Commitment => Standard::Commitment,
            };
            let statement = context.of_promise(promise, standard);
            let words = promise.words.iter().map(source).collect();
            found.proposals.push(Proposal { span: source(&promise.range), kind: standard.id(), statement, rule, words, confidence });
        }
        found.figures.extend(line.mentions.iter().map(|mention| Figure { span: source(&mention.number), kind: FigureKind::Number }));
        let promising = line.clauses.iter().zip(&tenses).filter_map(|(clause, tense)| promising(&line, clause.range.clone(), *tense));
        found.figures.extend(promising.map(|word| Figure { span: source(&word), kind: FigureKind::Promise }));
        period_in(&line.text(0..line.chars.len()), year)
    }

    /// The source text that characters of a paragraph stand for.
    fn source(&self, paragraph: ShadowSpan, range: &Range<usize>) -> Span {
        let place = |at: usize| paragraph.start().plus(u32::try_from(at).unwrap_or(u32::MAX));
        self.report.shadow().to_source(ShadowSpan::new(place(range.start), place(range.end)))
    }
}

/// The word of promising in a clause that does not look back: 确保, 力争, or what is to be completed.
fn promising(line: &Line<'_>, clause: Range<usize>, tense: Tense) -> Option<Range<usize>> {
    let completes = |word: &&super::line::Word<'_>| tense == Tense::Plan && line.text(word.range.clone()) == "完成";
    let word = line.promises(clause.clone()).or_else(|| line.words_in(clause).iter().find(completes));
    word.filter(|_| tense != Tense::Review).map(|word| word.range.clone())
}

/// A name as it is written: the shadow has but one kind of quotation mark, and a name may be cut inside them.
fn written(name: &str) -> String {
    let name = name.trim_matches(['、', ',', ':', ';']);
    let paired = name.matches('"').count().is_multiple_of(2);
    let mut opens = true;
    let quoted = name.chars().filter_map(|c| match c {
        '"' if !paired => None,
        '"' => {
            opens = !opens;
            Some(if opens { '”' } else { '“' })
        }
        other => Some(other),
    });
    quoted.collect()
}

/// The year the innermost heading that names one is of.
fn told_year(over: &[String]) -> Option<Year> {
    let mut named = over.iter().rev().filter_map(|heading| period_in(heading, Year(None)).map(year_of));
    named.find(|year| year.0.is_some())
}

/// The year a period is of.
const fn year_of(period: Period) -> Year {
    match period {
        Period::In(year, _) => year,
        Period::Years(_, to) => Year(Some(to)),
        Period::Fiscal(from) => Year(Some(from)),
        Period::Plan(_) => Year(None),
    }
}

/// What attributes are read from.
struct Context<'a, 'l> {
    line: &'a Line<'l>,
    lexicon: &'l Lexicon,
    year: Year,
    own: Option<Period>,
    /// The headings over it, outermost first.
    over: Vec<String>,
    /// The last time named before it under the same heading.
    earlier: Option<Period>,
}

type Attributes = BTreeMap<AttributeId, Value>;

fn set(attributes: &mut Attributes, key: &str, value: impl Into<String>) {
    let value = value.into();
    if !value.is_empty() {
        attributes.insert(AttributeId::new(key), Value::One(value));
    }
}

impl Context<'_, '_> {
    fn of_numbers(&self, numbers: &Numbers, standard: Standard) -> (Statement, Vec<Range<usize>>) {
        let quantities = quantities(numbers);
        let mut attributes = Attributes::new();
        set(&mut attributes, "indicator_name", written(&numbers.name));
        self.common(&mut attributes, numbers.clause, &numbers.range, standard, &quantities);
        if standard == Standard::Indicator {
            set(&mut attributes, "status", self.lexicon.status(&self.line.text(numbers.range.clone())).unwrap_or_default());
        }
        let is_decisive = |word: &&super::line::Word<'_>| {
            word.is_any(&[
                Cue::Rise,
                Cue::Fall,
                Cue::Share,
                Cue::Rank,
                Cue::Completion,
                Cue::Gap,
                Cue::Goal,
                Cue::Modal,
                Cue::Make,
                Cue::Event,
            ])
        };
        let words = self.line.words_in(numbers.range.clone()).iter().filter(is_decisive).map(|word| word.range.clone()).collect();
        (Statement { quantities, attributes }, words)
    }

    fn of_promise(&self, promise: &Promise, standard: Standard) -> Statement {
        let mut attributes = Attributes::new();
        set(&mut attributes, "indicator_name", written(&promise.name));
        self.common(&mut attributes, promise.clause, &promise.range, standard, &[]);
        Statement { quantities: Vec::new(), attributes }
    }

    /// What all kinds have, and what only promising ones do.
    fn common(&self, attributes: &mut Attributes, clause: usize, range: &Range<usize>, standard: Standard, quantities: &[Quantity]) {
        let text = self.line.text(range.clone());
        if let Some(period) = self.period(clause, range, standard) {
            set(attributes, "period", period.to_string());
        }
        set(attributes, "scope", self.scope(range));
        if standard == Standard::Indicator {
            return;
        }
        let modalities = self.modalities(clause, range);
        let first = modalities.first().map(String::as_str);
        let bounded = quantities.iter().any(|quantity| matches!(quantity.stated.bound, Bound::AtMost)) || text.contains("不低于");
        if standard == Standard::Target {
            let strength = first.and_then(|modality| self.lexicon.strength(modality)).or(bounded.then_some("hard"));
            set(attributes, "strength", strength.unwrap_or_default());
            set(attributes, "nature", self.lexicon.nature(&text).unwrap_or_default());
        } else {
            set(attributes, "deliverable", self.lexicon.deliverable(&text).unwrap_or_default());
        }
        if !modalities.is_empty() {
            attributes.insert(AttributeId::new("modality"), Value::Many(modalities));
        }
        if let Some(deadline) = deadline_in(&text, self.year) {
            set(attributes, "deadline", deadline.to_string());
        }
        let (lead, support) = self.owners(range);
        for (key, names) in [("owner_lead", lead), ("owner_support", support)] {
            if !names.is_empty() {
                attributes.insert(AttributeId::new(key), Value::Many(names));
            }
        }
        set(
            attributes,
            "verifiability",
            if quantities.iter().any(|quantity| quantity.stated.value.is_some()) { "quantified" } else { "checkable" },
        );
    }

    /// The keys of the words of promising over a statement: its own, or else those in front of it in its sentence.
    fn modalities(&self, clause: usize, range: &Range<usize>) -> Vec<String> {
        let keys = |range: Range<usize>| {
            let words = self
                .line
                .words_in(range)
                .iter()
                .filter(|word| word.cues.contains(&Cue::Modal) && self.line.at(word.range.end) != Some('了'));
            let mut keys: Vec<String> =
                words.filter_map(|word| self.lexicon.modality(&self.line.text(word.range.clone()))).map(str::to_owned).collect();
            keys.dedup();
            keys
        };
        let own = self.line.clauses.get(clause).map_or(range.clone(), |clause| clause.range.start.min(range.start)..range.end);
        let said = keys(own);
        if !said.is_empty() {
            return said;
        }
        let sentence = self.line.clauses.get(clause).map(|clause| clause.sentence);
        let begin = self.line.clauses.iter().find(|one| Some(one.sentence) == sentence).map_or(range.start, |one| one.range.start);
        keys(begin..range.start).into_iter().next_back().into_iter().collect()
    }

    /// What time a statement is of: as its clause says, else its sentence, what stands before it, the headings, the report.
    fn period(&self, clause: usize, range: &Range<usize>, standard: Standard) -> Option<Period> {
        let own = self.line.clauses.get(clause).map_or(range.clone(), |clause| clause.range.start.min(range.start)..clause.range.end);
        let sentence = self.line.clauses.get(clause).map_or(0, |clause| clause.sentence);
        let begin = self.line.clauses.iter().find(|one| one.sentence == sentence).map_or(own.start, |one| one.range.start);
        let within = |range: Range<usize>| period_in(&self.line.text(range), self.year);
        let before = || if standard == Standard::Indicator { within(0..begin) } else { None };
        let earlier = self.earlier.filter(|_| standard == Standard::Indicator);
        let heading = || self.over.iter().rev().find_map(|heading| period_in(heading, self.year));
        // By when another thing is to be done says nothing of this one.
        let sentence = || if standard == Standard::Commitment { None } else { within(begin..own.start) };
        within(own.clone()).or_else(sentence).or_else(before).or_else(heading).or(self.own).or(earlier)
    }

    /// Which ones are counted: 规模以上, and of a rank among whom.
    fn scope(&self, range: &Range<usize>) -> String {
        let rank = self.line.words_in(range.clone()).iter().find(|word| word.cues.contains(&Cue::Rank));
        let among = rank.and_then(|rank| {
            let before = self.line.text(range.start..rank.range.start);
            let (_, among) = before.rsplit_once('在')?;
            Some(among.trim_end_matches(['中', '的']).to_owned())
        });
        let word = || {
            self.line
                .words_in(range.clone())
                .iter()
                .find(|word| word.cues.contains(&Cue::Scope))
                .map(|word| self.line.text(word.range.clone()))
        };
        let numbered = rank.and_then(|rank| {
            let behind = self.line.text(rank.range.end..range.end);
            let (among, _) = behind.split_once('第')?;
            (among.chars().count() >= 2).then(|| among.to_owned())
        });
        among.or(numbered).or_else(word).unwrap_or_default()
    }

    /// Who leads, and who supports.
    fn owners(&self, range: &Range<usize>) -> (Vec<String>, Vec<String>) {
        let names = |cue: Cue| {
            let word = self.line.words_in(range.clone()).iter().find(|word| word.cues.contains(&cue))?;
            let clause = self.line.clauses.iter().find(|clause| clause.range.contains(&word.range.start))?;
            let from = clause.range.start.max(range.start);
            let said = self.line.text(from..word.range.start);
            let said = said.trim_start_matches(['由', '要']).trim_end_matches(['等', '以']).to_owned();
            let names = said.split(['、', '和', '及']).map(str::to_owned).filter(|name| name.chars().count() >= 2);
            Some(names.collect::<Vec<String>>())
        };
        (names(Cue::OwnerLead).unwrap_or_default(), names(Cue::OwnerSupport).unwrap_or_default())
    }
}
