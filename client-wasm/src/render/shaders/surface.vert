// Lit surfaces: solids and meshes, instanced.

in vec3 position;
in vec3 normal;

out vec3 world_position;
out vec3 world_normal;
out float depth;
flat out vec4 surface_color;
flat out vec4 surface_material;

void main() {
    load_pose();
    vec4 color = column(3);     // linear; w: opacity
    vec4 material = column(4);  // flat shading; toon steps, 0 for none, -1 for no light; -1 if mirrored, else 1
    vec3 p = world_from_local(position);
    vec4 view_position = view_from_world * vec4(p, 1.0);
    // Normals go with the cofactors of the pose, which are its inverse transpose but for scale.
    vec3 cofactor_normal = vec3(
        dot(cross(row1.xyz, row2.xyz), normal),
        dot(cross(row2.xyz, row0.xyz), normal),
        dot(cross(row0.xyz, row1.xyz), normal));
    world_position = p;
    world_normal = cofactor_normal * material.z;
    depth = -view_position.z;
    surface_color = color;
    surface_material = material;
    gl_Position = is_instance() ? clip_from_view * view_position : OUT_OF_SIGHT;
}
