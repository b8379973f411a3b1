//! The checksum at the end of a RON file: a comment line with the SHA-256 of all before it.
//!
//! A flipped bit in RON often loads silently as something else; the checksum shows it. It is counted
//! over the bytes with LF line ends, so that a tool that turns them into CRLF damages nothing.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

const LEAD: &str = "// sha256 of all above: ";

/// How a file stands to its checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// It fits.
    Intact,
    /// There is one and it does not fit: somebody edited the file, or it is damaged.
    Broken,
    /// There is none.
    Absent,
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Adds the checksum line.
pub fn seal(mut text: String) -> String {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let hash = hash(&text);
    text.push_str(LEAD);
    text.push_str(&hash);
    text.push('\n');
    text
}

/// The text with LF line ends and without BOM and checksum line, and how it stands to that.
pub fn unseal(bytes: &[u8]) -> (String, Seal) {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    let Some(at) = text.rfind(LEAD).filter(|&at| at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n')) else {
        // What is no UTF-8 was not written so.
        return (text, if std::str::from_utf8(bytes).is_ok() { Seal::Absent } else { Seal::Broken });
    };
    let (body, line) = text.split_at(at);
    if line.trim_end().contains('\n') {
        // Something stands behind it: somebody put it there, and it counts.
        return (text, Seal::Broken);
    }
    let fits = line.strip_prefix(LEAD).is_some_and(|said| said.trim_end() == hash(body));
    (body.to_owned(), if fits { Seal::Intact } else { Seal::Broken })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_text_is_intact_until_changed() {
        let sealed = seal("(a: 1)".into());
        assert_eq!(unseal(sealed.as_bytes()), ("(a: 1)\n".into(), Seal::Intact));
        assert_eq!(unseal(sealed.replace('\n', "\r\n").as_bytes()).1, Seal::Intact);
        assert_eq!(unseal(sealed.replace('1', "2").as_bytes()).1, Seal::Broken);
        assert_eq!(unseal(b"(a: 1)\n").1, Seal::Absent);
    }
}
