//! Which numbers of a clause state something.

use crate::quantity::{Bound, Form, Mention, Stated};
use crate::suggest::lexicon::Cue;
use crate::suggest::line::{Clause, Line};
use crate::suggest::tense::Tense;

/// The numbers of a clause that state something; those that only say which ones are meant are left out.
pub(super) fn kept(line: &Line<'_>, clause: &Clause, tense: Tense) -> Vec<Mention> {
    let all = line.mentions_in(clause.range.clone());
    let mut kept: Vec<Mention> = Vec::new();
    for (at, mention) in all.iter().enumerate() {
        let later = all.get(at + 1..).unwrap_or_default();
        let next = line.at(mention.range.end);
        let goes_on = mention.range.end < clause.range.end && next.is_some_and(|c| !"、,;和与及至-)(/".contains(c) && !c.is_ascii_digit());
        let counts = is_count(&mention.stated.unit);
        let behind = later.first().map(|later| mention.range.end..later.range.start);
        let verb_between = behind.clone().is_some_and(|between| {
            line.words_in(between.clone())
                .iter()
                .any(|word| word.is_any(&[Cue::Reach, Cue::Rise, Cue::Fall, Cue::Review, Cue::Share, Cue::Arrive]))
        });
        // 110个在建项目累计完成投资116亿元: only the last is stated; but of 56项工作已完成53项 both.
        let qualifies = counts
            && goes_on
            && verb_between
            && line.at(mention.range.end) != Some('、')
            && !behind.is_some_and(|between| between.clone().any(|at| line.at(at) == Some('、')));
        // 由去年同期的1.86%提高至2.67%: only where it arrived.
        let departs = line
            .words_in(clause.range.start..mention.range.start)
            .iter()
            .any(|word| word.cues.contains(&Cue::From) && line.mentions_in(word.range.end..mention.range.start).is_empty())
            && later.first().is_some_and(|later| {
                line.words_in(mention.range.end..later.range.start)
                    .iter()
                    .any(|word| word.is_any(&[Cue::Arrive, Cue::Reach, Cue::Rise, Cue::Fall]))
            });
        // 30个10亿元以上重特大项目: a threshold.
        let counted = next == Some('的') && later.first().is_some_and(|later| is_count(&later.stated.unit));
        let bounded = counted || line.text(mention.number.end..mention.range.end).starts_with('以');
        let threshold =
            bounded && goes_on && (next != Some('的') || !later.is_empty()) && (all.len() > 1 || mention.range.start == clause.range.start);
        // 对…三十家企业实行月排名: the number only says whom it is done to.
        let whom = tense != Tense::Review
            && goes_on
            && line.at(clause.range.start).is_some_and(|c| "对给向为".contains(c))
            && line.words_in(mention.range.end..clause.range.end).iter().any(|word| word.cues.contains(&Cue::Make));
        // 两项指标均列首位: they are named in front.
        let listed = counts && line.text(mention.range.end..mention.range.end + 2) == "指标";
        if !(qualifies || departs || threshold || whom || listed) {
            kept.push(mention.clone());
        }
    }
    if kept.is_empty() {
        kept.extend(stated(line, clause));
        kept.extend(relative(line, clause));
    }
    kept
}

/// What is stated against another series instead of a number: 与经济增长基本同步.
fn relative(line: &Line<'_>, clause: &Clause) -> Option<Mention> {
    let word = line.words_in(clause.range.clone()).iter().rfind(|word| word.cues.contains(&Cue::Relative))?;
    let from = (clause.range.start..word.range.start).rfind(|&at| matches!(line.at(at), Some('与' | '和' | '同')))?;
    let range = from..word.range.end;
    (from > clause.range.start).then(|| Mention {
        number: range.clone(),
        range,
        stated: Stated { bound: Bound::Relative, ..Stated::default() },
        form: Form::Percent,
    })
}

/// Numbers that words state without digits: 双过半.
fn stated(line: &Line<'_>, clause: &Clause) -> Vec<Mention> {
    let words = line.words_in(clause.range.clone()).iter().filter(|word| word.cues.contains(&Cue::StatedNumber));
    words
        .filter_map(|word| {
            let number = line.lexicon().stated_number(&line.text(word.range.clone()))?;
            let stated = Stated { value: Some(number.value), unit: number.unit.clone(), ..Stated::default() };
            Some(Mention { range: word.range.clone(), number: word.range.clone(), stated, form: Form::Percent })
        })
        .collect()
}

/// The number that says how many there are in all, in front of how many were done: 56项工作已完成53项.
pub(super) fn whole(line: &Line<'_>, clause: &Clause, kept: &[Mention]) -> Option<Mention> {
    let first = kept.first()?;
    let all = line.mentions_in(clause.range.start..first.range.start).last()?;
    let same = !all.stated.unit.is_empty() && all.stated.unit == first.stated.unit;
    (same && line.says(Cue::Review, all.range.end..first.range.start)).then(|| all.clone())
}

/// Whether a unit counts things rather than measures something.
pub(in crate::suggest) fn is_count(unit: &str) -> bool {
    const COUNTERS: &str = "个家项座条户场次处所片只台套件宗批对辆名类届期支栋幢间张部篇艘架眼口块";
    let bare = unit.trim_start_matches(['万', '千', '百', '亿']);
    bare.chars().next().is_some_and(|c| COUNTERS.contains(c)) && !matches!(unit, "个百分点" | "个位次" | "个工作日")
}
