//! Rows of real reports: no forbidden start or end at any measure, in either script.

use crate::shared;
use jiannuo::report::{Corrections, Reading, Report, ScriptView};
use jiannuo::text::classes::{is_closing, is_opening, is_paired_mark, is_space};
use jiannuo::typeset::{Setting, rows};

/// Full width for what is not ASCII, half for what is: the widths of a CJK font's own Latin differ little.
fn advance(c: char) -> f32 {
    if c.is_ascii() { 9.0 } else { 18.0 }
}

#[test]
fn no_row_begins_or_ends_with_a_forbidden_mark() {
    let (mut set, mut wrong) = (0u64, Vec::new());
    for (path, text) in shared::all() {
        let report = Report::new(text, Corrections::default());
        for view in ScriptView::ALL.map(Reading::of) {
            for paragraph in report.paragraphs() {
                let shown = report.shown(paragraph.span, view).text;
                let chars: Vec<char> = shown.chars().collect();
                for measure in 12..=60 {
                    let setting = Setting { measure: measure as f32 * 18.0, indent: 36.0 };
                    let rows = rows(&shown, &setting, advance);
                    let mut whole = String::new();
                    for row in &rows {
                        let text: String = chars[row.span.start().get() as usize..row.span.end().get() as usize].iter().collect();
                        whole.push_str(&text);
                        set += 1;
                    }
                    assert_eq!(whole, shown, "{}", path.display());
                    for pair in rows.windows(2) {
                        let end = chars[..pair[0].span.end().get() as usize].iter().rev().find(|c| !is_space(**c)).copied().unwrap_or(' ');
                        let start = chars[pair[1].span.start().get() as usize];
                        if is_closing(start) || is_opening(end) || (is_paired_mark(start) && start == end) {
                            let around: String = chars[pair[1].span.start().get().saturating_sub(8) as usize
                                ..(pair[1].span.start().get() as usize + 8).min(chars.len())]
                                .iter()
                                .collect();
                            wrong.push(format!("{} at {measure}: {around}", path.display()));
                        }
                    }
                }
            }
        }
    }
    eprintln!("{set} rows set");
    assert!(wrong.is_empty(), "{} rows: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
}
