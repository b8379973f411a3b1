//! Files in every encoding open as the text they are. The files are made by iconv, which shares no code with the decoder.

use crate::shared;
use jiannuo::text::decode::{Encoding, decode, detect};
use jiannuo::text::script::{Conversion, convert};
use std::io::Write as _;
use std::process::{Command, Stdio};

const NAMES: [(Encoding, &str); 5] = [
    (Encoding::Utf8, "UTF-8"),
    (Encoding::Gb18030, "GB18030"),
    (Encoding::Big5, "BIG5-HKSCS"),
    (Encoding::Utf16Le, "UTF-16LE"),
    (Encoding::Utf16Be, "UTF-16BE"),
];

/// The bytes of a text in an encoding; nothing if that cannot carry it.
fn iconv(text: &str, to: &str) -> Option<Vec<u8>> {
    let mut child = Command::new("iconv")
        .args(["-f", "UTF-8", "-t", to])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("iconv is part of the system");
    let mut input = child.stdin.take().unwrap();
    let bytes = text.as_bytes().to_owned();
    let writer = std::thread::spawn(move || drop(input.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.status.success().then_some(output.stdout)
}

/// Every text as it is and in traditional characters, so that Big5 has something to carry.
fn texts() -> Vec<(String, String)> {
    shared::all()
        .into_iter()
        .flat_map(|(path, text)| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let traditional = convert(&text, Conversion::SimplifiedToTraditional).text;
            [(name.clone(), text), (format!("{name} (traditional)"), traditional)]
        })
        .collect()
}

#[test]
fn whole_files_from_every_encoding_that_can_carry_them() {
    let mut carried = [0; 5];
    for (name, text) in texts() {
        for (number, (encoding, iconv_name)) in NAMES.into_iter().enumerate() {
            let Some(bytes) = iconv(&text, iconv_name) else { continue };
            carried[number] += 1;
            let decoded = decode(&bytes);
            assert_eq!(decoded.encoding, encoding, "{name}");
            assert!(decoded.text == text, "{name} from {iconv_name}");
            assert_eq!(decoded.errors, [], "{name} from {iconv_name}");
            let crlf = iconv(&text.replace('\n', "\r\n"), iconv_name).unwrap();
            assert!(decode(&crlf).text == text, "{name} from {iconv_name} with CRLF");
        }
    }
    eprintln!("carried by UTF-8, GB18030, Big5-HKSCS, UTF-16LE, UTF-16BE: {carried:?}");
    assert!(carried.iter().all(|count| *count > 0), "{carried:?}");
}

#[test]
fn the_first_sixty_characters_suffice() {
    let mut wrong = Vec::new();
    for (name, text) in texts() {
        let head: String = text.chars().take(60).collect();
        for (encoding, iconv_name) in NAMES {
            let Some(bytes) = iconv(&head, iconv_name) else { continue };
            // What is ASCII alone is the same in three of them.
            if !head.is_ascii() && decode(&bytes).text != head {
                wrong.push(format!("{name}: {} read as {}", encoding.name(), detect(&bytes).name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_damaged_byte_hides_no_encoding() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for (name, text) in texts() {
        for (encoding, iconv_name) in NAMES {
            let Some(bytes) = iconv(&text, iconv_name) else { continue };
            // Places and values that differ from file to file, the same at every run.
            for round in 1..=8u32 {
                let seed = (bytes.len() as u32).wrapping_mul(2_654_435_761).wrapping_mul(round);
                let mut damaged = bytes.clone();
                let at = seed as usize % damaged.len();
                damaged[at] = damaged[at].wrapping_add((seed >> 8) as u8 | 1);
                tried += 1;
                if detect(&damaged) != encoding {
                    wrong.push(format!("{name}: {} with byte {at} damaged read as {}", encoding.name(), detect(&damaged).name()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}: {wrong:#?}", wrong.len());
}

#[test]
fn marks_decide_and_are_dropped() {
    for (encoding, mark) in [
        (Encoding::Utf8, &b"\xEF\xBB\xBF"[..]),
        (Encoding::Utf16Le, b"\xFF\xFE"),
        (Encoding::Utf16Be, b"\xFE\xFF"),
        (Encoding::Gb18030, b"\x84\x31\x95\x33"),
    ] {
        let name = NAMES.iter().find(|(one, _)| *one == encoding).unwrap().1;
        let bytes = [mark, &iconv("短文", name).unwrap()].concat();
        let decoded = decode(&bytes);
        assert_eq!((decoded.encoding, decoded.text.as_str(), decoded.bom), (encoding, "短文", true));
    }
}

#[test]
fn undecodable_bytes_are_counted_where_they_stand() {
    let mut bytes = "全市生产总值\r\n增长".as_bytes().to_vec();
    bytes.insert(18, 0xFF);
    let decoded = decode(&bytes);
    assert_eq!(decoded.text, "全市生产总值\u{FFFD}\n增长");
    assert_eq!(decoded.errors.iter().map(|place| place.get()).collect::<Vec<_>>(), [6]);
}
