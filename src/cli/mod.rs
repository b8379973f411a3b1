//! The commands: `jiannuo text`, `jiannuo suggest`, `jiannuo check`, `jiannuo compare`, `jiannuo merge`, `jiannuo export`,
//! `jiannuo import`, `jiannuo pack`, `jiannuo unpack` and, for tests, `jiannuo drive`.
//!
//! Words for people go to standard error in their language, results to standard output.

mod as_person;
mod check;
mod compare;
mod differences;
mod drive;
mod export;
mod import;
mod merge;
mod pack;
mod people;
mod suggest;
mod text;

use crate::exchange::Format;
use crate::locale::{Language, Words};
use crate::report::ScriptView;
use crate::text::script::Conversion;
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done, nothing found.
    Done,
    /// Done, with findings.
    Findings,
    /// It could not be done.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Findings => 1,
            Status::Failed => 2,
        })
    }
}

/// What the command line asks for.
#[derive(Debug)]
pub enum Request {
    /// Open the window on files.
    Window {
        /// The files.
        files: Vec<PathBuf>,
        /// A script for the window to follow.
        tour: Option<PathBuf>,
    },
    /// A command was run; this is how it ended.
    Ended(Status),
}

/// The command line's shape, in the words of a language.
fn shape(words: &Words) -> Command {
    let file = |name: &'static str| Arg::new(name).value_parser(value_parser!(PathBuf));
    Command::new("jiannuo")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words.get("cli_about").to_owned())
        .args_conflicts_with_subcommands(true)
        .arg(file("FILE").num_args(0..).help("Reports to open"))
        .arg(file("tour").long("tour").hide(true))
        .subcommand(
            Command::new("text")
                .about(words.get("cli_text_about").to_owned())
                .arg(file("FILE").required(true))
                .arg(Arg::new("script").long("script").value_parser(scripts()).default_value("source"))
                .arg(Arg::new("repair").long("repair").value_parser(["on", "off"]).default_value("off").help("Undo what scraping damaged"))
                .arg(
                    Arg::new("whole")
                        .long("whole")
                        .action(ArgAction::SetTrue)
                        .help("Everything in the file: navigation, running heads, contents"),
                )
                .arg(Arg::new("encoding").long("encoding").help("UTF-8, GB18030, Big5-HKSCS, UTF-16LE, UTF-16BE"))
                .arg(
                    Arg::new("json")
                        .long("json")
                        .action(ArgAction::SetTrue)
                        .help("One JSON object: encoding, errors, sha256, title, paragraphs"),
                ),
        )
        .subcommand(
            Command::new("suggest")
                .about(words.get("cli_suggest_about").to_owned())
                .arg(file("FILE").required(true).num_args(1..))
                .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("One JSON object a line"))
                .arg(Arg::new("person").long("person").value_name("NAME").help("Write them as the tags of this person"))
                .arg(
                    Arg::new("force")
                        .long("force")
                        .action(ArgAction::SetTrue)
                        .requires("person")
                        .help("Also beside tags made by hand, and where the project shows no proposals"),
                ),
        )
        .subcommand(
            Command::new("check")
                .about(words.get("cli_check_about").to_owned())
                .arg(file("FILE.ron").required(true).num_args(1..))
                .arg(file("report").long("report"))
                .arg(Arg::new("json").long("json").action(ArgAction::SetTrue)),
        )
        .subcommand(
            Command::new("compare")
                .about(words.get("cli_compare_about").to_owned())
                .arg(file("FILE.ron").required(true).num_args(1..))
                .arg(file("report").long("report").help("The report, where it does not lie beside them"))
                .arg(
                    Arg::new("seed")
                        .long("seed")
                        .value_name("N")
                        .value_parser(value_parser!(u64))
                        .help("Where the chance begins by which intervals are drawn"),
                )
                .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("One JSON object a line")),
        )
        .subcommand(
            Command::new("merge")
                .about(words.get("cli_merge_about").to_owned())
                .arg(file("FILE.ron").required(true).num_args(1..))
                .arg(file("output").short('o').long("output").value_name("OUT.ron").required(true))
                .arg(file("report").long("report").help("The report, where its text has changed between the files"))
                .arg(Arg::new("person").long("person").value_name("NAME").help("Who decides by what is written"))
                .arg(Arg::new("force").long("force").action(ArgAction::SetTrue).help("Write over a file that is there"))
                .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("One JSON object a line")),
        )
        .subcommand(export_shape(words))
        .subcommand(import_shape(words))
        .subcommand(
            Command::new("pack")
                .about(words.get("cli_pack_about").to_owned())
                .arg(file("FOLDER").required(true))
                .arg(file("output").short('o').long("output").value_name("OUT.zip").required(true))
                .arg(Arg::new("force").long("force").action(ArgAction::SetTrue).help("Write over a file that is there"))
                .arg(Arg::new("json").long("json").action(ArgAction::SetTrue)),
        )
        .subcommand(
            Command::new("unpack")
                .about(words.get("cli_unpack_about").to_owned())
                .arg(file("PACK.zip").required(true))
                .arg(file("FOLDER").required(true))
                .arg(Arg::new("json").long("json").action(ArgAction::SetTrue)),
        )
        .subcommand(Command::new(crate::store::SERVE).hide(true))
        .subcommand(Command::new("drive").hide(true).arg(file("FILE").required(true)))
}

/// The shape of `export`.
fn export_shape(words: &Words) -> Command {
    let file = |name: &'static str| Arg::new(name).value_parser(value_parser!(PathBuf));
    let flag = |name: &'static str, help: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    let several = |name: &'static str, of: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(of).value_delimiter(',').action(ArgAction::Append).help(help)
    };
    Command::new("export")
        .about(words.get("cli_export_about").to_owned())
        .arg(file("FILE.ron").required(true).num_args(1..))
        .arg(Arg::new("to").long("to").value_name("FORMAT").value_parser(formats(|_| true)).required(true))
        .arg(file("output").short('o').long("output").value_name("OUT").required(true).help("A file, or a folder for formats of several"))
        .arg(file("report").long("report").help("The report, where it does not lie beside the files"))
        .arg(several("people", "NAME,…", "Only tags of these people"))
        .arg(several("kinds", "KIND,…", "Only tags of these kinds"))
        .arg(
            Arg::new("text")
                .long("text")
                .value_parser(ScriptView::ALL.map(ScriptView::key))
                .default_value("source")
                .help("In which script quotes and pages are"),
        )
        .arg(flag("no-bom", "CSV and TSV without a byte order mark"))
        .arg(flag("official", "A Word document laid out after GB/T 9704"))
        .arg(flag("force", "Write over what is there"))
        .arg(flag("json", "One JSON object"))
}

/// The shape of `import`.
fn import_shape(words: &Words) -> Command {
    let file = |name: &'static str| Arg::new(name).value_parser(value_parser!(PathBuf));
    let flag = |name: &'static str, help: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    Command::new("import")
        .about(words.get("cli_import_about").to_owned())
        .arg(file("IN").required(true))
        .arg(Arg::new("from").long("from").value_name("FORMAT").value_parser(formats(Format::is_read)).required(true))
        .arg(file("report").long("report").required(true).help("The report the tags are on"))
        .arg(Arg::new("person").long("person").value_name("NAME").required(true).help("Whose tags they become"))
        .arg(Arg::new("map").long("map").value_name("LABEL=KIND,…").action(ArgAction::Append).help("Which kind a label of the file is"))
        .arg(flag("dry-run", "Print what would be taken, and write nothing"))
        .arg(flag("force", "Also take what was changed here meanwhile"))
        .arg(flag("json", "One JSON object a line"))
}

/// The keys of formats.
fn formats(of: fn(Format) -> bool) -> Vec<&'static str> {
    Format::ALL.into_iter().filter(|format| of(*format)).map(Format::key).collect()
}

/// The format that was named.
fn format_of(matches: &clap::ArgMatches, name: &str) -> Format {
    matches.get_one::<String>(name).and_then(|key| Format::from_key(key)).unwrap_or(Format::Jsonl)
}

/// What `--script` takes: the views and OpenCC's configurations.
fn scripts() -> Vec<&'static str> {
    let views = ScriptView::ALL.iter().map(|view| view.key());
    views.chain(Conversion::ALL.iter().map(|conversion| conversion.name())).collect()
}

/// Reads the command line and runs the command it names, if it names one.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> Request {
    let words = Words::new(Language::of_system(&crate::store::system_language()));
    let matches = match shape(&words).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version are errors to clap, but not to who asked for them.
            let status = if error.use_stderr() { Status::Failed } else { Status::Done };
            let _ = error.print();
            return Request::Ended(status);
        }
    };
    // What is kept of a report names its folder, so a path must not depend on where the program was started.
    let whole = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let paths =
        |matches: &clap::ArgMatches, name: &str| matches.get_many::<PathBuf>(name).unwrap_or_default().map(whole).collect::<Vec<_>>();
    let path = |matches: &clap::ArgMatches, name: &str| matches.get_one::<PathBuf>(name).map(whole);
    match matches.subcommand() {
        Some(("text", matches)) => {
            let request = text::TextRequest {
                file: path(matches, "FILE").unwrap_or_default(),
                script: matches.get_one::<String>("script").cloned().unwrap_or_default(),
                repair: matches.get_one::<String>("repair").is_some_and(|repair| repair == "on"),
                encoding: matches.get_one::<String>("encoding").cloned(),
                whole: matches.get_flag("whole"),
                json: matches.get_flag("json"),
            };
            Request::Ended(text::text(&request, &words))
        }
        Some(("suggest", matches)) => {
            let request = suggest::SuggestRequest {
                files: matches.get_many::<PathBuf>("FILE").unwrap_or_default().cloned().collect(),
                json: matches.get_flag("json"),
                person: matches.get_one::<String>("person").cloned(),
                force: matches.get_flag("force"),
            };
            Request::Ended(suggest::suggest(&request, &words))
        }
        Some(("check", matches)) => {
            Request::Ended(check::check(&paths(matches, "FILE.ron"), path(matches, "report").as_deref(), matches.get_flag("json"), &words))
        }
        Some(("compare", matches)) => {
            let request = compare::CompareRequest {
                files: paths(matches, "FILE.ron"),
                report: path(matches, "report"),
                seed: matches.get_one::<u64>("seed").copied(),
                json: matches.get_flag("json"),
            };
            Request::Ended(compare::compare(&request, &words))
        }
        Some(("merge", matches)) => {
            let request = merge::MergeRequest {
                files: paths(matches, "FILE.ron"),
                output: path(matches, "output").unwrap_or_default(),
                report: path(matches, "report"),
                person: matches.get_one::<String>("person").cloned(),
                force: matches.get_flag("force"),
                json: matches.get_flag("json"),
            };
            Request::Ended(merge::merge(&request, &words))
        }
        Some(("export", matches)) => {
            let several = |name: &str| matches.get_many::<String>(name).unwrap_or_default().cloned().collect::<Vec<_>>();
            let request = export::ExportRequest {
                files: paths(matches, "FILE.ron"),
                report: path(matches, "report"),
                to: format_of(matches, "to"),
                output: path(matches, "output").unwrap_or_default(),
                people: several("people"),
                kinds: several("kinds"),
                text: matches.get_one::<String>("text").and_then(|key| ScriptView::from_key(key)).unwrap_or_default(),
                bom: !matches.get_flag("no-bom"),
                official: matches.get_flag("official"),
                force: matches.get_flag("force"),
                json: matches.get_flag("json"),
            };
            Request::Ended(export::export(&request, &words))
        }
        Some(("import", matches)) => {
            let request = import::ImportRequest {
                file: path(matches, "IN").unwrap_or_default(),
                from: format_of(matches, "from"),
                report: path(matches, "report").unwrap_or_default(),
                person: matches.get_one::<String>("person").cloned().unwrap_or_default(),
                map: matches.get_many::<String>("map").unwrap_or_default().cloned().collect(),
                dry_run: matches.get_flag("dry-run"),
                force: matches.get_flag("force"),
                json: matches.get_flag("json"),
            };
            Request::Ended(import::import(&request, &words))
        }
        Some(("pack", matches)) => {
            let (folder, to) = (path(matches, "FOLDER").unwrap_or_default(), path(matches, "output").unwrap_or_default());
            Request::Ended(pack::pack(&folder, &to, matches.get_flag("force"), matches.get_flag("json"), &words))
        }
        Some(("unpack", matches)) => {
            let (pack, folder) = (path(matches, "PACK.zip").unwrap_or_default(), path(matches, "FOLDER").unwrap_or_default());
            Request::Ended(pack::unpack(&pack, &folder, matches.get_flag("json"), &words))
        }
        Some((crate::store::SERVE, _)) => {
            crate::store::serve_documents();
            Request::Ended(Status::Done)
        }
        Some(("drive", matches)) => Request::Ended(drive::drive(&path(matches, "FILE").unwrap_or_default())),
        _ => Request::Window { files: paths(&matches, "FILE"), tour: path(&matches, "tour") },
    }
}

/// Writes a result. Whoever closed the pipe has read enough.
fn out(text: &str) {
    use std::io::Write as _;
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Says something to the person.
fn say(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Says that no window can be opened.
pub fn no_display(why: &str) {
    let words = Words::new(Language::of_system(&crate::store::system_language()));
    say(&words.fill("cli_no_display", &[why]));
}
