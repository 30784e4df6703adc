//! `scenecast repair`: a recording of what `record` had written down when it was killed.

use super::{
    Failure,
    record::{finish, journal},
};
use std::path::{Path, PathBuf};

pub(crate) fn run(file: &Path, output: Option<PathBuf>) -> Result<(), Failure> {
    let beside = journal::path_for(file);
    let (journal, recording) = match file.extension() {
        Some(extension) if extension == "journal" => (file.to_owned(), file.with_extension("")),
        Some(_) | None => (beside, file.to_owned()),
    };
    if !journal.exists() {
        return Err(Failure::bad_input(format!(
            "there is no {}, which `record` leaves behind when it is killed",
            journal.display()
        )));
    }
    finish(&journal, &output.unwrap_or(recording))
}
