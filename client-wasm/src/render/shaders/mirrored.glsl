// Cube maps of the light around.

uniform highp samplerCube environment_map;  // for the roughest surfaces
uniform highp samplerCube mirrored_map;     // for mirrors; smaller copies for rougher surfaces
uniform float mirrored_levels;              // copies; 0 if there is but a blurred one

// Radiance from a direction, blurred as a surface of this roughness sees it.
vec3 radiance_around(vec3 d, float roughness) {
    vec3 rough = texture(environment_map, d).rgb;
    if (mirrored_levels < 0.5) {
        // How much of the bands a surface of this roughness blurs, close to what GGX does.
        return mix(texture(mirrored_map, d).rgb, rough, smoothstep(0.05, 1.0, roughness));
    }
    // The reference client's filter, in ten steps that add up, blurs smooth surfaces less than GGX.
    roughness = max(roughness - 0.06 * (1.0 - 0.55 * roughness), 0.0);
    float level = pow(roughness, 2.0 / 3.0) * mirrored_levels;
    vec3 sharp = textureLod(mirrored_map, d, min(level, mirrored_levels - 1.0)).rgb;
    return mix(sharp, rough, clamp(level - mirrored_levels + 1.0, 0.0, 1.0));
}
