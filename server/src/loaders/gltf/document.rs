//! The JSON, as far as triangles and colours need it.

use crate::loaders::{LoadError, input::Input};
use serde::Deserialize;

/// What a GLB file starts with.
pub(super) const GLB_MAGIC: &[u8] = b"glTF";

const JSON_CHUNK: &[u8] = b"JSON";
const BINARY_CHUNK: &[u8] = b"BIN\0";

// Small where files can have many: what is rarely there is boxed.

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    asset: Asset,
    scene: Option<u32>,
    #[serde(default)]
    scenes: Vec<Scene>,
    #[serde(default)]
    pub(super) nodes: Vec<Node>,
    #[serde(default)]
    pub(super) meshes: Vec<Mesh>,
    #[serde(default)]
    pub(super) accessors: Vec<Accessor>,
    #[serde(default)]
    pub(super) buffer_views: Vec<BufferView>,
    #[serde(default)]
    pub(super) buffers: Vec<Buffer>,
    #[serde(default)]
    pub(super) materials: Vec<Material>,
    #[serde(default)]
    pub(super) extensions_required: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Asset {
    version: String,
}

#[derive(Debug, Deserialize)]
struct Scene {
    #[serde(default)]
    nodes: Vec<u32>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Node {
    pub(super) name: Option<String>,
    pub(super) mesh: Option<u32>,
    #[serde(default)]
    pub(super) children: Vec<u32>,
    /// Column by column.
    pub(super) matrix: Option<Box<[f32; 16]>>,
    pub(super) translation: Option<Box<[f32; 3]>>,
    /// `[x, y, z, w]`, as glTF has it.
    pub(super) rotation: Option<Box<[f32; 4]>>,
    pub(super) scale: Option<Box<[f32; 3]>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Mesh {
    pub(super) name: Option<String>,
    pub(super) primitives: Vec<Primitive>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Primitive {
    pub(super) attributes: Attributes,
    pub(super) indices: Option<u32>,
    pub(super) material: Option<u32>,
    #[serde(default = "triangles")]
    pub(super) mode: u32,
}

fn triangles() -> u32 {
    4
}

#[derive(Debug, Deserialize)]
pub(super) struct Attributes {
    #[serde(rename = "POSITION")]
    pub(super) position: Option<u32>,
    /// Not read, but where there are none the triangles are flat.
    #[serde(rename = "NORMAL")]
    pub(super) normal: Option<u32>,
    #[serde(rename = "COLOR_0")]
    pub(super) color: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Material {
    #[serde(default)]
    pub(super) pbr_metallic_roughness: Pbr,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Pbr {
    /// Linear.
    pub(super) base_color_factor: [f32; 4],
}

impl Default for Pbr {
    fn default() -> Self {
        Pbr {
            base_color_factor: [1.0; 4],
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Accessor {
    pub(super) buffer_view: Option<u32>,
    #[serde(default)]
    pub(super) byte_offset: u64,
    pub(super) component_type: u32,
    #[serde(default)]
    pub(super) normalized: bool,
    pub(super) count: u64,
    #[serde(rename = "type")]
    pub(super) shape: String,
    pub(super) sparse: Option<serde::de::IgnoredAny>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BufferView {
    pub(super) buffer: u32,
    #[serde(default)]
    pub(super) byte_offset: u64,
    pub(super) byte_length: u64,
    pub(super) byte_stride: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Buffer {
    pub(super) uri: Option<String>,
    pub(super) byte_length: u64,
}

impl Document {
    /// The nodes that the tree starts from: those of the default scene, or of the first, or in a
    /// file without scenes those that are no node's child.
    pub(super) fn roots(&self) -> Result<Vec<u32>, String> {
        if self.scene.is_some() || !self.scenes.is_empty() {
            let index = self.scene.unwrap_or(0);
            let scene = self.scenes.get(index as usize);
            let scene = scene.ok_or_else(|| format!("scene {index} does not exist"))?;
            return Ok(scene.nodes.clone());
        }
        let mut is_child = vec![false; self.nodes.len()];
        for child in self.nodes.iter().flat_map(|node| &node.children) {
            if let Some(flag) = is_child.get_mut(*child as usize) {
                *flag = true;
            }
        }
        let roots = (0..).zip(is_child).filter(|(_, is_child)| !is_child);
        Ok(roots.map(|(index, _)| index).collect())
    }
}

/// Parses a file's bytes, of either kind; a GLB may come with a binary chunk.
pub(super) fn parse<'a>(
    input: &Input,
    bytes: &'a [u8],
) -> Result<(Document, Option<&'a [u8]>), LoadError> {
    let (json, binary) = if bytes.starts_with(GLB_MAGIC) {
        split_glb(bytes).map_err(|problem| input.bad_content(problem))?
    } else {
        (bytes, None)
    };
    let document: Document = serde_json::from_slice(json)
        .map_err(|error| input.bad_content(format!("the JSON is no glTF: {error}")))?;
    if !document.asset.version.starts_with("2.") {
        return Err(LoadError::Unsupported {
            path: input.path().to_owned(),
            feature: format!("glTF {}", document.asset.version),
            remedy: "convert it to glTF 2.0",
        });
    }
    Ok((document, binary))
}

type Chunks<'a> = (&'a [u8], Option<&'a [u8]>);

fn split_glb(bytes: &[u8]) -> Result<Chunks<'_>, String> {
    let version = word(bytes, 4).ok_or("the file ends in the GLB header")?;
    if version != 2 {
        return Err(format!("a GLB container of version {version}, expected 2"));
    }
    let json = Chunk::read(bytes.get(12..).unwrap_or_default())?;
    if json.kind != JSON_CHUNK {
        return Err("the first chunk of a GLB must be JSON".to_owned());
    }
    if json.rest.is_empty() {
        return Ok((json.content, None));
    }
    let binary = Chunk::read(json.rest)?;
    let content = (binary.kind == BINARY_CHUNK).then_some(binary.content);
    Ok((json.content, content))
}

struct Chunk<'a> {
    kind: &'a [u8],
    content: &'a [u8],
    /// What follows it.
    rest: &'a [u8],
}

impl Chunk<'_> {
    fn read(bytes: &[u8]) -> Result<Chunk<'_>, String> {
        let length = word(bytes, 0).ok_or("the file ends before a chunk")? as usize;
        let kind = bytes.get(4..8).ok_or("the file ends in a chunk's header")?;
        let after = &bytes[8..];
        let (content, rest) = after.split_at_checked(length).ok_or_else(|| {
            let there = after.len();
            format!("a chunk of {length} bytes, but only {there} are there")
        })?;
        Ok(Chunk {
            kind,
            content,
            rest,
        })
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}
