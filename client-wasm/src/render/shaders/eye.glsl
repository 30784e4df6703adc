// Unlit round things look the same from all sides, so only what faces the camera is made, from
// few vertices. The outline is exact.

// Cosine and sine of an angle from its cosine.
vec2 from_cosine(float c) {
    return vec2(c, sqrt(max(1.0 - c * c, 0.0)));
}

// Cosine and sine of 0, half of, or all of the angle with cosine `c`.
vec2 part_of_angle(float part, float c) {
    return part > 0.75 ? from_cosine(c) : part > 0.25 ? from_cosine(sqrt(0.5 + 0.5 * c)) : vec2(1.0, 0.0);
}
