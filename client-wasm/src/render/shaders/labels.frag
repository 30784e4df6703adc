// Black text on translucent white. Never behind fog.

#ifdef GLYPHS
uniform highp sampler2D atlas;
uniform vec2 atlas_size;
uniform float radius;       // distance from the outline at which the field ends, pixels of the font

in vec2 texel;
in vec2 font_pixel;
#endif

layout(location = 0) out vec4 fragment;

void main() {
#ifdef GLYPHS
    // Rows of the atlas run from the top down, those of textures from the bottom up.
    vec2 uv = vec2(texel.x, atlas_size.y - texel.y) / atlas_size;
    float from_outline = (texture(atlas, uv).r * 255.0 - 128.0) / 127.0 * radius;
    // Half a pixel of the screen, in pixels of the font. No wider than the field reaches, so that text in
    // the distance fades instead of filling its quads.
    float half_pixel = clamp(0.5 * length(fwidth(font_pixel)), 1e-4, 0.5 * radius);
    float alpha = smoothstep(-half_pixel, half_pixel, from_outline);
    if (alpha < 0.004) discard;
    fragment = vec4(vec3(0.0), alpha);
#else
    fragment = vec4(vec3(1.0), 0.85);
#endif
}
