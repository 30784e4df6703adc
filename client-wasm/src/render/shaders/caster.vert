// What casts shadows, as a light sees it.

in vec3 position;

uniform mat4 clip_from_world;

#ifdef MASKED
in vec2 uv0;
in vec2 uv1;
out vec4 uvs;
#endif

void main() {
    load_pose();
#ifdef SKINNED
    load_skin();
    vec3 p = world_from_local(skinned(vec4(position, 1.0)));
#else
    vec3 p = world_from_local(position);
#endif
#ifdef MASKED
    uvs = vec4(uv0, uv1);
#endif
    bool casts = is_instance() && column(4).w > 3.5;
    gl_Position = casts ? clip_from_world * vec4(p, 1.0) : OUT_OF_SIGHT;
}
