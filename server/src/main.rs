//! The `scenecast` command.

fn main() {}
