// Unlit solids, instanced.

in vec3 position;
in vec4 color;

out float depth;
flat out vec3 linear_color;

void main() {
    vec4 view_position = view_from_world * vec4(world_from_local(position), 1.0);
    depth = -view_position.z;
    linear_color = color.rgb;
    gl_Position = clip_from_view * view_position;
}
