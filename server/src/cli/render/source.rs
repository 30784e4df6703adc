//! What pictures are taken of: a recording, or 3D files.

use crate::cli::{
    Failure,
    info::{cannot_read, summarize_file},
    view::{Arrangement, FOV, Part, load},
};
use scenecast::{Viewpoint, Wxyz, scene::Up};
use scenecast_protocol::{
    Message,
    scene::{AddNode, Frame, Node, SetOrientation, SetPosition},
    state::{ApplyError, ViewerState},
    timeline::{Loading, Playhead, Timeline, TimelineError},
};
use std::{
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

/// A scene that may change with time.
pub(crate) struct Source {
    state: ViewerState,
    /// What is not a recording stays as it is.
    recording: Option<(Playhead, Timeline)>,
    viewpoint: Viewpoint,
}

impl Source {
    /// Reads one recording, or any number of 3D files.
    pub(crate) fn open(files: &[PathBuf]) -> Result<Self, Failure> {
        let is_recording = |path: &Path| {
            let extension = path.extension().unwrap_or_default();
            extension.eq_ignore_ascii_case("viser")
        };
        match files {
            [file] if is_recording(file) => Self::recording(file),
            files if files.iter().any(|file| is_recording(file)) => Err(Failure::bad_input(
                "a recording has a picture of its own; give it alone",
            )),
            files => Ok(Self::models(load(files)?)),
        }
    }

    fn recording(path: &Path) -> Result<Self, Failure> {
        let file = fs::read(path).map_err(|error| cannot_read(path, &error))?;
        let in_file = |error: TimelineError| match summarize_file(path) {
            // That says where in the file it is.
            Err(failure) => failure,
            Ok(_) => Failure::bad_input(format!("{}: {error}", path.display())),
        };
        let mut loading = Loading::new(file.into()).map_err(in_file)?;
        let timeline = loading.run(|| true).map_err(in_file)?;
        // Nothing interrupts it.
        let timeline = timeline.ok_or_else(|| Failure::bad_input("the recording has no end"))?;
        for rejected in timeline.rejected() {
            tracing::warn!("message ignored: {rejected}");
        }
        Ok(Self {
            state: ViewerState::new(),
            recording: Some((timeline.start(), timeline)),
            viewpoint: Viewpoint::default(),
        })
    }

    fn models(arranged: Arrangement) -> Self {
        let up = if arranged.y_up { Up::Y } else { Up::Z };
        let turned = |name: &str, wxyz: Wxyz| {
            Message::from(SetOrientation {
                name: name.into(),
                wxyz,
                owner: String::new(),
            })
        };
        let add = |name: &str, node: Node| {
            Message::from(AddNode {
                name: name.into(),
                owner: String::new(),
                is_virtual: false,
                node,
            })
        };
        let mut messages: Vec<Message> = Vec::new();
        messages.extend(up.view_world_from_scene().map(|wxyz| turned("", wxyz)));
        messages.push(add("/grid", arranged.grid.into()));
        let place = SetPosition {
            name: "/grid".into(),
            position: arranged.grid_position,
            owner: String::new(),
        };
        messages.push(place.into());
        for file in arranged.files {
            messages.push(add(&file.name, Frame::default().show_axes(false).into()));
            messages.push(turned(&file.name, file.wxyz));
            for (name, part) in file.parts {
                let node = match part {
                    Part::Points(points) => points.into(),
                    Part::Mesh(mesh) => mesh.into(),
                    Part::Splats(splats) => splats.into(),
                    Part::Glb(glb) => glb.into(),
                };
                messages.push(add(&name, node));
            }
        }
        let mut state = ViewerState::new();
        for message in &messages {
            report(message, state.apply(message));
        }
        let camera = arranged.camera;
        let viewpoint = Viewpoint::default()
            .position(camera.position)
            .look_at(camera.look_at)
            .planes(camera.near, camera.far)
            .fov(FOV);
        Self {
            state,
            recording: None,
            viewpoint,
        }
    }

    /// From when to when there is something to see, seconds.
    pub(crate) fn span(&self) -> RangeInclusive<f64> {
        match &self.recording {
            Some((_, timeline)) => timeline.first_secs()..=timeline.duration_secs(),
            None => 0.0..=0.0,
        }
    }

    /// Where to look from: as said, and where nothing is said as the file has it, or so that all of
    /// it is seen.
    pub(crate) fn viewpoint(&self, said: &Viewpoint) -> Viewpoint {
        said.clone().or(&self.viewpoint)
    }

    /// The state at the last time that was asked for.
    pub(crate) fn state(&self) -> &ViewerState {
        &self.state
    }

    /// The state at a time, seconds; after the end, the last one.
    pub(crate) fn seek(&mut self, time_secs: f64) -> &mut ViewerState {
        if let Some((head, timeline)) = &mut self.recording {
            timeline.seek(head, &mut self.state, time_secs, &mut report);
        }
        &mut self.state
    }
}

fn report(message: &Message, applied: Result<(), ApplyError>) {
    if let Err(error) = applied {
        tracing::warn!("{error}");
    }
    if let Message::Unknown(_) = message {
        tracing::warn!("unknown message {:?} is ignored", message.tag());
    }
}
