//! What has to hold of every input holds of the seeds of the fuzz targets and of all that scripts/fuzz ever found.

#[path = "../fuzz/properties.rs"]
mod properties;

use std::panic::{catch_unwind, set_hook, take_hook};
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many readers of documents have panicked: that ends the reader's thread and gives an error, so a test does not see it.
static READERS: AtomicUsize = AtomicUsize::new(0);

fn watch_readers() {
    static WATCHED: Once = Once::new();
    WATCHED.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if std::thread::current().name() == Some("read a document") {
                READERS.fetch_add(1, Ordering::SeqCst);
            }
            usual(panic);
        }));
    });
}

/// The files of a folder; none if there is no such folder.
fn files(folder: PathBuf) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn holds_of_all(target: &str, property: fn(&[u8])) {
    watch_readers();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (seeds, finds) = (files(root.join("fuzz/seeds").join(target)), files(root.join("tests/fixtures/finds").join(target)));
    assert!(!seeds.is_empty(), "{target} has no seeds");
    let holds = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        let before = READERS.load(Ordering::SeqCst);
        catch_unwind(|| property(&bytes)).is_ok() && READERS.load(Ordering::SeqCst) == before
    };
    let wrong: Vec<&PathBuf> = seeds.iter().chain(&finds).filter(|path| !holds(path)).collect();
    eprintln!("figures: {target}: {} seeds and {} finds tried", seeds.len(), finds.len());
    assert!(wrong.is_empty(), "it does not hold of {wrong:#?}");
}

/// A test for each target.
macro_rules! targets {
    ($($target:ident)+) => {
        $(#[test]
        fn $target() {
            holds_of_all(stringify!($target), properties::$target);
        })+

        /// A target that the list leaves out would be tried by nobody.
        #[test]
        fn every_target_is_listed() {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
            let there: Vec<String> = files(root).iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
            let mut listed = vec![$(stringify!($target)),+];
            listed.sort_unstable();
            assert_eq!(there, listed);
        }
    };
}

targets! { decode person_ron project_ron repair quantity docx html reanchor }
