//! Rows of real reports: no forbidden start or end at any measure, and every justified row as wide as the column.

use crate::shared;
use jiannuo::report::{Corrections, Reading, Report, Script, ScriptView};
use jiannuo::text::classes::{is_closing, is_opening, is_paired_mark, is_space};
use jiannuo::typeset::{Forms, Row, Setting, rows};
use unicode_segmentation::UnicodeSegmentation;

const EM: f32 = 18.0;

/// Full width for what is not ASCII, half for what is: the widths of a CJK font's own Latin differ little.
fn advance(_: u32, c: char) -> f32 {
    if c.is_ascii() { EM / 2.0 } else { EM }
}

/// The width of a row's text with the space between its characters, space at its end left out.
fn natural_width(text: &str, row: &Row) -> f32 {
    let clusters: Vec<&str> = text.graphemes(true).collect();
    let inked = clusters.iter().rposition(|cluster| !cluster.chars().all(is_space)).map_or(0, |last| last + 1);
    let (mut at, mut taken, mut width) = (0usize, 0usize, 0.0);
    let mut ends: Vec<usize> = Vec::new();
    for run in &row.runs {
        taken += run.len as usize;
        ends.push(taken);
    }
    let mut run = 0;
    for cluster in clusters.iter().take(inked) {
        while at >= ends[run] {
            run += 1;
        }
        let begins_run = run > 0 && at == ends[run - 1];
        if at > 0 {
            width += row.runs[run].spacing;
        }
        if begins_run {
            width += row.runs[run].lead;
        }
        width += cluster.chars().map(|c| advance(0, c)).sum::<f32>();
        at += cluster.chars().count();
    }
    width
}

/// Blank an opening mark has on its left, and a closing one on its right, in points.
fn edges(text: &str, forms: Forms) -> (f32, f32) {
    let stop = if forms == Forms::Corner { EM / 2.0 } else { EM / 4.0 };
    let flush = text.chars().next().filter(|&c| is_opening(c) && !c.is_ascii()).map_or(0.0, |_| EM / 2.0);
    let hang = match text.trim_end().chars().last() {
        Some('，' | '。' | '、' | '；' | '：' | '！' | '？' | '．') => stop,
        Some('）' | '》' | '〉' | '」' | '』' | '”' | '’' | '】' | '〕' | '］' | '｝' | '〗') => EM / 2.0,
        _ => 0.0,
    };
    (flush, hang)
}

#[test]
fn rows_of_all_reports_keep_the_rules() {
    let (mut set, mut loose, mut wrong) = (0u64, 0u64, Vec::new());
    for (path, text) in shared::all() {
        let report = Report::new(text, Corrections::default());
        for view in [ScriptView::Source, ScriptView::Simplified, ScriptView::Taiwan] {
            let forms = if view.script(report.script()) == Script::Traditional { Forms::Centre } else { Forms::Corner };
            for paragraph in report.paragraphs() {
                let shown = report.shown(paragraph.span, Reading::of(view)).text;
                let chars: Vec<char> = shown.chars().collect();
                for measure in 12..=60 {
                    let room = measure as f32 * EM;
                    let setting = Setting { measure: room, indent: EM * 2.0, em: EM, forms, justified: true, latin_gap: EM / 4.0 };
                    let rows = rows(&shown, &setting, advance);
                    let mut whole = String::new();
                    for (number, row) in rows.iter().enumerate() {
                        let text: String = chars[row.span.start().get() as usize..row.span.end().get() as usize].iter().collect();
                        let (flush, hang) = edges(&text, forms);
                        let indent = if number == 0 { EM * 2.0 } else { 0.0 };
                        let ink = indent - flush + natural_width(&text, row);
                        let is_last = number + 1 == rows.len();
                        let fits = ink <= room + hang + 0.5 && (is_last || row.loose || ink >= room + hang - 0.5);
                        // A word or a run of marks wider than the column has no place to end.
                        if !fits && !text.trim_end().chars().all(|c| c.is_ascii() || is_closing(c) || is_opening(c) || is_paired_mark(c)) {
                            wrong.push(format!("{} at {measure}: {ink} of {room}: {text}", path.display()));
                        }
                        whole.push_str(&text);
                        set += 1;
                        loose += u64::from(row.loose);
                    }
                    assert_eq!(whole, shown, "{}", path.display());
                    for pair in rows.windows(2) {
                        let end = chars[..pair[0].span.end().get() as usize].iter().rev().find(|c| !is_space(**c)).copied().unwrap_or(' ');
                        let start = chars[pair[1].span.start().get() as usize];
                        if is_closing(start) || is_opening(end) || (is_paired_mark(start) && start == end) {
                            let from = pair[1].span.start().get() as usize;
                            let around: String = chars[from.saturating_sub(8)..(from + 8).min(chars.len())].iter().collect();
                            wrong.push(format!("{} at {measure}: {around}", path.display()));
                        }
                    }
                }
            }
        }
    }
    eprintln!("{set} rows set, {loose} of them loose");
    assert!(wrong.is_empty(), "{} rows: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
    assert!(loose * 100 < set, "{loose} of {set} rows are loose");
}
