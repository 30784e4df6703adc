// Pictures on rectangles.

in vec2 position;   // corners of the unit square around the origin

uniform mat4 world_from_quad;
uniform float lift;     // towards positive z, in clip space after division

out vec2 uv;
out float depth;

void main() {
    vec4 view_position = view_from_world * (world_from_quad * vec4(position, 0.0, 1.0));
    depth = -view_position.z;
    // The first row of the picture is its top, which is at negative y.
    uv = position + 0.5;
    gl_Position = clip_from_view * view_position;
    vec3 to_camera = camera_position.xyz - world_from_quad[3].xyz;
    float side = dot(to_camera, world_from_quad[2].xyz) < 0.0 ? -1.0 : 1.0;
    gl_Position.z -= side * lift * gl_Position.w;
}
