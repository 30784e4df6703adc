//! Two games for two: click a ball to make a move. `cargo run --example games [PORT]`

use scenecast::{
    Server,
    events::ClickEvent,
    gui::Button,
    scene::{Box, CatmullRomSpline, Cylinder, Icosphere, Mesh, Place},
    transforms::SO3,
};
use std::{
    f64::consts::{FRAC_PI_2, FRAC_PI_4, TAU},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

const ROWS: usize = 6;
const COLUMNS: usize = 7;
const STEP: Duration = Duration::from_millis(33);

fn main() -> Result<(), std::boxed::Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let games: [(&str, Game); 2] = [
        ("Tic-Tac-Toe", play_tic_tac_toe),
        ("Connect 4", play_connect_four),
    ];
    for (name, play) in games {
        let button = server.gui().add(Button::new(name))?;
        let server = server.clone();
        let _ = button.on_click(move |_| tell(play(&server)));
    }
    play_connect_four(&server)?;
    println!("open {}", server.url());
    server.wait();
    Ok(())
}

/// Sets a game up, instead of what was there.
type Game = fn(&Server) -> scenecast::Result<()>;

fn tell(outcome: scenecast::Result<()>) {
    if let Err(error) = outcome {
        println!("{error}");
    }
}

/// Whose turn it is, and how many pieces are in each column.
#[derive(Default)]
struct ConnectFour {
    moves: usize,
    pieces: [usize; COLUMNS],
}

fn play_connect_four(server: &Server) -> scenecast::Result<()> {
    server.scene().reset();
    let camera = server.initial_camera();
    camera.set_position([9.0, 3.0, 4.5])?;
    camera.set_look_at([0.0, 3.0, 2.5])?;
    let facing = SO3::from_y_radians(FRAC_PI_2);
    let hole = ring(0.45, 0.55, 0.125).color([60, 90, 190]);
    for (column, row) in (0..COLUMNS).flat_map(|column| (0..ROWS).map(move |row| (column, row))) {
        let at = [0.0, column as f64, row as f64];
        let name = format!("/structure/{row}_{column}");
        server
            .scene()
            .add(&name, hole.clone().at(at).turned(facing))?;
    }
    let game = Arc::new(Mutex::new(ConnectFour::default()));
    for column in 0..COLUMNS {
        let ball = Icosphere::new(0.25).color([255, 255, 255]);
        let at = [0.0, column as f64, ROWS as f64 - 0.25];
        let ball = server
            .scene()
            .add(&format!("/spheres/{column}"), ball.at(at))?;
        let (server, game) = (server.clone(), Arc::clone(&game));
        let _ = ball.on_click(move |event| tell(drop_piece(&server, &game, column, event)))?;
    }
    Ok(())
}

/// Lets a piece of whose turn it is fall into a column.
fn drop_piece(
    server: &Server,
    game: &Mutex<ConnectFour>,
    column: usize,
    event: &ClickEvent<Icosphere>,
) -> scenecast::Result<()> {
    let (row, is_red) = {
        let mut game = game.lock().unwrap_or_else(PoisonError::into_inner);
        let row = game.pieces[column];
        if row == ROWS {
            return Ok(());
        }
        game.pieces[column] += 1;
        game.moves += 1;
        (row, game.moves.is_multiple_of(2))
    };
    if row == ROWS - 1 {
        event.target.remove()?;
    }
    let piece = Cylinder::new(0.4, 0.125);
    let piece = piece.color(if is_red { [255, 0, 0] } else { [255, 255, 0] });
    let at = |height: usize| [0.0, column as f64, height as f64];
    let piece = piece
        .at(at(ROWS - 1))
        .turned(SO3::from_y_radians(FRAC_PI_2));
    let piece = server
        .scene()
        .add(&format!("/game_pieces/{row}_{column}"), piece)?;
    for height in (row..ROWS).rev() {
        piece.set_position(at(height))?;
        thread::sleep(STEP);
    }
    println!("viewer {} played column {column}", event.client.id());
    Ok(())
}

fn play_tic_tac_toe(server: &Server) -> scenecast::Result<()> {
    server.scene().reset();
    for side in 0..4_u32 {
        let line = CatmullRomSpline::new([[-0.5, -1.5, 0.0], [-0.5, 1.5, 0.0]]);
        let line = line.color([127, 127, 127]).at([1.0, 1.0, 0.0]);
        let turn = SO3::from_z_radians(FRAC_PI_2 * f64::from(side));
        server
            .scene()
            .add(&format!("/gridlines/{side}"), line.turned(turn))?;
    }
    let moves = Arc::new(Mutex::new(0_usize));
    for (i, j) in (0..3_u32).flat_map(|i| (0..3_u32).map(move |j| (i, j))) {
        let ball = Icosphere::new(0.25).color([255, 255, 255]);
        let at = [f64::from(i), f64::from(j), 0.0];
        let ball = server
            .scene()
            .add(&format!("/spheres/{i}_{j}"), ball.at(at))?;
        let (server, moves) = (server.clone(), Arc::clone(&moves));
        let _ = ball.on_click(move |event| {
            // An error means that another viewer was faster.
            if event.target.remove().is_ok() {
                let is_cross = {
                    let mut moves = moves.lock().unwrap_or_else(PoisonError::into_inner);
                    *moves += 1;
                    !moves.is_multiple_of(2)
                };
                tell(draw_symbol(&server, is_cross, i, j));
                println!("viewer {} played {i}, {j}", event.client.id());
            }
        })?;
    }
    Ok(())
}

/// Draws a cross or a ring that grows.
fn draw_symbol(server: &Server, is_cross: bool, i: u32, j: u32) -> scenecast::Result<()> {
    let at = [f64::from(i), f64::from(j), 0.0];
    for step in 1..=5_u32 {
        let scale = f64::from(step) / 5.0;
        if is_cross {
            for (stroke, turn) in [FRAC_PI_4, -FRAC_PI_4].into_iter().enumerate() {
                let bar = Box::new([0.7 * scale, 0.125 * scale, 0.125]).color([0, 0, 255]);
                let bar = bar.at(at).turned(SO3::from_z_radians(turn));
                server
                    .scene()
                    .add(&format!("/symbols/{i}_{j}/{stroke}"), bar)?;
            }
        } else {
            let ring = ring(0.25 * scale, 0.35 * scale, 0.125).color([255, 0, 0]);
            server
                .scene()
                .add(&format!("/symbols/{i}_{j}"), ring.at(at))?;
        }
        thread::sleep(STEP);
    }
    Ok(())
}

/// A disc with a hole, about z.
fn ring(inner: f64, outer: f64, height: f64) -> Mesh {
    const CORNERS: u32 = 48;
    let profile = [(inner, -1.0), (outer, -1.0), (outer, 1.0), (inner, 1.0)];
    let (mut vertices, mut faces) = (Vec::new(), Vec::new());
    for corner in 0..CORNERS {
        let (sin, cos) = (TAU * f64::from(corner) / f64::from(CORNERS)).sin_cos();
        for (radius, side) in profile {
            vertices.push([radius * cos, radius * sin, side * height / 2.0].map(|c| c as f32));
        }
        for point in 0..4 {
            let next = (point + 1) % 4;
            let at = |corner: u32, point: u32| corner % CORNERS * 4 + point;
            let [a, b] = [at(corner, point), at(corner, next)];
            let [c, d] = [at(corner + 1, next), at(corner + 1, point)];
            faces.extend([[a, d, c], [a, c, b]]);
        }
    }
    Mesh::new(vertices, faces).flat_shading(true)
}
