// Light from all around: a photograph of it, and cube maps that are made of that.

// Where on a photograph of everything around (equirectangular) a direction of unit length is.
vec2 on_photograph(vec3 d) {
    return vec2(atan(d.z, d.x) / 6.2831853 + 0.5, 0.5 - asin(clamp(d.y, -1.0, 1.0)) / 3.14159265);
}
