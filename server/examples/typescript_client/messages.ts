// Written by scenecast::infra::generate_typescript_interfaces from the declarations of the
// messages: change those instead.

/**
 * A camera drawn as a frustum. The camera looks along the node's z axis, x is right, y is
 * down.
 */
export interface CameraFrustumProps {
  /** Vertical field of view, radians. */
  fov: number;
  /** Width divided by height. */
  aspect: number;
  /** Line thickness, in `thickness_units`. */
  thickness: number;
  /** Colour. */
  color: [number, number, number];
  /** How `image_data` is compressed. */
  _format: "jpeg" | "png";
  /** Compressed image shown on the far plane. */
  _image_data: Uint8Array<ArrayBuffer> | null;
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
  /** Whether shadows fall on the node. */
  receive_shadow: boolean | number;
  /** Lines only, or filled faces too. */
  variant: "wireframe" | "filled";
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
  /** Whether lines keep their thickness in the scene or on the screen. */
  thickness_units: "screen" | "world";
}

/**
 * A camera drawn as a frustum. The camera looks along the node's z axis, x is right, y is
 * down.
 */
export interface CameraFrustumMessage {
  type: "CameraFrustumMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: CameraFrustumProps;
}

/** A glTF 2.0 scene; its animations play. */
export interface GlbProps {
  /**
   * A glTF 2.0 file in its binary form. Its coordinates are used as they are: y-up is not
   * converted.
   */
  glb_data: Uint8Array<ArrayBuffer>;
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
  /** Whether shadows fall on the node. */
  receive_shadow: boolean | number;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** A glTF 2.0 scene; its animations play. */
export interface GlbMessage {
  type: "GlbMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: GlbProps;
}

/** A coordinate frame: red, green and blue axes along x, y and z, and a sphere at the origin. */
export interface FrameProps {
  /** Whether anything is drawn; a frame without axes still poses its children. */
  show_axes: boolean;
  /** Length of each axis. */
  axes_length: number;
  /** Radius of each axis. */
  axes_radius: number;
  /** Radius of the sphere at the origin. */
  origin_radius: number;
  /** Colour of the sphere at the origin. */
  origin_color: [number, number, number];
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** A coordinate frame: red, green and blue axes along x, y and z, and a sphere at the origin. */
export interface FrameMessage {
  type: "FrameMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: FrameProps;
}

/** Red, green and blue axes at many poses. */
export interface BatchedAxesProps {
  /** Rotations of the instances, `[N, 4]`, scalar first. */
  batched_wxyzs: Uint8Array<ArrayBuffer>;
  /** Positions of the instances, `[N, 3]`. */
  batched_positions: Uint8Array<ArrayBuffer>;
  /** Scales of the instances: `[N]`, or `[N, 3]` along each axis. */
  batched_scales: Uint8Array<ArrayBuffer> | null;
  /** Length of each axis. */
  axes_length: number;
  /** Radius of each axis. */
  axes_radius: number;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** Red, green and blue axes at many poses. */
export interface BatchedAxesMessage {
  type: "BatchedAxesMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: BatchedAxesProps;
}

/** A plane of lines, finite or infinite. */
export interface GridProps {
  /** Size along the plane's first axis. */
  width: number;
  /** Size along the plane's second axis. */
  height: number;
  /** The plane that the grid lies in, by its two axes. */
  plane: "xz" | "xy" | "yx" | "yz" | "zx" | "zy";
  /** Colour of the lines between cells. */
  cell_color: [number, number, number];
  /** Thickness of the lines between cells, pixels. */
  cell_thickness: number;
  /** Distance of the lines between cells. */
  cell_size: number;
  /** Colour of the lines between sections. */
  section_color: [number, number, number];
  /** Thickness of the lines between sections, pixels. */
  section_thickness: number;
  /** Distance of the lines between sections. */
  section_size: number;
  /** Reach to the fade distance on all sides, whatever `width` and `height` say. */
  infinite_grid: boolean;
  /** Distance at which the grid has faded away. */
  fade_distance: number;
  /** How steeply it fades; 0 for not at all. */
  fade_strength: number;
  /** Where that distance is measured from. */
  fade_from: "camera" | "origin";
  /** Darkness of shadows that fall on the grid, 0 to 1. */
  shadow_opacity: number;
  /** Colour of the plane behind the lines. */
  plane_color: [number, number, number];
  /** Opacity of the plane behind the lines, 0 to 1. */
  plane_opacity: number;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** A plane of lines, finite or infinite. */
export interface GridMessage {
  type: "GridMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: GridProps;
}

/** Text that faces the camera. The node's rotation has no effect. */
export interface LabelProps {
  /** The text; `\n` starts a line. */
  text: string;
  /** Whether the text keeps its size on the screen or in the scene. */
  font_size_mode: "screen" | "scene";
  /** Size in screen mode, as a multiple of 12 pixels. */
  font_screen_scale: number;
  /** Height of a line in scene mode, scene units. */
  font_scene_height: number;
  /** Whether nearer nodes hide the label. */
  depth_test: boolean;
  /** Which point of the text block is at the node's position. */
  anchor: "top-left" | "top-center" | "top-right" | "center-left" | "center-center" | "center-right" | "bottom-left" | "bottom-center" | "bottom-right";
}

/** Text that faces the camera. The node's rotation has no effect. */
export interface LabelMessage {
  type: "LabelMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: LabelProps;
}

/** A GUI container shown at the node's position. */
export interface Gui3DProps {
  /** Order among containers. */
  order: number;
  /** The container whose components are shown. */
  container_uuid: string;
}

/** A GUI container shown at the node's position. */
export interface Gui3DMessage {
  type: "Gui3DMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: Gui3DProps;
}

/** Coloured points, drawn without lighting. */
export interface PointCloudProps {
  /** Positions, `[N, 3]`. A server sends them in the precision that `precision` says. */
  points: Uint8Array<ArrayBuffer>;
  /** Colours, `[N, 3]`, or one row for all points. */
  colors: Uint8Array<ArrayBuffer>;
  /** Radius of a point, scene units. */
  point_size: number;
  /** Outline of a point. */
  point_shape: "square" | "diamond" | "circle" | "rounded" | "sparkle";
  /** Precision in which positions are sent. */
  precision: "float16" | "float32";
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
  /** Plain colour, or darker towards the rim. */
  point_shading: "flat" | "gradient";
}

/** Coloured points, drawn without lighting. */
export interface PointCloudMessage {
  type: "PointCloudMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: PointCloudProps;
}

/** Parallel light from the node's world position towards the world origin. */
export interface DirectionalLightProps {
  /** Colour of the light. */
  color: [number, number, number];
  /** Brightness. */
  intensity: number;
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
}

/** Parallel light from the node's world position towards the world origin. */
export interface DirectionalLightMessage {
  type: "DirectionalLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: DirectionalLightProps;
}

/** Light from everywhere. */
export interface AmbientLightProps {
  /** Colour. */
  color: [number, number, number];
  /** Brightness. */
  intensity: number;
}

/** Light from everywhere. */
export interface AmbientLightMessage {
  type: "AmbientLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: AmbientLightProps;
}

/**
 * Light that fades from a sky colour to a ground colour along the direction from the world
 * origin to the node.
 */
export interface HemisphereLightProps {
  /** Colour from above. */
  sky_color: [number, number, number];
  /** Colour from below. */
  ground_color: [number, number, number];
  /** Brightness. */
  intensity: number;
}

/**
 * Light that fades from a sky colour to a ground colour along the direction from the world
 * origin to the node.
 */
export interface HemisphereLightMessage {
  type: "HemisphereLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: HemisphereLightProps;
}

/** Light in all directions from a point. */
export interface PointLightProps {
  /** Colour. */
  color: [number, number, number];
  /** Brightness. */
  intensity: number;
  /** Distance at which the light ends; 0 for never. */
  distance: number;
  /** How fast it dims with distance; 2 is physical. */
  decay: number;
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
}

/** Light in all directions from a point. */
export interface PointLightMessage {
  type: "PointLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: PointLightProps;
}

/** Light from a rectangle, along the node's negative z axis. */
export interface RectAreaLightProps {
  /** Colour. */
  color: [number, number, number];
  /** Brightness. */
  intensity: number;
  /** Width of the rectangle. */
  width: number;
  /** Height of the rectangle. */
  height: number;
}

/** Light from a rectangle, along the node's negative z axis. */
export interface RectAreaLightMessage {
  type: "RectAreaLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: RectAreaLightProps;
}

/** A cone of light. */
export interface SpotLightProps {
  /** Colour. */
  color: [number, number, number];
  /** Brightness. */
  intensity: number;
  /** Distance at which the light ends; 0 for never. */
  distance: number;
  /** Half opening angle, radians, at most π/2. */
  angle: number;
  /** Share of the cone in which the light fades out, 0 to 1. */
  penumbra: number;
  /** How fast it dims with distance; 2 is physical. */
  decay: number;
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
  /** Direction of the light in the node's frame. */
  direction: [number, number, number];
}

/** A cone of light. */
export interface SpotLightMessage {
  type: "SpotLightMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: SpotLightProps;
}

/** A triangle mesh in one colour. */
export interface MeshProps {
  /** Positions, `[V, 3]`. */
  vertices: Uint8Array<ArrayBuffer>;
  /** Triangles as vertex indices, `[F, 3]`. */
  faces: Uint8Array<ArrayBuffer>;
  /** Colour. */
  color: [number, number, number];
  /** Draw edges only. */
  wireframe: boolean;
  /** Opacity, 0 to 1; `None` draws opaque. */
  opacity: number | null;
  /** One normal for each triangle instead of smooth ones. */
  flat_shading: boolean;
  /** Which side of the triangles is drawn; counter-clockwise is the front. */
  side: "front" | "back" | "double";
  /** How the surface reacts to light. */
  material: "standard" | "toon3" | "toon5";
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
  /** Whether shadows fall on the node. */
  receive_shadow: boolean | number;
}

/** A triangle mesh in one colour. */
export interface MeshMessage {
  type: "MeshMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: MeshProps;
}

/** A box centred on the node. */
export interface BoxProps {
  /** Edge lengths along x, y and z. */
  dimensions: [number, number, number];
  /** Colour. */
  color: [number, number, number];
  /** Draw edges only. */
  wireframe: boolean;
  /** Opacity, 0 to 1; `None` draws opaque. */
  opacity: number | null;
  /** One normal for each triangle instead of smooth ones. */
  flat_shading: boolean;
  /** Which side of the triangles is drawn; counter-clockwise is the front. */
  side: "front" | "back" | "double";
  /** How the surface reacts to light. */
  material: "standard" | "toon3" | "toon5";
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
  /** Whether shadows fall on the node. */
  receive_shadow: boolean | number;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** A box centred on the node. */
export interface BoxMessage {
  type: "BoxMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: BoxProps;
}

/** A sphere of triangles of like size. */
export interface IcosphereProps {
  /** Radius. */
  radius: number;
  /** How often each edge of the icosahedron is cut. */
  subdivisions: number;
  /** Colour. */
  color: [number, number, number];
  /** Draw edges only. */
  wireframe: boolean;
  /** Opacity, 0 to 1; `None` draws opaque. */
  opacity: number | null;
  /** One normal for each triangle instead of smooth ones. */
  flat_shading: boolean;
  /** Which side of the triangles is drawn; counter-clockwise is the front. */
  side: "front" | "back" | "double";
  /** How the surface reacts to light. */
  material: "standard" | "toon3" | "toon5";
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
  /** Whether shadows fall on the node. */
  receive_shadow: boolean | number;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** A sphere of triangles of like size. */
export interface IcosphereMessage {
  type: "IcosphereMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: IcosphereProps;
}

/** A capped cylinder along z, centred on the node. */
export interface CylinderProps {
  /** Radius. */
  radius: number;
  /** Height along the node's z axis. */
  height: number;
  /** Colour. */
  color: [number, number, number];
  /** Sides that approximate the circle. */
  radial_segments: number;
  /** Draw edges only. */
  wireframe: boolean;
  /** Opacity, 0 to 1; `None` draws opaque. */
  opacity: number | null;
  /** One normal for each triangle instead of smooth ones. */
  flat_shading: boolean;
  /** Which side of the triangles is drawn; counter-clockwise is the front. */
  side: "front" | "back" | "double";
  /** How the surface reacts to light. */
  material: "standard" | "toon3" | "toon5";
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
  /** Whether shadows fall on the node. */
  receive_shadow: boolean | number;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** A capped cylinder along z, centred on the node. */
export interface CylinderMessage {
  type: "CylinderMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: CylinderProps;
}

/** A triangle mesh that bones deform. */
export interface SkinnedMeshProps {
  /** Positions, `[V, 3]`. */
  vertices: Uint8Array<ArrayBuffer>;
  /** Triangles as vertex indices, `[F, 3]`. */
  faces: Uint8Array<ArrayBuffer>;
  /** Colour. */
  color: [number, number, number];
  /** Draw edges only. */
  wireframe: boolean;
  /** Opacity, 0 to 1; `None` draws opaque. */
  opacity: number | null;
  /** One normal for each triangle instead of smooth ones. */
  flat_shading: boolean;
  /** Which side of the triangles is drawn; counter-clockwise is the front. */
  side: "front" | "back" | "double";
  /** How the surface reacts to light. */
  material: "standard" | "toon3" | "toon5";
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
  /** Whether shadows fall on the node. */
  receive_shadow: boolean | number;
  /** Rotations of the bones at rest, `[B, 4]`. */
  bone_wxyzs: Uint8Array<ArrayBuffer>;
  /** Positions of the bones at rest, `[B, 3]`. */
  bone_positions: Uint8Array<ArrayBuffer>;
  /** Bones that move each vertex, `[V, 4]`. */
  skin_indices: Uint8Array<ArrayBuffer>;
  /** Their weights, `[V, 4]`. */
  skin_weights: Uint8Array<ArrayBuffer>;
}

/** A triangle mesh that bones deform. */
export interface SkinnedMeshMessage {
  type: "SkinnedMeshMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: SkinnedMeshProps;
}

/** Many instances of one triangle mesh. */
export interface BatchedMeshesProps {
  /** Rotations of the instances, `[N, 4]`, scalar first. */
  batched_wxyzs: Uint8Array<ArrayBuffer>;
  /** Positions of the instances, `[N, 3]`. */
  batched_positions: Uint8Array<ArrayBuffer>;
  /** Scales of the instances: `[N]`, or `[N, 3]` along each axis. */
  batched_scales: Uint8Array<ArrayBuffer> | null;
  /** When instances far away are drawn with fewer triangles. */
  lod: "auto" | "off" | [number, number][];
  /** Positions, `[V, 3]`. */
  vertices: Uint8Array<ArrayBuffer>;
  /** Triangles as vertex indices, `[F, 3]`. */
  faces: Uint8Array<ArrayBuffer>;
  /** Colours of the instances, `[N, 3]`, or one row for all. Taken as linear light. */
  batched_colors: Uint8Array<ArrayBuffer>;
  /** Draw edges only. */
  wireframe: boolean;
  /** Opacity, 0 to 1; `None` draws opaque. */
  opacity: number | null;
  /** One normal for each triangle instead of smooth ones. */
  flat_shading: boolean;
  /** Which side of the triangles is drawn; counter-clockwise is the front. */
  side: "front" | "back" | "double";
  /** How the surface reacts to light. */
  material: "standard" | "toon3" | "toon5";
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
  /** Whether shadows fall on the instances. */
  receive_shadow: boolean;
  /** Opacities of the instances, `[N]`. */
  batched_opacities: Uint8Array<ArrayBuffer> | null;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** Many instances of one triangle mesh. */
export interface BatchedMeshesMessage {
  type: "BatchedMeshesMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: BatchedMeshesProps;
}

/** Many instances of one glTF 2.0 scene. */
export interface BatchedGlbProps {
  /** Rotations of the instances, `[N, 4]`, scalar first. */
  batched_wxyzs: Uint8Array<ArrayBuffer>;
  /** Positions of the instances, `[N, 3]`. */
  batched_positions: Uint8Array<ArrayBuffer>;
  /** Scales of the instances: `[N]`, or `[N, 3]` along each axis. */
  batched_scales: Uint8Array<ArrayBuffer> | null;
  /** When instances far away are drawn with fewer triangles. */
  lod: "auto" | "off" | [number, number][];
  /**
   * A glTF 2.0 file in its binary form. Its coordinates are used as they are: y-up is not
   * converted.
   */
  glb_data: Uint8Array<ArrayBuffer>;
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
  /** Whether shadows fall on the instances. */
  receive_shadow: boolean;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** Many instances of one glTF 2.0 scene. */
export interface BatchedGlbMessage {
  type: "BatchedGlbMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: BatchedGlbProps;
}

/** Handles with which a viewer moves and turns the node. */
export interface TransformControlsProps {
  /** Length of the arrows: scene units, or pixels when `fixed`. */
  scale: number;
  /** Width of lines, pixels. */
  line_width: number;
  /** Keep the size on the screen. */
  fixed: boolean;
  /** Which axes can be used. */
  active_axes: [boolean, boolean, boolean];
  /** Hide the arrows. */
  disable_axes: boolean;
  /** Hide the plane sliders. */
  disable_sliders: boolean;
  /** Hide the rotation arcs. */
  disable_rotations: boolean;
  /** Lowest and highest translation along each axis since the gizmo appeared. */
  translation_limits: [[number, number], [number, number], [number, number]];
  /** Lowest and highest rotation about each axis since the gizmo appeared, radians. */
  rotation_limits: [[number, number], [number, number], [number, number]];
  /** Whether nearer nodes hide the gizmo. */
  depth_test: boolean;
  /** Opacity, 0 to 1. */
  opacity: number;
}

/** Handles with which a viewer moves and turns the node. */
export interface TransformControlsMessage {
  type: "TransformControlsMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: TransformControlsProps;
}

/** An image on a rectangle in the node's xy plane, its top at negative y. */
export interface ImageProps {
  /** How `data` is compressed. */
  _format: "jpeg" | "png";
  /** The compressed image. */
  _data: Uint8Array<ArrayBuffer>;
  /** Width in the scene. */
  render_width: number;
  /** Height in the scene. */
  render_height: number;
  /** Whether the node throws shadows. */
  cast_shadow: boolean;
  /** Whether shadows fall on the node. */
  receive_shadow: boolean | number;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** An image on a rectangle in the node's xy plane, its top at negative y. */
export interface ImageMessage {
  type: "ImageMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: ImageProps;
}

/** Straight lines with round ends. */
export interface LineSegmentsProps {
  /** Start and end of each segment, `[N, 2, 3]`. */
  points: Uint8Array<ArrayBuffer>;
  /** Line thickness, in `thickness_units`. */
  thickness: number;
  /** Colours of starts and ends, `[2 N, 3]` in turn, or one row for all. */
  colors: Uint8Array<ArrayBuffer>;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
  /** Whether lines keep their thickness in the scene or on the screen. */
  thickness_units: "screen" | "world";
}

/** Straight lines with round ends. */
export interface LineSegmentsMessage {
  type: "LineSegmentsMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: LineSegmentsProps;
}

/** Arrows from start to tip. */
export interface ArrowProps {
  /** Start and tip of each arrow, `[N, 2, 3]`. */
  points: Uint8Array<ArrayBuffer>;
  /** Colours, `[N, 3]`, or one row for all. Taken as linear light. */
  colors: Uint8Array<ArrayBuffer>;
  /** Radius of the shafts. */
  shaft_radius: number;
  /** Radius of the heads at their base. */
  head_radius: number;
  /** Length of the heads. */
  head_length: number;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** Arrows from start to tip. */
export interface ArrowMessage {
  type: "ArrowMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: ArrowProps;
}

/** A smooth curve through points. */
export interface CatmullRomSplineProps {
  /** Points on the curve, `[N, 3]`. */
  points: Uint8Array<ArrayBuffer>;
  /** How the parameter runs between points. */
  curve_type: "centripetal" | "chordal" | "catmullrom";
  /** Tension, for the uniform curve type only. */
  tension: number;
  /** Whether the last point is joined to the first. */
  closed: boolean;
  /** Line thickness, in `thickness_units`. */
  thickness: number;
  /** Colour. */
  color: [number, number, number];
  /** Straight pieces that the curve is drawn with; `None` for the default of 20. */
  segments: number | null;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
  /** Whether lines keep their thickness in the scene or on the screen. */
  thickness_units: "screen" | "world";
}

/** A smooth curve through points. */
export interface CatmullRomSplineMessage {
  type: "CatmullRomSplineMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: CatmullRomSplineProps;
}

/** A curve of cubic Bézier pieces. */
export interface CubicBezierSplineProps {
  /** End points of the pieces, `[N, 3]`. */
  points: Uint8Array<ArrayBuffer>;
  /** Two control points for each piece, `[2N - 2, 3]`. */
  control_points: Uint8Array<ArrayBuffer>;
  /** Line thickness, in `thickness_units`. */
  thickness: number;
  /** Colour. */
  color: [number, number, number];
  /** Straight pieces that the curve is drawn with; `None` for the default of 20. */
  segments: number | null;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
  /** Whether lines keep their thickness in the scene or on the screen. */
  thickness_units: "screen" | "world";
}

/** A curve of cubic Bézier pieces. */
export interface CubicBezierSplineMessage {
  type: "CubicBezierSplineMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: CubicBezierSplineProps;
}

/** Gaussian splats, blended back to front. */
export interface GaussianSplatsProps {
  /**
   * Packed splats, `[N, 8]`: three words of position (f32), one reserved, three of
   * covariance (six f16), one of RGBA (u8).
   */
  buffer: Uint8Array<ArrayBuffer>;
  /** Scale of the node's own geometry. */
  scale: number | [number, number, number];
}

/** Gaussian splats, blended back to front. */
export interface GaussianSplatsMessage {
  type: "GaussianSplatsMessage";
  name: string;
  owner: string;
  virtual: boolean;
  props: GaussianSplatsProps;
}

/** A group of components that folds. */
export interface GuiFolderProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Heading; `None` draws no frame. */
  label: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether it starts open. */
  expand_by_default: boolean;
}

/** A group of components that folds. */
export interface GuiFolderMessage {
  type: "GuiFolderMessage";
  uuid: string;
  container_uuid: string;
  props: GuiFolderProps;
}

/** A group of components that folds. */
export interface GuiFormMessage {
  type: "GuiFormMessage";
  uuid: string;
  container_uuid: string;
  props: GuiFolderProps;
}

/** Text in Markdown. */
export interface GuiMarkdownProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** The source, GitHub flavoured. */
  _markdown: string;
  /** Whether it is shown. */
  visible: boolean;
}

/** Text in Markdown. */
export interface GuiMarkdownMessage {
  type: "GuiMarkdownMessage";
  uuid: string;
  container_uuid: string;
  props: GuiMarkdownProps;
}

/** A piece of HTML. */
export interface GuiHtmlProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** The source. */
  content: string;
  /** Whether it is shown. */
  visible: boolean;
}

/** A piece of HTML. */
export interface GuiHtmlMessage {
  type: "GuiHtmlMessage";
  uuid: string;
  container_uuid: string;
  props: GuiHtmlProps;
}

/** A line between components. */
export interface GuiDividerProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Whether it is shown. */
  visible: boolean;
}

/** A line between components. */
export interface GuiDividerMessage {
  type: "GuiDividerMessage";
  uuid: string;
  container_uuid: string;
  props: GuiDividerProps;
}

/** A bar that fills from 0 to 100. */
export interface GuiProgressBarProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Whether stripes move along the bar. */
  animated: boolean;
  /** Colour. */
  color: "dark" | "gray" | "red" | "pink" | "grape" | "violet" | "indigo" | "blue" | "cyan" | "green" | "lime" | "yellow" | "orange" | "teal" | [number, number, number] | null;
  /** Whether it is shown. */
  visible: boolean;
}

/** A bar that fills from 0 to 100. */
export interface GuiProgressBarMessage {
  type: "GuiProgressBarMessage";
  uuid: string;
  value: number;
  container_uuid: string;
  props: GuiProgressBarProps;
}

/** A figure drawn by Plotly. */
export interface GuiPlotlyProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** The figure as JSON. */
  _plotly_json_str: string;
  /** Height divided by width. */
  aspect: number;
  /** Whether it is shown. */
  visible: boolean;
}

/** A figure drawn by Plotly. */
export interface GuiPlotlyMessage {
  type: "GuiPlotlyMessage";
  uuid: string;
  container_uuid: string;
  props: GuiPlotlyProps;
}

/** A chart drawn by uPlot. */
export interface GuiUplotProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Series, x first; each `[K]`. */
  data: Uint8Array<ArrayBuffer>[];
  /** 1: shared x values; 2: facets. */
  mode: number | null;
  /** Heading. */
  title: string | null;
  /** One entry for each series of `data`. */
  series: Series[];
  /** Areas between series. */
  bands: Band[] | null;
  /** Scales by name. */
  scales: { [key: string]: Scale } | null;
  /** Axes. */
  axes: Axis[] | null;
  /** Legend. */
  legend: Legend | null;
  /** Cursor. */
  cursor: Cursor | null;
  /** Focus. */
  focus: Focus | null;
  /** Width divided by height. */
  aspect: number;
  /** Height in pixels, instead of `aspect`. */
  height: number | null;
  /** Space above, right, below and left, pixels. */
  padding: [number, number, number, number] | null;
  /** Whether it is shown. */
  visible: boolean;
}

/** uPlot's `Series` options. */
export interface Series {
  show?: boolean;
  class?: string;
  scale?: string;
  auto?: boolean;
  sorted?: number;
  spanGaps?: boolean;
  gaps?: [number, number][];
  pxAlign?: unknown;
  label?: string;
  value?: string;
  points?: Series_Points;
  facets?: Series_Facet[];
  width?: number;
  stroke?: string;
  fill?: string;
  fillTo?: number;
  dash?: number[];
  cap?: string;
  alpha?: number;
  idxs?: [number, number];
  min?: number;
  max?: number;
}

/** uPlot's `Band` options. */
export interface Band {
  series?: [number, number];
  fill?: string;
  dir?: unknown;
}

/** uPlot's `Scale` options. */
export interface Scale {
  time?: boolean;
  auto?: boolean;
  range?: unknown;
  from?: string;
  distr?: number;
  log?: unknown;
  clamp?: number;
  asinh?: number;
  min?: number;
  max?: number;
  dir?: unknown;
  ori?: unknown;
  key?: string;
}

/** uPlot's `Axis` options. */
export interface Axis {
  show?: boolean;
  scale?: string;
  side?: number;
  size?: number;
  gap?: number;
  font?: string;
  lineGap?: number;
  stroke?: string;
  label?: string;
  labelSize?: number;
  labelGap?: number;
  labelFont?: string;
  space?: number;
  incrs?: number[];
  splits?: number[];
  values?: unknown;
  rotate?: number;
  align?: number;
  alignTo?: number;
  grid?: Axis_Grid;
  ticks?: Axis_Ticks;
  border?: Axis_Border;
}

/** uPlot's `Legend` options. */
export interface Legend {
  show?: boolean;
  live?: boolean;
  isolate?: boolean;
  markers?: Legend_Markers;
  mount?: unknown;
  idx?: number | null;
  idxs?: (number | null)[];
  values?: string[];
}

/** uPlot's `Cursor` options. */
export interface Cursor {
  show?: boolean;
  x?: boolean;
  y?: boolean;
  left?: number;
  top?: number;
  idx?: number | null;
  idxs?: (number | null)[];
  points?: Cursor_Points;
  drag?: Cursor_Drag;
  sync?: Cursor_Sync;
  focus?: Cursor_Focus;
  hover?: Cursor_Hover;
  lock?: boolean;
}

/** uPlot's `Focus` options. */
export interface Focus {
  alpha?: number;
}

/** uPlot's `Series.Points` options. */
export interface Series_Points {
  show?: boolean;
  filter?: unknown;
  size?: number;
  space?: number;
  width?: number;
  stroke?: string;
  dash?: number[];
  cap?: string;
  fill?: string;
}

/** uPlot's `Series.Facet` options. */
export interface Series_Facet {
  scale?: string;
  auto?: boolean;
  sorted?: number;
}

/** uPlot's `Axis.Grid` options. */
export interface Axis_Grid {
  show?: boolean;
  stroke?: string;
  width?: number;
  dash?: number[];
  cap?: string;
}

/** uPlot's `Axis.Ticks` options. */
export interface Axis_Ticks {
  show?: boolean;
  stroke?: string;
  width?: number;
  dash?: number[];
  cap?: string;
  size?: number;
}

/** uPlot's `Axis.Border` options. */
export interface Axis_Border {
  show?: boolean;
  stroke?: string;
  width?: number;
  dash?: number[];
  cap?: string;
}

/** uPlot's `Legend.Markers` options. */
export interface Legend_Markers {
  show?: boolean;
  width?: number;
  stroke?: string;
  fill?: string;
  dash?: string;
}

/** uPlot's `Cursor.Points` options. */
export interface Cursor_Points {
  show?: boolean;
  one?: boolean;
  size?: number;
  width?: number;
  stroke?: string;
  fill?: string;
}

/** uPlot's `Cursor.Drag` options. */
export interface Cursor_Drag {
  setScale?: boolean;
  x?: boolean;
  y?: boolean;
  dist?: number;
  uni?: number;
  click?: unknown;
}

/** uPlot's `Cursor.Sync` options. */
export interface Cursor_Sync {
  key?: string;
  setSeries?: boolean;
  scales?: [string | null, string | null];
  match?: unknown;
  filters?: unknown;
  values?: [number, number];
}

/** uPlot's `Cursor.Focus` options. */
export interface Cursor_Focus {
  prox?: number;
  bias?: number;
  dist?: unknown;
}

/** uPlot's `Cursor.Hover` options. */
export interface Cursor_Hover {
  prox?: unknown;
  bias?: number;
  skip?: unknown[];
}

/** A chart drawn by uPlot. */
export interface GuiUplotMessage {
  type: "GuiUplotMessage";
  uuid: string;
  container_uuid: string;
  props: GuiUplotProps;
}

/** An image. */
export interface GuiImageProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text above the image. */
  label: string | null;
  /** The compressed image. */
  _data: Uint8Array<ArrayBuffer> | null;
  /** How `data` is compressed. */
  _format: "jpeg" | "png";
  /** Whether it is shown. */
  visible: boolean;
}

/** An image. */
export interface GuiImageMessage {
  type: "GuiImageMessage";
  uuid: string;
  container_uuid: string;
  props: GuiImageProps;
}

/** Tabs, of which one shows its components. */
export interface GuiTabGroupProps {
  /** Labels of the tabs. */
  _tab_labels: string[];
  /** Icons of the tabs, as SVG. */
  _tab_icons_html: (string | null)[];
  /** Containers of the tabs. */
  _tab_container_ids: string[];
  /** Position among its siblings, ascending. */
  order: number;
  /** Whether it is shown. */
  visible: boolean;
}

/** Tabs, of which one shows its components. */
export interface GuiTabGroupMessage {
  type: "GuiTabGroupMessage";
  uuid: string;
  container_uuid: string;
  props: GuiTabGroupProps;
}

/** A button. */
export interface GuiButtonProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
  /** Colour. */
  color: "dark" | "gray" | "red" | "pink" | "grape" | "violet" | "indigo" | "blue" | "cyan" | "green" | "lime" | "yellow" | "orange" | "teal" | [number, number, number] | null;
  /** Icon, as SVG. */
  _icon_html: string | null;
  /** Rates, Hz, at which holding the button is reported. */
  _hold_callback_freqs: number[];
}

/** A button. */
export interface GuiButtonMessage {
  type: "GuiButtonMessage";
  uuid: string;
  value: boolean;
  container_uuid: string;
  props: GuiButtonProps;
}

/** A button that asks for a file. */
export interface GuiUploadButtonProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
  /** Colour. */
  color: "dark" | "gray" | "red" | "pink" | "grape" | "violet" | "indigo" | "blue" | "cyan" | "green" | "lime" | "yellow" | "orange" | "teal" | [number, number, number] | null;
  /** Icon, as SVG. */
  _icon_html: string | null;
  /** Files that the picker offers. */
  mime_type: string;
}

/** A button that asks for a file. */
export interface GuiUploadButtonMessage {
  type: "GuiUploadButtonMessage";
  uuid: string;
  container_uuid: string;
  props: GuiUploadButtonProps;
}

/** A number on a track. */
export interface GuiSliderProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
  /** Lowest value. */
  min: number;
  /** Highest value. */
  max: number;
  /** Smallest step between values. */
  step: number;
  /** Decimals shown. */
  precision: number;
  /** Marks along the track; `None` marks both ends. */
  _marks: GuiSliderMark[] | null;
}

/** A mark along a slider. */
export interface GuiSliderMark {
  /** Where it is. */
  value: number;
  /** Text under it. */
  label: string | null;
}

/** A number on a track. */
export interface GuiSliderMessage {
  type: "GuiSliderMessage";
  uuid: string;
  value: number;
  container_uuid: string;
  props: GuiSliderProps;
}

/** Several numbers on a track. */
export interface GuiMultiSliderProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
  /** Lowest value. */
  min: number;
  /** Highest value. */
  max: number;
  /** Smallest step between values. */
  step: number;
  /** Smallest distance between neighbouring thumbs; `None` for one step. */
  min_range: number | null;
  /** Decimals shown. */
  precision: number;
  /** Whether the outer thumbs stay where they are. */
  fixed_endpoints: boolean;
  /** Marks along the track; `None` marks both ends. */
  _marks: GuiSliderMark[] | null;
}

/** Several numbers on a track. */
export interface GuiMultiSliderMessage {
  type: "GuiMultiSliderMessage";
  uuid: string;
  value: number[];
  container_uuid: string;
  props: GuiMultiSliderProps;
}

/** A number. */
export interface GuiNumberProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
  /** Decimals shown. */
  precision: number;
  /** Smallest step between values. */
  step: number;
  /** Lowest value. */
  min: number | null;
  /** Highest value. */
  max: number | null;
}

/** A number. */
export interface GuiNumberMessage {
  type: "GuiNumberMessage";
  uuid: string;
  value: number;
  container_uuid: string;
  props: GuiNumberProps;
}

/** A colour. */
export interface GuiRgbProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
}

/** A colour. */
export interface GuiRgbMessage {
  type: "GuiRgbMessage";
  uuid: string;
  value: [number, number, number];
  container_uuid: string;
  props: GuiRgbProps;
}

/** A colour with opacity. */
export interface GuiRgbaProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
}

/** A colour with opacity. */
export interface GuiRgbaMessage {
  type: "GuiRgbaMessage";
  uuid: string;
  value: [number, number, number, number];
  container_uuid: string;
  props: GuiRgbaProps;
}

/** A yes or no. */
export interface GuiCheckboxProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
}

/** A yes or no. */
export interface GuiCheckboxMessage {
  type: "GuiCheckboxMessage";
  uuid: string;
  value: boolean;
  container_uuid: string;
  props: GuiCheckboxProps;
}

/** Two numbers. */
export interface GuiVector2Props {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
  /** Lowest value. */
  min: [number, number] | null;
  /** Highest value. */
  max: [number, number] | null;
  /** Smallest step between values. */
  step: number;
  /** Decimals shown. */
  precision: number;
}

/** Two numbers. */
export interface GuiVector2Message {
  type: "GuiVector2Message";
  uuid: string;
  value: [number, number];
  container_uuid: string;
  props: GuiVector2Props;
}

/** Three numbers. */
export interface GuiVector3Props {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
  /** Lowest value. */
  min: [number, number, number] | null;
  /** Highest value. */
  max: [number, number, number] | null;
  /** Smallest step between values. */
  step: number;
  /** Decimals shown. */
  precision: number;
}

/** Three numbers. */
export interface GuiVector3Message {
  type: "GuiVector3Message";
  uuid: string;
  value: [number, number, number];
  container_uuid: string;
  props: GuiVector3Props;
}

/** A text. */
export interface GuiTextProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
  /** Whether the text may have several lines. */
  multiline: boolean;
}

/** A text. */
export interface GuiTextMessage {
  type: "GuiTextMessage";
  uuid: string;
  value: string;
  container_uuid: string;
  props: GuiTextProps;
}

/** One of several texts. */
export interface GuiDropdownProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
  /** The choices. */
  options: string[];
}

/** One of several texts. */
export interface GuiDropdownMessage {
  type: "GuiDropdownMessage";
  uuid: string;
  value: string;
  container_uuid: string;
  props: GuiDropdownProps;
}

/** Buttons in a row. */
export interface GuiButtonGroupProps {
  /** Position among its siblings, ascending. */
  order: number;
  /** Text beside the input. */
  label: string;
  /** Text of the tooltip. */
  hint: string | null;
  /** Whether it is shown. */
  visible: boolean;
  /** Whether input is refused. */
  disabled: boolean;
  /** The choices. */
  options: string[];
}

/** Buttons in a row. */
export interface GuiButtonGroupMessage {
  type: "GuiButtonGroupMessage";
  uuid: string;
  value: string;
  container_uuid: string;
  props: GuiButtonGroupProps;
}

/** Removes a node. A server sends one for each descendant too. */
export interface RemoveSceneNodeMessage {
  type: "RemoveSceneNodeMessage";
  /** The node. */
  name: string;
  /** Whose variant of it. */
  owner: string;
}

/** Removes a component. */
export interface GuiRemoveMessage {
  type: "GuiRemoveMessage";
  /** The component. */
  uuid: string;
}

/** Source for the viewer to run; ours never does. */
export interface RunJavascriptMessage {
  type: "RunJavascriptMessage";
  /** The source. */
  source: string;
}

/** A note in the corner. */
export interface NotificationProps {
  /** Heading. */
  title: string;
  /** Text. */
  body: string;
  /** Whether a spinner shows. */
  loading: boolean;
  /** Whether the user can close it. */
  with_close_button: boolean;
  /** Seconds until it closes by itself; `None` for never. */
  auto_close_seconds: number | null;
  /** Colour. */
  color: "dark" | "gray" | "red" | "pink" | "grape" | "violet" | "indigo" | "blue" | "cyan" | "green" | "lime" | "yellow" | "orange" | "teal" | [number, number, number] | null;
}

/** Shows a notification. */
export interface NotificationShowMessage {
  type: "NotificationShowMessage";
  /** Names the notification. */
  uuid: string;
  /** What it says. */
  props: NotificationProps;
}

/** Changes a notification that is still shown. */
export interface NotificationUpdateMessage {
  type: "NotificationUpdateMessage";
  /** The notification. */
  uuid: string;
  /** What it says from now on. */
  props: NotificationProps;
}

/** Closes a notification. */
export interface RemoveNotificationMessage {
  type: "RemoveNotificationMessage";
  /** The notification. */
  uuid: string;
}

/** A viewer's camera, sent whenever it moves and once after connecting. */
export interface ViewerCameraMessage {
  type: "ViewerCameraMessage";
  /** Rotation, `R_world_camera`. */
  wxyz: [number, number, number, number];
  /** Position in the world. */
  position: [number, number, number];
  /** Vertical field of view, radians. */
  fov: number;
  /** Distance of the near plane. */
  near: number;
  /** Distance of the far plane. */
  far: number;
  /** Height of the drawing, pixels. */
  image_height: number;
  /** Width of the drawing, pixels. */
  image_width: number;
  /** The point that the camera orbits. */
  look_at: [number, number, number];
  /** The direction that the viewer keeps upright. */
  up_direction: [number, number, number];
}

/** A viewer pointed at the scene. */
export interface ScenePointerMessage {
  type: "ScenePointerMessage";
  /** What it did. */
  event_type: "click" | "rect-select";
  /** Where the ray through a clicked pixel starts, in the world. */
  ray_origin: [number, number, number] | null;
  /** Where that ray goes. */
  ray_direction: [number, number, number] | null;
  /** The click, or two corners of the rectangle; 0 to 1 from the top left. */
  screen_pos: [number, number][];
  /** Modifiers held. */
  modifier: "cmd/ctrl" | "alt" | "shift" | "cmd/ctrl+alt" | "cmd/ctrl+shift" | "alt+shift" | "cmd/ctrl+alt+shift" | null;
}

/** Which events of one type are reported: the full set. */
export interface ScenePointerEnableMessage {
  type: "ScenePointerEnableMessage";
  /** The type. */
  event_type: "click" | "rect-select";
  /** Modifiers of which one must be held exactly, `None` for no modifier; empty for none. */
  modifiers: ("cmd/ctrl" | "alt" | "shift" | "cmd/ctrl+alt" | "cmd/ctrl+shift" | "alt+shift" | "cmd/ctrl+alt+shift" | null)[];
  /** The viewer that this is for, by client id; empty for all. */
  owner: string;
}

/** Mixes a colour into what is far from the camera. */
export interface FogMessage {
  type: "FogMessage";
  /** Depth at which it begins. */
  near: number;
  /** Depth at which nothing else is seen. */
  far: number;
  /** Its colour. */
  color: [number, number, number];
  /** Whether there is any. */
  enabled: boolean;
}

/** Light, and perhaps a background, from a photographed environment. */
export interface EnvironmentMapMessage {
  type: "EnvironmentMapMessage";
  /** Equirectangular gain-map JPEG; `None` for no environment. */
  hdri_data: Uint8Array<ArrayBuffer> | null;
  /** Whether it is shown behind the scene. */
  background: boolean;
  /** Blur of the background, 0 to 1. */
  background_blurriness: number;
  /** Brightness of the background. */
  background_intensity: number;
  /** Rotation of the background. */
  background_wxyz: [number, number, number, number];
  /** Brightness of the light. */
  environment_intensity: number;
  /** Rotation of the light. */
  environment_wxyz: [number, number, number, number];
}

/** The default lights. */
export interface EnableLightsMessage {
  type: "EnableLightsMessage";
  /** Whether they are on. */
  enabled: boolean;
  /** Whether they cast shadows. */
  cast_shadow: boolean;
}

/** Turns a bone of a skinned mesh. */
export interface SetBoneOrientationMessage {
  type: "SetBoneOrientationMessage";
  /** The mesh. */
  name: string;
  /** Which bone. */
  bone_index: number;
  /** Rotation in the mesh's frame. */
  wxyz: [number, number, number, number];
  /** Whose variant of it. */
  owner: string;
}

/** Moves a bone of a skinned mesh. */
export interface SetBonePositionMessage {
  type: "SetBonePositionMessage";
  /** The mesh. */
  name: string;
  /** Which bone. */
  bone_index: number;
  /** Position in the mesh's frame. */
  position: [number, number, number];
  /** Whose variant of it. */
  owner: string;
}

/** Moves a viewer's camera. */
export interface SetCameraPositionMessage {
  type: "SetCameraPositionMessage";
  /** Position in the world. */
  position: [number, number, number];
  /** Only as the start, which the viewer's own wishes outweigh. */
  initial: boolean;
}

/** Sets the direction that is upright on the screen. */
export interface SetCameraUpDirectionMessage {
  type: "SetCameraUpDirectionMessage";
  /** Direction in the world (not a position: the name is the wire's). */
  position: [number, number, number];
  /** Only as the start, which the viewer's own wishes outweigh. */
  initial: boolean;
}

/** Sets the point that the camera looks at. */
export interface SetCameraLookAtMessage {
  type: "SetCameraLookAtMessage";
  /** Position in the world. */
  look_at: [number, number, number];
  /** Only as the start, which the viewer's own wishes outweigh. */
  initial: boolean;
}

/** Sets the near plane. */
export interface SetCameraNearMessage {
  type: "SetCameraNearMessage";
  /** Its distance. */
  near: number;
  /** Only as the start, which the viewer's own wishes outweigh. */
  initial: boolean;
}

/** Sets the far plane. */
export interface SetCameraFarMessage {
  type: "SetCameraFarMessage";
  /** Its distance. */
  far: number;
  /** Only as the start, which the viewer's own wishes outweigh. */
  initial: boolean;
}

/** Sets the field of view. */
export interface SetCameraFovMessage {
  type: "SetCameraFovMessage";
  /** Vertical, radians. */
  fov: number;
  /** Only as the start, which the viewer's own wishes outweigh. */
  initial: boolean;
}

/** Keeps the camera this far from its look-at point. */
export interface SetCameraMinOrbitDistanceMessage {
  type: "SetCameraMinOrbitDistanceMessage";
  /** The least distance. */
  min_orbit_distance: number;
}

/** Keeps the camera this near to its look-at point. */
export interface SetCameraMaxOrbitDistanceMessage {
  type: "SetCameraMaxOrbitDistanceMessage";
  /** The greatest distance, perhaps infinite. */
  max_orbit_distance: number;
}

/** Turns a node. */
export interface SetOrientationMessage {
  type: "SetOrientationMessage";
  /** The node; empty for the root, which turns the world upright on the screen. */
  name: string;
  /** Rotation in the parent's frame. */
  wxyz: [number, number, number, number];
  /** Whose variant of it. */
  owner: string;
}

/** Moves a node. */
export interface SetPositionMessage {
  type: "SetPositionMessage";
  /** The node. */
  name: string;
  /** Position in the parent's frame. */
  position: [number, number, number];
  /** Whose variant of it. */
  owner: string;
}

/** A viewer moves a gizmo. */
export interface TransformControlsUpdateMessage {
  type: "TransformControlsUpdateMessage";
  /** The gizmo. */
  name: string;
  /** Its rotation in its parent's frame. */
  wxyz: [number, number, number, number];
  /** Its position in its parent's frame. */
  position: [number, number, number];
  /** Whose variant of it. */
  owner: string;
}

/** A viewer takes hold of a gizmo. */
export interface TransformControlsDragStartMessage {
  type: "TransformControlsDragStartMessage";
  /** The gizmo. */
  name: string;
  /** Whose variant of it. */
  owner: string;
}

/** A viewer lets go of a gizmo. */
export interface TransformControlsDragEndMessage {
  type: "TransformControlsDragEndMessage";
  /** The gizmo. */
  name: string;
  /** Whose variant of it. */
  owner: string;
}

/** An image behind the scene. */
export interface BackgroundImageMessage {
  type: "BackgroundImageMessage";
  /** How `rgb_data` is compressed. */
  format: "jpeg" | "png";
  /** The compressed image; `None` for none. */
  rgb_data: Uint8Array<ArrayBuffer> | null;
  /** Depth as RGBA PNG: (blue + 256 green + 65536 red) / 100,000 scene units. */
  depth_data: Uint8Array<ArrayBuffer> | null;
}

/** Shows or hides a node and everything below it. */
export interface SetSceneNodeVisibilityMessage {
  type: "SetSceneNodeVisibilityMessage";
  /** The node; empty for the whole scene. */
  name: string;
  /** Whether it is shown. */
  visible: boolean;
  /** Whose variant of it. */
  owner: string;
}

/** A button, and the modifiers that must be held with it. */
export interface DragBinding {
  /** The button. */
  button: "left" | "middle" | "right";
  /** Exactly these modifiers; `None` for none held. */
  modifier: "cmd/ctrl" | "alt" | "shift" | "cmd/ctrl+alt" | "cmd/ctrl+shift" | "alt+shift" | "cmd/ctrl+alt+shift" | null;
}

/** Which drags on a node are reported: the full set. */
export interface SetSceneNodeDragBindingsMessage {
  type: "SetSceneNodeDragBindingsMessage";
  /** The node. */
  name: string;
  /** The set; empty for none. */
  bindings: DragBinding[];
  /** Whose variant of it. */
  owner: string;
}

/** Which clicks on a node are reported: the full set. */
export interface SetSceneNodeClickBindingsMessage {
  type: "SetSceneNodeClickBindingsMessage";
  /** The node. */
  name: string;
  /** The set; empty for none. */
  bindings: DragBinding[];
  /** Whose variant of it. */
  owner: string;
}

/** A viewer clicked a node. */
export interface SceneNodeClickMessage {
  type: "SceneNodeClickMessage";
  /** The node. */
  name: string;
  /** Which instance of it. */
  instance_index: number | null;
  /** Where the ray through the pixel starts, in the world. */
  ray_origin: [number, number, number];
  /** Where that ray goes. */
  ray_direction: [number, number, number];
  /** 0 to 1 from the top left. */
  screen_pos: [number, number];
  /** Modifiers held. */
  modifier: "cmd/ctrl" | "alt" | "shift" | "cmd/ctrl+alt" | "cmd/ctrl+shift" | "alt+shift" | "cmd/ctrl+alt+shift" | null;
  /** Whose variant of the node. */
  owner: string;
}

/** A viewer drags a node. */
export interface SceneNodeDragMessage {
  type: "SceneNodeDragMessage";
  /** The moment. */
  phase: "start" | "update" | "end";
  /** The node. */
  name: string;
  /** Which instance of it. */
  instance_index: number | null;
  /** The grabbed point of the node where it is now, in the world. */
  start_position: [number, number, number];
  /** The same, 0 to 1 from the top left. */
  start_screen_pos: [number, number];
  /** The pointer on the plane through the grabbed point, in the world. */
  end_position: [number, number, number];
  /** The same, 0 to 1 from the top left. */
  end_screen_pos: [number, number];
  /** Button held. */
  button: "left" | "middle" | "right";
  /** Modifiers held. */
  modifier: "cmd/ctrl" | "alt" | "shift" | "cmd/ctrl+alt" | "cmd/ctrl+shift" | "alt+shift" | "cmd/ctrl+alt+shift" | null;
  /** Whose variant of the node. */
  owner: string;
}

/** Part of viser's protocol that nobody sends. */
export interface ResetGuiMessage {
  type: "ResetGuiMessage";
}

/** A viewer submits a form, or a server says that it is submitted. */
export interface GuiFormSubmitMessage {
  type: "GuiFormSubmitMessage";
  /** The form. */
  uuid: string;
}

/** A form has changes that are not submitted. */
export interface GuiFormDirtyMessage {
  type: "GuiFormDirtyMessage";
  /** The form. */
  uuid: string;
}

/** Docked at an edge. */
export interface EdgePlacement {
  /** Which placement this is. */
  kind: "edge";
  /** The edge. */
  edge: "left" | "right";
}

/** Above or below another panel. */
export interface SplitPlacement {
  /** Which placement this is. */
  kind: "split";
  /** The other panel. */
  anchor_uuid: string;
  /** The side of it. */
  side: "above" | "below";
}

/** Floating. Negative coordinates are gaps from the right or bottom edge. */
export interface FloatPlacement {
  /** Which placement this is. */
  kind: "float";
  /** Pixels from the left; `None` for the viewer's choice. */
  x: number | null;
  /** Pixels from the top; `None` for the viewer's choice. */
  y: number | null;
}

/** Moves a panel. */
export interface GuiSetPanelPositionMessage {
  type: "GuiSetPanelPositionMessage";
  /** The panel. */
  uuid: string;
  /** Where to. */
  position: EdgePlacement | SplitPlacement | FloatPlacement;
  /** Grows with each placement of a run; viewers ignore what is older than they have. */
  counter: number;
  /** Names the run of the server. */
  run_id: string;
}

/** Sets the width of a panel. */
export interface GuiSetPanelWidthMessage {
  type: "GuiSetPanelWidthMessage";
  /** The panel. */
  uuid: string;
  /** Pixels; `None` for the viewer's choice. */
  width: number | null;
  /** Grows with each placement of a run; viewers ignore what is older than they have. */
  counter: number;
  /** Names the run of the server. */
  run_id: string;
}

/** Sets the height of a floating panel. */
export interface GuiSetPanelHeightMessage {
  type: "GuiSetPanelHeightMessage";
  /** The panel. */
  uuid: string;
  /** Pixels; `None` for the viewer's choice. */
  height: number | null;
  /** Grows with each placement of a run; viewers ignore what is older than they have. */
  counter: number;
  /** Names the run of the server. */
  run_id: string;
}

/** Folds or unfolds a panel. */
export interface GuiSetPanelCollapsedMessage {
  type: "GuiSetPanelCollapsedMessage";
  /** The panel. */
  uuid: string;
  /** Whether it is folded. */
  collapsed: boolean;
  /** Grows with each placement of a run; viewers ignore what is older than they have. */
  counter: number;
  /** Names the run of the server. */
  run_id: string;
}

/** A window of its own with tabs. */
export interface GuiPanelProps {
  /** Labels of the tabs. */
  _tab_labels: string[];
  /** Icons of the tabs, as SVG. */
  _tab_icons_html: (string | null)[];
  /** Containers of the tabs. */
  _tab_container_ids: string[];
  /** Position among its siblings, ascending. */
  order: number;
  /** Whether it is shown. */
  visible: boolean;
}

/** Adds a panel. */
export interface GuiPanelMessage {
  type: "GuiPanelMessage";
  /** Names the panel. */
  uuid: string;
  /** Its properties. */
  props: GuiPanelProps;
}

/** Removes a panel. */
export interface GuiPanelRemoveMessage {
  type: "GuiPanelRemoveMessage";
  /** The panel. */
  uuid: string;
}

/** Opens a dialog. */
export interface GuiModalMessage {
  type: "GuiModalMessage";
  /** Position among dialogs. */
  order: number;
  /** Names the dialog and its container. */
  uuid: string;
  /** Heading. */
  title: string;
}

/** Closes a dialog. */
export interface GuiCloseModalMessage {
  type: "GuiCloseModalMessage";
  /** The dialog. */
  uuid: string;
}

/** A viewer holds a button down. */
export interface GuiButtonHoldMessage {
  type: "GuiButtonHoldMessage";
  /** The button. */
  uuid: string;
  /** Which of the rates this report is for, Hz. */
  frequency: number;
}

/** Changes the value or properties of a component or panel. Viewers send it for values. */
export interface GuiUpdateMessage {
  type: "GuiUpdateMessage";
  /** The component. */
  uuid: string;
  /** New values by property; `value` is the value. */
  updates: { [key: string]: unknown };
}

/** Changes properties of a node. */
export interface SceneNodeUpdateMessage {
  type: "SceneNodeUpdateMessage";
  /** The node. */
  name: string;
  /** New values by property. */
  updates: { [key: string]: unknown };
  /** Whose variant of it. */
  owner: string;
}

/** The title bar. */
export interface TitlebarConfig {
  /** Buttons on the right. */
  buttons: TitlebarButton[] | null;
  /** Image on the left. */
  image: TitlebarImage | null;
}

/** A button in the title bar. */
export interface TitlebarButton {
  /** Its text. */
  text: string | null;
  /** Its icon. */
  icon: "GitHub" | "Description" | "Keyboard" | null;
  /** Where it leads. */
  href: string | null;
}

/** An image in the title bar. */
export interface TitlebarImage {
  /** The image for light pages. */
  image_url_light: string;
  /** The image for dark pages. */
  image_url_dark: string | null;
  /** What it shows. */
  image_alt: string;
  /** Where it leads. */
  href: string | null;
}

/** Sets the look of the page. */
export interface ThemeConfigurationMessage {
  type: "ThemeConfigurationMessage";
  /** The title bar; `None` for none. */
  titlebar_content: TitlebarConfig | null;
  /** Where the control panel starts. */
  control_layout: "floating" | "collapsible" | "fixed";
  /** How wide it is. */
  control_width: "small" | "medium" | "large";
  /** Whether the logo shows. */
  show_logo: boolean;
  /** Whether the share button shows. */
  show_share_button: boolean;
  /** Whether the page is dark. */
  dark_mode: boolean;
  /** The brand colour in ten shades from light to dark, as `#rrggbb`. */
  colors: [string, string, string, string, string, string, string, string, string, string] | null;
}

/** Asks a viewer for an image. */
export interface GetRenderRequestMessage {
  type: "GetRenderRequestMessage";
  /** How the answer is compressed. */
  format: "image/jpeg" | "image/png";
  /** Height, pixels. */
  height: number;
  /** Width, pixels. */
  width: number;
  /** JPEG quality, 0 to 100. */
  quality: number;
  /** Rotation of the camera, `R_world_camera`. */
  wxyz: [number, number, number, number];
  /** Its position in the world. */
  position: [number, number, number];
  /** Vertical field of view, radians. */
  fov: number;
  /** Names the answer. */
  render_uuid: string;
}

/** The image that was asked for. */
export interface GetRenderResponseMessage {
  type: "GetRenderResponseMessage";
  /** The compressed image; empty if the viewer could not draw it. */
  payload: Uint8Array<ArrayBuffer>;
  /** Which request this answers. */
  render_uuid: string;
}

/** A viewer begins to upload a file. */
export interface FileTransferStartUpload {
  type: "FileTransferStartUpload";
  /** The upload button. */
  source_component_uuid: string;
  /** Names the transfer. */
  transfer_uuid: string;
  /** Name of the file. */
  filename: string;
  /** Type of the file. */
  mime_type: string;
  /** How many parts follow. */
  part_count: number;
  /** How many bytes they hold together. */
  size_bytes: number;
}

/** The server begins to send a file. */
export interface FileTransferStartDownload {
  type: "FileTransferStartDownload";
  /** Save at once, instead of showing a link. */
  save_immediately: boolean;
  /** Names the transfer. */
  transfer_uuid: string;
  /** Name of the file. */
  filename: string;
  /** Type of the file. */
  mime_type: string;
  /** How many parts follow. */
  part_count: number;
  /** How many bytes they hold together. */
  size_bytes: number;
}

/** A part of a file. */
export interface FileTransferPart {
  type: "FileTransferPart";
  /** The upload button, if a viewer sends. */
  source_component_uuid: string | null;
  /** Which transfer. */
  transfer_uuid: string;
  /** Which part, from 0. */
  part_index: number;
  /** Its bytes. */
  content: Uint8Array<ArrayBuffer>;
}

/** The server has taken in parts of a file. */
export interface FileTransferPartAck {
  type: "FileTransferPartAck";
  /** The upload button. */
  source_component_uuid: string | null;
  /** Which transfer. */
  transfer_uuid: string;
  /** Bytes taken in. */
  transferred_bytes: number;
  /** Bytes in all. */
  total_bytes: number;
}

/** A viewer asks for a public link. */
export interface ShareUrlRequest {
  type: "ShareUrlRequest";
}

/** The replay of what happened before a viewer joined is complete. */
export interface ReplayDoneMessage {
  type: "ReplayDoneMessage";
}

/** The public link. */
export interface ShareUrlUpdated {
  type: "ShareUrlUpdated";
  /** `None` when there is none. */
  share_url: string | null;
}

/** A viewer ends the public link. */
export interface ShareUrlDisconnect {
  type: "ShareUrlDisconnect";
}

/** Sets the heading of the control panel. */
export interface SetGuiPanelLabelMessage {
  type: "SetGuiPanelLabelMessage";
  /** The heading; `None` for the state of the connection. */
  label: string | null;
}

/** An entry of the command palette. */
export interface CommandProps {
  /** Name in the palette. */
  label: string;
  /** Text under the name. */
  description: string | null;
  /** Key that triggers it. */
  hotkey: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | "L" | "M" | "N" | "O" | "P" | "Q" | "R" | "S" | "T" | "U" | "V" | "W" | "X" | "Y" | "Z" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "space" | "enter" | "escape" | "tab" | "backspace" | "delete" | "insert" | "home" | "end" | "pageup" | "pagedown" | "arrowup" | "arrowdown" | "arrowleft" | "arrowright" | null;
  /** Keys held together with it. */
  modifier: "cmd/ctrl" | "alt" | "shift" | "cmd/ctrl+alt" | "cmd/ctrl+shift" | "alt+shift" | "cmd/ctrl+alt+shift" | null;
  /** Icon, as SVG. */
  _icon_html: string | null;
  /** Whether input is refused. */
  disabled: boolean;
}

/** Adds a command. */
export interface RegisterCommandMessage {
  type: "RegisterCommandMessage";
  /** Names the command. */
  uuid: string;
  /** Its properties. */
  props: CommandProps;
}

/** Changes properties of a command. */
export interface CommandUpdateMessage {
  type: "CommandUpdateMessage";
  /** The command. */
  uuid: string;
  /** New values by property. */
  updates: { [key: string]: unknown };
}

/** Removes a command. */
export interface RemoveCommandMessage {
  type: "RemoveCommandMessage";
  /** The command. */
  uuid: string;
}

/** A viewer triggers a command. */
export interface CommandTriggerMessage {
  type: "CommandTriggerMessage";
  /** The command. */
  uuid: string;
}

/** Keeps a text in the viewer's browser. */
export interface LocalStorageSetItemMessage {
  type: "LocalStorageSetItemMessage";
  /** Its name. */
  key: string;
  /** The text. */
  value: string;
}

/** Forgets a text kept in the viewer's browser. */
export interface LocalStorageRemoveItemMessage {
  type: "LocalStorageRemoveItemMessage";
  /** Its name. */
  key: string;
}

/** Forgets all texts kept in the viewer's browser. */
export interface LocalStorageClearMessage {
  type: "LocalStorageClearMessage";
}

/** Asks for a text kept in the viewer's browser. */
export interface LocalStorageGetItemRequestMessage {
  type: "LocalStorageGetItemRequestMessage";
  /** Its name. */
  key: string;
  /** Names the answer. */
  request_uuid: string;
}

/** The text that was asked for. */
export interface LocalStorageGetItemResponseMessage {
  type: "LocalStorageGetItemResponseMessage";
  /** `None` if there is none. */
  value: string | null;
  /** Why it could not be read. */
  error: string | null;
  /** Which request this answers. */
  request_uuid: string;
}

/** Any of these messages, told apart by `type`. */
export type Message =
  | CameraFrustumMessage
  | GlbMessage
  | FrameMessage
  | BatchedAxesMessage
  | GridMessage
  | LabelMessage
  | Gui3DMessage
  | PointCloudMessage
  | DirectionalLightMessage
  | AmbientLightMessage
  | HemisphereLightMessage
  | PointLightMessage
  | RectAreaLightMessage
  | SpotLightMessage
  | MeshMessage
  | BoxMessage
  | IcosphereMessage
  | CylinderMessage
  | SkinnedMeshMessage
  | BatchedMeshesMessage
  | BatchedGlbMessage
  | TransformControlsMessage
  | ImageMessage
  | LineSegmentsMessage
  | ArrowMessage
  | CatmullRomSplineMessage
  | CubicBezierSplineMessage
  | GaussianSplatsMessage
  | GuiFolderMessage
  | GuiFormMessage
  | GuiMarkdownMessage
  | GuiHtmlMessage
  | GuiDividerMessage
  | GuiProgressBarMessage
  | GuiPlotlyMessage
  | GuiUplotMessage
  | GuiImageMessage
  | GuiTabGroupMessage
  | GuiButtonMessage
  | GuiUploadButtonMessage
  | GuiSliderMessage
  | GuiMultiSliderMessage
  | GuiNumberMessage
  | GuiRgbMessage
  | GuiRgbaMessage
  | GuiCheckboxMessage
  | GuiVector2Message
  | GuiVector3Message
  | GuiTextMessage
  | GuiDropdownMessage
  | GuiButtonGroupMessage
  | RemoveSceneNodeMessage
  | GuiRemoveMessage
  | RunJavascriptMessage
  | NotificationShowMessage
  | NotificationUpdateMessage
  | RemoveNotificationMessage
  | ViewerCameraMessage
  | ScenePointerMessage
  | ScenePointerEnableMessage
  | FogMessage
  | EnvironmentMapMessage
  | EnableLightsMessage
  | SetBoneOrientationMessage
  | SetBonePositionMessage
  | SetCameraPositionMessage
  | SetCameraUpDirectionMessage
  | SetCameraLookAtMessage
  | SetCameraNearMessage
  | SetCameraFarMessage
  | SetCameraFovMessage
  | SetCameraMinOrbitDistanceMessage
  | SetCameraMaxOrbitDistanceMessage
  | SetOrientationMessage
  | SetPositionMessage
  | TransformControlsUpdateMessage
  | TransformControlsDragStartMessage
  | TransformControlsDragEndMessage
  | BackgroundImageMessage
  | SetSceneNodeVisibilityMessage
  | SetSceneNodeDragBindingsMessage
  | SetSceneNodeClickBindingsMessage
  | SceneNodeClickMessage
  | SceneNodeDragMessage
  | ResetGuiMessage
  | GuiFormSubmitMessage
  | GuiFormDirtyMessage
  | GuiSetPanelPositionMessage
  | GuiSetPanelWidthMessage
  | GuiSetPanelHeightMessage
  | GuiSetPanelCollapsedMessage
  | GuiPanelMessage
  | GuiPanelRemoveMessage
  | GuiModalMessage
  | GuiCloseModalMessage
  | GuiButtonHoldMessage
  | GuiUpdateMessage
  | SceneNodeUpdateMessage
  | ThemeConfigurationMessage
  | GetRenderRequestMessage
  | GetRenderResponseMessage
  | FileTransferStartUpload
  | FileTransferStartDownload
  | FileTransferPart
  | FileTransferPartAck
  | ShareUrlRequest
  | ReplayDoneMessage
  | ShareUrlUpdated
  | ShareUrlDisconnect
  | SetGuiPanelLabelMessage
  | RegisterCommandMessage
  | CommandUpdateMessage
  | RemoveCommandMessage
  | CommandTriggerMessage
  | LocalStorageSetItemMessage
  | LocalStorageRemoveItemMessage
  | LocalStorageClearMessage
  | LocalStorageGetItemRequestMessage
  | LocalStorageGetItemResponseMessage;

/** The messages with the tag GuiComponentMessage. */
export type GuiComponentMessage =
  | GuiFolderMessage
  | GuiFormMessage
  | GuiMarkdownMessage
  | GuiHtmlMessage
  | GuiDividerMessage
  | GuiProgressBarMessage
  | GuiPlotlyMessage
  | GuiUplotMessage
  | GuiImageMessage
  | GuiTabGroupMessage
  | GuiButtonMessage
  | GuiUploadButtonMessage
  | GuiSliderMessage
  | GuiMultiSliderMessage
  | GuiNumberMessage
  | GuiRgbMessage
  | GuiRgbaMessage
  | GuiCheckboxMessage
  | GuiVector2Message
  | GuiVector3Message
  | GuiTextMessage
  | GuiDropdownMessage
  | GuiButtonGroupMessage;

const typesGuiComponentMessage = new Set<string>([
  "GuiFolderMessage",
  "GuiFormMessage",
  "GuiMarkdownMessage",
  "GuiHtmlMessage",
  "GuiDividerMessage",
  "GuiProgressBarMessage",
  "GuiPlotlyMessage",
  "GuiUplotMessage",
  "GuiImageMessage",
  "GuiTabGroupMessage",
  "GuiButtonMessage",
  "GuiUploadButtonMessage",
  "GuiSliderMessage",
  "GuiMultiSliderMessage",
  "GuiNumberMessage",
  "GuiRgbMessage",
  "GuiRgbaMessage",
  "GuiCheckboxMessage",
  "GuiVector2Message",
  "GuiVector3Message",
  "GuiTextMessage",
  "GuiDropdownMessage",
  "GuiButtonGroupMessage",
]);

/** Whether a message has the tag GuiComponentMessage. */
export function isGuiComponentMessage(message: Message): message is GuiComponentMessage {
  return typesGuiComponentMessage.has(message.type);
}

/** The messages with the tag SceneNodeMessage. */
export type SceneNodeMessage =
  | CameraFrustumMessage
  | GlbMessage
  | FrameMessage
  | BatchedAxesMessage
  | GridMessage
  | LabelMessage
  | Gui3DMessage
  | PointCloudMessage
  | DirectionalLightMessage
  | AmbientLightMessage
  | HemisphereLightMessage
  | PointLightMessage
  | RectAreaLightMessage
  | SpotLightMessage
  | MeshMessage
  | BoxMessage
  | IcosphereMessage
  | CylinderMessage
  | SkinnedMeshMessage
  | BatchedMeshesMessage
  | BatchedGlbMessage
  | TransformControlsMessage
  | ImageMessage
  | LineSegmentsMessage
  | ArrowMessage
  | CatmullRomSplineMessage
  | CubicBezierSplineMessage
  | GaussianSplatsMessage;

const typesSceneNodeMessage = new Set<string>([
  "CameraFrustumMessage",
  "GlbMessage",
  "FrameMessage",
  "BatchedAxesMessage",
  "GridMessage",
  "LabelMessage",
  "Gui3DMessage",
  "PointCloudMessage",
  "DirectionalLightMessage",
  "AmbientLightMessage",
  "HemisphereLightMessage",
  "PointLightMessage",
  "RectAreaLightMessage",
  "SpotLightMessage",
  "MeshMessage",
  "BoxMessage",
  "IcosphereMessage",
  "CylinderMessage",
  "SkinnedMeshMessage",
  "BatchedMeshesMessage",
  "BatchedGlbMessage",
  "TransformControlsMessage",
  "ImageMessage",
  "LineSegmentsMessage",
  "ArrowMessage",
  "CatmullRomSplineMessage",
  "CubicBezierSplineMessage",
  "GaussianSplatsMessage",
]);

/** Whether a message has the tag SceneNodeMessage. */
export function isSceneNodeMessage(message: Message): message is SceneNodeMessage {
  return typesSceneNodeMessage.has(message.type);
}
