// The pose of an instance: rows of world_from_local in the first columns.

vec4 row0;
vec4 row1;
vec4 row2;

void load_pose() {
    row0 = column(0);
    row1 = column(1);
    row2 = column(2);
}

vec3 world_from_local(vec3 p) {
    vec4 point = vec4(p, 1.0);
    return vec3(dot(row0, point), dot(row1, point), dot(row2, point));
}
