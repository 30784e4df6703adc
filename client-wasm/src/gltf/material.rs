//! What surfaces look like.

use bytes::Bytes;
use glam::{Mat3, Vec2};
use scenecast_gl::{Filter, Wrap};

use super::GltfError;
use super::json::{self, Document};
use super::value::Value;

/// A physically based material.
#[derive(Clone, Debug, PartialEq)]
pub struct Material {
    /// Linear, with alpha.
    pub base_color: [f32; 4],
    /// 0 for dielectrics, 1 for metals.
    pub metallic: f32,
    /// 0 for mirrors, 1 for chalk.
    pub roughness: f32,
    /// Linear, of any brightness.
    pub emissive: [f32; 3],
    /// How much normals differ from those of the surface.
    pub normal_scale: f32,
    /// How much of the occlusion acts, 0 to 1.
    pub occlusion_strength: f32,
    /// What of it is transparent.
    pub alpha: Alpha,
    /// Seen from behind, too.
    pub is_double_sided: bool,
    /// Shown in its base colour, without light.
    pub is_unlit: bool,
    /// By [`TextureUse`].
    pub textures: [Option<Texture>; 5],
}

/// What a texture is for; its number in [`Material::textures`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextureUse {
    /// Colour and alpha, sRGB.
    BaseColor,
    /// Green: roughness; blue: metallic.
    MetallicRoughness,
    /// Normals in the frame of the surface.
    Normal,
    /// Red: how much light of the surroundings arrives.
    Occlusion,
    /// Colour, sRGB.
    Emissive,
}

/// A use of an image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Texture {
    /// In [`Asset::images`](super::Asset::images).
    pub image: usize,
    /// How it is read between its pixels.
    pub filter: Filter,
    /// Beyond its left and right edge.
    pub wrap_s: Wrap,
    /// Beyond its upper and lower edge.
    pub wrap_t: Wrap,
    /// Which set of places it is read at, 0 or 1.
    pub uv_set: usize,
    /// From places of that set to places in the image.
    pub image_from_uv: Mat3,
}

/// What of a material is transparent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Alpha {
    /// Nothing.
    Opaque,
    /// What has less alpha than this, entirely.
    Mask(f32),
    /// As much as alpha says.
    Blend,
}

impl Default for Material {
    fn default() -> Self {
        Self {
            base_color: [1.0; 4],
            metallic: 1.0,
            roughness: 1.0,
            emissive: [0.0; 3],
            normal_scale: 1.0,
            occlusion_strength: 1.0,
            alpha: Alpha::Opaque,
            is_double_sided: false,
            is_unlit: false,
            textures: [None; 5],
        }
    }
}

pub(super) fn read_all(document: &Document<'_>) -> Result<Vec<Material>, GltfError> {
    let materials = document.list("materials").iter();
    materials.map(|json| read(document, json)).collect()
}

fn read(document: &Document<'_>, json: &Value) -> Result<Material, GltfError> {
    let pbr = json.get("pbrMetallicRoughness").unwrap_or(&Value::Null);
    let texture = |of: &Value, name: &str| match of.get(name) {
        Some(info) => texture(document, info),
        None => Ok(None),
    };
    let number = |of: &str, name: &str| json.get(of).and_then(|json| json::number(json, name));
    let strength = json::extension(json, "KHR_materials_emissive_strength")
        .and_then(|json| json::number(json, "emissiveStrength"))
        .unwrap_or(1.0);
    let cutoff = json::number(json, "alphaCutoff").unwrap_or(0.5);
    Ok(Material {
        base_color: json::numbers(pbr, "baseColorFactor").unwrap_or([1.0; 4]),
        metallic: json::number(pbr, "metallicFactor").unwrap_or(1.0),
        roughness: json::number(pbr, "roughnessFactor").unwrap_or(1.0),
        emissive: json::numbers(json, "emissiveFactor")
            .unwrap_or([0.0; 3])
            .map(|channel| channel * strength),
        normal_scale: number("normalTexture", "scale").unwrap_or(1.0),
        occlusion_strength: number("occlusionTexture", "strength").unwrap_or(1.0),
        alpha: match json::text(json, "alphaMode") {
            Some("MASK") => Alpha::Mask(cutoff),
            Some("BLEND") => Alpha::Blend,
            _ => Alpha::Opaque,
        },
        is_double_sided: json::flag(json, "doubleSided"),
        is_unlit: json::extension(json, "KHR_materials_unlit").is_some(),
        // In the order of `TextureUse`.
        textures: [
            texture(pbr, "baseColorTexture")?,
            texture(pbr, "metallicRoughnessTexture")?,
            texture(json, "normalTexture")?,
            texture(json, "occlusionTexture")?,
            texture(json, "emissiveTexture")?,
        ],
    })
}

/// Reads a use of a texture; `None` for one whose image is in a format of an extension.
fn texture(document: &Document<'_>, info: &Value) -> Result<Option<Texture>, GltfError> {
    let missing = |what, index| GltfError::Missing { what, index };
    let index = json::index(info, "index").unwrap_or(0);
    let texture = document.entry("textures", index);
    let texture = texture.ok_or_else(|| missing("texture", index))?;
    let Some(image) = json::index(texture, "source") else {
        return Ok(None);
    };
    if document.entry("images", image).is_none() {
        return Err(missing("image", image));
    }
    let sampler = json::index(texture, "sampler").and_then(|i| document.entry("samplers", i));
    let setting = |name: &str| sampler.and_then(|sampler| json::index(sampler, name));
    let wrap = |name: &str| match setting(name) {
        Some(33071) => Wrap::Clamp,
        Some(33648) => Wrap::Mirror,
        _ => Wrap::Repeat,
    };
    let filter = match (setting("magFilter"), setting("minFilter")) {
        (Some(9728), _) => Filter::Nearest,
        (_, Some(9728 | 9729)) => Filter::Linear,
        _ => Filter::Mipmaps,
    };
    let transform = json::extension(info, "KHR_texture_transform").unwrap_or(&Value::Null);
    let set = json::index(transform, "texCoord").or_else(|| json::index(info, "texCoord"));
    let vector = |name: &str| json::numbers(transform, name).map(Vec2::from_array);
    let turn = json::number(transform, "rotation").unwrap_or(0.0);
    Ok(Some(Texture {
        image,
        filter,
        wrap_s: wrap("wrapS"),
        wrap_t: wrap("wrapT"),
        uv_set: set.unwrap_or(0).min(1),
        // Angles run the other way, since v runs downwards.
        image_from_uv: Mat3::from_scale_angle_translation(
            vector("scale").unwrap_or(Vec2::ONE),
            -turn,
            vector("offset").unwrap_or(Vec2::ZERO),
        ),
    }))
}

/// The compressed images, without a copy; empty where they are not in the file.
pub(super) fn images(document: &Document<'_>, file: &Bytes) -> Vec<Bytes> {
    let images = document.list("images").iter();
    let image = |json: &Value| {
        let view = document.entry("bufferViews", json::index(json, "bufferView")?)?;
        Some(file.slice_ref(document.view(view)?))
    };
    images.map(|json| image(json).unwrap_or_default()).collect()
}
