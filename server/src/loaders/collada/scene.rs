//! The tree of nodes, and the shapes that stand in it.

use super::{
    document::{Document, Element, MAX_DEPTH, Problem},
    material::{Look, Materials},
    mesh::{self, Part},
    source::Sources,
    transform,
};
use crate::loaders::{
    Geometry, ImageFile, Item,
    geometry::turn_around,
    input::Input,
    instanced_budget,
    texture::{self, Images},
};
use glam::{DAffine3, DVec3};
use std::{borrow::Cow, collections::HashMap, rc::Rc};

/// What entering a node, or showing a part, counts beside its arrays: its item has a size too.
const STEP_BYTES: u64 = 256;

/// What a file shows: its scene, else its first one, else its geometries where they are.
pub(super) fn read(
    document: &Document,
    world_from_file: DAffine3,
    input: &Input,
) -> Result<Vec<Item>, Problem> {
    let mut images = Images::default();
    let mut image = |name: &str| {
        let path = images.find(input, name)?;
        images.get(&path)
    };
    let mut walk = Walk {
        image: &mut image,
        nodes: nodes(document)?,
        geometries: HashMap::new(),
        sources: Sources::default(),
        path: Vec::new(),
        items: Vec::new(),
        budget: instanced_budget(input.size()),
    };
    let instance = document
        .root()
        .and_then(|root| root.descend(&["scene", "instance_visual_scene"]));
    let scene = match instance {
        Some(instance) => Some(instance.target("url", "visual_scene")?),
        None => named(document, "visual_scene").next(),
    };
    match scene {
        Some(scene) => {
            for node in scene.each("node") {
                walk.enter(node, world_from_file)?;
            }
        }
        None => {
            for geometry in named(document, "geometry") {
                let shape = Shape {
                    geometry,
                    node_from_shape: DAffine3::IDENTITY,
                    looks: HashMap::new(),
                };
                walk.show(&shape, None, geometry, world_from_file)?;
            }
        }
    }
    Ok(walk.items)
}

fn named<'d>(document: &'d Document, name: &'static str) -> impl Iterator<Item = Element<'d>> {
    document.all().filter(move |element| element.name() == name)
}

/// A node, read once however often it stands in the scene.
struct Node<'d> {
    number: u32,
    name: Option<Cow<'d, str>>,
    parent_from_node: DAffine3,
    children: Vec<Child<'d>>,
}

enum Child<'d> {
    Node(Element<'d>),
    Shape(Element<'d>, Box<Shape<'d>>),
}

/// A geometry as an instance shows it.
struct Shape<'d> {
    geometry: Element<'d>,
    node_from_shape: DAffine3,
    /// Of materials, by the symbols that primitives have for them.
    looks: HashMap<String, Look>,
}

/// All nodes by number, those of libraries included.
fn nodes<'d>(document: &'d Document) -> Result<Vec<Node<'d>>, Problem> {
    let materials = Materials::read(document)?;
    let controllers = controllers(document)?;
    let mut nodes = Vec::with_capacity(named(document, "node").count());
    for element in named(document, "node") {
        let mut parent_from_node = DAffine3::IDENTITY;
        let mut children = Vec::new();
        for child in element.children() {
            let shape = match child.name() {
                "node" => {
                    children.push(Child::Node(child));
                    continue;
                }
                "instance_node" => {
                    children.push(Child::Node(child.target("url", "node")?));
                    continue;
                }
                "instance_geometry" => (child.target("url", "geometry")?, DAffine3::IDENTITY),
                "instance_controller" => {
                    let controller = child.target("url", "controller")?;
                    match controllers.get(&controller.number) {
                        Some(bound) => *bound,
                        None => continue,
                    }
                }
                _ => {
                    if let Some(transform) = transform::read(child)? {
                        parent_from_node *= transform;
                    }
                    continue;
                }
            };
            let shape = Shape {
                geometry: shape.0,
                node_from_shape: shape.1,
                looks: materials.bind(child),
            };
            children.push(Child::Shape(child, Box::new(shape)));
        }
        nodes.push(Node {
            number: element.number,
            name: element.attribute("name"),
            parent_from_node,
            children,
        });
    }
    Ok(nodes)
}

/// The geometries that controllers bend, as they were when they were bound to their skeletons, by
/// the controllers' numbers. A skin may bend what a morph has mixed.
fn controllers<'d>(document: &'d Document) -> Result<HashMap<u32, Bound<'d>>, Problem> {
    let mut bound = HashMap::new();
    for controller in named(document, "controller") {
        if let Some(morph) = controller.child("morph") {
            let geometry = morph.target("source", "geometry")?;
            bound.insert(controller.number, (geometry, DAffine3::IDENTITY));
        }
    }
    for controller in named(document, "controller") {
        let Some(skin) = controller.child("skin") else {
            continue;
        };
        let geometry = skin.target("source", "geometry").or_else(|problem| {
            let morph = skin.target("source", "controller").ok();
            let morph = morph.and_then(|morph| bound.get(&morph.number));
            morph.map(|morph| morph.0).ok_or(problem)
        })?;
        let matrix = skin.child("bind_shape_matrix").map(transform::matrix);
        let matrix = matrix.unwrap_or(Ok(DAffine3::IDENTITY))?;
        bound.insert(controller.number, (geometry, matrix));
    }
    Ok(bound)
}

/// A geometry, and the matrix that it was bound with.
type Bound<'d> = (Element<'d>, DAffine3);

/// A walk through the tree that collects what is shown.
struct Walk<'d, 'f> {
    /// Reads the image of a name.
    image: &'f mut dyn FnMut(&str) -> Option<ImageFile>,
    nodes: Vec<Node<'d>>,
    geometries: HashMap<u32, Rc<Vec<Part<'d>>>>,
    sources: Sources,
    /// Numbers of the nodes that the walk is in.
    path: Vec<u32>,
    items: Vec<Item>,
    /// Bytes that the rest may take: nodes may be instances of others, which may be again.
    budget: u64,
}

impl<'d> Walk<'d, '_> {
    fn enter(&mut self, node: Element<'d>, world_from_parent: DAffine3) -> Result<(), Problem> {
        self.spend(STEP_BYTES, node)?;
        if self.path.contains(&node.number) {
            return Err(node.bad("`node` has an instance of itself inside"));
        }
        if self.path.len() == MAX_DEPTH {
            return Err(node.bad(format!("nodes are nested deeper than {MAX_DEPTH}")));
        }
        let found = self.nodes.binary_search_by_key(&node.number, |n| n.number);
        let Ok(index) = found else { return Ok(()) };
        let world_from_node = world_from_parent * self.nodes[index].parent_from_node;
        self.path.push(node.number);
        // The children lie with the node again once the walk has come through them. It is in no
        // node twice at once.
        let children = std::mem::take(&mut self.nodes[index].children);
        for child in &children {
            match child {
                Child::Node(child) => self.enter(*child, world_from_node)?,
                Child::Shape(instance, shape) => {
                    let name = self.nodes[index].name.clone();
                    self.show(shape, name, *instance, world_from_node)?;
                }
            }
        }
        self.nodes[index].children = children;
        self.path.pop();
        Ok(())
    }

    fn show(
        &mut self,
        shape: &Shape<'d>,
        name: Option<Cow<'d, str>>,
        instance: Element<'d>,
        world_from_node: DAffine3,
    ) -> Result<(), Problem> {
        self.spend(STEP_BYTES, instance)?;
        let parts = self.parts(shape.geometry)?;
        let name = name.or_else(|| shape.geometry.attribute("name"));
        let world_from_shape = world_from_node * shape.node_from_shape;
        for Part { symbol, mesh, uvs } in parts.iter() {
            let symbol = symbol.as_ref();
            let look = symbol.and_then(|symbol| shape.looks.get(&**symbol));
            let image = look.and_then(|look| look.image.as_deref());
            let image = image.filter(|_| !uvs.is_empty());
            let image = image.and_then(&mut *self.image);
            // A vertex takes 15 bytes with its colour, a face 12. Below an image, faces may share
            // no vertex any more, which have a normal and a place on it as well.
            let bytes = match image {
                None => 15 * mesh.vertices.len() + 12 * mesh.faces.len(),
                Some(_) => (3 * 35 + 12) * mesh.faces.len(),
            };
            self.spend(STEP_BYTES + bytes as u64, instance)?;
            let mut mesh = mesh.clone();
            for vertex in &mut mesh.vertices {
                let at = DVec3::from_array(vertex.map(f64::from));
                *vertex = world_from_shape.transform_point3(at).as_vec3().to_array();
            }
            let is_mirrored = world_from_shape.matrix3.determinant() < 0.0;
            if is_mirrored {
                turn_around(&mut mesh.faces);
            }
            let color = look.and_then(|look| look.color);
            match (color, &mut mesh.vertex_colors) {
                (Some(color), Some(colors)) => colors.iter_mut().for_each(|c| tint(c, color)),
                _ => mesh.color = color,
            }
            if let Some(image) = image {
                // On images of this format, up is up.
                let mut uvs = uvs.clone();
                uvs.iter_mut().flatten().for_each(|uv| uv[1] = 1.0 - uv[1]);
                if is_mirrored {
                    turn_around(&mut uvs);
                }
                texture::cover(&mut mesh, &uvs, image);
            }
            self.items.push(Item {
                name: name.as_deref().unwrap_or_default().to_owned(),
                geometry: Geometry::Mesh(mesh),
            });
        }
        Ok(())
    }

    fn parts(&mut self, geometry: Element<'d>) -> Result<Rc<Vec<Part<'d>>>, Problem> {
        if let Some(parts) = self.geometries.get(&geometry.number) {
            return Ok(parts.clone());
        }
        let parts = Rc::new(mesh::read(geometry, &mut self.sources)?);
        self.geometries.insert(geometry.number, parts.clone());
        Ok(parts)
    }

    fn spend(&mut self, bytes: u64, at: Element) -> Result<(), Problem> {
        let left = self.budget.checked_sub(bytes);
        self.budget =
            left.ok_or_else(|| at.bad("copies of meshes need too much memory, from here on"))?;
        Ok(())
    }
}

/// Multiplies a colour with another.
fn tint(color: &mut [u8; 3], by: [u8; 3]) {
    for (channel, by) in color.iter_mut().zip(by) {
        *channel = ((u32::from(*channel) * u32::from(by) + 127) / 255) as u8;
    }
}
