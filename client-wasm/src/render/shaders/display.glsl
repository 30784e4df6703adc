// From linear light to what is written to the canvas.

vec3 encoded(vec3 linear_rgb) {
    vec3 low = 12.92 * linear_rgb;
    vec3 high = 1.055 * pow(max(linear_rgb, vec3(0.0)), vec3(0.41666)) - 0.055;
    return mix(high, low, lessThanEqual(linear_rgb, vec3(0.0031308)));
}

// ACES filmic curve, fit by Stephen Hill, at exposure 1.
vec3 tone_mapped(vec3 linear_rgb) {
    const mat3 to_curve = mat3(
        0.59719, 0.07600, 0.02840,
        0.35458, 0.90834, 0.13383,
        0.04823, 0.01566, 0.83777);
    const mat3 from_curve = mat3(
        1.60475, -0.10208, -0.00327,
        -0.53108, 1.10813, -0.07276,
        -0.07367, -0.00605, 1.07602);
    vec3 c = to_curve * (linear_rgb / 0.6);
    c = (c * (c + 0.0245786) - 0.000090537) / (c * (0.983729 * c + 0.4329510) + 0.238081);
    return clamp(from_curve * c, 0.0, 1.0);
}

vec3 fogged(vec3 rgb, float depth) {
    float amount = fog_color.w * smoothstep(fog_range.x, fog_range.y, depth);
    return mix(rgb, fog_color.rgb, amount);
}

// Light as it is shown: tone mapped, encoded, behind fog.
vec3 displayed(vec3 linear_rgb, float depth) {
    return fogged(encoded(tone_mapped(linear_rgb)), depth);
}
