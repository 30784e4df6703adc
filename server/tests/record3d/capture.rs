//! A capture made in code.

use image::{Rgb, RgbImage};
use scenecast::image;
use std::{
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Eleven frames alike but for their depth, from a camera that stands at x = 2.
pub(crate) struct Capture {
    pub(crate) k: [f64; 9],
    pub(crate) fps: f64,
    pub(crate) poses: usize,
    pub(crate) depth_size: Option<[u32; 2]>,
    /// Of the first frame; each next one is a metre further.
    pub(crate) depth: Vec<f32>,
    pub(crate) mask: Vec<u8>,
}

impl Capture {
    pub(crate) fn small() -> Self {
        Self {
            k: [10.0, 0.0, 0.0, 0.0, 10.0, 0.0, 4.0, 6.0, 1.0],
            fps: 30.0,
            poses: 11,
            depth_size: Some([2, 3]),
            depth: vec![1.0; 6],
            mask: vec![2, 1, 2, 2, 2, 2],
        }
    }

    /// Names and contents of its files.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let size = self.depth_size.map_or_else(String::new, |[width, height]| {
            format!(r#""dw":{width},"dh":{height},"#)
        });
        let poses = vec!["[0,0,0,1,2,0,0]"; self.poses].join(",");
        let metadata = format!(
            r#"{{"K":{:?},"fps":{},{size}"poses":[{poses}],"other":[1]}}"#,
            self.k, self.fps
        );
        let mut files = vec![("metadata".to_owned(), metadata.into_bytes())];
        let mut jpeg = Cursor::new(Vec::new());
        let picture = RgbImage::from_pixel(8, 12, Rgb([200, 100, 50]));
        picture
            .write_to(&mut jpeg, image::ImageFormat::Jpeg)
            .unwrap();
        for frame in 0..11_u8 {
            let depth = self
                .depth
                .iter()
                .flat_map(|m| (m + f32::from(frame)).to_le_bytes());
            for (extension, content) in [
                ("jpg", jpeg.get_ref().clone()),
                ("depth", compressed(&depth.collect::<Vec<u8>>())),
                ("conf", compressed(&self.mask)),
            ] {
                files.push((format!("rgbd/{frame}.{extension}"), content));
            }
        }
        files
    }

    pub(crate) fn write_folder(&self, folder: &Path) {
        fs::create_dir_all(folder.join("rgbd")).unwrap();
        for (name, content) in self.files() {
            fs::write(folder.join(name), content).unwrap();
        }
    }

    /// An `.r3d` file.
    pub(crate) fn archive(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in self.files() {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::new();
    lzfse_rust::encode_bytes(bytes, &mut compressed).unwrap();
    compressed
}

/// A folder for a test to write into.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folders = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("record3d");
    fs::create_dir_all(&folders).unwrap();
    folders.join(name)
}
