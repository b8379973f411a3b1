//! What a submitted copy of a person's file says of itself, in its `ext`: when it was submitted, and of which file it is a
//! copy.

use super::person::PersonFile;
use super::print_line;
use crate::annotation::Time;
use ron::value::RawValue;

/// The key of the time.
const SUBMITTED: &str = "submitted";
/// The key of the hash.
const COPY_OF: &str = "copy_of";

impl PersonFile {
    /// The same as the submitted copy of a file of this hash.
    #[must_use]
    pub fn submitted(mut self, at: Time, copy_of: &str) -> Self {
        for (key, value) in [(SUBMITTED, at.to_string()), (COPY_OF, copy_of.to_owned())] {
            // A text that was just written can be read again.
            let value = RawValue::from_boxed_ron(print_line(&value).into_boxed_str()).ok();
            self.ext.extend(value.map(|value| (key.to_owned(), value)));
        }
        self
    }
}

/// When a copy was submitted, and the hash of the file it is a copy of. Each stands on a line of its own, so that damage
/// elsewhere does not matter.
pub fn submission_of(text: &str) -> Option<(Time, String)> {
    Some((said(text, SUBMITTED)?.parse().ok()?, said(text, COPY_OF)?.to_owned()))
}

fn said<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let lead = format!("\"{key}\": \"");
    text.lines().find_map(|line| line.trim().trim_end_matches(',').strip_prefix(lead.as_str())?.strip_suffix('"'))
}
