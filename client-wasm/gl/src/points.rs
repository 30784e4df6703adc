//! Points, all of them or every so manieth.

use three_d::context::{self, HasContext};
use three_d::core::{Context, CoreError, Program, RenderStates, Viewport};

/// Numbers of points on the GPU, which do not change.
pub struct PointBuffer {
    context: Context,
    id: context::Buffer,
    /// Points.
    len: u32,
    kind: Kind,
}

/// What there is for each point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Half,
    Single,
    Color,
}

/// Points that lie one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PointRange {
    /// The first of them.
    pub first: u32,
    /// How many there are.
    pub count: u32,
    /// Every so manieth is drawn, beginning with the first; at least 1, at most
    /// [`MAX_STEP`](Self::MAX_STEP).
    pub step: u32,
}

impl PointRange {
    /// The largest step for which WebGL takes the distance of the numbers that are read.
    pub const MAX_STEP: u32 = 16;

    /// How many are drawn.
    pub fn drawn(&self) -> u32 {
        self.count.div_ceil(self.step.clamp(1, Self::MAX_STEP))
    }
}

impl Kind {
    /// Bytes of a point.
    fn size(self) -> i32 {
        match self {
            Self::Half => 6,
            Self::Single => 12,
            Self::Color => 3,
        }
    }
}

impl PointBuffer {
    /// Positions in half precision, 6 bytes each.
    ///
    /// # Errors
    /// The device has no memory left, or lost its context.
    pub fn half(context: &Context, bytes: &[u8]) -> Result<Self, CoreError> {
        Self::new(context, bytes, Kind::Half)
    }

    /// Positions in single precision, 12 bytes each.
    ///
    /// # Errors
    /// The device has no memory left, or lost its context.
    pub fn single(context: &Context, bytes: &[u8]) -> Result<Self, CoreError> {
        Self::new(context, bytes, Kind::Single)
    }

    /// Red, green and blue, a byte each.
    ///
    /// # Errors
    /// The device has no memory left, or lost its context.
    pub fn colors(context: &Context, bytes: &[u8]) -> Result<Self, CoreError> {
        Self::new(context, bytes, Kind::Color)
    }

    fn new(context: &Context, bytes: &[u8], kind: Kind) -> Result<Self, CoreError> {
        // SAFETY: The slice is read during the call only.
        #[allow(unsafe_code)]
        let id = unsafe {
            let id = context.create_buffer().map_err(CoreError::ContextError)?;
            context.bind_buffer(context::ARRAY_BUFFER, Some(id));
            context.buffer_data_u8_slice(context::ARRAY_BUFFER, bytes, context::STATIC_DRAW);
            context.bind_buffer(context::ARRAY_BUFFER, None);
            id
        };
        Ok(Self {
            context: context.clone(),
            id,
            len: (bytes.len() / kind.size() as usize) as u32,
            kind,
        })
    }

    /// How many points there are.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Lets the vertex array that is bound read some of the points, as the attribute 0 for positions
    /// and 1 for colours.
    fn attach(&self, range: &PointRange) {
        let step = range.step.clamp(1, PointRange::MAX_STEP) as i32;
        let (stride, offset) = (
            self.kind.size() * step,
            self.kind.size() * range.first as i32,
        );
        // SAFETY: Both numbers are offsets into the buffer that is bound. What the draw call reads
        // beyond its end is bounded by the implementation: see `draw_points`.
        #[allow(unsafe_code)]
        unsafe {
            self.context
                .bind_buffer(context::ARRAY_BUFFER, Some(self.id));
            match self.kind {
                Kind::Half | Kind::Single => {
                    let number = match self.kind {
                        Kind::Half => context::HALF_FLOAT,
                        Kind::Single | Kind::Color => context::FLOAT,
                    };
                    self.context.enable_vertex_attrib_array(0);
                    self.context
                        .vertex_attrib_pointer_f32(0, 3, number, false, stride, offset);
                }
                Kind::Color => {
                    let number = context::UNSIGNED_BYTE;
                    self.context.enable_vertex_attrib_array(1);
                    self.context
                        .vertex_attrib_pointer_i32(1, 3, number, stride, offset);
                }
            }
        }
    }
}

impl Drop for PointBuffer {
    fn drop(&mut self) {
        // SAFETY: The call takes no pointers; the buffer is this value's own.
        #[allow(unsafe_code)]
        unsafe {
            self.context.delete_buffer(self.id);
        }
    }
}

/// Draws points, whose size the vertex shader sets. Positions are its attribute 0, colours 1; the
/// program has no others.
///
/// # Errors
/// The device has no memory left, or lost its context.
pub fn draw_points(
    program: &Program,
    states: RenderStates,
    viewport: Viewport,
    positions: &PointBuffer,
    colors: Option<&PointBuffer>,
    ranges: &[PointRange],
) -> Result<(), CoreError> {
    let context = &positions.context;
    // SAFETY: The call takes no pointers.
    #[allow(unsafe_code)]
    let array = unsafe { context.create_vertex_array() }.map_err(CoreError::ContextError)?;
    program.draw_with(states, viewport, || {
        // SAFETY: These calls take no pointers.
        #[allow(unsafe_code)]
        unsafe {
            context.bind_vertex_array(Some(array));
        }
        for range in ranges {
            positions.attach(range);
            if let Some(colors) = colors {
                colors.attach(range);
            }
            // SAFETY: The call takes no pointers. It reads the buffers attached, which the
            // implementation bounds: WebGL requires that, and `Headless` asks for robust access.
            #[allow(unsafe_code)]
            unsafe {
                context.draw_arrays(
                    context::POINTS,
                    0,
                    range.drawn().min(i32::MAX as u32) as i32,
                );
            }
        }
    });
    // SAFETY: The calls take no pointers; the array is this function's own.
    #[allow(unsafe_code)]
    unsafe {
        context.bind_buffer(context::ARRAY_BUFFER, None);
        context.delete_vertex_array(array);
    }
    Ok(())
}
