// Surfaces with the materials of glTF.

in vec3 position;
in vec3 normal;
in vec2 uv0;
in vec2 uv1;
in vec4 color;

out vec3 world_position;
out vec3 world_normal;
out float depth;
out vec4 uvs;
out vec4 vertex_color;
flat out vec2 hand;              // -1 for left ones; shadows

void main() {
    load_pose();
#ifdef SKINNED
    load_skin();
    vec3 p = world_from_local(skinned(vec4(position, 1.0)));
    vec3 n = skinned(vec4(normal, 0.0));
#else
    vec3 p = world_from_local(position);
    vec3 n = normal;
#endif
    vec4 view_position = view_from_world * vec4(p, 1.0);
    hand = vec2(handedness(), mod(column(4).w, 4.0));
    world_position = p;
    world_normal = turned_normal(n);
    depth = -view_position.z;
    uvs = vec4(uv0, uv1);
    vertex_color = color;
    gl_Position = is_instance() ? clip_from_view * view_position : OUT_OF_SIGHT;
}
