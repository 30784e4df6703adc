// The pose of an instance: rows of world_from_local in the first columns. IN_NODE: rows of
// node_from_local.

vec4 row0;
vec4 row1;
vec4 row2;

#ifdef IN_NODE
uniform mat4 world_from_node;

// Row `i` of the product.
vec4 product(int i, vec4 a, vec4 b, vec4 c) {
    mat4 m = world_from_node;
    return a * m[0][i] + b * m[1][i] + c * m[2][i] + vec4(0.0, 0.0, 0.0, m[3][i]);
}
#endif

void load_pose() {
    row0 = column(0);
    row1 = column(1);
    row2 = column(2);
#ifdef IN_NODE
    vec4 a = row0;
    vec4 b = row1;
    vec4 c = row2;
    row0 = product(0, a, b, c);
    row1 = product(1, a, b, c);
    row2 = product(2, a, b, c);
#endif
}

vec3 world_from_local(vec3 p) {
    vec4 point = vec4(p, 1.0);
    return vec3(dot(row0, point), dot(row1, point), dot(row2, point));
}

// -1 for poses that turn left hands into right ones, else 1.
float handedness() {
    return dot(row0.xyz, cross(row1.xyz, row2.xyz)) < 0.0 ? -1.0 : 1.0;
}

// Normals go with the cofactors of the pose, which are its inverse transpose but for scale.
vec3 turned_normal(vec3 n) {
    return handedness() * vec3(
        dot(cross(row1.xyz, row2.xyz), n),
        dot(cross(row2.xyz, row0.xyz), n),
        dot(cross(row0.xyz, row1.xyz), n));
}
