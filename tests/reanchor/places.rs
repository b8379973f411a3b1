//! Where lines, sentences and numbers stand in a text, as the edits and the tags of the test need it.

use jiannuo::text::classes::{ends_sentence, is_digit, is_space};
use std::ops::Range;

/// Whether a character is white space of any kind, line ends included.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_space(c)
}

/// The lines that hold something, without white space at their ends.
pub fn lines(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in chars.split(|&c| c == '\n') {
        let lead = line.iter().take_while(|&&c| is_blank(c)).count();
        let tail = line.iter().rev().take_while(|&&c| is_blank(c)).count();
        if lead < line.len() {
            found.push(start + lead..start + line.len() - tail);
        }
        start += line.len() + 1;
    }
    found
}

/// A line of [`lines`] with its indent and its line end.
pub fn whole(chars: &[char], line: &Range<usize>) -> Range<usize> {
    let start = chars[..line.start].iter().rposition(|&c| c == '\n').map_or(0, |at| at + 1);
    let end = chars[line.end..].iter().position(|&c| c == '\n').map_or(chars.len(), |at| line.end + at + 1);
    start..end
}

/// The sentences of all lines, final stops included. The last one of a line needs no stop.
pub fn sentences(chars: &[char]) -> Vec<Range<usize>> {
    let closes = |c: char| matches!(c, '”' | '’' | '」' | '』' | '）' | ')');
    let mut found = Vec::new();
    for line in lines(chars) {
        let (mut start, mut stopped) = (line.start, false);
        for at in line.clone() {
            stopped = ends_sentence(chars[at]) || (stopped && closes(chars[at]));
            let last = at + 1 == line.end;
            if last || (stopped && !ends_sentence(chars[at + 1]) && !closes(chars[at + 1])) {
                found.push(start..at + 1);
                start = at + 1;
            }
        }
    }
    found
}

/// The numbers: digits of either width with the marks and single spaces between them, and Han numerals behind 百分之.
pub fn numbers(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let end = number_end(chars, at);
        if end > at {
            found.push(at..end);
        }
        at = end.max(at + 1);
    }
    found
}

/// Where the number ends that begins at a place; the place itself if none does.
fn number_end(chars: &[char], start: usize) -> usize {
    let is_per_cent = chars[..start].ends_with(&['百', '分', '之']);
    let goes_on = |at: usize| {
        let c = chars[at];
        let joins = at > start && matches!(c, '.' | '．' | ',' | ' ') && chars.get(at + 1).is_some_and(|&c| is_digit(c));
        is_digit(c) || joins || (is_per_cent && "零〇一二三四五六七八九十百千点點".contains(c))
    };
    (start..chars.len()).find(|&at| !goes_on(at)).unwrap_or(chars.len())
}

/// Where words stand in a text.
pub fn occurrences(chars: &[char], words: &str) -> Vec<Range<usize>> {
    let words: Vec<char> = words.chars().collect();
    let stands = |at: &usize| chars[*at..].starts_with(&words);
    (0..chars.len()).filter(stands).map(|at| at..at + words.len()).collect()
}
