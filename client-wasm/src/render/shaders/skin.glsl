// Bones that deform a mesh: each vertex follows up to four, by weights that are used as they are.

in uvec4 bones;
in vec4 weights;

// Three vectors for each bone: rows of mesh_from_rest, which moves what the bone carries from its
// place at rest.
uniform highp sampler2D bone_poses;

vec4 skin0;
vec4 skin1;
vec4 skin2;

vec4 bone_row(uint bone, int row) {
    int texel = int(bone) * 3 + row;
    return texelFetch(bone_poses, ivec2(texel & 2047, texel >> 11), 0);
}

vec4 blended_row(int row) {
    return weights.x * bone_row(bones.x, row) + weights.y * bone_row(bones.y, row)
        + weights.z * bone_row(bones.z, row) + weights.w * bone_row(bones.w, row);
}

void load_skin() {
    skin0 = blended_row(0);
    skin1 = blended_row(1);
    skin2 = blended_row(2);
}

vec3 skinned(vec4 v) {
    return vec3(dot(skin0, v), dot(skin1, v), dot(skin2, v));
}
