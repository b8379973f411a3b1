//! How long a person waits for the reader: opening, scrolling, tagging, switching script; and the parts under it.
//!
//! `cargo bench --bench reader` prints a table; docs/performance.md quotes it. Frames are whole frames of the window
//! without a screen: input, layout, tessellation — all but handing triangles to the graphics card.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a bench is run by hand and prints its figures")]

use egui::{Event, Key, Modifiers, Pos2, RawInput, Rect, vec2};
use jiannuo::annotation::{Anchor, Annotations, Change, Edit, Hand, KindId, Person, PersonId, Tag, TagId, Time, Touch};
use jiannuo::report::{Corrections, Pattern, Report, ScriptView};
use jiannuo::session::{Command, FileCommand, KeepCommand, Runner};
use jiannuo::store::wire::{Extras, PersonRecord, Role, WireCodebook};
use jiannuo::store::{LocalFolders, Memory, RealDisk, ReportFolder, Settings, save_person_file};
use jiannuo::text::decode::decode;
use jiannuo::text::repair::Damage;
use jiannuo::text::script::{Conversion, convert};
use jiannuo::text::shadow::Shadow;
use jiannuo::text::{Span, Text};
use jiannuo::typeset::{Forms, Setting, rows};
use jiannuo::ui::{Action, App, Start};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

const SAMPLE: &str = include_str!("../assets/samples/yunxi-2024-hans.txt");

/// The sample over and over, up to so many characters, each time with another number so that no two are equal.
fn text(characters: usize) -> String {
    let mut text = String::new();
    let mut count = 0;
    for round in 0.. {
        let part = format!("第{round}份\n{SAMPLE}");
        count += part.chars().count();
        text.push_str(&part);
        if count >= characters {
            return text.chars().take(characters).collect();
        }
    }
    text
}

fn person(number: u32) -> Person {
    let name = if number == 0 { "王小明".into() } else { format!("同事{number}") };
    Person { id: PersonId(uuid::Uuid::from_u128(u128::from(number) + 1)), name }
}

/// A person's tags of ten characters, spread evenly, each person's a little further on.
fn tags(text: &Text, count: u32, person: u32) -> Annotations {
    let kinds = ["target", "indicator", "commitment"];
    let step = text.len() / count;
    let changes = (0..count).map(|number| {
        let start = (number * step + person % 5).min(text.len() - 10);
        let id = TagId(uuid::Uuid::from_u128((u128::from(person) << 64) + u128::from(number) + 1));
        Change::add_tag(Tag::new(id, KindId::new(kinds[number as usize % 3]), Anchor::new(text, Span::of(start, start + 10))))
    });
    let mut all = Annotations::default();
    all.apply(&Edit::new(changes.collect()), Touch { at: Time(0), hand: Hand::new(1) }).unwrap();
    all
}

/// A folder with a report and the tags of one or several people; returns the report's path.
fn prepare(folder: &Path, characters: usize, count: u32, people: u32) -> PathBuf {
    let path = folder.join("r.txt");
    let text = text(characters);
    std::fs::write(&path, &text).unwrap();
    let report = Report::new(text, Corrections::default());
    let place = ReportFolder::find(&RealDisk, &path, report.id());
    for number in 0..people {
        let record = PersonRecord {
            report: report.id(),
            report_name: "r.txt".into(),
            person: person(number),
            codebook: WireCodebook::default(),
            annotations: tags(report.text(), count, number),
            extras: Extras::default(),
            role: Role::Annotation,
        };
        save_person_file(&RealDisk, &place.path().join(format!("{}.ron", record.person.name)), &record).unwrap();
    }
    path
}

/// The window without a screen.
struct Window {
    ctx: egui::Context,
    app: App,
    time: f64,
}

impl Window {
    fn new(home: &Path, files: Vec<PathBuf>) -> Self {
        let ctx = egui::Context::default();
        let mut memory = Memory::default();
        memory.set_person(&person(0));
        memory.settings.theme = "light".into();
        let runner = Runner::new(Arc::new(RealDisk), LocalFolders::below(home), || {});
        let app = App::new(&ctx, runner, memory, Start { files, tour: None });
        Self { ctx, app, time: 0.0 }
    }

    /// One frame; how long it took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let raw = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 860.0))),
            max_texture_side: Some(8192),
            time: Some(self.time),
            focused: true,
            events,
            ..Default::default()
        };
        let begin = Instant::now();
        let app = &mut self.app;
        let mut first = true;
        let mut output = self.ctx.run_ui(raw, |ui| {
            if std::mem::take(&mut first) {
                app.before_frame(ui);
            }
            app.frame_ui(ui);
        });
        let shapes = std::mem::take(&mut output.shapes);
        let triangles = self.ctx.tessellate(shapes, output.pixels_per_point);
        let took = begin.elapsed();
        output.textures_delta.clear();
        drop(triangles);
        took
    }

    /// Frames until a report is shown; how long that took from the first of them.
    fn until_readable(&mut self) -> Duration {
        let begin = Instant::now();
        loop {
            self.frame(Vec::new());
            if self.app.state().document().is_some() {
                self.frame(Vec::new());
                return begin.elapsed();
            }
            std::thread::sleep(Duration::from_micros(200));
        }
    }

    fn settle(&mut self) {
        while !self.app.is_settled() {
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

fn wheel(points: f32) -> Vec<Event> {
    vec![
        Event::PointerMoved(Pos2::new(600.0, 400.0)),
        Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        },
    ]
}

fn press(key: Key) -> Vec<Event> {
    [true, false].map(|pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE }).into()
}

/// Median, 99th percentile and largest, in milliseconds.
fn spread(mut times: Vec<Duration>) -> [f64; 3] {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    [at(0.5), at(0.99), at(1.0)]
}

/// Resident memory of this process in MB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) / 1024
}

fn reader(characters: usize, count: u32, people: u32) {
    let folder = tempfile::tempdir().unwrap();
    let path = prepare(folder.path(), characters, count, people);
    let begin = Instant::now();
    let mut window = Window::new(&folder.path().join("home"), vec![path.clone()]);
    let made = begin.elapsed();
    let cold = window.until_readable();
    window.settle();
    let id = window.app.state().active.unwrap();
    window.app.carry_out(Command::File(FileCommand::Close(id)));
    window.settle();
    window.frame(Vec::new());
    window.app.carry_out(Command::File(FileCommand::Open(vec![path])));
    let warm = window.until_readable();
    window.settle();
    // Once through, so that glyphs are there; then what is measured.
    for _ in 0..200 {
        window.frame(wheel(-120.0));
    }
    let fresh = spread((0..600).map(|_| window.frame(wheel(-120.0))).collect());
    let back = spread((0..600).map(|_| window.frame(wheel(120.0))).collect());
    window.frame(wheel(0.0));
    let mut tagging = Vec::new();
    for number in 0..40u32 {
        let click = |pressed| Event::PointerButton {
            pos: Pos2::new(500.0, 200.0 + 10.0 * (number % 40) as f32),
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        window.frame(vec![Event::PointerMoved(Pos2::new(500.0, 200.0 + 10.0 * (number % 40) as f32)), click(true)]);
        window.frame(vec![click(false)]);
        let before = window.app.state().document().unwrap().annotations.tag_count();
        // The frame that takes the key and the one that shows the tag.
        let took = window.frame(press(Key::Num1)) + window.frame(Vec::new());
        assert!(window.app.state().document().unwrap().annotations.tag_count() > before);
        tagging.push(took);
        for _ in 0..20 {
            window.frame(Vec::new());
        }
    }
    let tagging = spread(tagging);
    window.settle();
    let views = [ScriptView::Traditional, ScriptView::Taiwan, ScriptView::Source, ScriptView::HongKong];
    let switching = spread(
        (0..20)
            .map(|number| {
                window.app.act(&window.ctx.clone(), Action::View(views[number % 4]));
                window.frame(Vec::new())
            })
            .collect(),
    );
    println!("{characters:>9} characters, {count:>5} tags of each of {people}:");
    assert_eq!(window.app.state().document().unwrap().layers().all.len(), people as usize - 1);
    println!(
        "    window made {:.1} ms; readable {:.1} ms later with cold glyphs, {:.1} ms with warm ones",
        made.as_secs_f64() * 1e3,
        cold.as_secs_f64() * 1e3,
        warm.as_secs_f64() * 1e3
    );
    println!(
        "    scrolling frame: down median {:.2}, p99 {:.2}, worst {:.2} ms; back up median {:.2}, p99 {:.2}, worst {:.2} ms",
        fresh[0], fresh[1], fresh[2], back[0], back[1], back[2]
    );
    println!(
        "    tag shown after: median {:.2}, worst {:.2} ms; script switched: median {:.2}, worst {:.2} ms",
        tagging[0], tagging[2], switching[0], switching[2]
    );
    let by_view: Vec<String> = ScriptView::ALL
        .iter()
        .map(|&view| {
            window.app.act(&window.ctx.clone(), Action::View(view));
            (0..120).for_each(|_| {
                window.frame(wheel(-120.0));
            });
            let frames = spread((0..400).map(|_| window.frame(wheel(-120.0))).collect());
            format!("{} {:.2}", view.key(), frames[1])
        })
        .collect();
    // Another width of the column in every frame, as while a window's edge is dragged.
    let reflowing = spread(
        (0..60u8)
            .map(|number| {
                let settings = Settings { measure: 24.0 + f32::from(number % 12), ..window.app.state().settings().clone() };
                window.app.carry_out(Command::Keep(KeepCommand::Set(Box::new(settings))));
                window.frame(Vec::new())
            })
            .collect(),
    );
    println!(
        "    scrolling frame p99 by view: {} ms; set anew: median {:.2}, worst {:.2} ms",
        by_view.join(", "),
        reflowing[0],
        reflowing[2]
    );
    println!("    resident memory of the bench: {} MB", memory());
}

/// Megabytes of UTF-8 a second.
fn speed(name: &str, bytes: usize, mut work: impl FnMut()) {
    work();
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let begin = Instant::now();
        work();
        best = best.min(begin.elapsed());
    }
    println!("    {name}: {:.1} MB/s", bytes as f64 / 1e6 / best.as_secs_f64());
}

fn parts() {
    let text = text(1_000_000);
    let bytes = text.len();
    println!("parts, on {:.1} MB of UTF-8:", bytes as f64 / 1e6);
    let begin = Instant::now();
    for &conversion in Conversion::ALL {
        convert("发發", conversion);
    }
    println!("    loading the dictionaries of all {} conversions: {:.1} ms", Conversion::ALL.len(), begin.elapsed().as_secs_f64() * 1e3);
    speed("decoding UTF-8", bytes, || drop(decode(text.as_bytes())));
    speed("paragraphs, headings, facts, damage", bytes, || drop(Report::new(text.clone(), Corrections::default())));
    let report = Report::new(text.clone(), Corrections::default());
    speed("damage", bytes, || drop(Damage::of(&text)));
    speed("shadow", bytes, || drop(Shadow::of(&text, report.damage())));
    report.shadow();
    speed("finding words", bytes, || drop(report.find(&Pattern::words("生产总值").unwrap(), 20_000)));
    let setting = Setting { measure: 34.0 * 18.0, indent: 36.0, em: 18.0, forms: Forms::Corner, justified: true, latin_gap: 4.5 };
    speed("typesetting", bytes, || {
        for paragraph in text.lines() {
            rows(paragraph, &setting, |_, c| if c.is_ascii() { 9.0 } else { 18.0 });
        }
    });
}

/// Conversion of the same 10 MB by this program's library and by OpenCC's own program, if it is installed.
fn conversions() {
    let text = text(3_700_000);
    let megabytes = text.len() as f64 / 1e6;
    println!("conversion of {megabytes:.1} MB of UTF-8, best of 5, and of 3 by Debian's opencc with loading and files:");
    let traditional = convert(&text, Conversion::SimplifiedToTraditional).text;
    let folder = tempfile::tempdir().unwrap();
    for name in ["s2t", "t2s", "s2tw", "s2hk", "s2twp", "tw2sp"] {
        let source = if name.starts_with('s') { &text } else { &traditional };
        let conversion = Conversion::from_name(name).unwrap();
        let own = (0..5).map(|_| seconds(|| drop(convert(source, conversion)))).fold(f64::MAX, f64::min);
        let (from, to) = (folder.path().join("from.txt"), folder.path().join("to.txt"));
        std::fs::write(&from, source).unwrap();
        let mut opencc = std::process::Command::new("opencc");
        opencc.args(["-c", &format!("{name}.json"), "-i"]).arg(&from).arg("-o").arg(&to);
        let mut other = f64::MAX;
        for _ in 0..3 {
            let mut ran = false;
            let took = seconds(|| ran = opencc.status().is_ok_and(|status| status.success()));
            other = if ran { other.min(took) } else { other };
        }
        let beside = if other == f64::MAX {
            "no opencc here".to_owned()
        } else {
            format!("opencc {:.1} MB/s: {:.1} times", megabytes / other, other / own)
        };
        println!("    {name}: {:.1} MB/s, {beside}", megabytes / own);
    }
}

fn seconds(work: impl FnOnce()) -> f64 {
    let begin = Instant::now();
    work();
    begin.elapsed().as_secs_f64()
}

fn main() {
    parts();
    conversions();
    for (characters, count, people) in
        [(30_000, 500, 1), (30_000, 5_000, 1), (1_000_000, 500, 1), (1_000_000, 5_000, 1), (30_000, 1_000, 20)]
    {
        reader(characters, count, people);
    }
}
