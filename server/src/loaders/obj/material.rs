//! Material libraries (`.mtl`): a name and a diffuse colour.

use super::parse;
use crate::loaders::{LoadError, input::Input};
use std::collections::HashMap;

/// sRGB colours by material name.
pub(super) type Materials = HashMap<String, [u8; 3]>;

/// The most bytes of a library; real ones have a few kilobytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

pub(super) fn read(input: &mut Input, materials: &mut Materials) -> Result<(), LoadError> {
    if input.size() > MAX_BYTES {
        return Err(input.bad_byte(format!("longer than {MAX_BYTES} bytes")));
    }
    let mut current = None;
    while let Some(line) = input.line()? {
        let line = line.trim_ascii();
        let outcome = if let Some(arguments) = line.strip_prefix(b"newmtl ") {
            current = Some(parse::name(arguments));
            Ok(())
        } else if let (Some(arguments), Some(name)) = (line.strip_prefix(b"Kd "), &current) {
            parse::color(arguments).map(|color| {
                materials.insert(name.clone(), color);
            })
        } else {
            Ok(())
        };
        outcome.map_err(|problem| input.bad_line(problem))?;
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
        )
        .unwrap();
        assert_eq!(
            materials,
            HashMap::from([("a b".to_owned(), [255, 128, 0])])
        );
    }
}
