//! Re-anchoring measured: tags find their words again in a changed text, and none is placed wrongly.
//!
//! # How it is judged
//!
//! Every report is edited in every way of [`edits::KINDS`]. An edit is made of characters that know where they come from
//! ([`draft`]), so for each character of the old text it is known where it stands in the new one, or that it was deleted
//! or replaced. A character in the other script, the other width or as the other kind of quotation mark is still the same
//! character; a word of Taiwan in place of one of the mainland is another word. Nobody looks for words to find out: that
//! is what is being tested.
//!
//! Some 60 places of each report are tagged as people tag ([`tags`]): clauses with figures, figures alone, sentences,
//! paragraphs, words across a line end, the first and last words, and words that stand everywhere in the report.
//!
//! **The words of a tag stand** in the new text if all their characters but white space are there, in order, with nothing
//! between them but white space and damage that says nothing (the asterisks or pinyin of scraping); and if a number at
//! either end of them did not grow: 增长8 does not stand in 增长8.5. What stands around them may have changed, and they may
//! stand elsewhere.
//!
//! Then each tag is one of four:
//!
//! - **kept right:** the program placed it ([`Fit::Kept`], [`Fit::Moved`]) exactly where its words stand; at its ends,
//!   white space and damage do not count;
//! - **asked although it stands:** its words stand, and the program asks ([`Fit::Changed`], [`Fit::Lost`]); a pity, no
//!   mistake;
//! - **rightly asked:** its words do not stand any more, and the program asks;
//! - **wrong:** the program placed it anywhere else. That includes another copy that reads the same: of a paragraph that
//!   was duplicated behind itself the first is the original; of a sentence that was deleted while another one like it
//!   stands elsewhere, that other one is not the place. It includes words that were changed and still look alike.
//!
//! All of it is done twice, with the old text and with nothing but quote and context. **No tag may be wrong in either.**
//!
//! `JIANNUO_REANCHOR=20 cargo test --test it reanchor:: -- --nocapture` runs it with 20 different chances and shows the
//! tables; the usual run has one. With `JIANNUO_SHARED` the real reports are edited too.

mod chance;
mod draft;
mod edits;
mod pairs;
mod places;
mod tags;
mod truth;
mod words;

use crate::shared;
use chance::Chance;
use draft::{Draft, written};
use edits::{KINDS, NOTHING, edited};
use jiannuo::annotation::{Anchor, Fit, reanchor};
use jiannuo::report::{Corrections, Report};
use jiannuo::text::Span;
use jiannuo::text::classes::is_han;
use jiannuo::text::shadow::fold;
use std::ops::AddAssign;
use tags::tags;
use truth::{Truth, Verdict};

/// How many tags each report gets.
const TAGS: usize = 60;
/// Longer reports are cut here, in characters.
const LONGEST: usize = 40_000;
/// How many of the wrong ones are shown.
const SHOWN: usize = 10;
/// How many of a hundred tags whose words stand have to be kept when the old text is known.
const KEPT: u64 = 80;
/// The two ways, as the tables call them.
const WAYS: [&str; 2] = ["With the old text", "Without the old text"];

/// How many chances each edit gets; `JIANNUO_REANCHOR` asks for more.
fn seeds() -> u64 {
    std::env::var("JIANNUO_REANCHOR").ok().and_then(|count| count.parse().ok()).unwrap_or(1)
}

/// The reports by name.
fn texts() -> Vec<(String, String)> {
    let name = |path: std::path::PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    shared::all().into_iter().map(|(path, text)| (name(path), text.chars().take(LONGEST).collect())).collect()
}

fn report(text: &str) -> Report {
    Report::new(text.to_owned(), Corrections::default())
}

/// What became of tags, counted.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    right: u64,
    missed: u64,
    rightly_asked: u64,
    wrong: u64,
    /// Suggestions made, and those that show something of what is left of the words.
    suggested: u64,
    apt: u64,
}

impl Score {
    fn count(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Right => &mut self.right,
            Verdict::Missed => &mut self.missed,
            Verdict::RightlyAsked => &mut self.rightly_asked,
            Verdict::Wrong => &mut self.wrong,
        } += 1;
    }

    /// How many of a hundred tags whose words stand were kept; all of none.
    fn kept(self) -> u64 {
        (100 * self.right).checked_div(self.right + self.missed).unwrap_or(100)
    }

    fn row(self, name: &str) -> String {
        let Self { right, missed, rightly_asked, wrong, .. } = self;
        let tags = right + missed + rightly_asked + wrong;
        format!("{name:<40}{tags:>9}{right:>12}{missed:>28}{rightly_asked:>16}{wrong:>8}\n")
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.missed += other.missed;
        self.rightly_asked += other.rightly_asked;
        self.wrong += other.wrong;
        self.suggested += other.suggested;
        self.apt += other.apt;
    }
}

/// The scores of each kind in both ways, and the wrong ones described.
struct Measured {
    scores: Vec<[Score; 2]>,
    wrong: Vec<String>,
}

impl Measured {
    fn nothing() -> Self {
        Self { scores: vec![[Score::default(); 2]; KINDS.len()], wrong: Vec::new() }
    }

    /// One report in every kind of edit.
    fn of(name: &str, text: &str, seeds: u64) -> Self {
        let (old, mut measured) = (report(text), Self::nothing());
        for seed in 0..seeds {
            let anchors = tags(old.text(), TAGS, &mut Chance::of(name, seed));
            for (number, (kind, edit)) in KINDS.iter().enumerate() {
                let edited = edited(*edit, text, &mut Chance::of(&format!("{name} {kind}"), seed));
                let (new, truth) = (report(&edited.text), Truth::of(text, &edited));
                for (way, known) in [Some(&old), None].into_iter().enumerate() {
                    let fits = reanchor(known, &new, &anchors);
                    let (score, wrong) = judged(&truth, &anchors, &fits);
                    measured.scores[number][way] += score;
                    let told = |wrong: String| format!("{} ({kind}, {name}, chance {seed}):\n{wrong}", WAYS[way]);
                    measured.wrong.extend(wrong.into_iter().map(told));
                }
            }
        }
        measured
    }

    fn add(&mut self, other: Self) {
        for (score, other) in self.scores.iter_mut().flatten().zip(other.scores.into_iter().flatten()) {
            *score += other;
        }
        self.wrong.extend(other.wrong);
    }

    fn total(&self, way: usize) -> Score {
        let mut total = Score::default();
        for scores in &self.scores {
            total += scores[way];
        }
        total
    }

    /// The table of one way.
    fn table(&self, way: usize) -> String {
        let (asked, rightly) = ("asked although it stands", "rightly asked");
        let mut table = format!("{:<40}{:>9}{:>12}{asked:>28}{rightly:>16}{:>8}\n", WAYS[way], "tags", "kept right", "wrong");
        for ((kind, _), scores) in KINDS.iter().zip(&self.scores) {
            table.push_str(&scores[way].row(kind));
        }
        let total = self.total(way);
        let (kept, suggested, apt) = (total.kept(), total.suggested, total.apt);
        format!("{table}{}figures: kept where it stands: {kept} %; suggestions: {suggested}, of which {apt} fit\n", total.row("all"))
    }
}

/// Judges what became of tags; describes the wrong ones.
fn judged(truth: &Truth, anchors: &[Anchor], fits: &[Fit]) -> (Score, Vec<String>) {
    assert_eq!(fits.len(), anchors.len(), "one for each tag");
    let (mut score, mut wrong) = (Score::default(), Vec::new());
    for (anchor, fit) in anchors.iter().zip(fits) {
        let verdict = truth.judge(anchor.span, fit);
        score.count(verdict);
        if let Fit::Changed(Some(suggestion)) = fit {
            score.suggested += 1;
            score.apt += u64::from(truth.is_apt(anchor.span, *suggestion));
        }
        if verdict == Verdict::Wrong {
            wrong.push(described(truth, anchor.span, fit));
        }
    }
    (score, wrong)
}

/// A tag with where it was put and where it should be, each with what stands around it.
fn described(truth: &Truth, quote: Span, fit: &Fit) -> String {
    let put = match fit {
        Fit::Kept(span) | Fit::Moved(span) => format!("{span:?} {}", around(truth.new_chars(), *span)),
        Fit::Changed(_) | Fit::Lost => "asked".into(),
    };
    let place = truth.place_of(quote);
    let should = place.map_or("nowhere".into(), |place| format!("{place:?} {}", around(truth.new_chars(), place)));
    format!("  tag    {quote:?} {}\n  put    {put}\n  should {should}", around(truth.old_chars(), quote))
}

/// A span with a few characters on its sides, in one line; long ones without their middle.
fn around(chars: &[char], span: Span) -> String {
    let cut = |start: usize, end: usize| -> String {
        let inside = chars.get(start.min(chars.len())..end.min(chars.len())).unwrap_or_default();
        inside.iter().map(|&c| if c == '\n' { '⏎' } else { c }).collect()
    };
    let (start, end) = (span.start().get() as usize, span.end().get() as usize);
    let words = if end - start > 60 { format!("{}…{}", cut(start, start + 28), cut(end - 28, end)) } else { cut(start, end) };
    format!("{}⟦{words}⟧{}", cut(start.saturating_sub(20), start), cut(end, end + 20))
}

#[test]
fn no_tag_is_placed_wrongly() {
    let (texts, seeds) = (texts(), seeds());
    let mut measured = Measured::nothing();
    std::thread::scope(|scope| {
        let running: Vec<_> = texts.iter().map(|(name, text)| scope.spawn(move || Measured::of(name, text, seeds))).collect();
        for one in running {
            measured.add(one.join().unwrap());
        }
    });
    println!("{}\n{}", measured.table(0), measured.table(1));
    let shown: Vec<&str> = measured.wrong.iter().take(SHOWN).map(String::as_str).collect();
    assert!(measured.wrong.is_empty(), "{} placed wrongly:\n{}", measured.wrong.len(), shown.join("\n"));
    let kept = measured.total(0).kept();
    assert!(kept >= KEPT, "with the old text only {kept} % of what stands was kept");
}

/// What a test of this kind is worth depends on its edits: each must do something, and what it calls the same character
/// must be one.
#[test]
fn every_edit_tells_the_truth() {
    for (kind, edit) in KINDS {
        let mut changed = false;
        for (path, text) in shared::own() {
            let edited = edited(*edit, &text, &mut Chance::of(kind, 0));
            changed |= edited.text != text;
            let (old, new): (Vec<char>, Vec<char>) = (text.chars().collect(), edited.text.chars().collect());
            for (place, image) in edited.image.iter().enumerate().filter_map(|(place, image)| Some((old[place], new[(*image)? as usize]))) {
                // Of brackets asterisks are left; Han characters differ by script.
                let same = place == image || image == '*' || (is_han(place) && is_han(image));
                assert!(same || fold(&place.to_string()) == fold(&image.to_string()), "{kind}, {}: {place} {image}", path.display());
            }
        }
        assert_eq!(changed, *kind != NOTHING, "{kind}");
    }
}

#[test]
fn words_stand_where_the_edit_says() {
    // An old text, what is put in at a place of it, a quote, and where that stands then.
    let cases: [(&str, usize, &str, Span, Option<Span>); 7] = [
        ("产值增长8%。", 0, "全市", Span::of(2, 6), Some(Span::of(4, 8))),
        ("产值增长8%。", 4, " \n", Span::of(2, 6), Some(Span::of(2, 8))),
        ("产值增长8%。", 4, "约", Span::of(2, 6), None),
        ("产值增长8%。", 5, ".5", Span::of(2, 5), None),
        ("产值增长8%。", 5, "左右", Span::of(2, 5), Some(Span::of(2, 5))),
        ("投资20亿元。", 2, "1", Span::of(2, 6), None),
        ("投资20亿元。", 2, "超", Span::of(2, 6), Some(Span::of(3, 7))),
    ];
    for (text, at, words, quote, place) in cases {
        let mut draft = Draft::of(text);
        draft.rewrite([(at..at, written(words))]);
        let edited = draft.finish(text.chars().count());
        assert_eq!(Truth::of(text, &edited).place_of(quote), place, "{}", edited.text);
    }
}
