//! Bytes to text: which encoding a file is in, and what could not be decoded.
//!
//! Detection survives damage: where the bytes are not UTF-8 throughout, every encoding reads them
//! and the one that gives the likeliest Chinese wins (docs/architecture.md, "How a file becomes text").

use super::position::Pos;
use encoding_rs::{BIG5, DecoderResult, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// How many bytes the scorer reads at each of its places: enough for a certain answer,
/// little enough to be instant.
const SAMPLE: usize = 32 * 1024;
/// Score of a character the table does not list, control characters and U+FFFD among them: one class below its lowest.
const UNLISTED: f32 = -23.0;
/// Score of a sequence that cannot be decoded. It costs less than a rare character: damage strikes any encoding,
/// while a wrong one yields rare characters throughout.
const MALFORMED: f32 = UNLISTED + 4.0;
/// Score of a private-use character.
const PRIVATE: f32 = UNLISTED + 2.0;

/// The encodings Chinese reports come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// UTF-8, with or without BOM.
    Utf8,
    /// GB18030, which holds GBK and GB2312.
    Gb18030,
    /// Big5 with the Hong Kong supplement.
    Big5,
    /// UTF-16, least significant byte first.
    Utf16Le,
    /// UTF-16, most significant byte first.
    Utf16Be,
}

impl Encoding {
    /// All of them, in the order of the menu and of the scorer's ties.
    pub const ALL: [Self; 5] = [Self::Utf8, Self::Gb18030, Self::Big5, Self::Utf16Le, Self::Utf16Be];

    /// The name as it stands in files, on the command line and in the status bar.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
            Self::Big5 => "Big5-HKSCS",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        }
    }

    /// The encoding of a name, by its own or another usual one, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().replace('_', "-").as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8),
            "gb18030" | "gbk" | "gb2312" | "cp936" => Some(Self::Gb18030),
            "big5-hkscs" | "big5" | "big5hkscs" | "cp950" => Some(Self::Big5),
            "utf-16le" | "utf-16" | "utf16" => Some(Self::Utf16Le),
            "utf-16be" => Some(Self::Utf16Be),
            _ => None,
        }
    }

    const fn codec(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Gb18030 => GB18030,
            Self::Big5 => BIG5,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
        }
    }

    /// The encoding its byte order mark names, and the mark's length in bytes.
    fn of_bom(bytes: &[u8]) -> Option<(Self, usize)> {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Some((Self::Utf8, 3)),
            [0xFF, 0xFE, ..] => Some((Self::Utf16Le, 2)),
            [0xFE, 0xFF, ..] => Some((Self::Utf16Be, 2)),
            // GB18030's own form of U+FEFF.
            [0x84, 0x31, 0x95, 0x33, ..] => Some((Self::Gb18030, 4)),
            _ => None,
        }
    }
}

/// A file decoded into source text: BOM dropped, CRLF and CR turned into LF, nothing else changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The source text. What could not be decoded stands in it as U+FFFD.
    pub text: String,
    /// What it was read as.
    pub encoding: Encoding,
    /// Whether a byte order mark was dropped.
    pub bom: bool,
    /// Where bytes could not be decoded, in order.
    pub errors: Vec<Pos>,
}

/// Decodes with the encoding found by [`detect`].
pub fn decode(bytes: &[u8]) -> Decoded {
    decode_as(bytes, detect(bytes))
}

/// Decodes as a given encoding, right or wrong.
pub fn decode_as(bytes: &[u8], encoding: Encoding) -> Decoded {
    let mark = Encoding::of_bom(bytes).filter(|(named, _)| *named == encoding);
    let mut rest = bytes.get(mark.map_or(0, |(_, len)| len)..).unwrap_or_default();
    let mut lines = Lines::with_capacity(bytes.len());
    let mut errors = Vec::new();
    let mut decoder = encoding.codec().new_decoder_without_bom_handling();
    let mut buffer = String::new();
    loop {
        buffer.clear();
        let wanted = rest.len().min(1 << 16);
        let last = wanted == rest.len();
        buffer.reserve(decoder.max_utf8_buffer_length_without_replacement(wanted).unwrap_or(wanted * 4));
        let chunk = rest.get(..wanted).unwrap_or_default();
        let (result, read) = decoder.decode_to_string_without_replacement(chunk, &mut buffer, last);
        rest = rest.get(read..).unwrap_or_default();
        lines.push(&buffer);
        match result {
            DecoderResult::Malformed(..) => {
                errors.push(lines.end());
                lines.push("\u{FFFD}");
            }
            DecoderResult::InputEmpty if last => break,
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
        }
    }
    Decoded { text: lines.text, encoding, bom: mark.is_some(), errors }
}

/// Gathers decoded text with its line ends made LF, and counts its characters.
struct Lines {
    text: String,
    characters: u32,
    after_cr: bool,
}

impl Lines {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes + bytes / 2), characters: 0, after_cr: false }
    }

    fn end(&self) -> Pos {
        Pos::new(self.characters)
    }

    fn push(&mut self, part: &str) {
        let from = self.text.len();
        let mut part = part;
        if self.after_cr && !part.is_empty() {
            part = part.strip_prefix('\n').unwrap_or(part);
            self.after_cr = false;
        }
        self.after_cr |= part.ends_with('\r');
        let mut pieces = part.split('\r');
        self.text.push_str(pieces.next().unwrap_or(""));
        for piece in pieces {
            self.text.push('\n');
            self.text.push_str(piece.strip_prefix('\n').unwrap_or(piece));
        }
        let added = self.text.get(from..).unwrap_or("").chars().count();
        self.characters = self.characters.saturating_add(u32::try_from(added).unwrap_or(u32::MAX));
    }
}

/// Finds the encoding of a file: by its byte order mark, else UTF-8 if it is that throughout
/// (a character cut at the very end allowed), else the one that reads it as the likeliest Chinese.
pub fn detect(bytes: &[u8]) -> Encoding {
    if let Some((encoding, _)) = Encoding::of_bom(bytes) {
        return encoding;
    }
    if is_utf8(bytes) {
        return Encoding::Utf8;
    }
    let samples = samples(bytes);
    let mut best = (f32::NEG_INFINITY, Encoding::Utf8);
    for encoding in Encoding::ALL {
        let score = score(&samples, encoding);
        if score > best.0 {
            best = (score, encoding);
        }
    }
    best.1
}

/// Whether bytes are UTF-8 beyond doubt: valid, without the control bytes that UTF-16 is full of, and either
/// ASCII alone or with enough characters beyond it that chance is no explanation.
fn is_utf8(bytes: &[u8]) -> bool {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    let control = |byte: &u8| matches!(byte, 0..=8 | 0x0B | 0x0E..=0x19 | 0x1B..=0x1F | 0x7F);
    let leads = bytes.iter().filter(|&&byte| byte >= 0xC0).take(8).count();
    valid && (leads == 0 || leads == 8) && !bytes.iter().any(control)
}

/// Whether a decoded text reads as text: most of its first characters are ones that occur in reports. What program
/// files and pictures decode to does not.
pub fn reads_as_text(text: &str) -> bool {
    let (mut known, mut count) = (0u32, 0u32);
    for c in text.chars().take(SAMPLE) {
        count += 1;
        known += u32::from(frequencies().contains_key(&c));
    }
    known * 4 > count * 3
}

/// The places the scorer reads: the head, and where the first byte outside ASCII stands if that is further on.
fn samples(bytes: &[u8]) -> Vec<&[u8]> {
    let head = bytes.get(..SAMPLE.min(bytes.len())).unwrap_or_default();
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    if first < SAMPLE / 2 {
        return vec![head];
    }
    // An even start, so that UTF-16 stays in step.
    let start = (first - 64) & !1;
    let middle = bytes.get(start..(start + SAMPLE).min(bytes.len())).unwrap_or_default();
    vec![head, middle]
}

/// How likely the bytes are Chinese text in an encoding: the sum of the scores of what they decode to.
///
/// It is a sum and not a mean: a log-likelihood of the same bytes, so that readings with more and with
/// fewer characters compare fairly.
fn score(samples: &[&[u8]], encoding: Encoding) -> f32 {
    let table = frequencies();
    let mut sum = 0.0f32;
    for sample in samples {
        let mut rest = *sample;
        let mut decoder = encoding.codec().new_decoder_without_bom_handling();
        let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(sample.len()).unwrap_or(sample.len() * 4));
        loop {
            // Not marked as the last bytes: a character cut by the sample's end is no damage.
            let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, false);
            rest = rest.get(read..).unwrap_or_default();
            match result {
                DecoderResult::Malformed(..) => sum += MALFORMED,
                DecoderResult::OutputFull => text.reserve(64),
                DecoderResult::InputEmpty => break,
            }
        }
        sum += text.chars().map(|c| table.get(&c).copied().unwrap_or(if is_private(c) { PRIVATE } else { UNLISTED })).sum::<f32>();
    }
    sum
}

/// Whether a character has no meaning of its own in Unicode: private use, or no character at all.
const fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}'..='\u{FFFF}' | '\u{F0000}'..)
}

/// The table made by `assets/encoding/make_frequencies.py`: characters with the rounded binary
/// logarithm of their share of all characters.
fn frequencies() -> &'static FxHashMap<char, f32> {
    static TABLE: OnceLock<FxHashMap<char, f32>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = FxHashMap::default();
        for line in include_str!("../../assets/encoding/frequencies.txt").lines() {
            if let Some((class, characters)) = line.split_once('\t')
                && let Ok(class) = class.parse::<f32>()
            {
                table.extend(unescaped(characters).map(|c| (c, class)));
            }
        }
        table
    })
}

/// The characters of a line of the table, in which what would be invisible is escaped.
fn unescaped(line: &str) -> impl Iterator<Item = char> + '_ {
    let mut chars = line.chars();
    std::iter::from_fn(move || {
        let c = chars.next()?;
        if c != '\\' {
            return Some(c);
        }
        match chars.next()? {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            's' => Some(' '),
            'u' => {
                let hex: String = chars.by_ref().skip(1).take_while(|&c| c != '}').collect();
                u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32)
            }
            other => Some(other),
        }
    })
}
