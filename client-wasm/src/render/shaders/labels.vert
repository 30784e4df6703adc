// Labels: quads that face the camera.

in vec2 corner;     // 0 to 1
in vec4 place;      // world; w: scene units of a pixel of the font, or minus CSS pixels of it
in vec4 rect;       // left, bottom, width, height in pixels of the font
#ifdef GLYPHS
in vec4 texels;     // left, top, right, bottom in the atlas

out vec2 texel;
#endif

void main() {
    vec4 view_position = view_from_world * vec4(place.xyz, 1.0);
    // Scene units of a CSS pixel at this depth.
    float css_pixel = -view_position.z * 2.0 * viewport.w / viewport.z;
    float unit = place.w > 0.0 ? place.w : -place.w * css_pixel;
    view_position.xy += (rect.xy + corner * rect.zw) * unit;
    gl_Position = clip_from_view * view_position;
#ifdef GLYPHS
    texel = vec2(mix(texels.x, texels.z, corner.x), mix(texels.w, texels.y, corner.y));
#endif
}
