in vec2 offset;
flat in vec4 rgba;
flat in float depth;

layout(location = 0) out vec4 fragment;

// Colours are written as they are: no light, no tone mapping.
void main() {
    float r2 = dot(offset, offset);
    float alpha = rgba.a * exp(-r2);
    if (r2 > 4.0 || alpha < 0.01) discard;
    fragment = vec4(fogged(rgba.rgb, depth), alpha);
}
