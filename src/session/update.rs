//! The one way a session changes.

use super::command::Command;
use super::effect::Effect;
use super::state::State;
use super::{files, keeping, reading, tagging};
use crate::annotation::Time;

/// Carries out a command that happens at `now`; returns what the runner has to do.
pub fn update(state: &mut State, command: Command, now: Time) -> Vec<Effect> {
    match command {
        Command::File(command) => files::update(state, command, now),
        Command::Read(command) => reading::update(state, command),
        Command::Tag(command) => tagging::update(state, command, now),
        Command::Report(command) => super::corrections::update(state, command, now),
        Command::Keep(command) => keeping::update(state, command, now),
    }
}
