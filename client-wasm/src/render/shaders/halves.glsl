// A number in half precision.
float from_half(uint bits) {
    float digits = float(bits & 0x3ffu);
    int exponent = int((bits >> 10) & 31u);
    float size = exponent == 0 ? digits / 16777216.0 : (digits + 1024.0) * exp2(float(exponent - 25));
    return (bits & 0x8000u) == 0u ? size : -size;
}

vec2 from_halves(uint word) {
    return vec2(from_half(word & 0xffffu), from_half(word >> 16));
}
