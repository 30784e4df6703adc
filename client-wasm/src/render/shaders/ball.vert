// Unlit balls, instanced: a dome towards the camera.

in vec3 position;   // x, y: around the dome; z: 0 in its middle, 1 at the outline

out float depth;
flat out vec3 linear_color;

void main() {
    load_pose();
    vec3 eye = local_camera(row0, row1, row2);
    float away = length(eye);
    vec3 toward = eye / max(away, 1e-6);
    vec3 right = normalize(abs(toward.z) < 0.9 ? vec3(-toward.y, toward.x, 0.0) : vec3(0.0, -toward.z, toward.y));
    vec3 up = cross(toward, right);
    // From within, nothing is visible: the dome is a point.
    vec2 angle = part_of_angle(position.z, min(1.0 / away, 1.0));
    vec3 p = toward * angle.x + (right * position.x + up * position.y) * angle.y;

    vec4 view_position = view_from_world * vec4(world_from_local(p), 1.0);
    depth = -view_position.z;
    linear_color = column(3).rgb;
    gl_Position = is_instance() ? clip_from_view * view_position : OUT_OF_SIGHT;
}
