//! Diffuse colours of materials.

use super::document::{Document, Element, Problem};
use crate::loaders::color::unit_to_byte;
use std::collections::HashMap;

/// Shading models, and which of their colours covers the surface.
const MODELS: [(&str, &str); 4] = [
    ("phong", "diffuse"),
    ("lambert", "diffuse"),
    ("blinn", "diffuse"),
    ("constant", "emission"),
];

/// sRGB colours of materials, by the number of their element.
pub(super) struct Materials {
    colors: HashMap<u32, [u8; 3]>,
}

impl Materials {
    pub(super) fn read(document: &Document) -> Result<Self, Problem> {
        let mut effects = HashMap::new();
        for effect in document.all().filter(|element| element.name() == "effect") {
            if let Some(color) = effect_color(effect)? {
                effects.insert(effect.number, color);
            }
        }
        let mut colors = HashMap::new();
        for material in document
            .all()
            .filter(|element| element.name() == "material")
        {
            let instance = material.child("instance_effect");
            let effect = instance.and_then(|instance| instance.target("url", "effect").ok());
            if let Some(color) = effect.and_then(|effect| effects.get(&effect.number)) {
                colors.insert(material.number, *color);
            }
        }
        Ok(Self { colors })
    }

    /// The colours that an instance gives the symbols of its primitives. A shape is complete
    /// without: those of materials that are lost are left out.
    pub(super) fn bind(&self, instance: Element) -> HashMap<String, [u8; 3]> {
        let path = ["bind_material", "technique_common"];
        let bindings = instance.descend(&path).into_iter();
        let bindings = bindings.flat_map(|bindings| bindings.each("instance_material"));
        bindings
            .filter_map(|binding| {
                let material = binding.target("target", "material").ok()?;
                let color = self.colors.get(&material.number)?;
                Some((binding.attribute("symbol")?.into_owned(), *color))
            })
            .collect()
    }
}

/// The colour of an effect's common profile: white below a texture.
fn effect_color(effect: Element) -> Result<Option<[u8; 3]>, Problem> {
    let Some(technique) = effect.descend(&["profile_COMMON", "technique"]) else {
        return Ok(None);
    };
    let surface = MODELS
        .iter()
        .find_map(|path| technique.descend(&[path.0, path.1]));
    let Some(surface) = surface else {
        return Ok(None);
    };
    match surface.child("color") {
        Some(color) => {
            let [r, g, b, _] = color.array()?;
            Ok(Some([r, g, b].map(unit_to_byte)))
        }
        None => Ok(surface.child("texture").map(|_| [255; 3])),
    }
}
