// The pose of an instance, as rows of world_from_local.

in vec4 row0;
in vec4 row1;
in vec4 row2;

vec3 world_from_local(vec3 p) {
    vec4 point = vec4(p, 1.0);
    return vec3(dot(row0, point), dot(row1, point), dot(row2, point));
}
