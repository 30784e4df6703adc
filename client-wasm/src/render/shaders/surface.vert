// Lit surfaces: solids and meshes, instanced; or one mesh that bones deform.

in vec3 position;
in vec3 normal;

out vec3 world_position;
out vec3 world_normal;
out float depth;
flat out vec4 surface_color;
flat out vec4 surface_material;  // as the column, but for: hand, shadows

void main() {
    load_pose();
    vec4 color = column(3);     // linear; w: opacity
    // Flat shading; toon steps, 0 for none, -1 for no light; of edges 1, or -1 to face back; shadows.
    vec4 material = column(4);
#ifdef SKINNED
    load_skin();
    vec3 p = world_from_local(skinned(vec4(position, 1.0)));
    vec3 n = skinned(vec4(normal, 0.0));
#else
    vec3 p = world_from_local(position);
    vec3 n = normal;
#endif
    vec4 view_position = view_from_world * vec4(p, 1.0);
    world_position = p;
    bool is_edge = material.z != 0.0;
    world_normal = turned_normal(n) * (is_edge ? material.z : 1.0);
    depth = -view_position.z;
    surface_color = color;
    surface_material = vec4(material.xy, is_edge ? 1.0 : handedness(), mod(material.w, 4.0));
    gl_Position = is_instance() ? clip_from_view * view_position : OUT_OF_SIGHT;
}
