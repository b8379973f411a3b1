//! Lines into paragraphs, each with what it is.

use super::facts::{Corrections, level_of};
use super::outline::{Role, ends_like_text, is_byline, is_short_title, role_of_line, run_in_level};
use crate::text::classes::is_space;
use crate::text::{Pos, Span, Text};

/// One paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text, without the space at its ends.
    pub span: Span,
    /// What it is.
    pub role: Role,
    /// The heading it begins with, where one runs on into the text ((一)…。).
    pub run_in: Option<Span>,
}

impl Paragraph {
    /// The heading it is or begins with.
    pub fn heading(&self) -> Option<Span> {
        match self.role {
            Role::Heading(_) => Some(self.span),
            Role::Title | Role::Byline | Role::Lead | Role::Body => self.run_in,
        }
    }
}

/// How many paragraphs at the start may belong to the title.
const HEAD: usize = 8;
/// How many short lines of a saved page's navigation may stand before it.
const FAR: usize = 60;

/// The paragraphs of a text under corrections.
pub fn paragraphs(text: &Text, corrections: &Corrections) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = spans(text, corrections)
        .into_iter()
        .map(|span| {
            let line = text.slice(span);
            let (role, run_in) = role_of_line(line);
            let run_in = run_in.and_then(|len| u32::try_from(len).ok()).map(|len| Span::new(span.start(), span.start().plus(len)));
            Paragraph { span, role, run_in }
        })
        .collect();
    find_title(text, &mut paragraphs);
    find_short_titles(text, &mut paragraphs);
    for paragraph in &mut paragraphs {
        if let Some(&role) = corrections.roles.get(&paragraph.span.start()) {
            paragraph.role = role;
            paragraph.run_in = None;
        }
    }
    paragraphs
}

/// The spans of the paragraphs: lines, but for those joined or divided by hand.
fn spans(text: &Text, corrections: &Corrections) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut start = 0u32;
    for line in text.as_str().split('\n') {
        let len = u32::try_from(line.chars().count()).unwrap_or(u32::MAX);
        let end = start.saturating_add(len);
        let mut from = start;
        for cut in corrections.divided.range(Pos::new(start + 1)..Pos::new(end.max(start + 1))) {
            spans.extend(trimmed(text, Span::of(from, cut.get())));
            from = cut.get();
        }
        if let Some(span) = trimmed(text, Span::of(from, end)) {
            match spans.last_mut() {
                Some(last) if corrections.joined.contains(&span.start()) => *last = last.union(span),
                _ => spans.push(span),
            }
        }
        start = end.saturating_add(1);
    }
    spans
}

/// A span without the space at its ends; nothing if there is only space.
fn trimmed(text: &Text, span: Span) -> Option<Span> {
    let is_edge = |c: &char| is_space(*c) || c.is_whitespace();
    let lead = u32::try_from(text.chars(span).take_while(is_edge).count()).unwrap_or(u32::MAX);
    if lead >= span.len() {
        return None;
    }
    let tail = u32::try_from(text.chars(span).rev().take_while(is_edge).count()).unwrap_or(0);
    Some(Span::new(span.start().plus(lead), span.end().minus(tail)))
}

/// Marks title and byline among the first paragraphs.
fn find_title(text: &Text, paragraphs: &mut [Paragraph]) {
    let head = paragraphs.len().min(HEAD);
    let far = paragraphs.len().min(FAR);
    // A line that says what kind of report it is; else the first short line.
    let names_itself = |line: &str| {
        [
            "报告", "報告", "讲话", "講話", "公报", "公報", "意见", "意見", "规划", "規劃", "计划", "計劃", "纲要", "綱要", "总结", "總結",
            "会议", "會議", "材料", "小结", "小結", "形势", "形勢", "通报", "通報",
        ]
        .iter()
        .any(|word| line.contains(word))
            // The way to a page through a site's menus, as saved pages have it.
            && !line.contains(['>', '|', '»'])
    };
    // The mark of secrecy stands above the title and is none.
    let marks = |p: &Paragraph| level_of(text.slice(p.span)).is_some();
    let short = |p: &Paragraph| p.role == Role::Body && p.span.len() <= 60 && !ends_like_text(text.slice(p.span)) && !marks(p);
    let candidates = || paragraphs.iter().take(far).enumerate().take_while(|(_, p)| p.span.len() <= 90);
    let title = candidates()
        .find(|(_, p)| short(p) && names_itself(text.slice(p.span)))
        .or_else(|| {
            candidates()
                .find(|(_, p)| p.span.len() >= 6 && short(p) && is_short_title(text.slice(p.span)) && !is_byline(text.slice(p.span)))
        })
        .map(|(at, _)| at);
    // A newspaper sets several lines of headline: short ones right above belong to the title, those below to the byline.
    let headline = |p: &Paragraph| p.role == Role::Body && p.span.len() >= 8 && is_short_title(text.slice(p.span)) && !marks(p);
    if let Some(title) = title {
        let above = paragraphs.iter().take(title).rev().take_while(|p| headline(p)).count();
        for paragraph in paragraphs.iter_mut().take(title + 1).skip(title - above) {
            paragraph.role = Role::Title;
        }
    }
    // A report whose title line was lost begins with its byline.
    let bylines = title.map_or(0, |at| at + 1);
    for paragraph in paragraphs.iter_mut().take(bylines + head).skip(bylines) {
        if marks(paragraph) {
            continue;
        }
        let line = text.slice(paragraph.span);
        let subtitle = line.starts_with(['关', '關']) && paragraph.span.len() <= 60 && !ends_like_text(line);
        if !(is_byline(line) || (title.is_some() && (headline(paragraph) || subtitle))) {
            break;
        }
        paragraph.role = Role::Byline;
    }
}

/// Marks short lines without a number as headings where they stand before running text.
///
/// They rank below the numbered headings of the highest level, or highest where there are none.
fn find_short_titles(text: &Text, paragraphs: &mut [Paragraph]) {
    use super::outline::Level;
    let numbered = paragraphs
        .iter()
        .any(|p| p.role == Role::Heading(Level::One) || p.run_in.and_then(|s| run_in_level(text.slice(s))) == Some(Level::One));
    let level = if numbered { Level::Two } else { Level::One };
    for at in 1..paragraphs.len() {
        let (Some(before), Some(this), Some(after)) = (paragraphs.get(at - 1), paragraphs.get(at), paragraphs.get(at + 1)) else {
            break;
        };
        let before_text = matches!(before.role, Role::Body | Role::Lead) && ends_like_text(text.slice(before.span));
        let then_text = after.role != Role::Title && (ends_like_text(text.slice(after.span)) && after.span.len() > 28);
        if this.role == Role::Body
            && before_text
            && then_text
            && is_short_title(text.slice(this.span))
            && let Some(this) = paragraphs.get_mut(at)
        {
            this.role = Role::Heading(level);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::outline::Level;
    use super::*;

    fn roles(source: &str) -> Vec<(String, &'static str)> {
        let text = Text::new(source.into());
        paragraphs(&text, &Corrections::default()).iter().map(|p| (text.slice(p.span).chars().take(4).collect(), p.role.key())).collect()
    }

    fn expect(source: &str, expected: &[(&str, &'static str)]) {
        let expected: Vec<(String, &str)> = expected.iter().map(|(line, role)| ((*line).to_owned(), *role)).collect();
        assert_eq!(roles(source), expected);
    }

    #[test]
    fn a_mark_of_secrecy_is_no_title() {
        expect(
            "内部文件　注意保存\n关于印发云溪市工作要点的通知\n机密★启用前\n云溪市市长 陈某某\n各县区：\n",
            &[("内部文件", "body"), ("关于印发", "title"), ("机密★启", "body"), ("云溪市市", "byline"), ("各县区：", "body")],
        );
    }

    #[test]
    fn a_work_report() {
        expect(
            "政府工作报告\n——2020年1月8日在某市人民代表大会上\n　　某市市长　某某\n\n各位代表：\n　　现在，我报告工作。\n一、2019年工作回顾\n——过去一年，好。\n(一)发展。全市增长8%。\n",
            &[
                ("政府工作", "title"),
                ("——20", "byline"),
                ("某市市长", "byline"),
                ("各位代表", "body"),
                ("现在，我", "body"),
                ("一、20", "heading1"),
                ("——过去", "lead"),
                ("(一)发", "body"),
            ],
        );
    }

    #[test]
    fn a_newspaper_s_short_titles() {
        expect(
            "某市召开会议部署工作\n昨天下午，市政府召开会议，部署工作，要求各部门抓紧落实各项任务目标。\n经济运行呈现六大亮点\n上半年，全市经济保持快速健康发展的势头，各项指标均好于年度预期目标。\n",
            &[("某市召开", "title"), ("昨天下午", "body"), ("经济运行", "heading1"), ("上半年，", "body")],
        );
    }

    #[test]
    fn corrections_join_divide_and_rename() {
        let text = Text::new("甲乙丙丁\n戊己庚辛".into());
        let mut corrections = Corrections::default();
        corrections.divided.insert(Pos::new(2));
        corrections.joined.insert(Pos::new(5));
        corrections.roles.insert(Pos::new(0), Role::Heading(Level::Three));
        let found = paragraphs(&text, &corrections);
        assert_eq!(found.iter().map(|p| p.span).collect::<Vec<_>>(), [Span::of(0, 2), Span::of(2, 9)]);
        assert_eq!(found.first().map(|p| p.role), Some(Role::Heading(Level::Three)));
    }
}
