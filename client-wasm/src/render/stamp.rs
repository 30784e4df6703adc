//! Geometry that is drawn once for each row of an instance table, all in one call.
//!
//! Software renderers draw instances one after the other, at the price of a draw call each. So
//! small geometry is kept in many copies, and an instance of the draw call is as many rows of the
//! table as there are copies.

use std::cell::{Cell, OnceCell, RefCell};

use three_d::core::{
    BufferDataType, Context, CoreError, ElementBuffer, Program, RenderStates, VertexBuffer, vec3,
};

use super::instances::Rows;
use super::pass::Pass;

/// Vertices of all copies together, at most.
const MAX_VERTICES: usize = 4096;

/// Copies, at most.
const MAX_COPIES: usize = 128;

/// From how many rows on copies are used.
const MIN_ROWS: usize = 8;

/// What the indices of a stamp connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Primitive {
    Triangles,
    Lines,
}

/// Numbers at each vertex that only some programs take.
pub(crate) enum Attribute {
    Vec2(VertexBuffer<[f32; 2]>),
    Vec4(VertexBuffer<[f32; 4]>),
    U16(VertexBuffer<[u16; 4]>),
}

/// Geometry with a position of type `P` at each vertex, and perhaps a normal.
pub(crate) struct Stamp<P: BufferDataType> {
    primitive: Primitive,
    /// By their names in shaders.
    attributes: Vec<(&'static str, Attribute)>,
    vertices: usize,
    single: RefCell<Buffers<P>>,
    copies: OnceCell<Buffers<P>>,
    /// The vertices have moved since: there are no copies of them.
    has_moved: Cell<bool>,
    /// What copies are made of; empty where the geometry is too large for copies.
    source: Source<P>,
    context: Context,
}

struct Buffers<P: BufferDataType> {
    positions: VertexBuffer<P>,
    normals: Option<VertexBuffer<[f32; 3]>>,
    elements: ElementBuffer<u32>,
    copies: usize,
}

#[derive(Clone)]
struct Source<P> {
    positions: Vec<P>,
    normals: Vec<[f32; 3]>,
    indices: Vec<u32>,
}

impl<P: BufferDataType + Copy> Stamp<P> {
    /// Uploads geometry. `normals` are as many as positions, or none.
    pub(crate) fn new(
        context: &Context,
        primitive: Primitive,
        positions: &[P],
        normals: &[[f32; 3]],
        indices: &[u32],
    ) -> Self {
        let vertices = positions.len();
        let single = Buffers {
            positions: VertexBuffer::new_with_data(context, positions),
            normals: (!normals.is_empty()).then(|| VertexBuffer::new_with_data(context, normals)),
            elements: ElementBuffer::new_with_data(context, indices),
            copies: 1,
        };
        let fits = 2 * vertices <= MAX_VERTICES;
        let source = Source {
            positions: if fits { positions.to_vec() } else { Vec::new() },
            normals: if fits { normals.to_vec() } else { Vec::new() },
            indices: if fits { indices.to_vec() } else { Vec::new() },
        };
        Self {
            primitive,
            attributes: Vec::new(),
            vertices,
            single: RefCell::new(single),
            copies: OnceCell::new(),
            has_moved: Cell::new(false),
            source,
            context: context.clone(),
        }
    }

    /// The geometry with more numbers at each vertex. There are no copies of it.
    pub(crate) fn with_attributes(mut self, attributes: Vec<(&'static str, Attribute)>) -> Self {
        self.attributes = attributes;
        self.source = Source {
            positions: Vec::new(),
            normals: Vec::new(),
            indices: Vec::new(),
        };
        self
    }

    /// Moves the vertices; there are as many as before, and as many normals.
    pub(crate) fn move_vertices(&self, positions: &[P], normals: &[[f32; 3]]) {
        // In new buffers: with new content in the old ones, ANGLE's Vulkan backend goes on drawing
        // from where the old content was, if nothing else is drawn in between.
        let mut single = self.single.borrow_mut();
        single.positions = VertexBuffer::new_with_data(&self.context, positions);
        if let Some(buffer) = &mut single.normals {
            *buffer = VertexBuffer::new_with_data(&self.context, normals);
        }
        self.has_moved.set(true);
    }

    /// Draws the geometry for each of `rows`, with other indices than its own if there are any.
    /// Uniforms of the program's own must be set.
    pub(crate) fn draw(
        &self,
        pass: &mut Pass<'_>,
        program: &Program,
        states: RenderStates,
        rows: &mut dyn Rows,
        elements: Option<&ElementBuffer<u32>>,
    ) -> Result<(), CoreError> {
        let rows = rows.bind(pass.context, program)?;
        let single = self.single.borrow();
        if rows == 0 || elements.unwrap_or(&single.elements).count() == 0 {
            return Ok(());
        }
        let has_copies = !self.source.positions.is_empty() && !self.has_moved.get();
        let may_copy = has_copies && elements.is_none();
        let buffers = if rows >= MIN_ROWS && may_copy {
            self.copies.get_or_init(|| self.copied(pass.context))
        } else {
            &single
        };
        pass.frame.bind(program);
        program.use_uniform_if_required(
            "stamp",
            vec3(rows as i32, self.vertices as i32, buffers.copies as i32),
        );
        program.use_vertex_attribute("position", &buffers.positions);
        if let Some(normals) = &buffers.normals
            && program.requires_attribute("normal")
        {
            program.use_vertex_attribute("normal", normals);
        }
        for (name, attribute) in &self.attributes {
            match attribute {
                _ if !program.requires_attribute(name) => {}
                Attribute::Vec2(buffer) => program.use_vertex_attribute(name, buffer),
                Attribute::Vec4(buffer) => program.use_vertex_attribute(name, buffer),
                Attribute::U16(buffer) => program.use_vertex_attribute(name, buffer),
            }
        }
        pass.count(rows);
        let instances = rows.div_ceil(buffers.copies) as u32;
        let elements = elements.unwrap_or(&buffers.elements);
        match self.primitive {
            Primitive::Triangles => {
                program.draw_elements_instanced(states, pass.area(), elements, instances);
            }
            Primitive::Lines => scenecast_gl::draw_lines_instanced(
                pass.context,
                program,
                states,
                pass.area(),
                elements,
                instances,
            ),
        }
        Ok(())
    }

    /// How many triangles' vertices there are, if each has a normal.
    pub(crate) fn smooth_vertices(&self) -> Option<usize> {
        let is_smooth =
            self.primitive == Primitive::Triangles && self.single.borrow().normals.is_some();
        is_smooth.then_some(self.vertices)
    }

    /// Draws the geometry once, with a program that takes no rows.
    pub(crate) fn draw_once(&self, pass: &mut Pass<'_>, program: &Program, states: RenderStates) {
        let buffers = self.single.borrow();
        program.use_vertex_attribute("position", &buffers.positions);
        if let Some(normals) = &buffers.normals {
            program.use_vertex_attribute("normal", normals);
        }
        program.draw_elements(states, pass.area(), &buffers.elements);
        pass.count(1);
    }

    fn copied(&self, context: &Context) -> Buffers<P> {
        let copies = (MAX_VERTICES / self.vertices).clamp(1, MAX_COPIES);
        let Source {
            positions,
            normals,
            indices,
        } = &self.source;
        let normals = normals.repeat(copies);
        let indices: Vec<u32> = (0..copies as u32)
            .flat_map(|copy| indices.iter().map(move |i| i + copy * self.vertices as u32))
            .collect();
        Buffers {
            positions: VertexBuffer::new_with_data(context, &positions.repeat(copies)),
            normals: (!normals.is_empty()).then(|| VertexBuffer::new_with_data(context, &normals)),
            elements: ElementBuffer::new_with_data(context, &indices),
            copies,
        }
    }
}
