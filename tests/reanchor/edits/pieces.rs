//! Paragraphs, sentences and whole reports put in, left out, repeated and moved.

use super::wording::with_other_numbers;
use crate::reanchor::chance::Chance;
use crate::reanchor::draft::{Draft, insertion};
use crate::reanchor::places::{lines, numbers, sentences, whole};
use crate::reanchor::words::{SAMPLES, STOCK};
use jiannuo::text::classes::ends_sentence;
use std::iter::once;
use std::ops::Range;

pub fn paragraphs_inserted(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let places = some_lines(draft, 8, chance);
    draft.rewrite(places.iter().map(|line| {
        let words = format!("　　{}{}\n", sentence(chance), sentence(chance));
        insertion(whole(&chars, line).start, &words)
    }));
}

/// A sentence that stands in no report.
fn sentence(chance: &mut Chance) -> String {
    let figure = format!("{}.{}", chance.below(900), chance.below(10));
    chance.pick(STOCK).map_or_else(String::new, |sentence| sentence.replace('#', &figure))
}

pub fn sentences_inserted(draft: &mut Draft, chance: &mut Chance) {
    let places = chance.some(stopped_sentences(&draft.chars()), 8);
    draft.rewrite(places.iter().map(|place| insertion(place.end, &sentence(chance))));
}

/// Rows as their neighbours are, with other figures; where there is no table, a row of its own.
pub fn table_rows_inserted(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let is_row = |line: &Range<usize>| {
        let cells = &chars[line.clone()];
        cells.contains(&'\t') || (cells.len() < 40 && !cells.contains(&'。') && numbers(cells).len() > 1)
    };
    let (rows, others): (Vec<_>, Vec<_>) = lines(&chars).into_iter().partition(is_row);
    let models = chance.some(if rows.is_empty() { others } else { rows }, 6);
    draft.rewrite(models.into_iter().map(|line| {
        let is_table = is_row(&line);
        let row = if is_table { with_other_numbers(&chars[line.clone()], 1, chance) } else { "财政支出\t62.3\t9.4%".into() };
        insertion(line.end, &format!("\n{row}"))
    }));
}

pub fn paragraphs_deleted(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let deleted = some_lines(draft, 8, chance);
    draft.delete(deleted.iter().map(|line| whole(&chars, line)));
}

pub fn sentences_deleted(draft: &mut Draft, chance: &mut Chance) {
    let deleted = chance.some(stopped_sentences(&draft.chars()), 8);
    draft.delete(deleted);
}

pub fn every_third_deleted(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let all = lines(&chars);
    draft.delete(all.iter().skip(chance.below(3)).step_by(3).map(|line| whole(&chars, line)));
}

/// From a twentieth to four tenths of a text.
fn a_good_part(draft: &Draft, chance: &mut Chance) -> usize {
    draft.chars().len() * (5 + chance.below(36)) / 100
}

pub fn beginning_cut_off(draft: &mut Draft, chance: &mut Chance) {
    let cut = a_good_part(draft, chance);
    draft.delete(once(0..cut));
}

pub fn end_cut_off(draft: &mut Draft, chance: &mut Chance) {
    let (len, cut) = (draft.chars().len(), a_good_part(draft, chance));
    draft.delete(once(len - cut..len));
}

/// The original is the first.
pub fn duplicated_behind(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let places = some_lines(draft, 6, chance);
    draft.rewrite(places.into_iter().map(|line| insertion(line.end, &format!("\n{}", string(&chars[line.clone()])))));
}

pub fn duplicated_at_the_end(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let copies: String = some_lines(draft, 8, chance).into_iter().map(|line| format!("\n{}", string(&chars[line]))).collect();
    draft.rewrite([insertion(chars.len(), &copies)]);
}

pub fn duplicated_at_the_start(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let copies: String = some_lines(draft, 8, chance).into_iter().map(|line| format!("{}\n", string(&chars[line]))).collect();
    draft.rewrite([insertion(0, &copies)]);
}

/// The same sentence with another number, before or behind it.
pub fn near_twins(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let has_number = |sentence: &Range<usize>| !numbers(&chars[sentence.clone()]).is_empty();
    let models: Vec<Range<usize>> = stopped_sentences(&chars).into_iter().filter(has_number).collect();
    let models = chance.some(models, 5);
    draft.rewrite(models.into_iter().map(|sentence| {
        let at = if chance.one_in(2) { sentence.start } else { sentence.end };
        insertion(at, &with_other_numbers(&chars[sentence], 1, chance))
    }));
}

/// Two neighbours, then two that stand anywhere.
pub fn paragraphs_swapped(draft: &mut Draft, chance: &mut Chance) {
    for far in [false, true, false] {
        let (chars, all) = (draft.chars(), lines(&draft.chars()));
        let one = chance.below(all.len());
        let other = if far { chance.below(all.len()) } else { one + 1 };
        let (Some(one), Some(other)) = (all.get(one.min(other)), all.get(one.max(other))) else { continue };
        // Of two that read the same nobody could say which of them stands where afterwards.
        let read = |line: &Range<usize>| chars[line.clone()].iter().copied().filter(|c| !c.is_whitespace()).collect::<String>();
        let stands_once = |line: &Range<usize>| all.iter().filter(|other| read(other) == read(line)).count() == 1;
        if stands_once(one) && stands_once(other) {
            let (first, second) = (draft.letters(one.clone()).to_vec(), draft.letters(other.clone()).to_vec());
            draft.rewrite([(one.clone(), second), (other.clone(), first)]);
        }
    }
}

/// Several paragraphs in a row, elsewhere.
pub fn sections_moved(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let all = lines(&chars);
    let size = (3 + chance.below(6)).min(all.len() / 3);
    if size == 0 {
        return;
    }
    let first = chance.below(all.len() - size);
    let section = whole(&chars, &all[first]).start..whole(&chars, &all[first + size - 1]).end;
    let outside: Vec<usize> = all.iter().map(|line| whole(&chars, line).start).filter(|at| !section.contains(at)).collect();
    if let Some(&to) = chance.pick(&outside) {
        draft.move_to(section, to);
    }
}

pub fn sentences_moved(draft: &mut Draft, chance: &mut Chance) {
    for _ in 0..4 {
        let all = stopped_sentences(&draft.chars());
        if let (Some(sentence), Some(behind)) = (chance.pick(&all).cloned(), chance.pick(&all)) {
            draft.move_to(sentence, behind.end);
        }
    }
}

pub fn another_report_before(draft: &mut Draft, _: &mut Chance) {
    let text = string(&draft.chars());
    let is_other = |sample: &&&str| !text.starts_with(&sample.chars().take(20).collect::<String>());
    let other = SAMPLES.iter().find(is_other).unwrap();
    draft.rewrite([insertion(0, &format!("{other}\n"))]);
}

pub fn older_edition_before(draft: &mut Draft, chance: &mut Chance) {
    let older = with_other_numbers(&draft.chars(), 2, chance);
    draft.rewrite([insertion(0, &format!("{older}\n"))]);
}

pub fn older_edition_behind(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let older = with_other_numbers(&chars, 2, chance);
    draft.rewrite([insertion(chars.len(), &format!("\n{older}"))]);
}

fn some_lines(draft: &Draft, one_in: usize, chance: &mut Chance) -> Vec<Range<usize>> {
    chance.some(lines(&draft.chars()), one_in)
}

/// The sentences that end in a stop.
fn stopped_sentences(chars: &[char]) -> Vec<Range<usize>> {
    let stopped = |range: &Range<usize>| chars[range.clone()].iter().rev().take(2).any(|&c| ends_sentence(c));
    sentences(chars).into_iter().filter(stopped).collect()
}

fn string(chars: &[char]) -> String {
    chars.iter().collect()
}
