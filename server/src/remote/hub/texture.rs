//! Textures that publishers name: files on this machine.

use crate::loaders::ImageFile;
use scenecast_protocol::types::ImageFormat;
use scenecast_remote::{
    Refused, Renderable,
    renderable::{Content, TextureFile},
};
use std::{fs::File, io::Read, path::Path};

/// The largest file, bytes.
const MAX_BYTES: u64 = 16 << 20;

/// The most pixels along a side.
const MAX_SIDE: u32 = 8192;

/// Reads the texture of a new mesh, if it has one and there is a folder for textures. Without,
/// the mesh has its colour.
pub(super) fn read(node: &mut Renderable, folder: Option<&Path>) -> Result<(), Refused> {
    let Content::Meshes(meshes) = &mut node.content else {
        return Ok(());
    };
    let (Some(path), Some(_), Some(folder)) = (&meshes.path_to_texture, &meshes.uv_coords, folder)
    else {
        return Ok(());
    };
    let file = read_file(folder, path);
    let file = file.map_err(|why| Refused(format!("`path_to_texture` {path:?}: {why}")))?;
    meshes.texture = Some(file);
    Ok(())
}

/// A PNG or JPEG file below a folder. What is outside is said not to be there: a publisher is not
/// to find out what is.
fn read_file(folder: &Path, path: &str) -> Result<TextureFile, String> {
    let missing = || format!("there is no such file in {}", folder.display());
    let folder = folder.canonicalize().map_err(|_| missing())?;
    let path = folder.join(path).canonicalize().map_err(|_| missing())?;
    if !path.starts_with(&folder) || !path.is_file() {
        return Err(missing());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    let read = file.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("it has more than {} MiB", MAX_BYTES >> 20));
    }
    let file = ImageFile::of(bytes)?;
    let reader = image::ImageReader::new(std::io::Cursor::new(&file.data)).with_guessed_format();
    let sides = reader.map_err(|error| error.to_string())?.into_dimensions();
    let (columns, rows) = sides.map_err(|error| error.to_string())?;
    if columns.max(rows) > MAX_SIDE {
        return Err(format!(
            "{columns} × {rows} is more than {MAX_SIDE} pixels a side"
        ));
    }
    Ok(TextureFile {
        bytes: file.data,
        is_png: file.format == ImageFormat::Png,
    })
}

#[cfg(test)]
mod tests {
    use super::read_file;

    #[test]
    fn only_images_below_the_folder_are_read() {
        let outside = tempfile::tempdir().unwrap();
        let folder = outside.path().join("textures");
        std::fs::create_dir_all(folder.join("skin")).unwrap();
        let image = image::RgbImage::from_pixel(3, 2, image::Rgb([9, 8, 7]));
        let png = folder.join("skin/a.png");
        image.save(&png).unwrap();
        image.save(folder.join("b.jpeg")).unwrap();
        image.save(outside.path().join("secret.png")).unwrap();
        std::fs::write(folder.join("c.png"), "#!/bin/sh").unwrap();
        let read = |path: &str| read_file(&folder, path);
        assert!(read("skin/a.png").unwrap().is_png);
        assert!(read(png.to_str().unwrap()).unwrap().is_png);
        assert!(!read("b.jpeg").unwrap().is_png);
        for outside in ["../secret.png", "skin", "none.png", "/etc/passwd", ""] {
            let error = read(outside).unwrap_err();
            assert!(
                error.starts_with("there is no such file"),
                "{outside}: {error}"
            );
        }
        assert!(read("c.png").unwrap_err().contains("neither PNG nor JPEG"));
        #[cfg(unix)]
        {
            let link = folder.join("link.png");
            std::os::unix::fs::symlink(outside.path().join("secret.png"), link).unwrap();
            assert!(read("link.png").is_err());
        }
    }
}
