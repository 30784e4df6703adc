// Light from around as the roughest surfaces gather it: all of the photograph, by the cosine.

uniform float bands[6];     // share of each band of spherical harmonics that is left

// Sums over bands of (2 l + 1) / (4 pi) P_l(c), by what is left of each.
float kernel(float c) {
    float previous = 1.0;
    float legendre = c;
    float sum = bands[0];
    for (int l = 1; l < 6; l++) {
        float l_f = float(l);
        sum += (2.0 * l_f + 1.0) * bands[l] * legendre;
        float next = ((2.0 * l_f + 1.0) * c * legendre - l_f * previous) / (l_f + 1.0);
        previous = legendre;
        legendre = next;
    }
    return sum / 12.5663706;
}

void main() {
    vec3 n = direction();
    float level = log2(float(textureSize(photograph, 0).x) / 64.0);
    vec3 sum = vec3(0.0);
    for (int y = 0; y < 32; y++) {
        float elevation = (0.5 - (float(y) + 0.5) / 32.0) * 3.14159265;
        float area = cos(elevation) * (3.14159265 / 32.0) * (6.2831853 / 64.0);
        for (int x = 0; x < 64; x++) {
            vec2 uv = vec2(float(x) + 0.5, float(y) + 0.5) / vec2(64.0, 32.0);
            float azimuth = (uv.x - 0.5) * 6.2831853;
            vec3 d = vec3(cos(elevation) * cos(azimuth), sin(elevation), cos(elevation) * sin(azimuth));
            sum += textureLod(photograph, uv, level).rgb * area * kernel(dot(d, n));
        }
    }
    fragment = vec4(max(sum, vec3(0.0)), 1.0);
}
