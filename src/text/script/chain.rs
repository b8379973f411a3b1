//! A configuration: stages of dictionaries, each reading what the one before wrote.

use super::Converted;
use super::description::{is_operator, sequence};
use super::dictionary::{Dictionary, entries};
use crate::text::offset_map::OffsetMap;
use crate::text::position::View;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// A configuration file of OpenCC, as far as it concerns us; other fields are left aside.
#[derive(Deserialize)]
struct Configuration {
    #[serde(default)]
    normalization: Vec<Stage>,
    segmentation: Option<Stage>,
    conversion_chain: Vec<Stage>,
}

#[derive(Deserialize)]
struct Stage {
    dict: Node,
}

/// A dictionary, or several looked up together.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Node {
    Text { file: String },
    Group { match_policy: Option<Policy>, dicts: Vec<Node> },
}

/// What a group does when several of its dictionaries have an entry.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Policy {
    /// The first dictionary with any entry at the place wins, however short that entry is.
    ShortCircuit,
    /// The longest entry of all wins; of two as long, that of the first dictionary.
    Union,
}

impl Node {
    /// The files of a dictionary or of a union of them; nothing if it is more than that.
    fn union(&self) -> Option<Vec<&str>> {
        match self {
            Self::Text { file } => Some(vec![file]),
            Self::Group { match_policy: Some(Policy::Union), dicts } => {
                let files: Option<Vec<Vec<&str>>> = dicts.iter().map(Self::union).collect();
                Some(files?.concat())
            }
            Self::Group { .. } => None,
        }
    }
}

impl Node {
    /// The dictionaries of its best rank.
    fn best(&self) -> Option<Vec<&str>> {
        self.ranks(&mut Vec::new()).into_iter().next()
    }

    /// The dictionaries of a node by rank: of the groups of groups that OpenCC allows, its configurations have only short
    /// circuits of dictionaries and unions. What the program cannot read so is missing; a test shows that there is none.
    fn ranks(&self, missing: &mut Vec<String>) -> Vec<Vec<&str>> {
        if let Some(files) = self.union() {
            return vec![files];
        }
        match self {
            Self::Group { match_policy: None | Some(Policy::ShortCircuit), dicts } => {
                dicts.iter().flat_map(|node| node.ranks(missing)).collect()
            }
            Self::Group { match_policy: Some(Policy::Union), .. } | Self::Text { .. } => {
                missing.push("a union of groups".into());
                Vec::new()
            }
        }
    }

    /// The dictionary of a node, made once and kept as long as the program runs.
    fn dictionary(&self, missing: &mut Vec<String>) -> &'static Dictionary {
        static MADE: Mutex<BTreeMap<String, &'static Dictionary>> = Mutex::new(BTreeMap::new());
        let ranks = self.ranks(missing);
        let name = ranks.iter().map(|files| files.join("+")).collect::<Vec<_>>().join(" ");
        missing.extend(ranks.iter().flatten().filter(|file| entries(file).is_none()).map(|&file| file.to_owned()));
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        made.entry(name).or_insert_with(|| {
            let texts = |files: &Vec<&str>| files.iter().filter_map(|file| entries(file)).collect();
            Box::leak(Box::new(Dictionary::of(&ranks.iter().map(texts).collect::<Vec<_>>())))
        })
    }
}

/// A dictionary as far as it counts in one place.
#[derive(Clone, Copy)]
struct Matcher {
    dictionary: &'static Dictionary,
    /// The worst rank that counts.
    worst: u8,
}

impl Matcher {
    fn longest_prefix(self, text: &str) -> Option<(usize, &'static str)> {
        self.dictionary.longest_prefix(text, self.worst)
    }
}

/// The stages of a conversion in order.
pub(super) struct Chain {
    normalization: Vec<Matcher>,
    /// What no entry of the stages may cross the matches of.
    segmentation: Option<Matcher>,
    stages: Vec<Matcher>,
}

impl Chain {
    /// Changes nothing.
    pub(super) const EMPTY: Self = Self { normalization: Vec::new(), segmentation: None, stages: Vec::new() };

    /// Reads a configuration, and says what it asks for that the program does not have; a test shows that there is
    /// nothing.
    pub(super) fn parse(json: &str) -> (Self, Vec<String>) {
        let configuration: Configuration = match serde_json::from_str(json) {
            Ok(configuration) => configuration,
            Err(error) => return (Self::EMPTY, vec![error.to_string()]),
        };
        let mut missing = Vec::new();
        let mut matcher = |stage: &Stage| Matcher { dictionary: stage.dict.dictionary(&mut missing), worst: u8::MAX };
        // Words that segment are nearly always those of the first stage's first rank: they are loaded once.
        let first = configuration.conversion_chain.first();
        let segmentation = configuration.segmentation.as_ref().map(|stage| {
            let shared = first.filter(|first| stage.dict.union().is_some() && first.dict.best() == stage.dict.union());
            match shared {
                Some(first) => Matcher { worst: 0, ..matcher(first) },
                None => matcher(stage),
            }
        });
        let chain = Self {
            normalization: configuration.normalization.iter().map(&mut matcher).collect(),
            segmentation,
            stages: configuration.conversion_chain.iter().map(&mut matcher).collect(),
        };
        (chain, missing)
    }

    pub(super) fn convert(&self, text: &str) -> Converted {
        let len = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let mut converted = Converted { text: text.to_owned(), map: OffsetMap::identity(len) };
        for stage in &self.normalization {
            apply(&mut converted, *stage, &mut []);
        }
        let mut ends = self.segmentation.map(|matcher| segments(matcher, &converted.text)).unwrap_or_default();
        for stage in &self.stages {
            apply(&mut converted, *stage, &mut ends);
        }
        converted
    }
}

/// Runs a stage over what was converted so far, and moves the ends of segments along.
fn apply(converted: &mut Converted, stage: Matcher, ends: &mut [usize]) {
    let (text, changes) = run(stage, &converted.text, ends);
    converted.text = text;
    if !changes.is_empty() {
        let map: OffsetMap<View, View> = OffsetMap::from_changes(converted.map.b_len(), changes);
        converted.map = converted.map.then(&map);
    }
}

/// The ends, in bytes, of the segments of a text: each match is one, and so is what stands between two.
fn segments(matcher: Matcher, text: &str) -> Vec<usize> {
    let (mut ends, mut at) = (Vec::new(), 0);
    while let Some((rest, first)) = text.get(at..).and_then(|rest| Some((rest, rest.chars().next()?))) {
        if let Some((taken, _)) = matcher.longest_prefix(rest) {
            if ends.last() != Some(&at) {
                ends.push(at);
            }
            at += taken;
            ends.push(at);
        } else {
            at += unmatched(first, rest);
        }
    }
    ends
}

/// How many bytes are left as they are where nothing matches: a character, or all it describes.
fn unmatched(first: char, rest: &str) -> usize {
    if is_operator(first) { sequence(rest).unwrap_or(first.len_utf8()) } else { first.len_utf8() }
}

/// Runs one stage segment by segment; lists what changed its length, as `(start, length before, length after)` in
/// characters, and puts the ends of the segments where they are in the new text.
fn run(stage: Matcher, text: &str, ends: &mut [usize]) -> (String, Vec<(u32, u32, u32)>) {
    let mut written = String::with_capacity(text.len() + text.len() / 16);
    let mut changes = Vec::new();
    let mut place = 0u32;
    let mut start = 0;
    for end in ends.iter_mut() {
        run_segment(stage, text.get(start..*end).unwrap_or(""), &mut place, &mut written, &mut changes);
        start = std::mem::replace(end, written.len());
    }
    run_segment(stage, text.get(start..).unwrap_or(""), &mut place, &mut written, &mut changes);
    (written, changes)
}

fn run_segment(stage: Matcher, segment: &str, place: &mut u32, written: &mut String, changes: &mut Vec<(u32, u32, u32)>) {
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let mut rest = segment;
    while let Some(first) = rest.chars().next() {
        if let Some((taken, replacement)) = stage.longest_prefix(rest) {
            let (before, after) = rest.split_at(taken);
            let (len, new_len) = (count(before), count(replacement));
            if len != new_len {
                changes.push((*place, len, new_len));
            }
            written.push_str(replacement);
            *place += len;
            rest = after;
        } else {
            let (kept, after) = rest.split_at(unmatched(first, rest));
            written.push_str(kept);
            *place += count(kept);
            rest = after;
        }
    }
}
