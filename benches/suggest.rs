//! How long proposing takes: loading what the rules go by, megabytes a second over all reports, and one report of 30,000
//! characters.
//!
//! `cargo bench --bench suggest` prints a table; docs/performance.md quotes it. `JIANNUO_SHARED` names a folder of real
//! reports to be read beside the project's own.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench is run by hand and prints its figures"
)]

#[path = "../tests/shared.rs"]
mod shared;

use jiannuo::report::{Corrections, Report};
use jiannuo::suggest::{Lexicon, suggest};
use std::time::{Duration, Instant};

const SAMPLE: &str = include_str!("../assets/samples/yunxi-2024-hans.txt");

/// How often everything is done; the best counts.
const ROUNDS: usize = 7;
/// As much as is read in a round at least, in bytes.
const BYTES: usize = 4_000_000;

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let made = work();
    (made, begin.elapsed())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn report(text: &str) -> Report {
    Report::new(text.to_owned(), Corrections::default())
}

/// Reading is not reading if nobody asks for what was found.
fn proposals(reports: &[Report], lexicon: &Lexicon) -> usize {
    reports.iter().map(|report| suggest(report, lexicon).proposals.len()).sum()
}

/// What has to be there before anything is proposed.
fn loading() {
    let (lexicon, took) = timed(Lexicon::standard);
    println!("rules, words and indicators, with the dictionaries of characters: {:.1} ms", milliseconds(took));
    let own = timed(|| lexicon.with("(words: { event: [\"开馆\"] })", "").unwrap().with("", "").is_ok());
    println!("the same with a project's own, twice:                            {:.1} ms", milliseconds(own.1));
    let words = timed(jiannuo::text::words::load);
    println!("words (jieba), for what is selected:                             {:.1} ms", milliseconds(words.1));
}

/// All reports, over and over.
fn speed(lexicon: &Lexicon) {
    let all = shared::all();
    let once: usize = all.iter().map(|(_, text)| text.len()).sum();
    let texts: Vec<&str> = all.iter().map(|(_, text)| text.as_str()).cycle().take(all.len() * BYTES.div_ceil(once)).collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    println!("{} reports, {:.1} MB of UTF-8 on one core, best of {ROUNDS}:", texts.len(), bytes as f64 / 1e6);
    let (mut with_shadow, mut alone) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let reports: Vec<Report> = texts.iter().map(|text| report(text)).collect();
        // A report's shadow is made when it is first asked for, and kept.
        let (first, took) = timed(|| proposals(&reports, lexicon));
        with_shadow = with_shadow.min(took);
        let (again, took) = timed(|| proposals(&reports, lexicon));
        alone = alone.min(took);
        assert_eq!(first, again);
    }
    for (what, took) in [("proposing with the shadow", with_shadow), ("proposing, the shadow there", alone)] {
        println!("    {what:<28} {:.1} MB/s", bytes as f64 / 1e6 / took.as_secs_f64());
    }
}

/// One report as long as the longest there are.
fn long_report(lexicon: &Lexicon) {
    let text: String = SAMPLE.chars().cycle().take(30_000).collect();
    let mut times: Vec<[Duration; 2]> = (0..51)
        .map(|_| {
            let report = report(&text);
            [timed(|| suggest(&report, lexicon)).1, timed(|| suggest(&report, lexicon)).1]
        })
        .collect();
    println!("one report of 30,000 characters:");
    for (at, what) in ["with the shadow", "the shadow there"].into_iter().enumerate() {
        times.sort_unstable_by_key(|took| took[at]);
        let [median, worst] = [times[times.len() / 2][at], times[times.len() - 1][at]].map(milliseconds);
        println!("    {what:<28} median {median:.1} ms, worst {worst:.1} ms");
    }
}

fn main() {
    loading();
    let lexicon = Lexicon::standard();
    speed(&lexicon);
    long_report(&lexicon);
}
