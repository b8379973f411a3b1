//! Real reports that are not part of the project: the folder named by `JIANNUO_SHARED`, if it is set.

use std::path::PathBuf;

/// The reports with their texts; nothing, said so, where the variable is unset. Set but missing is a failure.
pub fn reports() -> Vec<(PathBuf, String)> {
    let Some(shared) = std::env::var_os("JIANNUO_SHARED") else {
        eprintln!("JIANNUO_SHARED is not set: the real reports are skipped");
        return Vec::new();
    };
    let root = PathBuf::from(shared).join("reports");
    let mut found = Vec::new();
    for folder in ["client", "public"] {
        let folder = root.join(folder);
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "txt")) {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").replace('\r', "\n")));
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no reports in {}", root.display());
    found
}

/// The project's own samples and fixtures.
pub fn own() -> Vec<(PathBuf, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let files = [
        "assets/samples/yunxi-2024-hans.txt",
        "assets/samples/panhai-2023-hant.txt",
        "tests/fixtures/reports/tiny.txt",
        "tests/fixtures/reports/astral.txt",
        "tests/fixtures/reports/headings.txt",
    ];
    files.iter().map(|file| (root.join(file), std::fs::read_to_string(root.join(file)).unwrap())).collect()
}

/// Both.
pub fn all() -> Vec<(PathBuf, String)> {
    [own(), reports()].concat()
}
