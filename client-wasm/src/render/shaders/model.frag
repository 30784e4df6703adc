// The materials of glTF: metals and dielectrics of any roughness.

uniform sampler2D base_color_map;
uniform sampler2D metallic_roughness_map;
uniform sampler2D normal_map;
uniform sampler2D occlusion_map;
uniform sampler2D emissive_map;
uniform sampler2D reflectance;

uniform vec4 base_color;            // linear
uniform vec3 emissive;              // linear
uniform vec4 factors;               // metallic, roughness, strength of the occlusion
uniform vec4 alpha;                 // cutoff; 1: blended
uniform float normal_scale;
uniform vec3 flags;                 // 1: flat, with colours at vertices, without light
uniform vec4 image_from_uv[10];     // two rows for each map, of three; w of the first: set

in vec3 world_position;
in vec3 world_normal;
in float depth;
in vec4 uvs;
in vec4 vertex_color;
flat in vec2 hand;

layout(location = 0) out vec4 fragment;

const float F_HEAD_ON = 0.04;

vec2 place(int map) {
    vec4 row = image_from_uv[2 * map];
    vec3 uv = vec3(row.w > 0.5 ? uvs.zw : uvs.xy, 1.0);
    return vec2(dot(row.xyz, uv), dot(image_from_uv[2 * map + 1].xyz, uv));
}

// The normal of the map in the frame that the texture's axes make on the surface, from
// derivatives on the screen (Mikkelsen, 2010).
vec3 mapped_normal(vec3 n) {
    vec2 uv = place(2);
    vec3 x = dFdx(world_position);
    vec3 y = dFdy(world_position);
    vec2 ux = dFdx(uv);
    vec2 uy = dFdy(uv);
    vec3 across_y = cross(y, n);
    vec3 across_x = cross(n, x);
    vec3 along_u = across_y * ux.x + across_x * uy.x;
    vec3 along_v = across_y * ux.y + across_x * uy.y;
    float size = max(dot(along_u, along_u), dot(along_v, along_v));
    vec3 m = texture(normal_map, uv).xyz * 2.0 - 1.0;
    m.xy *= normal_scale;
    float unit = size == 0.0 ? 0.0 : inversesqrt(size);
    return normalize(along_u * unit * m.x + along_v * unit * m.y + n * m.z);
}

vec3 fresnel(vec3 f0, float v_h) {
    return f0 + (1.0 - f0) * exp2((-5.55473 * v_h - 6.98316) * v_h);
}

// Radiance from around in a direction, blurred as a surface of this roughness sees it.
vec3 around(vec3 direction, float roughness) {
    vec3 d = vec3(
        dot(environment[0].xyz, direction),
        dot(environment[1].xyz, direction),
        dot(environment[2].xyz, direction));
    return radiance_around(d, roughness) * environment[0].w;
}

// The shares of light from all around that are reflected in one bounce between microfacets, and
// in several.
struct Reflected {
    vec3 once;
    vec3 more;
};

Reflected reflected_by(vec3 f0, vec2 share) {
    float single = share.x + share.y;
    vec3 once = f0 * share.x + share.y;
    vec3 f_average = f0 + (1.0 - f0) / 21.0;
    return Reflected(once, once * f_average / (1.0 - (1.0 - single) * f_average) * (1.0 - single));
}

vec3 lit(vec3 base, vec3 n, vec3 v, float metallic, float roughness, float occlusion) {
    vec3 albedo = base * (1.0 - metallic);
    vec3 f0 = mix(vec3(F_HEAD_ON), base, metallic);
    float n_v = clamp(dot(n, v), 0.0, 1.0);
    vec2 share = texture(reflectance, vec2(n_v, roughness)).xy;
    vec3 compensation = 1.0 + f0 * (1.0 / (share.x + share.y) - 1.0);
    // What is partly a metal is part metal, part dielectric.
    Reflected dielectric = reflected_by(vec3(F_HEAD_ON), share);
    Reflected metal = reflected_by(base, share);
    vec3 once = mix(dielectric.once, metal.once, metallic);
    vec3 more = mix(dielectric.more, metal.more, metallic);

    float a = roughness * roughness;
    float a2 = a * a;
    vec3 light = vec3(0.0);
    for (int i = 0; i < light_count(); i++) {
        if (is_area(i)) {
            light += lights[4 * i + 1].rgb * form_factor(i, world_position, n) * albedo;
            continue;
        }
        vec3 l;
        vec3 radiance = light_from(i, world_position, l);
        float n_l = clamp(dot(n, l), 0.0, 1.0);
        if (n_l <= 0.0) continue;
        if (is_shadowed(hand.y)) radiance *= share_of_light(i, world_position).x;
        vec3 h = normalize(l + v);
        float v_h = clamp(dot(v, h), 0.0, 1.0);
        float n_h = clamp(dot(n, h), 0.0, 1.0);
        float d = n_h * n_h * (a2 - 1.0) + 1.0;
        float masked = n_l * sqrt(a2 + (1.0 - a2) * n_v * n_v)
            + n_v * sqrt(a2 + (1.0 - a2) * n_l * n_l);
        float facets = a2 / (d * d) * 0.5 / max(masked, 1e-6);
        vec3 diffuse = albedo * (1.0 - fresnel(vec3(F_HEAD_ON), v_h));
        light += radiance * n_l * (diffuse + fresnel(f0, v_h) * facets * compensation) / PI;
    }

    vec3 rough = around(n, 1.0);
    vec3 toward = reflect(-v, n);
    toward = normalize(mix(toward, n, a * a));
    vec3 reflected = once * around(toward, roughness) + more * rough;
    vec3 diffuse = albedo * (1.0 - dielectric.once - dielectric.more);
    float hidden = clamp(pow(n_v + occlusion, exp2(-16.0 * roughness - 1.0)) - 1.0 + occlusion, 0.0, 1.0);
    return light + diffuse * (light_around(n) / PI + rough) * occlusion + reflected * hidden;
}

void main() {
    look_at_sun(hand.y, world_position);
    vec4 color = base_color * texture(base_color_map, place(0));
    color *= mix(vec4(1.0), vertex_color, flags.y);
    if (color.a < alpha.x) discard;
    float opacity = mix(1.0, color.a, alpha.y);

    vec3 v = normalize(camera_position.xyz - world_position);
    vec3 flat_normal = cross(dFdx(world_position), dFdy(world_position));
    bool front = gl_FrontFacing == (hand.x > 0.0);
    vec3 n = flags.x > 0.5 ? flat_normal : front ? world_normal : -world_normal;
    n = dot(n, n) > 0.0 ? normalize(n) : v;
    // Where normals turn much within a pixel, highlights are as wide as that.
    vec3 turn = max(abs(dFdx(n)), abs(dFdy(n)));
    vec3 packed_factors = texture(metallic_roughness_map, place(1)).rgb;
    float roughness = max(factors.y * packed_factors.g, 0.0525);
    roughness = min(roughness + max(turn.x, max(turn.y, turn.z)), 1.0);
    if (normal_scale != 0.0) n = mapped_normal(n);

    float occlusion = 1.0 + factors.z * (texture(occlusion_map, place(3)).r - 1.0);
    vec3 light = color.rgb;
    if (flags.z < 0.5) {
        light = lit(color.rgb, n, v, factors.x * packed_factors.b, roughness, occlusion);
        light += emissive * texture(emissive_map, place(4)).rgb;
    }
    fragment = vec4(displayed(light, depth), opacity);
    if (front) fragment = painted(fragment, hand.y, world_position, depth);
}
