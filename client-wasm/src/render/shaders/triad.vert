// The axes of coordinate frames: three cylinders an instance.

// Of the side: x from -1 to 1 across what is visible of it, z 0 or 1 along it. Of the end that
// is visible: x and y on the unit disc. w: axis 0, 1 or 2; 3 more for the end.
in vec4 position;

out float depth;
flat out vec3 linear_color;

void main() {
    load_pose();
    vec4 size = column(3);      // length, radius of the axes
    bool is_end = position.w > 2.5;
    int axis = int(position.w) - (is_end ? 3 : 0);
    // In units of the cylinder, with its axis as z.
    vec3 eye = local_camera(row0, row1, row2);
    eye = axis == 0 ? eye.yzx : axis == 1 ? eye.zxy : eye;
    eye /= size.yyx;

    vec3 p;
    if (is_end) {
        // A point where neither end is visible.
        vec2 disc = eye.z < 0.0 || eye.z > 1.0 ? position.xy : vec2(0.0);
        p = vec3(disc, eye.z < 0.0 ? 0.0 : 1.0);
    } else {
        // A line where the camera looks along the axis from within the cylinder.
        float away = length(eye.xy);
        vec2 toward = away > 0.0 ? eye.xy / away : vec2(1.0, 0.0);
        vec2 angle = part_of_angle(abs(position.x), min(1.0 / away, 1.0));
        vec2 side = vec2(-toward.y, toward.x) * sign(position.x);
        p = vec3(toward * angle.x + side * angle.y, position.z);
    }
    p *= size.yyx;
    p = axis == 0 ? p.zxy : axis == 1 ? p.yzx : p;

    // #cc0000 and so on.
    linear_color = vec3(axis == 0, axis == 1, axis == 2) * 0.6038273;
    vec4 view_position = view_from_world * vec4(world_from_local(p), 1.0);
    depth = -view_position.z;
    gl_Position = is_instance() ? clip_from_view * view_position : OUT_OF_SIGHT;
}
