// Colours of splats that depend on the direction of view: real spherical harmonics of degree 1 to
// 3, as 3D Gaussian splatting (Kerbl and others, 2023) has them.

uniform highp usampler2D harmonics;     // four texels each; see GaussianSplats::harmonics

// What the view along a direction in the splats' frame adds to the colour of one.
vec3 harmonic_color(int number, vec3 direction) {
    ivec2 at = ivec2((number & 511) * 4, number >> 9);
    uvec4 a = texelFetch(harmonics, at, 0);
    uvec4 b = texelFetch(harmonics, at + ivec2(1, 0), 0);
    uvec4 c = texelFetch(harmonics, at + ivec2(2, 0), 0);
    uvec4 d = texelFetch(harmonics, at + ivec2(3, 0), 0);
    uint words[12] = uint[12](a.z, a.w, b.x, b.y, b.z, b.w, c.x, c.y, c.z, c.w, d.x, d.y);
    float x = direction.x;
    float y = direction.y;
    float z = direction.z;
    float x2 = x * x;
    float y2 = y * y;
    float z2 = z * z;
    float basis[15] = float[15](
        -0.4886025 * y,
        0.4886025 * z,
        -0.4886025 * x,
        1.0925484 * x * y,
        -1.0925484 * y * z,
        0.3153916 * (2.0 * z2 - x2 - y2),
        -1.0925484 * x * z,
        0.5462742 * (x2 - y2),
        -0.5900436 * y * (3.0 * x2 - y2),
        2.8906114 * x * y * z,
        -0.4570458 * y * (4.0 * z2 - x2 - y2),
        0.3731763 * z * (2.0 * z2 - 3.0 * x2 - 3.0 * y2),
        -0.4570458 * x * (4.0 * z2 - x2 - y2),
        1.4453057 * z * (x2 - y2),
        -0.5900436 * x * (x2 - 3.0 * y2));
    vec3 sum = vec3(0.0);
    for (int i = 0; i < 45; i++) {
        int byte = int(words[i >> 2] << (24 - 8 * (i & 3))) >> 24;
        sum[i % 3] += float(byte) * basis[i / 3];
    }
    vec2 red_green = from_halves(a.x);
    vec2 blue_scale = from_halves(a.y);
    return vec3(red_green, blue_scale.x) + sum * blue_scale.y / 127.0;
}
