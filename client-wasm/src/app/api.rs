//! `window.scenecast`: the page's interface for programs. It is documented in `docs/embedding.md`.

use js_sys::{Array, Error, Function, Object, Reflect, TypeError};
use scenecast_protocol::Message;
use scenecast_protocol::camera::{
    SetCameraFar, SetCameraFov, SetCameraLookAt, SetCameraNear, SetCameraPosition,
    SetCameraUpDirection,
};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, EventTarget, Window};

use super::embedding::Peers;
use super::hook::{camera_report, set};
use super::playback::Promised;
use super::{App, Handle};
use crate::playback::Command;
use crate::playback::source::Source;

/// Methods that take no more than two arguments: all of them.
const METHODS: [&str; 12] = [
    "play",
    "pause",
    "seek",
    "stepForward",
    "stepBack",
    "setSpeed",
    "setLoop",
    "setFrame",
    "setFps",
    "detach",
    "setCamera",
    "load",
];

/// What programs have been told, and who wants to be told.
pub(super) struct Api {
    target: Option<EventTarget>,
    pub(super) peers: Peers,
    told: Told,
}

/// What the state event is about, and the time.
#[derive(Clone, Debug, Default, PartialEq)]
struct Told {
    state: (bool, bool, String, String),
    player: Player,
    time_secs: f64,
}

/// What plays: a recording or a hub's timeline.
#[derive(Clone, Debug, PartialEq)]
struct Player {
    is_there: bool,
    is_playing: bool,
    loops: bool,
    duration_secs: f64,
    speed: f64,
    /// Frames and frames per second; 0 where time has none.
    frames: u32,
    fps: f64,
    is_detached: bool,
    /// Jumps so far, or the frame at which a timeline stands still.
    jump: u32,
}

impl Default for Player {
    /// None.
    fn default() -> Self {
        Self {
            is_there: false,
            is_playing: false,
            loops: true,
            duration_secs: 0.0,
            speed: 1.0,
            frames: 0,
            fps: 0.0,
            is_detached: false,
            jump: 0,
        }
    }
}

impl Api {
    pub(super) fn new() -> Self {
        Self {
            target: EventTarget::new().ok(),
            peers: Peers::default(),
            told: Told::default(),
        }
    }

    /// Makes `window.scenecast`.
    pub(super) fn install(&self, window: &Window, app: &Handle) {
        let Some(target) = &self.target else {
            return;
        };
        for method in METHODS {
            let handle = app.clone();
            let run = move |argument: JsValue| call(&handle, method, &argument);
            let run = Closure::<dyn FnMut(JsValue) -> Result<JsValue, JsValue>>::new(run);
            set(target, method, run.into_js_value());
        }
        for (name, read) in [
            ("state", App::api_state as fn(&App) -> JsValue),
            ("camera", camera_report),
        ] {
            let handle = app.clone();
            let get = Closure::<dyn FnMut() -> JsValue>::new(move || handle.read(read));
            let property = Object::new();
            set(&property, "get", get.into_js_value());
            Object::define_property(target, &name.into(), &property);
        }
        let listened = target.clone();
        let on = move |name: String, hear: Function| subscribe(&listened, &name, hear);
        let on = Closure::<dyn FnMut(String, Function) -> JsValue>::new(on);
        set(target, "on", on.into_js_value());
        set(window, "scenecast", target.clone());
    }
}

/// `scenecast.on(name, hear)`: calls `hear` with each event's detail. Gives a function that ends it.
fn subscribe(target: &EventTarget, name: &str, hear: Function) -> JsValue {
    let listener = Closure::<dyn FnMut(CustomEvent)>::new(move |event: CustomEvent| {
        // What goes wrong there is its own business; the browser has reported it.
        let _ = hear.call1(&JsValue::NULL, &event.detail());
    });
    let listener: Function = listener.into_js_value().unchecked_into();
    // Both fail for things that are no event targets only.
    let _ = target.add_event_listener_with_callback(name, &listener);
    let (target, name) = (target.clone(), name.to_owned());
    let end = move || {
        let _ = target.remove_event_listener_with_callback(&name, &listener);
    };
    Closure::<dyn FnMut()>::new(end).into_js_value()
}

/// Runs a method.
///
/// # Errors
/// There is no such method, no recording, or the argument makes no sense: as a JavaScript error.
pub(super) fn call(app: &Handle, method: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let number = || {
        let number = argument.as_f64().filter(|number| number.is_finite());
        number.ok_or_else(|| wrong(&format!("{method}: expected a number")))
    };
    let command = match method {
        "play" => Command::Play,
        "pause" => Command::Pause,
        "seek" => Command::Seek(number()?),
        "stepForward" => Command::StepForward,
        "stepBack" => Command::StepBack,
        "setSpeed" => Command::Speed(number()?),
        "setLoop" => Command::Loop(argument.is_truthy()),
        "setFrame" => Command::Frame(number()?),
        "setFps" => Command::Fps(number()?),
        "detach" => Command::Detach(argument.is_truthy()),
        "setCamera" => {
            let messages = camera_messages(argument)?;
            app.with(|app| app.set_camera(&messages));
            return Ok(JsValue::UNDEFINED);
        }
        "load" => {
            let source = Source::from_js(argument).ok_or_else(|| {
                wrong("load: expected an address, an ArrayBuffer, a Blob or a File")
            })?;
            let (promise, promised) = Promised::new();
            app.with(|app| app.open_recording(source, promised));
            return Ok(promise.into());
        }
        _ => return Err(wrong(&format!("there is no method {method:?}"))),
    };
    let mut missing = None;
    app.with(|app| {
        missing = app.missing_for(command);
        app.command(command);
    });
    match missing {
        None => Ok(JsValue::UNDEFINED),
        Some(missing) => Err(Error::new(&format!("{method}: there is no {missing}")).into()),
    }
}

fn wrong(text: &str) -> JsValue {
    TypeError::new(text).into()
}

/// The messages that a camera of `setCamera` stands for.
fn camera_messages(camera: &JsValue) -> Result<Vec<Message>, JsValue> {
    let Some(camera) = camera.dyn_ref::<Object>() else {
        return Err(wrong("setCamera: expected an object"));
    };
    let initial = false;
    let mut messages = Vec::new();
    for entry in Object::entries(camera).iter() {
        let entry = Array::from(&entry);
        let (name, value) = (entry.get(0).as_string().unwrap_or_default(), entry.get(1));
        let number = || {
            let number = value.as_f64().filter(|number| *number > 0.0);
            number.ok_or_else(|| wrong(&format!("setCamera: {name} is no positive number")))
        };
        let vector = || {
            let numbers: Vec<f64> = Array::from(&value)
                .iter()
                .filter_map(|number| number.as_f64().filter(|number| number.is_finite()))
                .collect();
            <[f64; 3]>::try_from(numbers)
                .map_err(|_| wrong(&format!("setCamera: {name} is no list of three numbers")))
        };
        messages.push(match name.as_str() {
            "position" => {
                let position = vector()?;
                SetCameraPosition { position, initial }.into()
            }
            "lookAt" => {
                let look_at = vector()?;
                SetCameraLookAt { look_at, initial }.into()
            }
            "up" => {
                let position = vector()?;
                SetCameraUpDirection { position, initial }.into()
            }
            "fov" => {
                let fov = number()?;
                SetCameraFov { fov, initial }.into()
            }
            "near" => {
                let near = number()?;
                SetCameraNear { near, initial }.into()
            }
            "far" => {
                let far = number()?;
                SetCameraFar { far, initial }.into()
            }
            _ => return Err(wrong(&format!("setCamera: there is no {name:?}"))),
        });
    }
    Ok(messages)
}

impl App {
    fn set_camera(&mut self, messages: &[Message]) {
        for message in messages {
            self.camera.apply(message);
        }
        self.camera.settle();
        self.request_frame();
    }

    /// What a command would need that is not there.
    fn missing_for(&self, command: Command) -> Option<&'static str> {
        let (is_framed, has_timeline) = (command.is_for_frames(), self.has_timeline());
        match command {
            _ if is_framed && !has_timeline => Some("timeline"),
            Command::Speed(_) if has_timeline => Some("recording; a timeline has setFps"),
            _ if has_timeline || self.playback.player().is_some() => None,
            _ => Some("recording; load one first"),
        }
    }

    /// What plays now, and where it is: seconds.
    fn player(&self) -> (Player, f64) {
        if self.has_timeline() {
            let clock = self.sequences.playhead.clock();
            let secs = |frame: u32| f64::from(frame) / clock.fps();
            let player = Player {
                is_there: true,
                is_playing: clock.is_playing(),
                loops: clock.loops(),
                duration_secs: secs(clock.length() - 1),
                frames: clock.length(),
                fps: clock.fps(),
                is_detached: self.sequences.playhead.is_detached(),
                jump: if clock.is_playing() { 0 } else { clock.frame() },
                ..Player::default()
            };
            return (player, secs(clock.frame()));
        }
        let Some(recording) = self.playback.player() else {
            return (Player::default(), 0.0);
        };
        let clock = &recording.clock;
        let player = Player {
            is_there: true,
            is_playing: clock.is_playing(),
            loops: clock.loops(),
            duration_secs: clock.duration_secs(),
            speed: clock.speed(),
            jump: recording.jumps,
            ..Player::default()
        };
        (player, clock.time_secs())
    }

    /// What `scenecast.state` and the state event say.
    pub(super) fn api_state(&self) -> JsValue {
        let state = Object::new();
        let playback = &self.playback;
        let mode = if playback.is_on() { "playback" } else { "live" };
        set(&state, "mode", mode);
        set(&state, "loading", playback.opening());
        set(&state, "error", playback.error());
        let name = playback.player().map_or("", |player| &player.name);
        set(&state, "name", name);
        let (player, time_secs) = self.player();
        set(&state, "ready", player.is_there);
        set(&state, "playing", player.is_playing);
        set(&state, "time", time_secs);
        set(&state, "duration", player.duration_secs);
        set(&state, "speed", player.speed);
        set(&state, "loop", player.loops);
        if player.frames > 0 {
            let clock = self.sequences.playhead.clock();
            set(&state, "frame", clock.frame());
            set(&state, "frames", player.frames);
            set(&state, "fps", player.fps);
            set(&state, "detached", player.is_detached);
        }
        state.into()
    }

    /// Tells programs what is another than they were told last.
    pub(super) fn announce(&mut self) {
        let playback = &self.playback;
        let name = playback.player().map(|recording| recording.name.clone());
        let (player, time_secs) = self.player();
        let now = Told {
            state: (
                playback.is_on(),
                playback.opening().is_some(),
                playback.error().to_owned(),
                name.unwrap_or_default(),
            ),
            player,
            time_secs,
        };
        let is_same = now.state == self.api.told.state && now.player == self.api.told.player;
        let name = match is_same {
            false => "state",
            true if now.time_secs != self.api.told.time_secs => "time",
            true => return,
        };
        self.api.told = now;
        let detail = self.api_state();
        let target = self.api.target.clone();
        let peers = self.api.peers.listening_to(name);
        // Not from here: whoever hears of it may call us back at once.
        js_sys::futures::spawn_local(async move {
            for peer in peers {
                peer.tell(name, &detail);
            }
            let init = CustomEventInit::new();
            init.set_detail(&detail);
            if let (Some(target), Ok(event)) =
                (target, CustomEvent::new_with_event_init_dict(name, &init))
            {
                // It fails for events that are under way already only.
                let _ = target.dispatch_event(&event);
            }
        });
    }
}

/// A property of a message or options; undefined where there is none.
pub(super) fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}
