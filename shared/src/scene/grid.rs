//! Grids.

use crate::types::{Rgb, Scale};

props! {
    /// A plane of lines, finite or infinite.
    pub struct Grid as "GridProps" {
        /// Size along the plane's first axis.
        width: f64 = 10.0,
        /// Size along the plane's second axis.
        height: f64 = 10.0,
        /// The plane that the grid lies in, by its two axes.
        plane: GridPlane = GridPlane::default(),
        /// Colour of the lines between cells.
        cell_color: Rgb = Rgb([200, 200, 200]),
        /// Thickness of the lines between cells, pixels.
        cell_thickness: f64 = 1.0,
        /// Distance of the lines between cells.
        cell_size: f64 = 0.5,
        /// Colour of the lines between sections.
        section_color: Rgb = Rgb([140, 140, 140]),
        /// Thickness of the lines between sections, pixels.
        section_thickness: f64 = 1.0,
        /// Distance of the lines between sections.
        section_size: f64 = 1.0,
        /// Reach to the fade distance on all sides, whatever `width` and `height` say.
        infinite_grid: bool = false,
        /// Distance at which the grid has faded away.
        fade_distance: f64 = 100.0,
        /// How steeply it fades; 0 for not at all.
        fade_strength: f64 = 1.0,
        /// Where that distance is measured from.
        fade_from: FadeFrom = FadeFrom::default(),
        /// Darkness of shadows that fall on the grid, 0 to 1.
        shadow_opacity: f64 = 0.125,
        /// Colour of the plane behind the lines.
        plane_color: Rgb = Rgb::WHITE,
        /// Opacity of the plane behind the lines, 0 to 1.
        plane_opacity: f64 = 0.0,
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
    }
}

literal! {
    /// A plane by its first and second axis.
    #[derive(Default)]
    GridPlane {
        /// x and z.
        Xz = "xz",
        /// x and y.
        #[default]
        Xy = "xy",
        /// y and x.
        Yx = "yx",
        /// y and z.
        Yz = "yz",
        /// z and x.
        Zx = "zx",
        /// z and y.
        Zy = "zy",
    }
}

literal! {
    /// Where fading starts.
    #[derive(Default)]
    FadeFrom {
        /// At the camera, projected on the plane.
        #[default]
        Camera = "camera",
        /// At the world origin.
        Origin = "origin",
    }
}
