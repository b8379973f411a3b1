//! The program: reads the command line, opens the window or runs one command.

use jiannuo::cli::{Request, Status, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    jiannuo::store::read_documents_apart();
    match run(std::env::args_os()) {
        Request::Ended(status) => status.into(),
        Request::Window { files, tour } => window(files, tour),
    }
}

#[cfg(feature = "gui")]
fn window(files: Vec<std::path::PathBuf>, tour: Option<std::path::PathBuf>) -> ExitCode {
    match jiannuo::ui::run(jiannuo::ui::Start { files, tour }) {
        Ok(()) => Status::Done.into(),
        Err(why) => {
            jiannuo::cli::no_display(&why);
            Status::Failed.into()
        }
    }
}

#[cfg(not(feature = "gui"))]
fn window(_files: Vec<std::path::PathBuf>, _tour: Option<std::path::PathBuf>) -> ExitCode {
    jiannuo::cli::no_display("built without a window");
    Status::Failed.into()
}
