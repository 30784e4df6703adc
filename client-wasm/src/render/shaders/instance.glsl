// The row of an instance table that this vertex belongs to. COLUMNS: vectors in a row.

uniform highp sampler2D instances;
uniform ivec3 stamp;    // rows of the table, vertices of a copy, copies; see stamp.rs

int instance_index() {
    return gl_InstanceID * stamp.z + gl_VertexID / stamp.y;
}

// Copies beyond the table's end draw nothing: they are placed out of sight.
bool is_instance() {
    return instance_index() < stamp.x;
}

const vec4 OUT_OF_SIGHT = vec4(2.0, 2.0, 2.0, 1.0);

vec4 column(int number) {
    int texel = instance_index() * COLUMNS + number;
    return texelFetch(instances, ivec2(texel & 2047, texel >> 11), 0);
}
