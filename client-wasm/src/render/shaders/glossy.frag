// Light from around as a surface of some roughness mirrors it, seen head-on: importance sampling of
// its microfacets (GGX), each sample as blurred as few samples need (Krivanek and Colbert, 2008).

uniform float roughness;

const int SAMPLES = 48;

float radical_inverse(int i) {
    float inverse = 0.0;
    float part = 0.5;
    for (int bit = 0; bit < 6; bit++) {
        inverse += float((i >> bit) & 1) * part;
        part *= 0.5;
    }
    return inverse;
}

void main() {
    vec3 n = direction();
    if (roughness == 0.0) {
        fragment = vec4(textureLod(photograph, on_photograph(n), 0.0).rgb, 1.0);
        return;
    }
    float alpha = roughness * roughness;
    float square = alpha * alpha;
    vec3 x = normalize(cross(abs(n.y) < 0.9 ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0), n));
    vec3 y = cross(n, x);
    vec2 size = vec2(textureSize(photograph, 0));
    float pixel = 12.5663706 / (size.x * size.y);
    vec3 sum = vec3(0.0);
    float weights = 0.0;
    for (int i = 0; i < SAMPLES; i++) {
        float part = (float(i) + 0.5) / float(SAMPLES);
        float angle = 6.2831853 * radical_inverse(i);
        float c = sqrt((1.0 - part) / (1.0 + (square - 1.0) * part));
        float s = sqrt(1.0 - c * c);
        vec3 h = x * s * cos(angle) + y * s * sin(angle) + n * c;
        vec3 l = reflect(-n, h);
        float n_l = dot(n, l);
        if (n_l <= 0.0) continue;
        float d = c * c * (square - 1.0) + 1.0;
        float density = square / (3.14159265 * d * d) / 4.0;
        float level = 0.5 * log2(max(1.0 / (float(SAMPLES) * density * pixel), 1.0)) + 1.0;
        sum += textureLod(photograph, on_photograph(l), level).rgb * n_l;
        weights += n_l;
    }
    fragment = vec4(sum / max(weights, 1e-6), 1.0);
}
