//! Text as HTML and XML carry it: what they would take for their own is escaped, and what hides or turns text is made
//! visible.

use crate::text::classes::is_invisible;

/// Names, notes and quoted words between tags or in an attribute: what cannot be seen in them is written out.
pub(super) fn escaped(text: &str) -> String {
    marked_up(text, hides)
}

/// A report's own text between tags: as it is, but for what would show something else than is written.
pub(super) fn faithful(text: &str) -> String {
    marked_up(text, deceives)
}

/// Names, notes and quoted words where there is no markup: what cannot be seen in them is written out.
pub(super) fn seen(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        if hides(c) {
            seen.extend(c.escape_unicode());
        } else {
            seen.push(c);
        }
    }
    seen
}

fn marked_up(text: &str, is_written_out: fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if is_written_out(c) => escaped.extend(c.escape_unicode()),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether a page with this character would show something else than is written: controls, what turns the direction of
/// writing (Unicode Standard Annex #9 §2), tags nobody sees. XML cannot carry most of them at all (XML 1.0 §2.2).
fn deceives(c: char) -> bool {
    let is_no_character = u32::from(c) & 0xFFFE == 0xFFFE;
    is_no_character
        || (c.is_control() && !matches!(c, '\t' | '\n'))
        || matches!(c,
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}'
            | '\u{FDD0}'..='\u{FDEF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Whether nobody sees a character, or it deceives. Ends of lines and forms of characters (variation selectors) do neither.
fn hides(c: char) -> bool {
    let is_form = matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    deceives(c) || (is_invisible(c) && !is_form && !matches!(c, '\t' | '\n'))
}

/// Markup without its tags, as a browser would read its text; what pages are held against in tests.
#[cfg(test)]
pub(super) fn stripped(markup: &str) -> String {
    let mut stripped = String::new();
    let mut parts = markup.split('<');
    stripped.push_str(parts.next().unwrap_or(""));
    for part in parts {
        stripped.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(stripped, |text, (entity, c)| text.replace(entity, c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_of_a_text_is_taken_for_markup() {
        assert_eq!(escaped("<script>\"a\" & 'b'</script>"), "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;");
    }

    #[test]
    fn what_hides_or_turns_is_seen() {
        assert_eq!(escaped("甲\u{202E}txt.exe\u{0}\u{7F}\u{FFFE}"), "甲\\u{202e}txt.exe\\u{0}\\u{7f}\\u{fffe}");
        // Forms of Han and ends of lines are none of that.
        assert_eq!(escaped("葛\u{E0100}\t𠮷\n"), "葛\u{E0100}\t𠮷\n");
    }

    #[test]
    fn a_report_is_left_as_it_is_where_that_deceives_nobody() {
        let text = "发\u{200B}展\u{AD}\u{FEFF}<\u{202E}\u{FFFF}";
        assert_eq!(escaped(text), "发\\u{200b}展\\u{ad}\\u{feff}&lt;\\u{202e}\\u{ffff}");
        assert_eq!(seen(text), "发\\u{200b}展\\u{ad}\\u{feff}<\\u{202e}\\u{ffff}");
        assert_eq!(faithful(text), "发\u{200B}展\u{AD}\u{FEFF}&lt;\\u{202e}\\u{ffff}");
    }

    proptest! {
        #[test]
        fn escaped_text_is_well_formed_and_comes_back(text in proptest::collection::vec(any::<char>(), 0..40)) {
            let text: String = text.into_iter().collect();
            let (escaped, faithful) = (escaped(&text), faithful(&text));
            let element = format!("<a b=\"{escaped}\">{faithful}</a>");
            prop_assert!(roxmltree::Document::parse(&element).is_ok());
            let shown: String = text.chars().map(|c| if deceives(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect();
            prop_assert_eq!((stripped(&escaped), stripped(&faithful)), (seen(&text), shown));
        }
    }
}
