//! COLLADA 1.4 and 1.5 (`.dae`): XML that describes a tree of nodes over meshes.

mod document;
mod material;
mod mesh;
mod scene;
mod source;
mod transform;

use super::{Coordinates, Item, LoadError, input::Input};
use document::{Document, Problem};

/// Reads the triangles of the scene, those of each node in the coordinates of the whole. Colours
/// are those of vertices and the diffuse ones of materials, taken as sRGB, and their images; skins
/// are shown as they were bound to their skeletons. Animations and other files are left out.
pub(super) fn read(input: &mut Input, coordinates: Coordinates) -> Result<Vec<Item>, LoadError> {
    let bytes = input.rest()?;
    // What older programs wrote in other encodings are names, of which no more is lost than is
    // strange in them.
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let read = || -> Result<Option<Vec<Item>>, Problem> {
        let document = Document::parse(text)?;
        let Some(root) = document.root().filter(|root| root.name() == "COLLADA") else {
            return Ok(None);
        };
        let world_from_file = match coordinates {
            Coordinates::Upright => transform::upright(root)?,
            #[cfg(feature = "urdf")]
            Coordinates::AsWritten => glam::DAffine3::IDENTITY,
        };
        scene::read(&document, world_from_file, input).map(Some)
    };
    match read() {
        Ok(Some(items)) => Ok(items),
        Ok(None) => Err(input.bad_content("no element `COLLADA`; is this XML in UTF-8?")),
        Err(problem) => Err(problem.into_error(input, text)),
    }
}
