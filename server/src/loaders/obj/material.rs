//! Material libraries (`.mtl`): names, diffuse colours and images.

use super::parse;
use crate::loaders::{LoadError, input::Input, texture::Images};
use std::{collections::HashMap, path::PathBuf};

/// By name.
pub(super) type Materials = HashMap<String, Material>;

/// How a surface looks.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Material {
    /// sRGB.
    pub(super) color: Option<[u8; 3]>,
    pub(super) image: Option<PathBuf>,
}

/// The most bytes of a library; real ones have a few kilobytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

pub(super) fn read(
    input: &mut Input,
    materials: &mut Materials,
    images: &mut Images,
) -> Result<(), LoadError> {
    if input.size() > MAX_BYTES {
        return Err(input.bad_byte(format!("longer than {MAX_BYTES} bytes")));
    }
    let mut current: Option<&mut Material> = None;
    while let Some(line) = input.line()? {
        let line = line.trim_ascii();
        let end = line.iter().position(u8::is_ascii_whitespace);
        let (keyword, arguments) = line.split_at(end.unwrap_or(line.len()));
        match (keyword, &mut current) {
            (b"newmtl", _) => {
                let name = parse::name(arguments);
                current = Some(materials.entry(name).or_default());
            }
            (b"Kd", Some(material)) => {
                let color = parse::color(arguments);
                material.color = Some(color.map_err(|problem| input.bad_line(problem))?);
            }
            (b"map_Kd" | b"map_kd", Some(material)) => {
                let name = parse::image(arguments);
                material.image = images.find(input, &name);
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_diffuse_colours() {
        let text = b"# x\nKd 1 1 1\nnewmtl a b\n  Kd 1 0.5 0\nmap_Kd x.png\nnewmtl c\n";
        let mut materials = Materials::new();
        read(
            &mut Input::from_bytes("t", text, &mut |_| {}),
            &mut materials,
            &mut Images::default(),
        )
        .unwrap();
        assert_eq!(
            materials["a b"],
            Material {
                color: Some([255, 128, 0]),
                // In memory nothing is beside it.
                image: None,
            }
        );
        assert_eq!(materials["c"], Material::default());
    }
}
