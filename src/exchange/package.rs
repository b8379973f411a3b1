//! Documents of several parts in one ZIP, as Open Packaging Conventions have them (ISO/IEC 29500-2). The same parts give the
//! same bytes.

use std::io::Cursor;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, PreparedZipFile, System, ZipWriter};

/// A document that is larger than its format can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the document would be larger than its format can be")]
pub struct TooLarge;

/// Readers refuse a part that is so many times larger than packed, this program's own included.
const RATIO: u64 = 100;

/// Packs parts, each with its name.
///
/// # Errors
/// If a part is larger than a ZIP may hold.
pub(super) fn packed(parts: &[(&str, &str)]) -> Result<Vec<u8>, TooLarge> {
    let pack = || -> ZipResult<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, part) in parts {
            zip.add_prepared_file(prepared(name, part.as_bytes())?)?;
        }
        Ok(zip.finish()?.into_inner())
    };
    // Memory is all that is written to, so that size is all that can be wrong.
    pack().map_err(|_| TooLarge)
}

fn prepared(name: &str, part: &[u8]) -> ZipResult<PreparedZipFile> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT).system(System::Unix);
    let packed = PreparedZipFile::from_data(name, options, part)?;
    if packed.uncompressed_size() <= packed.compressed_size().saturating_mul(RATIO) {
        return Ok(packed);
    }
    PreparedZipFile::from_data(name, options.compression_method(CompressionMethod::Stored), part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_give_the_same_bytes() {
        let large = "字".repeat(100_000);
        let parts = [("[Content_Types].xml", "<a/>"), ("b/c.xml", large.as_str())];
        let bytes = packed(&parts).unwrap();
        assert_eq!(packed(&parts), Ok(bytes.clone()));
        assert!(bytes.starts_with(b"PK\x03\x04"));
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<String> = (0..zip.len()).map(|at| zip.by_index(at).unwrap().name().unwrap().into_owned()).collect();
        assert_eq!(names, parts.map(|(name, _)| name));
    }
}
