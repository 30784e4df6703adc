in float depth;
in float along;
flat in vec3 from_color;
flat in vec3 to_color;
flat in float thickness;
#ifdef WORLD_UNITS
flat in vec3 from;
flat in vec3 to;
#else
flat in vec2 from;
flat in vec2 to;
#endif

layout(location = 0) out vec4 fragment;

#ifdef WORLD_UNITS
// Where on the segment (0 to 1) it comes closest to the ray from the eye along `ray` (unit
// length), and how close that is.
vec2 closest(vec3 ray) {
    vec3 segment = to - from;
    // The parts of both across the ray: their distance in that plane is the distance to the ray.
    vec3 across = segment - ray * dot(segment, ray);
    vec3 start = from - ray * dot(from, ray);
    float t = clamp(-dot(start, across) / max(dot(across, across), 1e-20), 0.0, 1.0);
    return vec2(t, length(start + across * t));
}
#endif

void main() {
    float alpha = 1.0;
#ifdef WORLD_UNITS
    vec2 ndc = gl_FragCoord.xy / viewport.xy * 2.0 - 1.0;
    vec3 ray = normalize(vec3(
        ndc.x / clip_from_view[0][0], ndc.y / clip_from_view[1][1], -1.0));
    vec2 hit = closest(ray);
    float t = hit.x;
    float distance_in_thickness = hit.y / thickness;
#ifdef FRINGE
    float blur = fwidth(distance_in_thickness);
    alpha = 1.0 - smoothstep(0.5 - blur, 0.5 + blur, distance_in_thickness);
    // The opaque part stays as it is: what is translucent may lie before it by now.
    if (alpha < 0.02 || alpha == 1.0) discard;
#else
    if (distance_in_thickness > 0.5) discard;
#endif
#else
    float t = clamp(along, 0.0, 1.0);
    vec2 way = to - from;
    float distance_along = dot(gl_FragCoord.xy - from, normalize(way));
    float radius = 0.5 * thickness * viewport.y / viewport.z;
    if (distance_along < 0.0 && distance(gl_FragCoord.xy, from) > radius) discard;
    if (distance_along > length(way) && distance(gl_FragCoord.xy, to) > radius) discard;
#endif
    fragment = vec4(displayed(mix(from_color, to_color, t), depth), alpha);
}
