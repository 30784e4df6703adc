//! Gizmos.

props! {
    /// Handles with which a viewer moves and turns the node.
    pub struct TransformControls as "TransformControlsProps" {
        /// Length of the arrows: scene units, or pixels when `fixed`.
        scale: f64 = 1.0,
        /// Width of lines, pixels.
        line_width: f64 = 2.5,
        /// Keep the size on the screen.
        fixed: bool = false,
        /// Which axes can be used.
        active_axes: [bool; 3] = [true; 3],
        /// Hide the arrows.
        disable_axes: bool = false,
        /// Hide the plane sliders.
        disable_sliders: bool = false,
        /// Hide the rotation arcs.
        disable_rotations: bool = false,
        /// Lowest and highest translation along each axis since the gizmo appeared.
        translation_limits: [[f64; 2]; 3] = [[-1000.0, 1000.0]; 3],
        /// Lowest and highest rotation about each axis since the gizmo appeared, radians.
        rotation_limits: [[f64; 2]; 3] = [[-1000.0, 1000.0]; 3],
        /// Whether nearer nodes hide the gizmo.
        depth_test: bool = true,
        /// Opacity, 0 to 1.
        opacity: f64 = 1.0,
    }
}
