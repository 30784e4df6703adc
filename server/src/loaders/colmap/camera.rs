//! Cameras and their models.

/// A camera.
#[derive(Debug, Clone, PartialEq)]
pub struct Camera {
    /// What its parameters mean.
    pub model: CameraModel,
    /// Width of its images in pixels.
    pub width: u64,
    /// Height of its images in pixels.
    pub height: u64,
    /// Focal lengths, the principal point and distortions, in the model's order; finite.
    pub params: Vec<f64>,
}

macro_rules! models {
    ($( $(#[$doc:meta])* $Model:ident = $id:literal, $name:literal, $params:literal, $focal:literal; )*) => {
        /// How a camera maps directions to pixels.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum CameraModel { $( $(#[$doc])* $Model, )* }

        impl CameraModel {
            /// The model of this number, as files of bytes have it.
            pub fn from_id(id: i32) -> Option<Self> {
                match id { $( $id => Some(Self::$Model), )* _ => None }
            }

            /// The model of this name, as files of text have it.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $( $name => Some(Self::$Model), )* _ => None }
            }

            /// Its name in files.
            pub fn name(self) -> &'static str {
                match self { $( Self::$Model => $name, )* }
            }

            /// How many parameters it has.
            pub fn num_params(self) -> usize {
                match self { $( Self::$Model => $params, )* }
            }

            /// Whether it has one focal length for both directions.
            fn has_one_focal_length(self) -> bool {
                match self { $( Self::$Model => $focal == 1, )* }
            }
        }
    };
}

// Number, name, parameters, focal lengths among them.
models! {
    /// f, cx, cy.
    SimplePinhole = 0, "SIMPLE_PINHOLE", 3, 1;
    /// fx, fy, cx, cy.
    Pinhole = 1, "PINHOLE", 4, 2;
    /// f, cx, cy, k.
    SimpleRadial = 2, "SIMPLE_RADIAL", 4, 1;
    /// f, cx, cy, k1, k2.
    Radial = 3, "RADIAL", 5, 1;
    /// fx, fy, cx, cy, k1, k2, p1, p2.
    OpenCv = 4, "OPENCV", 8, 2;
    /// fx, fy, cx, cy, k1, k2, k3, k4.
    OpenCvFisheye = 5, "OPENCV_FISHEYE", 8, 2;
    /// fx, fy, cx, cy, k1, k2, p1, p2, k3, k4, k5, k6.
    FullOpenCv = 6, "FULL_OPENCV", 12, 2;
    /// fx, fy, cx, cy, omega.
    Fov = 7, "FOV", 5, 2;
    /// f, cx, cy, k.
    SimpleRadialFisheye = 8, "SIMPLE_RADIAL_FISHEYE", 4, 1;
    /// f, cx, cy, k1, k2.
    RadialFisheye = 9, "RADIAL_FISHEYE", 5, 1;
    /// fx, fy, cx, cy, k1, k2, p1, p2, k3, k4, sx1, sy1.
    ThinPrismFisheye = 10, "THIN_PRISM_FISHEYE", 12, 2;
}

impl Camera {
    /// Focal lengths along x and y, in pixels.
    pub fn focal_lengths(&self) -> [f64; 2] {
        let param = |index: usize| self.params.get(index).copied().unwrap_or(f64::NAN);
        let along_y = usize::from(!self.model.has_one_focal_length());
        [param(0), param(along_y)]
    }

    /// The vertical field of view in radians, as camera frustums have it, without distortions.
    pub fn fov(&self) -> f64 {
        let [_, along_y] = self.focal_lengths();
        2.0 * (self.height as f64 / 2.0).atan2(along_y)
    }

    /// Width by height.
    pub fn aspect(&self) -> f64 {
        self.width as f64 / self.height as f64
    }
}
