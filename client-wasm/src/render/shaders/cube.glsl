// One side of a cube map.

uniform highp sampler2D photograph;
uniform vec3 middle;    // directions: to the side's middle, along its columns and rows
uniform vec3 column;
uniform vec3 row;

in vec2 at;

layout(location = 0) out vec4 fragment;

vec3 direction() {
    return normalize(middle + column * at.x + row * at.y);
}
