// Labels: quads that face the camera.

in vec2 position;   // corner of the quad, 0 to 1

#ifdef GLYPHS
out vec2 texel;
out vec2 font_pixel;
#endif

void main() {
    vec4 place = column(0);     // world; w: scene units of a pixel of the font, or minus CSS pixels of it
    vec4 rect = column(1);      // left, bottom, width, height in pixels of the font
    vec4 view_position = view_from_world * vec4(place.xyz, 1.0);
    // Scene units of a CSS pixel at this depth.
    float css_pixel = -view_position.z * 2.0 * viewport.w / viewport.z;
    float unit = place.w > 0.0 ? place.w : -place.w * css_pixel;
    vec2 at = rect.xy + position * rect.zw;
    view_position.xy += at * unit;
    gl_Position = is_instance() ? clip_from_view * view_position : OUT_OF_SIGHT;
#ifdef GLYPHS
    font_pixel = at;
    vec4 texels = column(2);    // left, top, right, bottom in the atlas
    texel = vec2(mix(texels.x, texels.z, position.x), mix(texels.w, texels.y, position.y));
#endif
}
