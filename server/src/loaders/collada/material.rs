//! How materials look: their diffuse colours and images.

use super::document::{Document, Element, Problem};
use crate::loaders::color::unit_to_byte;
use percent_encoding::percent_decode_str;
use std::{collections::HashMap, rc::Rc};

/// Shading models, and which of their colours covers the surface.
const MODELS: [(&str, &str); 4] = [
    ("phong", "diffuse"),
    ("lambert", "diffuse"),
    ("blinn", "diffuse"),
    ("constant", "emission"),
];

/// How a surface looks.
#[derive(Clone, Default)]
pub(super) struct Look {
    /// sRGB; white below an image.
    pub(super) color: Option<[u8; 3]>,
    /// What the file calls the image's file.
    pub(super) image: Option<Rc<str>>,
}

/// By the number of a material's element.
pub(super) struct Materials {
    looks: HashMap<u32, Look>,
}

impl Materials {
    pub(super) fn read(document: &Document) -> Result<Self, Problem> {
        let mut effects = HashMap::new();
        for effect in document.all().filter(|element| element.name() == "effect") {
            effects.insert(effect.number, look(document, effect)?);
        }
        let mut looks = HashMap::new();
        for material in document
            .all()
            .filter(|element| element.name() == "material")
        {
            let instance = material.child("instance_effect");
            let effect = instance.and_then(|instance| instance.target("url", "effect").ok());
            if let Some(look) = effect.and_then(|effect| effects.get(&effect.number)) {
                looks.insert(material.number, look.clone());
            }
        }
        Ok(Self { looks })
    }

    /// How an instance lets the primitives look that have these symbols. A shape is complete
    /// without: materials that are lost are left out.
    pub(super) fn bind(&self, instance: Element) -> HashMap<String, Look> {
        let path = ["bind_material", "technique_common"];
        let bindings = instance.descend(&path).into_iter();
        let bindings = bindings.flat_map(|bindings| bindings.each("instance_material"));
        bindings
            .filter_map(|binding| {
                let material = binding.target("target", "material").ok()?;
                let look = self.looks.get(&material.number)?;
                Some((binding.attribute("symbol")?.into_owned(), look.clone()))
            })
            .collect()
    }
}

/// The look of an effect's common profile.
fn look(document: &Document, effect: Element) -> Result<Look, Problem> {
    let profile = effect.child("profile_COMMON");
    let surface = profile.and_then(|profile| {
        let technique = profile.child("technique")?;
        let surface = MODELS
            .iter()
            .find_map(|path| technique.descend(&[path.0, path.1]))?;
        Some((profile, surface))
    });
    let Some((profile, surface)) = surface else {
        return Ok(Look::default());
    };
    if let Some(color) = surface.child("color") {
        let [r, g, b, _] = color.array()?;
        return Ok(Look {
            color: Some([r, g, b].map(unit_to_byte)),
            image: None,
        });
    }
    let Some(texture) = surface.child("texture") else {
        return Ok(Look::default());
    };
    Ok(Look {
        color: Some([255; 3]),
        image: image(document, profile, texture).map(Rc::from),
    })
}

/// What an image's file is called: a texture names a sampler, which names a surface (1.4) that
/// names an image, or the image itself (1.5); some programs write the image at once.
fn image(document: &Document, profile: Element, texture: Element) -> Option<String> {
    let sampler = texture.attribute("texture")?;
    let parameter = |sid: &str| {
        let is_it = |p: &Element| p.attribute("sid").is_some_and(|own| own == sid);
        profile.each("newparam").find(is_it)
    };
    let by_id = |id: &str| document.find("image", id, texture.number);
    let image = match parameter(&sampler).and_then(|p| p.child("sampler2D")) {
        Some(sampler) => match sampler.child("instance_image") {
            Some(instance) => instance.target("url", "image").ok()?,
            None => {
                let surface = parameter(sampler.child("source")?.word())?;
                by_id(surface.descend(&["surface", "init_from"])?.word())?
            }
        },
        None => by_id(&sampler)?,
    };
    let file = image.child("init_from")?;
    let url = file.child("ref").unwrap_or(file).word();
    let path = url.strip_prefix("file://").unwrap_or(url);
    let name = percent_decode_str(path).decode_utf8_lossy();
    (!name.is_empty()).then(|| name.into_owned())
}
