//! Reports that a program gave the wording of another place.

use crate::text::script::{Conversion, convert};
use std::sync::OnceLock;

/// How much of a text is read to tell whether it was converted by machine, in bytes.
const READ: usize = 600_000;
/// How many different spoilt words make a text a machine's.
const SPOILT: usize = 2;

/// Words that conversion to Taiwan's wording spoils, as it writes them.
fn spoilt_words() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let words = include_str!("../../../assets/damage/over_converted.txt").lines().filter(|line| !line.is_empty());
        let spoilt = words.filter_map(|word| {
            let (wording, characters) =
                (convert(word, Conversion::SimplifiedToTaiwanWording), convert(word, Conversion::SimplifiedToTaiwan));
            (wording.text != characters.text).then_some(wording.text)
        });
        spoilt.collect()
    })
}

pub(super) fn machine_converted(text: &str) -> bool {
    // Only text that is not simplified can be: 這 and 與 stand in every report.
    let head = text.get(..text.floor_char_boundary(READ)).unwrap_or(text);
    if !head.contains(['個', '與', '業', '經']) {
        return false;
    }
    spoilt_words().iter().filter(|word| head.contains(word.as_str())).take(SPOILT).count() == SPOILT
}
