uniform sampler2D rgb;
#ifdef WITH_DEPTH
uniform highp sampler2D packed_depth;
uniform vec2 depth_range;   // near, far
#endif

in vec2 uv;

layout(location = 0) out vec4 fragment;

void main() {
    fragment = vec4(texture(rgb, uv).rgb, 1.0);
#ifdef WITH_DEPTH
    // 24 bits, blue lowest, in steps of 1e-5 scene units.
    float z = dot(texture(packed_depth, uv).rgb, vec3(65536.0, 256.0, 1.0)) * 255.0 * 1e-5;
    float near = depth_range.x;
    float far = depth_range.y;
    gl_FragDepth = clamp((z - near) * far / ((far - near) * max(z, 1e-6)), 0.0, 1.0);
#endif
}
