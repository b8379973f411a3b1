//! Whether words look back or ahead: by the headings they stand under, and by what they say.

use super::lexicon::{Cue, Lexicon};
use super::line::{Clause, Line};
use crate::report::{Field, Genre, Level, Report};
use crate::text::Span;
use std::ops::Range;

/// What a heading says of what stands under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// What was done.
    Review,
    /// It praises, as what was done is; under a heading of what is to be done it is one of those.
    Praise,
    /// What is to be done.
    Plan,
    /// It asks for something: what is to be done, unless it stands under a review.
    Imperative,
    /// Neither: problems, principles, the world outside.
    Neither,
    /// Nothing.
    Open,
}

/// Where words look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// Back: what is stated is a result.
    Review,
    /// Ahead: what is stated is aimed at or promised.
    Plan,
    /// They do not say.
    Open,
}

/// The headings over each paragraph, one after the other.
pub(super) struct Sections<'r> {
    report: &'r Report,
    lexicon: &'r Lexicon,
    over: Vec<(Level, Heading)>,
    part: Option<Span>,
}

impl<'r> Sections<'r> {
    pub const fn new(report: &'r Report, lexicon: &'r Lexicon) -> Self {
        Self { report, lexicon, over: Vec::new(), part: None }
    }

    /// Where the next paragraph looks by the headings over it.
    pub fn tense_of(&mut self, paragraph: &crate::report::Paragraph) -> Tense {
        let part = self.report.part_at(paragraph.span.start()).map(|part| part.span);
        if part != self.part {
            self.over.clear();
            self.part = part;
        }
        if let Some(heading) = paragraph.heading() {
            let level = self.report.level_of(paragraph);
            self.over.retain(|(above, _)| *above < level);
            let words = crate::text::shadow::fold(self.report.quote(heading));
            let words = words.trim_start_matches(|c: char| "一二三四五六七八九十()、.0123456789".contains(c));
            self.over.push((level, self.lexicon.heading(words)));
        }
        self.now(paragraph.span.start())
    }

    fn now(&self, place: crate::text::Pos) -> Tense {
        let genre = self.report.facts_at(place).get(Field::Genre);
        if genre == Some(Genre::Bulletin.key()) {
            return Tense::Review;
        }
        let says = |heading: Heading| self.over.iter().any(|(_, over)| *over == heading);
        let innermost = self.over.last().map(|(_, heading)| *heading);
        // What was done may be told among plans, but under a heading of what was done nothing is planned.
        if says(Heading::Review) {
            return Tense::Review;
        }
        if innermost == Some(Heading::Neither) {
            return Tense::Open;
        }
        if says(Heading::Plan) {
            return Tense::Plan;
        }
        if says(Heading::Praise) {
            return Tense::Review;
        }
        let asks = says(Heading::Imperative);
        if asks || genre == Some(Genre::Programme.key()) { Tense::Plan } else { Tense::Open }
    }
}

/// Words that look back, or ahead, and what has been said in their sentence so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looking {
    section: Tense,
    /// The report's own year, if it is known.
    year: Option<i16>,
    sentence: usize,
    ahead: bool,
    back: bool,
    goal: bool,
}

impl Looking {
    pub const fn new(section: Tense, year: Option<i16>) -> Self {
        Self { section, year, sentence: 0, ahead: false, back: false, goal: false }
    }

    /// Where a clause looks, after those before it in its line.
    pub fn at(&mut self, line: &Line<'_>, clause: &Clause) -> Tense {
        if clause.sentence != self.sentence {
            (self.ahead, self.back, self.goal, self.sentence) = (false, false, false, clause.sentence);
        }
        let range = clause.range.clone();
        let years = self.years(line, range.clone());
        let ahead = self.looks_ahead(line, range.clone()) || years == Some(Tense::Plan);
        let back =
            line.words_in(range.clone()).iter().any(|word| word.is_any(&[Cue::Review, Cue::Yoy, Cue::Mom])) || years == Some(Tense::Review);
        // 去年 may only be what is compared with (与去年持平), unless the clause begins with it.
        let looks_back = |word: &super::line::Word<'_>| {
            word.cues.contains(&Cue::Review) && (word.range.start == range.start || line.text(word.range.clone()) != "去年")
        };
        let told = line.words_in(range.clone()).iter().any(|word| looks_back(word) || word.cues.contains(&Cue::Mom))
            || line.text(range.clone()).contains("同比");
        self.goal |= line.says(Cue::Goal, range.clone()) && !line.says(Cue::QuotedGoal, range);
        self.ahead |= ahead;
        self.back |= told || years == Some(Tense::Review);
        match self.section {
            Tense::Review if ahead || self.ahead && !back || self.goal && !back => Tense::Plan,
            Tense::Review => Tense::Review,
            Tense::Plan if (told || years == Some(Tense::Review) || self.back) && !self.ahead && !self.goal => Tense::Review,
            Tense::Plan => Tense::Plan,
            Tense::Open if ahead || (self.ahead || self.goal) && !back => Tense::Plan,
            Tense::Open if back || self.back => Tense::Review,
            Tense::Open => Tense::Open,
        }
    }

    /// Whether the sentence lists what is aimed at.
    pub const fn lists_goals(&self) -> bool {
        self.goal
    }

    fn looks_ahead(&self, line: &Line<'_>, range: Range<usize>) -> bool {
        let range_start = range.start;
        let said_ahead =
            |word: &str| ["下半年", "明年", "今后", "年底前", "下一步", "下一阶段", "力争", "确保", "力求", "务必", "争取"].contains(&word);
        let modal = line.promises(range.clone()).is_some_and(|word| {
            // A review tells of efforts, too.
            self.section != Tense::Review || said_ahead(&line.text(word.range.clone()))
        });
        let plan = line.words_in(range).iter().any(|word| {
            word.cues.contains(&Cue::Plan) && said_ahead(&line.text(word.range.clone())) && line.at(word.range.end) != Some('了')
        });
        let start = range_start;
        let demands = self.section != Tense::Review
            && line.at(start) == Some('要')
            && !line.at(start + 1).is_some_and(|c| "求素点是么看认清".contains(c));
        modal || plan || demands
    }

    /// Where the years in a stretch look: before the report's own back, after it ahead.
    fn years(&self, line: &Line<'_>, range: Range<usize>) -> Option<Tense> {
        let own = self.year?;
        let text = line.text(range);
        let years = text.match_indices('年').filter_map(|(at, _)| {
            let digits = text.get(at.checked_sub(4)?..at)?;
            digits.parse::<i16>().ok().filter(|year| (1900..2100).contains(year))
        });
        match years.max()? {
            later if later > own => Some(Tense::Plan),
            earlier if earlier < own => Some(Tense::Review),
            _ => None,
        }
    }
}
