//! Faults of the disk: every step of real sittings fails once, or fails from then on, or is the last before the power goes.
//! What was acknowledged is found again whatever the medium had by then, and nothing that was never made.
//!
//! By default evenly spread points are tried. `JIANNUO_FAULTS=all` tries each; `JIANNUO_FAULT=cut-off:57:eio-once-drop`
//! tries that one and says which steps there were.

pub mod disk;
mod medium;
mod promise;
mod scenario;
mod scenarios;

use disk::{Blow, Failure};
use medium::Survival;
use scenario::{Prepared, Scenario};
use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

const ONCE: [Blow; 3] = [Blow::Once(Failure::Eio), Blow::Once(Failure::Enospc), Blow::Once(Failure::ShortWrite)];
const LASTING: [Blow; 3] = [Blow::Lasting(Failure::Eio), Blow::Lasting(Failure::Enospc), Blow::Lasting(Failure::ShortWrite)];

/// What comes after a fault.
#[derive(Clone, Copy)]
enum End {
    /// The disk works again and everything is saved; what is found after a power cut is what was synced.
    Mended,
    /// The power goes with the disk as it is.
    Cut(Survival),
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mended => f.write_str("mended"),
            Self::Cut(how) => write!(f, "{how}"),
        }
    }
}

/// One fault in one scenario.
struct Point<'a> {
    prepared: &'a Prepared,
    /// At which step, counted from 1.
    step: usize,
    blow: Blow,
    end: End,
}

impl fmt::Display for Point<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}-{}", self.prepared.scenario.name, self.step, self.blow, self.end)
    }
}

impl Point<'_> {
    fn attempt(&self) -> Result<(), String> {
        end(self.prepared, Some((self.step, self.blow)), self.end)
    }
}

/// Runs a scenario, perhaps with a fault, to one of its ends; a panic is a failure too.
fn end(prepared: &Prepared, fault: Option<(usize, Blow)>, end: End) -> Result<(), String> {
    let run = || {
        let mut sitting = prepared.run(|disk| {
            if let Some((step, blow)) = fault {
                disk.arm(step, blow);
            }
        });
        match end {
            End::Mended => {
                sitting.mend()?;
                sitting.stop().check(Survival::DropAll)
            }
            End::Cut(how) => sitting.stop().check(how),
        }
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("panic: {}", said.unwrap_or("of another kind")))
    })
}

fn prepare(which: impl Fn(&Scenario) -> bool) -> Vec<Prepared> {
    scenarios::all().into_iter().filter(which).map(Prepared::new).collect()
}

/// Every step of the scenarios with every blow that can hit it and every end.
fn points<'a>(prepared: &'a [Prepared], blows: &[Blow], ends: &[End]) -> Vec<Point<'a>> {
    let mut points = Vec::new();
    for (&end, &blow) in ends.iter().flat_map(|end| blows.iter().map(move |blow| (end, blow))) {
        for prepared in prepared {
            let hit = prepared.steps.iter().zip(1..).filter(|(step, _)| blow.hits(step.kind));
            points.extend(hit.map(|(_, step)| Point { prepared, step, blow, end }));
        }
    }
    points
}

fn asked(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|value| !value.is_empty())
}

/// Nothing survives, everything, and some of it by these many seeds.
fn cuts(seeds: u64) -> Vec<End> {
    let seeds = if asked("JIANNUO_FAULTS").or(asked("JIANNUO_FAULT")).is_some() { seeds * 4 } else { seeds };
    [Survival::DropAll, Survival::KeepAll].into_iter().chain((1..=seeds).map(Survival::Mixed)).map(End::Cut).collect()
}

/// Tries the point asked for, or all, or evenly spread ones that are at least so many; says what was tried.
fn try_points(what: &str, points: &[Point<'_>], at_least: usize) -> String {
    let began = Instant::now();
    let one = asked("JIANNUO_FAULT");
    let stride = if asked("JIANNUO_FAULTS").is_some_and(|which| which == "all") { 1 } else { (points.len() / at_least).max(1) };
    let chosen: Vec<&Point<'_>> = match &one {
        Some(one) => points.iter().filter(|point| point.to_string() == *one).collect(),
        None => points.iter().step_by(stride).collect(),
    };
    let mut failures: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for point in &chosen {
        if let Err(why) = point.attempt() {
            let step = &point.prepared.steps[point.step - 1];
            let mut said = format!("{point} ({step}): {why}");
            if one.is_some() {
                said.extend(point.prepared.steps.iter().zip(1..).map(|(step, number)| format!("\n    {number} {step}")));
            }
            failures.entry(&point.prepared.scenario.name).or_default().push(said);
        }
    }
    assert!(failures.is_empty(), "{}", tell(what, &failures));
    assert!(one.is_some() || chosen.len() >= at_least, "only {} points of {what}", chosen.len());
    format!(
        "figures: faults, {what}: {} points of {} in {:.0} s",
        grouped(chosen.len()),
        grouped(points.len()),
        began.elapsed().as_secs_f32()
    )
}

/// How often each scenario failed, with a few of the points: the same cause mostly shows at many.
fn tell(what: &str, failures: &BTreeMap<&str, Vec<String>>) -> String {
    let mut told = format!("{what}: points failed");
    for (scenario, points) in failures {
        told.push_str(&format!("\n{scenario}: {}", points.len()));
        let apart = (points.len() / 6).max(1);
        told.extend(points.iter().step_by(apart).map(|point| format!("\n  {point}")));
    }
    told
}

/// A count as people write it: 3,120.
fn grouped(count: usize) -> String {
    if count < 1_000 { count.to_string() } else { format!("{},{:03}", count / 1_000, count % 1_000) }
}

#[test]
fn without_a_fault_everything_is_found_again() {
    let prepared = prepare(|_| true);
    for end_of_it in [End::Mended].into_iter().chain(cuts(4)) {
        for prepared in &prepared {
            let done = end(prepared, None, end_of_it);
            assert_eq!(done, Ok(()), "{} {end_of_it}", prepared.scenario.name);
        }
    }
    for prepared in &prepared {
        println!("faults: {} has {} steps", prepared.scenario.name, prepared.steps.len());
    }
}

#[test]
fn a_step_that_fails_once_loses_nothing_acknowledged() {
    let prepared = prepare(|scenario| !scenario.is_recovery);
    let ends = [End::Mended, End::Cut(Survival::DropAll), End::Cut(Survival::Mixed(1))];
    println!("{}", try_points("once", &points(&prepared, &ONCE, &ends), 3_000));
}

#[test]
fn a_disk_that_keeps_failing_loses_nothing_acknowledged() {
    let prepared = prepare(|scenario| !scenario.is_recovery);
    let ends = [End::Mended, End::Cut(Survival::DropAll), End::Cut(Survival::Mixed(1))];
    println!("{}", try_points("lasting", &points(&prepared, &LASTING, &ends), 2_500));
}

#[test]
fn a_power_cut_loses_nothing_acknowledged() {
    let prepared = prepare(|scenario| !scenario.is_recovery);
    println!("{}", try_points("power cuts", &points(&prepared, &[Blow::PowerCut], &cuts(6)), 3_000));
}

#[test]
fn recovery_loses_nothing_acknowledged_whatever_happens_to_it() {
    let prepared = prepare(|scenario| scenario.is_recovery);
    let ends = [End::Mended, End::Cut(Survival::DropAll)];
    let mut all = points(&prepared, &[Blow::PowerCut], &cuts(6));
    all.extend(points(&prepared, &ONCE, &ends));
    all.extend(points(&prepared, &LASTING, &ends));
    println!("{}", try_points("recovery", &all, 2_500));
}
