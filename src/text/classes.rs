//! What a character is, as far as reading and setting Chinese needs to know.
//!
//! Marks follow GB/T 15834-2011 《标点符号用法》 and W3C *Requirements for Chinese Text Layout*
//! (clreq) §3.1; scraped reports write many of them in ASCII, which counts as Chinese beside Han.

/// Whether it is a Han character: the unified ideographs with all extensions, the compatibility
/// ideographs, and 〇 (Unicode 16, property `Script=Han` without radicals and numerals of other kinds).
pub const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3400}'..='\u{4DBF}'
        | '〇'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a row may be broken before and after it as if it were Han: Han, kana, bopomofo,
/// radicals and the other full-width letters of Chinese text.
pub const fn is_ideographic(c: char) -> bool {
    is_han(c)
        || matches!(c,
            '\u{2E80}'..='\u{2FDF}'     // radicals
            | '\u{3005}'..='\u{3007}'   // 々 〆 〇
            | '\u{3021}'..='\u{3029}'   // Hangzhou numerals
            | '\u{3041}'..='\u{30FF}'   // kana
            | '\u{3105}'..='\u{312F}'   // bopomofo
            | '\u{31A0}'..='\u{31BF}'   // bopomofo extended
            | '\u{31F0}'..='\u{31FF}'
            | '\u{3200}'..='\u{33FF}'   // enclosed and squared
            | '\u{E000}'..='\u{F8FF}'   // private use: what a legacy encoding left there is a Han form
            | '\u{F0000}'..='\u{10FFFF}')
}

/// Whether it opens a pair and so must not end a row (clreq §3.1.3: 行尾禁则).
pub const fn is_opening(c: char) -> bool {
    matches!(c, '（' | '《' | '〈' | '「' | '『' | '“' | '‘' | '【' | '〔' | '［' | '｛' | '〖' | '〘' | '〚' | '﹁' | '﹃' | '«' | '‹')
        || is_ascii_opening(c)
}

/// Whether it is one of the ASCII brackets that open.
pub const fn is_ascii_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{')
}

/// Whether it must not begin a row (clreq §3.1.3: 行首禁则): closing marks, stops, and the signs
/// that belong to the number or word before them.
pub const fn is_closing(c: char) -> bool {
    matches!(
        c,
        '）' | '》'
            | '〉'
            | '」'
            | '』'
            | '”'
            | '’'
            | '】'
            | '〕'
            | '］'
            | '｝'
            | '〗'
            | '〙'
            | '〛'
            | '﹂'
            | '﹄'
            | '»'
            | '›'
            | '。'
            | '，'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '．'
            | '·'
            | '・'
            | '‧'
            | '•'
            | '～'
            | '〜'
            | '／'
            | '％'
            | '‰'
            | '℃'
            | '℉'
            | '°'
            | '′'
            | '″'
            | '－'
            | '–'
            | '｡'
            | '､'
            | '﹐'
            | '﹑'
            | '﹒'
            | '﹔'
            | '﹕'
            | '﹖'
            | '﹗'
            | '々'
            | '〻'
            | '゛'
            | '゜'
            | 'ー'
    ) || is_ascii_closing(c)
}

/// Whether it is one of the ASCII marks that close or stop.
pub const fn is_ascii_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | ',' | '.' | ':' | ';' | '!' | '?' | '%')
}

/// Whether two of it in a row make one mark that is never divided: the dash —— (also written with
/// U+2500 or U+2015) and the ellipsis …… (GB/T 15834-2011 §5.1.4 and §5.1.5).
pub const fn is_paired_mark(c: char) -> bool {
    matches!(c, '—' | '―' | '─' | '━' | '…' | '⋯')
}

/// Whether it ends a sentence.
pub const fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '｡')
}

/// Whether it is space of any width, the ideographic one included.
pub const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}' | '\u{2000}'..='\u{200B}' | '\u{202F}' | '\u{205F}' | '\u{FEFF}')
}

/// Whether it is an ASCII or full-width digit.
pub const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// The half-width form of a full-width ASCII character; every other character as it is.
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Whether it is invisible or turns the direction of writing: what a name must not contain
/// (Unicode Standard Annex #9 controls, default-ignorable format characters, C0 and C1 controls).
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_both_opens_and_closes() {
        for c in ('\0'..='\u{FFFF}').filter(|&c| is_opening(c)) {
            assert!(!is_closing(c), "{c}");
        }
    }

    #[test]
    fn han_outside_the_first_block() {
        for c in ['㐀', '〇', '𠮷', '\u{2B736}', '豈'] {
            assert!(is_han(c), "{c}");
        }
        assert!(!is_han('，') && !is_han('A') && !is_han('あ'));
    }
}
