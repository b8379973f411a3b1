//! The language of reports as data: rules, words, indicators and units, the standard ones and a project's own.

use super::proposal::{Confidence, RuleId};
use crate::quantity::Units;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// What a word does in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Cue {
    Rise,
    Fall,
    Narrow,
    Widen,
    FallNoun,
    GrowthNoun,
    Yoy,
    Mom,
    Reach,
    Arrive,
    Share,
    Rank,
    Completion,
    Gap,
    GapAgainst,
    From,
    Respectively,
    Review,
    Plan,
    Goal,
    QuotedGoal,
    LeadIn,
    Place,
    Event,
    Make,
    Vague,
    Object,
    Slogan,
    Lookalike,
    OwnerLead,
    OwnerSupport,
    SeriesNoun,
    Modal,
    Scope,
    Status,
    StatedNumber,
    Generic,
    WeakMake,
    Relative,
    Instrument,
    Adjust,
    Facility,
}

/// A number that words state without digits.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatedNumber {
    pub value: rust_decimal::Decimal,
    pub unit: String,
    /// The key of a measure.
    pub measure: String,
}

/// `rules.ron` as it is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Rules {
    words: BTreeMap<Cue, Vec<String>>,
    modality: BTreeMap<String, Vec<String>>,
    strength: BTreeMap<String, String>,
    deliverable: BTreeMap<String, Vec<String>>,
    status: BTreeMap<String, Vec<String>>,
    scope: Vec<String>,
    nature: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<String, StatedNumber>,
    unit_of: BTreeMap<String, Vec<String>>,
    units: Vec<String>,
    heading_review: Vec<String>,
    heading_praise: Vec<String>,
    heading_plan: Vec<String>,
    heading_neither: Vec<String>,
    heading_imperative: Vec<String>,
    rules: BTreeMap<String, u8>,
    least: u8,
}

/// How the numbers of an indicator are read where the words leave it open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Measures {
    /// A level that grows.
    #[default]
    LevelGrowth,
    /// A ratio in per cent.
    Rate,
    /// An index.
    Index,
    /// An index of prices, of which the growth is often called the index itself.
    PriceIndex,
    /// A count of things.
    Count,
    /// A place in an order.
    Rank,
    /// A price.
    Price,
    /// A growth by its very name (涨幅).
    Growth,
    /// A share by its very name (占比).
    Share,
}

/// What people think of its rising.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Rise {
    #[default]
    Good,
    Bad,
    Neutral,
}

/// An indicator of `indicators.ron`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Indicator {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    traditional: Vec<String>,
    #[serde(default)]
    measures: Measures,
    /// Which way is good: for people and for the ledger.
    #[serde(default, rename = "up")]
    _up: Rise,
}

/// A group of them, for the eye.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    #[serde(rename = "group")]
    _group: String,
    indicators: Vec<Indicator>,
}

/// Why a project's own words cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason} (line {line})")]
pub struct LexiconError {
    /// What is wrong.
    pub reason: String,
    /// Where, counted from 1.
    pub line: usize,
}

/// A word of the lexicon in a text, by bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit<'l> {
    pub range: Range<usize>,
    pub cues: &'l BTreeSet<Cue>,
}

/// A name of an indicator in a text, by bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named<'l> {
    pub range: Range<usize>,
    /// Its canonical name.
    pub name: &'l str,
    pub measures: Measures,
}

/// Everything the rules go by.
#[derive(Clone, Debug)]
pub struct Lexicon {
    rules: Rules,
    indicators: Vec<(String, String, Measures)>,
    units: Units,
    words: AhoCorasick,
    cues: Vec<BTreeSet<Cue>>,
    names: AhoCorasick,
}

impl Lexicon {
    /// The one that comes with the program; read once, some milliseconds.
    pub fn standard() -> Arc<Self> {
        static STANDARD: OnceLock<Arc<Lexicon>> = OnceLock::new();
        Arc::clone(STANDARD.get_or_init(|| {
            let empty = Self::of(Rules::default(), Vec::new());
            let read = read_rules(include_str!("../../assets/rules.ron"))
                .and_then(|rules| Ok((rules, read_indicators(include_str!("../../assets/indicators.ron"))?)));
            // A test holds that what comes with the program can be read.
            Arc::new(read.map_or(empty, |(rules, indicators)| Self::of(rules, indicators)))
        }))
    }

    /// This one with a project's own `rules.ron` and `indicators.ron` on top; empty texts add nothing.
    ///
    /// # Errors
    /// If one of them cannot be read, and where.
    pub fn with(&self, rules: &str, indicators: &str) -> Result<Self, LexiconError> {
        let mut all = self.rules.clone();
        if !rules.trim().is_empty() {
            let own = read_rules(rules)?;
            own.check(&all, rules)?;
            all.add(own);
        }
        let mut names = if indicators.trim().is_empty() { Vec::new() } else { read_indicators(indicators)? };
        // What a project says of a word counts before what the program says of it.
        let own: BTreeSet<String> = names.iter().map(|(alias, ..)| alias.clone()).collect();
        names.extend(self.indicators.iter().filter(|(alias, ..)| !own.contains(alias)).cloned());
        Ok(Self::of(all, names))
    }

    fn of(rules: Rules, indicators: Vec<(String, String, Measures)>) -> Self {
        let mut by_word: BTreeMap<&str, BTreeSet<Cue>> = BTreeMap::new();
        let modal = rules.modality.values().chain(rules.nature.values()).flatten().map(|word| (word, Cue::Modal));
        let status = rules.status.values().flatten().map(|word| (word, Cue::Status));
        let scope = rules.scope.iter().map(|word| (word, Cue::Scope));
        let numbers = rules.numbers.keys().map(|word| (word, Cue::StatedNumber));
        let listed = rules.words.iter().flat_map(|(cue, words)| words.iter().map(|word| (word, *cue)));
        for (word, cue) in listed.chain(modal).chain(status).chain(scope).chain(numbers) {
            by_word.entry(word).or_default().insert(cue);
        }
        let (words, cues): (Vec<&str>, Vec<BTreeSet<Cue>>) = by_word.into_iter().unzip();
        let automaton = |words: Vec<&str>| {
            let built = AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(words);
            // Nothing but gigabytes of words make one fail; then none are found.
            built.unwrap_or_else(|_| empty())
        };
        let words = automaton(words);
        let names = automaton(indicators.iter().map(|(alias, ..)| alias.as_str()).collect());
        let units = Units::standard().with(&rules.units);
        Self { rules, indicators, units, words, cues, names }
    }

    /// The rules there are, by the names that proposals carry.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.rules.rules.keys().map(String::as_str)
    }

    /// The units numbers are read with.
    pub(super) const fn units(&self) -> &Units {
        &self.units
    }

    /// The words in a text, the longest at each place, none overlapping another.
    pub(super) fn hits<'l>(&'l self, text: &str) -> impl Iterator<Item = Hit<'l>> {
        self.words
            .find_iter(text.as_bytes())
            .filter_map(|found| Some(Hit { range: found.range(), cues: self.cues.get(found.pattern().as_usize())? }))
    }

    /// The indicators named in a text, the longest at each place, none overlapping another.
    pub(super) fn names<'l>(&'l self, text: &str) -> impl Iterator<Item = Named<'l>> {
        self.names.find_iter(text.as_bytes()).filter_map(|found| {
            let (_, name, measures) = self.indicators.get(found.pattern().as_usize())?;
            Some(Named { range: found.range(), name, measures: *measures })
        })
    }

    /// Whether one of the words of a list stands in a text.
    fn says(list: &[String], text: &str) -> bool {
        list.iter().any(|word| text.contains(word.as_str()))
    }

    /// What kind of heading it is.
    pub(super) fn heading(&self, text: &str) -> super::tense::Heading {
        use super::tense::Heading;
        let count = |list: &[String]| list.iter().filter(|word| text.contains(word.as_str())).count();
        let (review, plan) = (count(&self.rules.heading_review), count(&self.rules.heading_plan));
        let praises = count(&self.rules.heading_praise) > 0;
        let begins = self.rules.heading_imperative.iter().any(|word| text.starts_with(word.as_str()));
        if Self::says(&self.rules.heading_neither, text) && plan == 0 {
            Heading::Neither
        } else if plan > review || plan > 0 && text.contains("下半年") {
            Heading::Plan
        } else if review > 0 {
            Heading::Review
        } else if praises {
            Heading::Praise
        } else if begins {
            Heading::Imperative
        } else {
            Heading::Open
        }
    }

    /// The key of the entry of a table of which a word stands first in a text.
    fn keyed<'l>(table: &'l BTreeMap<String, Vec<String>>, text: &str) -> Option<&'l str> {
        let first = |words: &[String]| words.iter().filter_map(|word| text.find(word.as_str())).min();
        table.iter().filter_map(|(key, words)| Some((first(words)?, key.as_str()))).min().map(|(_, key)| key)
    }

    /// The key of the modality a word is of.
    pub(super) fn modality(&self, word: &str) -> Option<&str> {
        self.rules.modality.iter().find(|(_, words)| words.iter().any(|one| one == word)).map(|(key, _)| key.as_str())
    }

    /// How binding a modality is.
    pub(super) fn strength(&self, modality: &str) -> Option<&str> {
        self.rules.strength.get(modality).map(String::as_str)
    }

    /// What a promise in these words leaves behind: the last object counts, as it is the head of what is made.
    pub(super) fn deliverable(&self, text: &str) -> Option<&str> {
        let last = |words: &[String]| words.iter().filter_map(|word| Some(text.rfind(word.as_str())? + word.len())).max();
        self.rules.deliverable.iter().filter_map(|(key, words)| Some((last(words)?, key.as_str()))).max().map(|(_, key)| key)
    }

    /// How far numbers in these words are settled.
    pub(super) fn status(&self, text: &str) -> Option<&str> {
        Self::keyed(&self.rules.status, text)
    }

    /// Whether a target in these words is called binding or anticipatory.
    pub(super) fn nature(&self, text: &str) -> Option<&str> {
        Self::keyed(&self.rules.nature, text)
    }

    /// The unit of a bare 万 or 亿 in front of these words.
    pub(super) fn unit_of(&self, behind: &str) -> Option<&str> {
        let begins = |words: &[String]| {
            words.iter().any(|word| behind.split(['、', '和', ',']).next().is_some_and(|noun| noun.contains(word.as_str())))
        };
        self.rules.unit_of.iter().find(|(_, words)| begins(words)).map(|(unit, _)| unit.as_str())
    }

    /// The number a word states.
    pub(super) fn stated_number(&self, word: &str) -> Option<&StatedNumber> {
        self.rules.numbers.get(word)
    }

    /// How sure proposals of a rule are, so much less for each thing that speaks against one; nothing where that is too
    /// little to be proposed.
    pub(super) fn confidence(&self, rule: &'static str, less: u8) -> Option<(RuleId, Confidence)> {
        let sure = self.rules.rules.get(rule)?.saturating_sub(less);
        (sure >= self.rules.least).then(|| (RuleId(rule.to_owned()), Confidence::percent(sure)))
    }
}

impl Rules {
    /// Whether all it says something of is there: a misspelt rule or modality would do nothing, unsaid.
    fn check(&self, standard: &Self, text: &str) -> Result<(), LexiconError> {
        let rule = self.rules.keys().find(|key| !standard.rules.contains_key(*key));
        let known = |key: &String| standard.modality.contains_key(key) || self.modality.contains_key(key);
        let Some(key) = rule.or_else(|| self.strength.keys().find(|key| !known(key))) else { return Ok(()) };
        let line = text.lines().position(|line| line.contains(key.as_str())).map_or(1, |at| at + 1);
        Err(LexiconError { reason: format!("{key}?"), line })
    }

    fn add(&mut self, more: Self) {
        let lists = |own: &mut BTreeMap<String, Vec<String>>, more: BTreeMap<String, Vec<String>>| {
            for (key, words) in more {
                own.entry(key).or_default().extend(words);
            }
        };
        for (cue, words) in more.words {
            self.words.entry(cue).or_default().extend(words);
        }
        lists(&mut self.modality, more.modality);
        lists(&mut self.deliverable, more.deliverable);
        lists(&mut self.status, more.status);
        lists(&mut self.nature, more.nature);
        lists(&mut self.unit_of, more.unit_of);
        self.strength.extend(more.strength);
        self.numbers.extend(more.numbers);
        self.rules.extend(more.rules);
        self.scope.extend(more.scope);
        self.units.extend(more.units);
        self.heading_review.extend(more.heading_review);
        self.heading_praise.extend(more.heading_praise);
        self.heading_plan.extend(more.heading_plan);
        self.heading_neither.extend(more.heading_neither);
        self.heading_imperative.extend(more.heading_imperative);
        if more.least > 0 {
            self.least = more.least;
        }
    }
}

/// An automaton that finds nothing.
#[expect(clippy::expect_used, reason = "an automaton of no words can be built")]
fn empty() -> AhoCorasick {
    AhoCorasick::new::<[&str; 0], &str>([]).expect("no words")
}

fn read_rules(text: &str) -> Result<Rules, LexiconError> {
    ron::from_str(text.trim_start_matches('\u{FEFF}')).map_err(error)
}

/// Each wording of each indicator as it stands in a shadow, with its name.
fn read_indicators(text: &str) -> Result<Vec<(String, String, Measures)>, LexiconError> {
    let groups: Vec<Group> = ron::from_str(text.trim_start_matches('\u{FEFF}')).map_err(error)?;
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for indicator in groups.into_iter().flat_map(|group| group.indicators) {
        let Indicator { name, aliases, traditional, measures, .. } = indicator;
        for wording in std::iter::once(&name).chain(&aliases).chain(&traditional) {
            let wording = crate::text::shadow::fold(wording);
            if !wording.is_empty() && seen.insert(wording.clone()) {
                let measures = measures_of(&wording, measures);
                all.push((wording, name.clone(), measures));
            }
        }
    }
    Ok(all)
}

/// How numbers of a wording are read: what ends in 增长 is a growth whatever the indicator is, what ends in 占比 a share.
fn measures_of(wording: &str, measures: Measures) -> Measures {
    let ends = |words: &[&str]| words.iter().any(|word| wording.ends_with(word));
    if wording.ends_with("自然增长率") {
        measures
    } else if ends(&["增长", "增速", "增幅", "涨幅", "增长率", "增长速度", "上涨", "上涨幅度"]) {
        Measures::Growth
    } else if ends(&["占比", "比重"]) {
        Measures::Share
    } else if measures == Measures::Index && wording.contains("价格") || wording == "cpi" || wording == "ppi" {
        Measures::PriceIndex
    } else {
        measures
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is what an error is mapped by")]
fn error(error: ron::error::SpannedError) -> LexiconError {
    LexiconError { reason: error.code.to_string(), line: error.span.start.line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_with_the_program_can_be_read() {
        let rules = read_rules(include_str!("../../assets/rules.ron")).unwrap();
        assert!(rules.words.values().map(Vec::len).sum::<usize>() > 500);
        let indicators = read_indicators(include_str!("../../assets/indicators.ron")).unwrap();
        let names: BTreeSet<&String> = indicators.iter().map(|(_, name, _)| name).collect();
        assert!(names.len() >= 250, "{}", names.len());
        for key in rules.deliverable.keys() {
            assert!(["project", "document", "mechanism", "funding", "campaign", "approval"].contains(&key.as_str()), "{key}");
        }
    }

    #[test]
    fn a_project_adds_its_own() {
        let own = Lexicon::standard().with(
            "(words: { event: [\"开馆\"] }, modality: { \"ensure\": [\"说到做到\"] })",
            "[(group: \"own\", indicators: [(name: \"河长巡河次数\", aliases: [\"巡河次数\"])])]",
        );
        let own = own.unwrap();
        assert_eq!(own.modality("说到做到"), Some("ensure"));
        assert_eq!(own.modality("确保"), Some("ensure"));
        assert_eq!(own.names("全市巡河次数").map(|named| named.name).collect::<Vec<_>>(), ["河长巡河次数"]);
        assert!(own.hits("年底开馆").any(|hit| hit.cues.contains(&Cue::Event)));
        for broken in ["(words: {\n  events: [] })", "(rules: {\n \"promised_evnt\": 10 })", "(\nstrength: { \"strife\": \"hard\" })"] {
            assert_eq!(Lexicon::standard().with(broken, "").unwrap_err().line, 2, "{broken}");
        }
    }
}
