//! Ideographic description sequences (Unicode 17, §18.2): ⿰氵发 describes one character, and its parts are no words.

/// Deepest nesting that OpenCC follows.
const DEEPEST: usize = 15;
/// Longest sequence that OpenCC follows, in characters.
const LONGEST: usize = 64;

/// How many parts an operator describes; none if the character is no operator.
const fn operands(c: char) -> usize {
    match c {
        '\u{2FF2}' | '\u{2FF3}' => 3,
        '\u{2FFE}' | '\u{2FFF}' => 1,
        '\u{2FF0}'..='\u{2FFD}' => 2,
        _ => 0,
    }
}

/// Whether a character begins such a sequence.
pub(super) const fn is_operator(c: char) -> bool {
    operands(c) > 0
}

/// The length in bytes of the whole sequence a text begins with, if it is complete.
pub(super) fn sequence(text: &str) -> Option<usize> {
    // How many parts each operator still wants, outermost first.
    let mut wanted: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices().take(LONGEST) {
        match operands(c) {
            0 if wanted.is_empty() => return None,
            0 => {
                while let Some(last) = wanted.last_mut() {
                    *last -= 1;
                    if *last > 0 {
                        break;
                    }
                    wanted.pop();
                }
                if wanted.is_empty() {
                    return Some(at + c.len_utf8());
                }
            }
            _ if wanted.len() == DEEPEST => return None,
            count => wanted.push(count),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_as_long_as_its_parts() {
        for (text, expected) in [("⿰氵发展", Some(9)), ("⿱⿰木木示。", Some(15)), ("⿲彳丁亍", Some(12)), ("⿰氵", None), ("发", None)]
        {
            assert_eq!(sequence(text), expected, "{text}");
        }
    }
}
