// The lights of the scene: three kinds with a place or a direction, and light from all sides. What
// is in `#ifdef` is there if the scene has such lights: lighting.rs.

const float PI = 3.14159265;

// Light from a point dims with the square of the distance, or another power of it, and is faded
// out towards a given distance.
float dimmed(float distance_to, float reach, float decay) {
    float power = 1.0 / max(pow(distance_to, decay), 0.01);
    if (reach <= 0.0) return power;
    float part = distance_to / reach;
    float window = clamp(1.0 - part * part * part * part, 0.0, 1.0);
    return power * window * window;
}

bool is_area(int light) {
#ifdef RECTANGULAR
    return lights[4 * light].w > 1.5;
#else
    return false;
#endif
}

// What reaches a point from a light that is no rectangle: radiance, and `toward` it, unit length.
vec3 light_from(int light, vec3 p, out vec3 toward) {
    vec4 place = lights[4 * light];
    vec4 color = lights[4 * light + 1];
    toward = place.xyz;
#ifdef PLACED
    if (place.w < 0.5) return color.rgb;
    vec4 axis = lights[4 * light + 2];
    vec2 cone = lights[4 * light + 3].xy;
    vec3 way = place.xyz - p;
    float distance_to = max(length(way), 1e-6);
    toward = way / distance_to;
    float in_cone = smoothstep(cone.x, cone.y, dot(toward, axis.xyz));
    return color.rgb * in_cone * dimmed(distance_to, axis.w, color.w);
#else
    return color.rgb;
#endif
}

// An edge's part in the integral of the cosine over a polygon on the unit sphere (Lambert): the
// angle between its ends over that angle's sine, times their cross product. The quotient is the
// rational fit of Hill and Heitz (2016).
vec3 edge(vec3 a, vec3 b) {
    float x = dot(a, b);
    float y = abs(x);
    float v = (0.8543985 + (0.4965155 + 0.0145206 * y) * y) / (3.4175940 + (4.1616724 + y) * y);
    float quotient = x > 0.0 ? v : 0.5 * inversesqrt(max(1.0 - x * x, 1e-7)) - v;
    return cross(a, b) * quotient;
}

// How much of the light of a rectangle a rough surface at `p` with normal `n` gathers.
float form_factor(int light, vec3 p, vec3 n) {
#ifdef RECTANGULAR
    vec3 middle = lights[4 * light].xyz - p;
    vec3 half_width = lights[4 * light + 2].xyz;
    vec3 half_height = lights[4 * light + 3].xyz;
    // It shines to one side only.
    if (dot(cross(half_width, half_height), middle) < 0.0) return 0.0;
    vec3 a = normalize(middle + half_width - half_height);
    vec3 b = normalize(middle - half_width - half_height);
    vec3 c = normalize(middle - half_width + half_height);
    vec3 d = normalize(middle + half_width + half_height);
    vec3 sum = edge(a, b) + edge(b, c) + edge(c, d) + edge(d, a);
    // Part of it may be below the surface's horizon: that of a ball of the same form factor.
    float size = length(sum);
    float above = -dot(sum, n);
    return max((size * size + above) / (size + 1.0), 0.0);
#else
    return 0.0;
#endif
}

// From all sides, what a surface with normal `n` gathers.
vec3 light_around(vec3 n) {
    return ambient[0].rgb + ambient[1].rgb * n.x + ambient[2].rgb * n.y + ambient[3].rgb * n.z;
}
