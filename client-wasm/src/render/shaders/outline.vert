// The node under the pointer, as large as itself and a rim.

in vec3 position;
in vec3 normal;

uniform mat4 world_from_node;

out float depth;

const float RIM = 10.0;     // pixels

void main() {
    vec4 view_position = view_from_world * (world_from_node * vec4(position, 1.0));
    vec4 clip = clip_from_view * view_position;
    vec2 outwards = (clip_from_view * (view_from_world * (world_from_node * vec4(normal, 0.0)))).xy;
    float size = length(outwards);
    clip.xy += size > 0.0 ? outwards / size * (2.0 * RIM) / viewport.xy * clip.w : vec2(0.0);
    depth = -view_position.z;
    gl_Position = clip;
}
