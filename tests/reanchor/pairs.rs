//! Pairs of texts written by hand, each with one tag and what has to become of it.

use super::{WAYS, report};
use jiannuo::annotation::{Anchor, Fit, reanchor};
use jiannuo::text::{Span, Text};
use std::fmt::Write as _;

/// What has to become of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// [`Fit::Kept`] where it is marked.
    Kept,
    /// [`Fit::Moved`] where it is marked.
    Moved,
    /// Either.
    Placed,
    /// [`Fit::Changed`], with whatever suggestion.
    Changed,
    /// [`Fit::Changed`] or [`Fit::Lost`].
    Asked,
    /// Placed where it is marked, or asked.
    NotElsewhere,
}

impl Wanted {
    fn is(self, fit: &Fit, marked: Option<Span>) -> bool {
        let takes = |any_of: &[Self]| any_of.contains(&self);
        match fit {
            Fit::Kept(span) => takes(&[Self::Kept, Self::Placed, Self::NotElsewhere]) && marked == Some(*span),
            Fit::Moved(span) => takes(&[Self::Moved, Self::Placed, Self::NotElsewhere]) && marked == Some(*span),
            Fit::Changed(_) => takes(&[Self::Changed, Self::Asked, Self::NotElsewhere]),
            Fit::Lost => takes(&[Self::Asked, Self::NotElsewhere]),
        }
    }
}

/// What happens, the old text with its tag, the new one with the place, what is wanted when the old text is known. Tag and
/// place are marked ⟦ ⟧.
const PAIRS: [(&str, &str, &str, Wanted); 13] = [
    (
        "a number changed",
        "过去一年，全县经济稳中有进。地区生产总值⟦增长8.5%⟧，财政收入增长6%。",
        "过去一年，全县经济稳中有进。地区生产总值增长8.3%，财政收入增长6%。",
        Wanted::Changed,
    ),
    (
        "a unit changed",
        "过去一年，全县经济稳中有进。重点项目完成投资⟦120亿元⟧，财政收入增长6%。",
        "过去一年，全县经济稳中有进。重点项目完成投资120万元，财政收入增长6%。",
        Wanted::Changed,
    ),
    (
        "a number grew behind the quote",
        "城镇居民收入⟦增长8⟧%，农村居民收入增长9%，城乡差距继续缩小。",
        "城镇居民收入增长8.5%，农村居民收入增长9%，城乡差距继续缩小。",
        Wanted::Asked,
    ),
    (
        "a negation came in between",
        "年初确定的十项⟦任务完成⟧，群众反映的问题逐件有了着落。",
        "年初确定的十项任务未完成，群众反映的问题逐件有了着落。",
        Wanted::Asked,
    ),
    (
        "a sentence moved",
        "一、产业\n粮食产量达到46万吨。⟦新建高标准农田12万亩，覆盖八个乡镇⟧。\n二、民生\n城镇新增就业6240人，完成年度任务的104%。改造老旧小区38个，惠及居民五千户。县人民医院新门诊楼主体封顶，明年年底前投入使用。\n三、生态\n关停高耗能企业9家。",
        "一、产业\n粮食产量达到46万吨。\n二、民生\n城镇新增就业6240人，完成年度任务的104%。改造老旧小区38个，惠及居民五千户。县人民医院新门诊楼主体封顶，明年年底前投入使用。\n三、生态\n关停高耗能企业9家。⟦新建高标准农田12万亩，覆盖八个乡镇⟧。",
        Wanted::Moved,
    ),
    (
        "a sentence deleted",
        "一、产业\n粮食产量达到46万吨。⟦新建高标准农田12万亩，覆盖八个乡镇⟧。工业投资增长较快。\n二、民生\n城镇新增就业6240人。",
        "一、产业\n粮食产量达到46万吨。工业投资增长较快。\n二、民生\n城镇新增就业6240人。",
        Wanted::Asked,
    ),
    (
        "a sentence deleted while one like it stands elsewhere",
        "一、产业\n工业投资增长较快。⟦各项任务全面完成⟧。粮食产量保持稳定。\n二、民生\n城镇新增就业6240人。各项任务全面完成。养老金按时发放。",
        "一、产业\n工业投资增长较快。粮食产量保持稳定。\n二、民生\n城镇新增就业6240人。各项任务全面完成。养老金按时发放。",
        Wanted::Asked,
    ),
    (
        "the same sentence with another number beside it",
        "初步核算，全市生产总值⟦增长8%⟧。固定资产投资增长6%，消费增长5%。",
        "初步核算，全市生产总值增长7%。全市生产总值⟦增长8%⟧。固定资产投资增长6%，消费增长5%。",
        Wanted::Placed,
    ),
    (
        "a paragraph duplicated behind itself",
        "一、产业\n⟦粮食产量达到46万吨⟧，工业投资增长较快。\n二、民生\n城镇新增就业6240人。",
        "一、产业\n⟦粮食产量达到46万吨⟧，工业投资增长较快。\n粮食产量达到46万吨，工业投资增长较快。\n二、民生\n城镇新增就业6240人。",
        Wanted::NotElsewhere,
    ),
    (
        "a paragraph put before",
        "一、产业\n⟦粮食产量达到46万吨⟧，工业投资增长较快。\n二、民生\n城镇新增就业6240人。",
        "各位代表：现在我代表县人民政府作工作报告，请予审议。\n一、产业\n⟦粮食产量达到46万吨⟧，工业投资增长较快。\n二、民生\n城镇新增就业6240人。",
        Wanted::Placed,
    ),
    (
        "simplified to traditional",
        "过去一年，⟦经济发展稳中有进⟧，产业结构更加合理。",
        "過去一年，⟦經濟發展穩中有進⟧，產業結構更加合理。",
        Wanted::Kept,
    ),
    (
        "full width to half width",
        "过去一年，全县经济稳中有进。地区生产总值⟦增长８．５％⟧，财政收入增长６％。",
        "过去一年，全县经济稳中有进。地区生产总值⟦增长8.5%⟧，财政收入增长6%。",
        Wanted::Kept,
    ),
    (
        "broken into lines",
        "群众催得最紧的一件事，是看病要跑远路。⟦年底前建成县人民医院新门诊楼⟧，由县卫生健康局牵头，县住房城乡建设局配合。",
        "群众催得最紧的一件事，是看病\n要跑远路。⟦年底前建成县人民医\n院新门诊楼⟧，由县卫生健康局牵\n头，县住房城乡建设局配合。",
        Wanted::Kept,
    ),
];

/// A text without its marks, and the span they stand around.
fn unmarked(marked: &str) -> (String, Option<Span>) {
    let place = |mark: char| marked.chars().position(|c| c == mark).map(|at| at as u32);
    let span = place('⟦').zip(place('⟧')).map(|(start, end)| Span::of(start, end - 1));
    (marked.replace(['⟦', '⟧'], ""), span)
}

#[test]
fn pairs_written_by_hand() {
    let mut wrong = String::new();
    for (what, old, new, wanted) in PAIRS {
        let ((old, quote), (new, place)) = (unmarked(old), unmarked(new));
        let anchor = Anchor::new(&Text::new(old.clone()), quote.unwrap());
        let (old, new) = (report(&old), report(&new));
        // Without the old text more has to be asked.
        for (way, known, wanted) in [(WAYS[0], Some(&old), wanted), (WAYS[1], None, Wanted::NotElsewhere)] {
            let fits = reanchor(known, &new, std::slice::from_ref(&anchor));
            if !wanted.is(&fits[0], place) {
                writeln!(wrong, "{way}, {what}: {:?}, not {wanted:?} at {place:?}", fits[0]).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
