//! Files made by other people, by mistake or to do harm: each has a name, and what must come of it is said beside it.

mod folder;
mod journal;
mod memory;
mod person;
mod report;
mod tags;

use super::desk::Desk;
use jiannuo::session::{ReadOnly, What};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// A file, and what must come of it.
struct Case<M> {
    name: String,
    bytes: Vec<u8>,
    must: M,
}

impl<M> Case<M> {
    fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>, must: M) -> Self {
        Self { name: name.into(), bytes: bytes.into(), must }
    }
}

/// What a report must show when it opens with a file beside it.
#[derive(Clone, Copy, Debug)]
enum Must {
    /// So many tags; nothing is said.
    Load(usize),
    /// So many tags; it is said that something is wrong.
    Say(usize),
    /// So many tags, whatever is said.
    Hold(usize),
    /// So many tags, or else it is said and at least so many are there: which, is up to the reader of RON.
    LoadOrSay(usize, usize),
    /// Something is said.
    SayAnything,
}

impl Must {
    fn check(self, tags: usize, told: &[&What]) -> Result<(), String> {
        let said = !told.is_empty();
        let fits = match self {
            Self::Load(wanted) => tags == wanted && !said,
            Self::Say(wanted) => tags == wanted && said,
            Self::Hold(wanted) => tags == wanted,
            Self::LoadOrSay(wanted, least) => tags == wanted || (said && tags >= least),
            Self::SayAnything => said,
        };
        ensure(fits, || format!("must {self:?}, but shows {tags} tags and says {told:?}"))
    }
}

fn ensure(holds: bool, why: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(why()) }
}

/// Tries every case, and names all that go wrong.
fn try_all<M>(of: &str, cases: &[Case<M>], try_one: impl Fn(&Case<M>) -> Result<(), String>) {
    let mut wrong = Vec::new();
    for case in cases {
        match catch_unwind(AssertUnwindSafe(|| try_one(case))) {
            Ok(Ok(())) => {}
            Ok(Err(why)) => wrong.push(format!("{}: {}", case.name, why.chars().take(400).collect::<String>())),
            Err(_) => wrong.push(format!("{}: panics", case.name)),
        }
    }
    eprintln!("figures: {of}: {} files", cases.len());
    assert!(wrong.is_empty(), "{of}: {} of {} go wrong\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// The longest that opening may take: a second in the program as people have it. Tests are built otherwise, and share
/// the machine with one another.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 6 } else { 1 });

/// Opens a report; says whether it opens, and in time.
fn open(desk: &mut Desk, report: &Path) -> Result<(), String> {
    let began = Instant::now();
    desk.open(report);
    let took = began.elapsed();
    ensure(took < LONGEST, || format!("takes {took:?}"))?;
    ensure(desk.state.document().is_some(), || format!("the report does not open: {:?}", desk.told()))
}

/// Goes on working with a report that opened beside a file: what is added is saved and comes back with what was shown,
/// nothing is written elsewhere, and a file of which something was not taken is still there.
fn go_on(mut desk: Desk, bytes: &[u8], report: &Path) -> Result<Desk, String> {
    let before = desk.tags();
    let wrong = desk.told().iter().any(|what| matches!(what, What::NotLoaded(_) | What::Damaged { .. } | What::EditedElsewhere(_)));
    if desk.state.document().and_then(|document| document.read_only) == Some(ReadOnly::Newer) {
        ensure(desk.disk.holds(bytes), || "a file of a newer program was changed".into())?;
        return Ok(desk);
    }
    desk.tag(40, 46, "target");
    desk.save();
    ensure(desk.state.all_saved(), || format!("cannot be saved: {:?}", desk.told()))?;
    ensure(desk.strays().is_empty(), || format!("writes to {:?}", desk.strays()))?;
    ensure(!wrong || desk.disk.holds(bytes), || "what was not taken is gone".into())?;
    let mut again = Desk::new(desk.disk.copy());
    open(&mut again, report)?;
    ensure(again.tags() == before + 1, || format!("{} tags after saving {}", again.tags(), before + 1))?;
    Ok(again)
}

/// Texts that nobody expects, each with what it is.
fn odd() -> Vec<(&'static str, String)> {
    vec![
        ("nothing", String::new()),
        ("space", " \u{3000}\t ".into()),
        ("controls", "\u{1}\u{8}\u{1B}[31m\u{7F}\u{9F}".into()),
        ("NUL", "王\0小明".into()),
        ("turned direction", "王\u{202E}nor.明小\u{202C}\u{2066}".into()),
        ("invisible", "\u{200B}\u{FEFF}\u{2060}\u{E0041}".into()),
        ("a way out", "../../../etc/passwd".into()),
        ("a way out of Windows", "..\\..\\C:\\Windows\\win.ini".into()),
        ("an absolute path", "/etc/passwd".into()),
        ("a device", "CON".into()),
        ("another device", "lpt1.ron".into()),
        ("trailing dots", "王小明. . ".into()),
        ("emoji", "👨\u{200D}👩\u{200D}👧🏴󠁧󠁢󠁥󠁮󠁧󠁿".into()),
        ("4,000 characters", "王".repeat(4_000)),
        ("many marks on one letter", format!("王{}", "\u{301}".repeat(500))),
        ("RON", "\"\\\"), (id: \"x\" // /* */ r#\"".into()),
        ("brackets", "王(小)明)))]}".into()),
        ("lines", "甲\n乙\r\n丙\u{2028}丁\u{85}\n  tags: [\n// sha256 of all above: x\n".into()),
        ("noncharacters", "\u{FFFE}\u{FFFF}\u{10FFFF}\u{FFFD}".into()),
        ("another script", "مرحبا שלום".into()),
    ]
}

/// A text as it stands in RON.
fn ron(text: &str) -> String {
    jiannuo::store::wire::print_line(&text)
}

/// Brackets in brackets, with a value in the innermost; by what they are.
fn nested(depth: usize) -> Vec<(&'static str, String)> {
    [("lists", "[", "]"), ("tuples", "(", ")"), ("maps", "{1:", "}"), ("options", "Some(", ")"), ("structs", "(a:", ")")]
        .map(|(name, open, close)| (name, format!("{}1{}", open.repeat(depth), close.repeat(depth))))
        .into()
}
