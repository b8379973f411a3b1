//! Laws of views: whatever way a report is read, places lead there and back, and nothing slides.

use jiannuo::report::{Corrections, Reading, Report, ScriptView};
use jiannuo::text::repair::{Repair, Repairs};
use jiannuo::text::shadow::ShadowSpan;
use jiannuo::text::{Span, ViewSpan};
use proptest::prelude::*;

/// Pieces of damaged and sound text whose length changes in one view or another.
const PIECES: [&str; 20] = [
    "發(fā)展",
    "產(chǎn)業(yè)",
    "農(nóng)村",
    "***擴大***",
    "42*** 億元",
    "(一)",
    "软件",
    "信息和鼠标",
    "資訊與軟體",
    "，",
    ", ",
    "。\n",
    "──",
    "𠮷",
    "生產 總值",
    "８.5％",
    "GDP (e.g. a)",
    "里面",
    "鏈?zhǔn)金B(yǎng)老",
    "⿰氵发",
];

/// Every way of reading.
fn readings() -> Vec<Reading> {
    let repairs = Repair::ALL.into_iter().map(|repair| Repairs::NONE.with(repair, true)).chain([Repairs::NONE, Repairs::ALL]);
    let repairs: Vec<Repairs> = repairs.collect();
    let scripts = ScriptView::ALL.into_iter().flat_map(|script| [(script, false), (script, true)]);
    scripts
        .flat_map(|(script, wording)| repairs.iter().map(move |&repairs| Reading { script, wording, repairs }).collect::<Vec<_>>())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn places_lead_there_and_back(pieces in proptest::collection::vec(0usize..PIECES.len(), 1..14), traditional: bool, from in 0u32..60, len in 1u32..12) {
        let pieces: String = pieces.into_iter().map(|at| PIECES[at]).collect();
        // The pattern has to be there for pinyin to count as injected.
        let text = format!("{}{pieces}", if traditional { "發(fā)業(yè)發(fā)產(chǎn)農(nóng)區(qū)，經濟運行\n" } else { "经济运行情况\n" });
        let report = Report::new(text, Corrections::default());
        let whole = report.text().span();
        let source = Span::of(from, from + len);
        let span = Span::new(whole.clamp(source.start()), whole.clamp(source.end()));
        prop_assume!(!span.is_empty());
        for reading in readings() {
            let shown = report.shown(whole, reading);
            let all = ViewSpan::of(0, shown.len());
            prop_assert_eq!(shown.text.chars().count(), shown.len() as usize);
            prop_assert_eq!(shown.to_view(whole), all);
            prop_assert_eq!(shown.to_source(all), whole);
            let there = shown.to_view(span);
            let back = shown.to_source(there);
            prop_assert!(back.contains(span), "{:?} {:?} {:?}", reading, span, back);
            // What was snapped outward once stays: switching to and fro moves nothing.
            prop_assert_eq!(shown.to_view(back), there);
            prop_assert!(shown.to_view(Span::at(span.start())).start() <= shown.to_view(Span::at(span.end())).end());
        }
    }

    #[test]
    fn what_is_shown_piece_by_piece_is_what_is_shown_whole(pieces in proptest::collection::vec(0usize..PIECES.len(), 1..14)) {
        let pieces: String = pieces.into_iter().map(|at| PIECES[at]).collect();
        let report = Report::new(format!("發(fā)業(yè)發(fā)產(chǎn)農(nóng)區(qū)\n{pieces}"), Corrections::default());
        for reading in readings() {
            let whole = report.shown(report.text().span(), reading);
            for paragraph in report.paragraphs() {
                let part = whole.to_view(paragraph.span);
                let shown: String = whole.text.chars().skip(part.start().get() as usize).take(part.len() as usize).collect();
                prop_assert_eq!(&report.shown(paragraph.span, reading).text, &shown);
            }
        }
    }

    #[test]
    fn a_shadow_leads_back_to_the_source(pieces in proptest::collection::vec(0usize..PIECES.len(), 1..14), from in 0u32..40, len in 1u32..9) {
        let pieces: String = pieces.into_iter().map(|at| PIECES[at]).collect();
        let report = Report::new(format!("發(fā)業(yè)發(fā)產(chǎn)農(nóng)區(qū)\n{pieces}"), Corrections::default());
        let shadow = report.shadow();
        let count = u32::try_from(shadow.as_str().chars().count()).unwrap();
        let span = ShadowSpan::of(from.min(count), (from + len).min(count));
        let source = shadow.to_source(span);
        prop_assert!(report.text().span().contains(source));
        prop_assert!(shadow.to_shadow(source).contains(span) || span.is_empty());
    }
}
