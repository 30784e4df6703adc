// What is the same for everything drawn in one frame. Layout: frame_uniforms.rs.

layout(std140) uniform Frame {
    mat4 view_from_world;
    mat4 clip_from_view;
    vec4 camera_position;   // world; w unused
    vec4 viewport;          // width, height (pixels), height (CSS pixels), tan(fov / 2)
    vec4 fog_color;         // encoded as shown; w: 1 if there is fog
    vec4 fog_range;         // near, far
    vec4 environment[3];    // rows of environment_from_world; w of the first: intensity
    vec4 ambient[4];        // irradiance from all sides: alike, and by the normal's x, y, z;
                            // w: how many lights follow, which of them is the sun of shadows.glsl
    vec4 lights[4 * MAX_LIGHTS];    // others; lights.rs says what is in them
};

int light_count() {
    return int(ambient[0].w);
}
