//! Transforms of nodes, and of the whole file.

use super::document::{Element, Problem};
use glam::{DAffine3, DMat3, DMat4, DVec3};

/// What a child of a node does to the node's coordinates; `None` for one that is no transform.
/// Numbers of matrices come row by row, angles in degrees.
pub(super) fn read(element: Element) -> Result<Option<DAffine3>, Problem> {
    Ok(Some(match element.name() {
        "matrix" => matrix(element)?,
        "translate" => DAffine3::from_translation(element.array()?.into()),
        "scale" => DAffine3::from_scale(element.array()?.into()),
        "rotate" => {
            let [x, y, z, angle] = element.array()?;
            let axis = DVec3::new(x, y, z).try_normalize();
            axis.map_or(DAffine3::IDENTITY, |axis| {
                DAffine3::from_axis_angle(axis, angle.to_radians())
            })
        }
        "lookat" => {
            let [eye, interest, up] = rows(element.array::<9>()?);
            looking(eye, interest, up).ok_or_else(|| element.bad("`lookat` looks nowhere"))?
        }
        "skew" => return Err(element.unsupported("apply all transforms before exporting")),
        _ => return Ok(None),
    }))
}

/// The numbers of an element as a matrix.
pub(super) fn matrix(element: Element) -> Result<DAffine3, Problem> {
    let numbers: [f64; 16] = element.array()?;
    let rows = DMat4::from_cols_array(&numbers);
    Ok(DAffine3::from_mat4(rows.transpose()))
}

fn rows(n: [f64; 9]) -> [DVec3; 3] {
    [0, 3, 6].map(|i| DVec3::new(n[i], n[i + 1], n[i + 2]))
}

/// The pose of what stands at `eye` with its negative z axis towards `interest`.
fn looking(eye: DVec3, interest: DVec3, up: DVec3) -> Option<DAffine3> {
    let z = (eye - interest).try_normalize()?;
    let x = up.cross(z).try_normalize()?;
    Some(DAffine3::from_mat3_translation(
        DMat3::from_cols(x, z.cross(x), z),
        eye,
    ))
}

/// To metres with z up, from what a file says of itself: by default metres with y up. Of the axes
/// that point right, up and towards the viewer, X_UP means -y, x and z; Y_UP x, y and z; Z_UP x, z
/// and -y.
pub(super) fn upright(root: Element) -> Result<DAffine3, Problem> {
    let asset = root.child("asset");
    let find = |name| asset.and_then(|asset| asset.child(name));
    let meters = match find("unit") {
        Some(unit) => {
            let meters = unit.number("meter", 1.0)?;
            if !(meters > 0.0 && meters < f64::INFINITY) {
                return Err(unit.bad(format!("a unit of {meters} metres; it must be positive")));
            }
            meters
        }
        None => 1.0,
    };
    let turn = match find("up_axis") {
        None => Y_UP,
        Some(axis) => match axis.word() {
            "X_UP" => DMat3::from_cols(DVec3::Z, DVec3::NEG_X, DVec3::NEG_Y),
            "Y_UP" => Y_UP,
            "Z_UP" => DMat3::IDENTITY,
            _ => return Err(axis.bad("`up_axis` is none of X_UP, Y_UP, Z_UP")),
        },
    };
    Ok(DAffine3::from_mat3(turn * meters))
}

const Y_UP: DMat3 = DMat3::from_cols(DVec3::X, DVec3::Z, DVec3::NEG_Y);
