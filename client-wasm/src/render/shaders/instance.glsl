// The row of an instance table that this vertex belongs to. COLUMNS: vectors in a row.
// SINGLE: there is one row only, in uniforms. ORDERED: a list says which rows are drawn.

const vec4 OUT_OF_SIGHT = vec4(2.0, 2.0, 2.0, 1.0);

#ifdef SINGLE
uniform vec4 columns[COLUMNS];

bool is_instance() {
    return true;
}

vec4 column(int number) {
    return columns[number];
}
#else
uniform highp sampler2D instances;
uniform ivec3 stamp;    // rows to draw, vertices of a copy, copies; see stamp.rs

int instance_index() {
    return gl_InstanceID * stamp.z + gl_VertexID / stamp.y;
}

// Copies beyond the table's end draw nothing: they are placed out of sight.
bool is_instance() {
    return instance_index() < stamp.x;
}

#ifdef ORDERED
uniform highp sampler2D order;  // numbers of rows, four to a texel

int row() {
    int at = instance_index();
    int texel = at >> 2;
    return int(texelFetch(order, ivec2(texel & 2047, texel >> 11), 0)[at & 3]);
}
#else
int row() {
    return instance_index();
}
#endif

vec4 column(int number) {
    int texel = row() * COLUMNS + number;
    return texelFetch(instances, ivec2(texel & 2047, texel >> 11), 0);
}
#endif
