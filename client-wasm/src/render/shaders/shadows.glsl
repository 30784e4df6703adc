// Shadows: maps of what lights see say which of their rays reach a point.

#if defined(SHADOWED) || defined(SHADOWED_BY_SUN)

layout(std140) uniform Shadows {
    mat4 map_from_world[MAX_SHADOW_MAPS];   // to 0 to 1 across a map and along its depth
};
uniform highp sampler2DArrayShadow shadow_maps;

const float MAP_PIXEL = 1.0 / 1024.0;

// Tolerance in depth. The reference client's makes up for rounding where the light is a point, and
// has the other sign elsewhere: there the thinnest things are in their own shadow.
const float BIAS = 1e-5;

// Blur of the light of points, in pixels of a map.
const float POINT_BLUR = 8.0;

// Points on a disk, by the golden angle (Vogel, 1979), to be turned by `noise`.
const vec2 DISK[5] = vec2[5](
    vec2(0.316228, 0.0),
    vec2(-0.403874, 0.369981),
    vec2(0.061819, -0.704399),
    vec2(0.509056, 0.663974),
    vec2(-0.934181, -0.165244));

// A turn that differs between neighbouring pixels (interleaved gradient noise, Jimenez, 2014).
vec2 noise() {
    float part = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    return vec2(cos(2.0 * PI * part), sin(2.0 * PI * part));
}

vec2 turned(vec2 v, vec2 turn) {
    return vec2(v.x * turn.x - v.y * turn.y, v.x * turn.y + v.y * turn.x);
}

vec3 on_map(int map, vec3 p) {
    vec4 at = map_from_world[map] * vec4(p, 1.0);
    return at.w > 0.0 ? at.xyz / at.w : vec3(2.0);
}

// What is not on the map is in the light.
float in_light(int map, vec3 p, float blur) {
    vec3 at = on_map(map, p);
    if (any(greaterThan(abs(at.xy - 0.5), vec2(0.5))) || at.z > 1.0) return 1.0;
    vec2 turn = noise();
    float sum = 0.0;
    for (int i = 0; i < 5; i++) {
        vec2 uv = at.xy + turned(DISK[i], turn) * blur * MAP_PIXEL;
        sum += texture(shadow_maps, vec4(uv, float(map), at.z + BIAS));
    }
    return sum / 5.0;
}

// Which side of a cube a way from its middle goes through.
int side(vec3 way) {
    vec3 a = abs(way);
    if (a.x >= max(a.y, a.z)) return way.x > 0.0 ? 0 : 1;
    if (a.y >= a.z) return way.y > 0.0 ? 2 : 3;
    return way.z > 0.0 ? 4 : 5;
}

// The mean over the maps of a light from afar, and their product.
vec2 share_from_afar(int first, vec3 p) {
    float a = in_light(first, p, 1.0);
    float b = in_light(first + 1, p, 1.0);
    float c = in_light(first + 2, p, 1.0);
    return vec2((a + b + c) / 3.0, a * b * c);
}

#ifdef SHADOWED_BY_POINTS
float in_light_of_point(int maps, vec3 place, vec3 p) {
    vec3 way = normalize(p - place);
    float depth = on_map(maps + side(way), p).z;
    if (depth > 1.0 || depth < 0.0) return 1.0;
    vec3 across = normalize(cross(way, abs(way.x) > abs(way.z) ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0)));
    vec3 along = cross(way, across);
    vec2 turn = noise();
    float sum = 0.0;
    for (int i = 0; i < 5; i++) {
        vec2 offset = turned(DISK[i], turn) * POINT_BLUR * MAP_PIXEL;
        vec3 beside = way + across * offset.x + along * offset.y;
        int map = maps + side(beside);
        sum += texture(shadow_maps, vec4(on_map(map, place + beside).xy, float(map), depth - BIAS));
    }
    return sum / 5.0;
}

#endif
#endif

#ifdef SHADOWED_BY_SUN
// How much of the only light that casts shadows reaches a point.
vec2 sun = vec2(1.0);
#endif

// To be called first, with what a surface has to do with shadows.
void look_at_sun(float receives, vec3 p) {
#ifdef SHADOWED_BY_SUN
    if (receives > 0.0) sun = share_from_afar(0, p);
#endif
}

// How much of a light reaches a point: the mean over its maps, and their product.
vec2 share_of_light(int light, vec3 p) {
#ifdef SHADOWED_BY_SUN
    return light == int(ambient[1].w) ? sun : vec2(1.0);
#elif defined(SHADOWED)
    vec2 maps = lights[4 * light + 3].zw;   // first one, how many
    if (is_area(light) || maps.y < 0.5) return vec2(1.0);
    int first = int(maps.x);
    if (lights[4 * light].w < 0.5) return share_from_afar(first, p);
#ifdef SHADOWED_BY_POINTS
    if (maps.y > 1.5) return vec2(in_light_of_point(first, lights[4 * light].xyz, p));
#endif
    return vec2(in_light(first, p, POINT_BLUR));
#else
    return vec2(1.0);
#endif
}

// How much of all light that casts shadows reaches a point.
float unshadowed(vec3 p) {
    float share = 1.0;
#ifdef SHADOWED_BY_SUN
    share = sun.y;
#elif defined(SHADOWED)
    for (int i = 0; i < light_count(); i++) share *= share_of_light(i, p).y;
#endif
    return share;
}

// What a surface has to do with shadows: below 1, how dark a shadow is painted on it; 2: it is in
// less light there.
bool is_shadowed(float receives) {
    return receives > 1.5;
}

// A colour as shown, with straight alpha, and shadows painted over it.
vec4 painted(vec4 shown, float receives, vec3 p, float depth) {
    if (receives <= 0.0 || is_shadowed(receives)) return shown;
    float shadow = receives * (1.0 - unshadowed(p));
    float alpha = 1.0 - (1.0 - shadow) * (1.0 - shown.a);
    vec3 rgb = fogged(vec3(0.0), depth) * shadow + shown.rgb * shown.a * (1.0 - shadow);
    return vec4(rgb / max(alpha, 1e-6), alpha);
}
