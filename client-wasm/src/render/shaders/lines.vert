// Segments with round ends. Each is a strip of three quads: the start's cap, the middle, the
// end's cap, laid out on the screen so that it covers the segment's outline.

in vec2 position;   // x: side, -1 or 1; y: -1 and 0 at the start's cap, 1 and 2 at the end's

uniform mat4 world_from_node;
uniform float near;

out float depth;
out float along;            // 0 at the start, 1 at the end
flat out vec3 from_color;
flat out vec3 to_color;
flat out float thickness;   // scene units, or CSS pixels
#ifdef WORLD_UNITS
flat out vec3 from;         // ends in view space
flat out vec3 to;
#else
flat out vec2 from;         // ends in pixels
flat out vec2 to;
#endif

// The point where the line from `a` (behind the near plane) to `b` meets the near plane.
vec3 trimmed(vec3 a, vec3 b) {
    return mix(a, b, (-near - a.z) / (b.z - a.z));
}

// Linear light from a colour in one number: red in the lowest of its three bytes.
vec3 unpacked(float bytes, float is_encoded) {
    vec3 rgb = mod(floor(bytes / vec3(1.0, 256.0, 65536.0)), 256.0) / 255.0;
    vec3 decoded = mix(
        pow((rgb + 0.055) / 1.055, vec3(2.4)), rgb / 12.92, lessThanEqual(rgb, vec3(0.04045)));
    return mix(rgb, decoded, is_encoded);
}

void main() {
    vec4 start = column(0);     // w: colour
    vec4 end = column(1);
    vec3 a = (view_from_world * (world_from_node * vec4(start.xyz, 1.0))).xyz;
    vec3 b = (view_from_world * (world_from_node * vec4(end.xyz, 1.0))).xyz;
    vec4 look = column(2);      // thickness; 1 if colours are sRGB, 0 if they are linear light
    from_color = unpacked(start.w, look.y);
    to_color = unpacked(end.w, look.y);
    thickness = look.x;
#ifdef WORLD_UNITS
    from = a;
    to = b;
#endif
    if (a.z > -near && b.z < -near) a = trimmed(a, b);
    else if (b.z > -near && a.z < -near) b = trimmed(b, a);

    vec4 clip_a = clip_from_view * vec4(a, 1.0);
    vec4 clip_b = clip_from_view * vec4(b, 1.0);
    vec2 pixels_a = (clip_a.xy / clip_a.w * 0.5 + 0.5) * viewport.xy;
    vec2 pixels_b = (clip_b.xy / clip_b.w * 0.5 + 0.5) * viewport.xy;
    vec2 way = pixels_b - pixels_a;
    vec2 forward = dot(way, way) > 1e-12 ? normalize(way) : vec2(1.0, 0.0);
    vec2 side = vec2(-forward.y, forward.x);

    bool at_end = position.y > 0.5;
    vec4 clip = at_end ? clip_b : clip_a;
#ifdef WORLD_UNITS
    // Perspective stretches the outline of a ball away from the middle of the screen.
    vec3 ball = at_end ? b : a;
    float stretch = length(ball) / max(-ball.z, near);
    float radius = 0.5 * thickness * stretch * clip_from_view[1][1] * 0.5 * viewport.y / clip.w;
#ifdef FRINGE
    radius += 1.0;
#endif
#else
    from = pixels_a;
    to = pixels_b;
    float radius = 0.5 * thickness * viewport.y / viewport.z;
#endif
    vec2 offset = side * position.x;
    if (position.y < 0.0) offset -= forward;
    if (position.y > 1.0) offset += forward;
    clip.xy += offset * radius * 2.0 / viewport.xy * clip.w;

    depth = at_end ? -b.z : -a.z;
    along = at_end ? 1.0 : 0.0;
    bool is_visible = is_instance() && (a.z <= -near || b.z <= -near);
    gl_Position = is_visible ? clip : OUT_OF_SIGHT;
}
