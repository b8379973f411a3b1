//! What holds of the proposals for any text.

use super::{proposed, report};
use jiannuo::annotation::KindId;
use jiannuo::report::Report;
use jiannuo::suggest::{Figure, Lexicon, Proposal, Suggestions, read};
use jiannuo::text::Span;
use jiannuo::text::script::{Conversion, convert};
use jiannuo::text::shadow::fold;
use proptest::prelude::*;

/// What reports are made of: names, verbs, bounds, numbers, units and marks, with bars between them.
const PIECES: &str = "地区生产总值|固定资产投资|一般公共预算收入|城镇登记失业率|出口额|农村居民人均可支配收入|高新技术企业|养老床位|\
    老旧小区|重点项目|全市|其中|分别|增长|下降|降幅收窄|提高到|由|占|达到|完成|控制在|超过目标|同比|比上年末|力争|确保|争取|计划|\
    预期目标是|新建|改造|建成|开工建设|出台|实施方案|管理办法|年底前|上半年|到2025年|9月底前|市发改委牵头|市财政局配合|对|实行|\
    全省第|排名|左右|以上|以内|约|不低于|6.5%|3%|12|30|1,286.4|2.69万|42***|二十五|两成|百分之五|三分之一|翻一番|1/6|6%—6.5%|\
    3.5:49.0:47.4|亿元|万人|个|家|个百分点|位|公里|的|和|、|，|。|；|：|（|）|“|”|《|》|***|——| |　|𬱟|𡐓下镇|㗎仔湾";

fn pieces() -> Vec<&'static str> {
    PIECES.split('|').collect()
}

/// Lines that structure a text.
const LINES: &[&str] = &[
    "一、2023年工作回顾",
    "二、2024年工作安排",
    "（一）工业经济",
    "（二）扎实办好民生实事。",
    "1.抓项目",
    "政府工作报告",
    "各位代表：",
    "",
];

/// One line of running text, which no number and no mark begins: it is no heading, in whatever width it is written.
fn line() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces()), 1..24).prop_map(|pieces| format!("全市{}", pieces.concat()))
}

/// A text of some lines, with headings among them.
fn text() -> impl Strategy<Value = String> {
    let one = prop_oneof![3 => line(), 1 => prop::sample::select(LINES).prop_map(str::to_owned)];
    prop::collection::vec(one, 1..8).prop_map(|lines| format!("{}\n", lines.join("\n")))
}

/// A report of two sections with a line in each.
fn sectioned() -> impl Strategy<Value = String> {
    (line(), line()).prop_map(|(done, planned)| format!("一、2023年工作回顾\n{done}\n二、2024年工作安排\n{planned}\n"))
}

fn full_width(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c }).collect()
}

/// Proposals stand in the text, in order, on words; and so does what decided, and the figures.
fn check_places(report: &Report, found: &Suggestions) {
    let text = report.text();
    let is_on_words = |span: Span| {
        let quote = report.quote(span);
        assert!(text.span().contains(span), "{span:?} of {}", text.len());
        assert!(!quote.trim().is_empty(), "{span:?} is on nothing in {:?}", text.as_str());
    };
    for Proposal { span, words, confidence, .. } in &found.proposals {
        is_on_words(*span);
        words.iter().copied().for_each(is_on_words);
        assert!(confidence.get() > 0);
    }
    found.figures.iter().for_each(|figure| is_on_words(figure.span));
    assert!(found.proposals.is_sorted_by_key(|proposal| (proposal.span.start(), proposal.span.end())));
    assert!(found.figures.is_sorted());
}

/// Kinds, places and numbers, but not the words, which are in another script.
fn values(report: &Report) -> Vec<(KindId, Span, Vec<String>)> {
    let numbers = |proposal: &Proposal| proposal.statement.quantities.iter().map(super::written).collect();
    proposed(report).proposals.iter().map(|proposal| (proposal.kind.clone(), proposal.span, numbers(proposal))).collect()
}

fn count_of_numbers(values: &[(KindId, Span, Vec<String>)]) -> usize {
    values.iter().map(|(_, _, numbers)| numbers.len()).sum()
}

/// The same report written otherwise, character by character, says the same; where its shadow is another one, for a
/// character was ambiguous, it still has as many numbers.
fn check_same(text: &str, other: &str) {
    let (one, other) = (report(text), report(other));
    assert_eq!(one.text().len(), other.text().len(), "{text:?}");
    let (values, same) = (values(&one), values(&other));
    if one.shadow().as_str() == other.shadow().as_str() {
        assert_eq!(values, same, "{text:?}");
    } else {
        assert_eq!(count_of_numbers(&values), count_of_numbers(&same), "{text:?}");
    }
}

#[test]
fn the_pieces_are_not_ambiguous() {
    for piece in pieces() {
        assert_eq!(fold(&convert(piece, Conversion::SimplifiedToTraditional).text), fold(piece), "the laws on script say nothing of it");
    }
}

#[test]
fn a_sample_in_the_other_script_and_width_has_the_same_numbers() {
    let sample = include_str!("../../assets/samples/yunxi-2024-hans.txt");
    let kinds = |text: &str| {
        let found = values(&report(text));
        found.into_iter().map(|(kind, _, numbers)| (kind, numbers)).collect::<Vec<_>>()
    };
    let expected = kinds(sample);
    assert!(expected.len() > 100, "{}", expected.len());
    for other in [convert(sample, Conversion::SimplifiedToTraditional).text, full_width(sample)] {
        let found = kinds(&other);
        let differing: Vec<_> = expected.iter().zip(&found).filter(|(one, other)| one != other).collect();
        assert!(differing.is_empty() && expected.len() == found.len(), "{differing:#?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end(text in any::<String>()) {
        let report = report(&text);
        check_places(&report, &proposed(&report));
    }

    #[test]
    fn proposals_stand_on_words_in_order(text in text()) {
        let report = report(&text);
        check_places(&report, &proposed(&report));
    }

    #[test]
    fn a_tag_by_hand_anywhere_is_read(text in text(), start in 0u32..200, len in 1u32..60, kind in 0usize..4) {
        let report = report(&text);
        let end = report.text().len();
        let span = Span::of(start.min(end), (start + len).min(end));
        let kind = KindId::new(["target", "indicator", "commitment", "one of the project's own"][kind]);
        let numbers = read(&report, &Lexicon::standard(), &[span], &kind)[0].quantities.len();
        prop_assert!(!span.is_empty() || numbers == 0);
    }

    #[test]
    fn the_script_does_not_matter(text in sectioned()) {
        check_same(&text, &convert(&text, Conversion::SimplifiedToTraditional).text);
    }

    #[test]
    fn the_width_of_digits_does_not_matter(text in sectioned()) {
        let wide = |line: &str| if line.starts_with("全市") { full_width(line) } else { line.to_owned() };
        check_same(&text, &text.split_inclusive('\n').map(wide).collect::<String>());
    }

    #[test]
    fn what_stands_behind_changes_nothing_before_it(text in sectioned()) {
        let (alone, longer) = (report(&text), report(&format!("{text}会场外面，银杏叶落了一地。\n")));
        let (alone, mut longer) = (proposed(&alone), proposed(&longer));
        let end = u32::try_from(text.chars().count()).unwrap();
        longer.proposals.retain(|proposal| proposal.span.start().get() < end);
        longer.figures.retain(|figure: &Figure| figure.span.start().get() < end);
        prop_assert_eq!(alone, longer, "{}", text);
    }
}
