// Fully rough dielectric surfaces (GGX with roughness 1), toon shading, or plain colour.

uniform highp samplerCube environment_map;

in vec3 world_position;
in vec3 world_normal;
in float depth;
flat in vec4 surface_color;
flat in vec4 surface_material;

layout(location = 0) out vec4 fragment;

// Reflectance of a dielectric seen head-on, and its mean over all directions.
const float F0 = 0.04;
const float F_AVERAGE = F0 + (1.0 - F0) / 21.0;

// Share of light that a fully rough surface reflects in one bounce: x times F0, plus y.
// Polynomials fit to the integral over the hemisphere.
vec2 reflected_share(float n_v) {
    float x = n_v;
    return vec2(
        0.91795 + x * (-2.12549 + x * (5.08827 + x * (-7.97408 + x * (6.57194 - 2.14267 * x)))),
        0.04631 + x * (-0.26110 + x * (0.72518 + x * (-1.13348 + x * (0.91832 - 0.29566 * x)))));
}

float fresnel(float v_h) {
    return F0 + (1.0 - F0) * exp2((-5.55473 * v_h - 6.98316) * v_h);
}

// How bright a toon surface is, in steps, of light that comes at an angle of this cosine.
float stepped(float cosine, float steps) {
    float step_height = steps < 4.0 ? 128.0 : 64.0;
    float index = clamp(floor((0.5 * cosine + 0.5) * steps), 0.0, steps - 1.0);
    return min(index * step_height, 255.0) / 255.0;
}

// `steps` above 0 make it a toon surface.
vec3 lit(vec3 albedo, vec3 n, vec3 v, float steps) {
    bool is_toon = steps > 0.5;
    float n_v = clamp(dot(n, v), 0.0, 1.0);
    vec2 share = reflected_share(n_v);
    float single = share.x + share.y;
    // Light that bounces between microfacets before it leaves.
    float compensation = 1.0 + F0 * (1.0 / single - 1.0);
    float once = F0 * share.x + share.y;
    float more = once * F_AVERAGE / (1.0 - (1.0 - single) * F_AVERAGE) * (1.0 - single);
    float specular = once + more;

    vec3 light = vec3(0.0);
    for (int i = 0; i < light_count(); i++) {
        if (is_area(i)) {
            // It has no direction that could be in steps.
            if (!is_toon) light += lights[4 * i + 1].rgb * form_factor(i, world_position, n) * albedo;
            continue;
        }
        vec3 l;
        vec3 radiance = light_from(i, world_position, l);
        float cosine = dot(n, l);
        float n_l = clamp(cosine, 0.0, 1.0);
        if (n_l <= 0.0 && !is_toon) continue;
        if (is_shadowed(surface_material.w)) radiance *= share_of_light(i, world_position).x;
        if (is_toon) {
            light += radiance * stepped(cosine, steps) * albedo / PI;
            continue;
        }
        float f = fresnel(clamp(dot(v, normalize(l + v)), 0.0, 1.0));
        float visibility = 0.5 / max(n_l + n_v, 1e-6);
        vec3 reflected = albedo * (1.0 - f) + f * visibility * compensation;
        light += radiance * n_l * reflected / PI;
    }
    vec3 all_around = light_around(n) / PI;
    if (is_toon) return light + albedo * all_around;
    vec3 environment_n = vec3(
        dot(environment[0].xyz, n), dot(environment[1].xyz, n), dot(environment[2].xyz, n));
    vec3 around = texture(environment_map, environment_n).rgb * environment[0].w;
    vec3 diffuse = albedo * (1.0 - specular);
    return light + diffuse * (all_around + around) + specular * around;
}

void main() {
    look_at_sun(surface_material.w, world_position);
    vec3 v = normalize(camera_position.xyz - world_position);
    vec3 flat_normal = cross(dFdx(world_position), dFdy(world_position));
    bool front = gl_FrontFacing == (surface_material.z > 0.0);
    vec3 smooth_normal = front ? world_normal : -world_normal;
    vec3 n = surface_material.x > 0.5 ? flat_normal : smooth_normal;
    // A vertex of degenerate faces only has no normal.
    n = dot(n, n) > 0.0 ? normalize(n) : v;

    float steps = surface_material.y;
    vec3 light = surface_color.rgb;
    if (steps > -0.5) light = lit(light, n, v, steps);
    fragment = vec4(displayed(light, depth), surface_color.a);
    if (front) fragment = painted(fragment, surface_material.w, world_position, depth);
}
