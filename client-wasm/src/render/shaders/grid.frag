uniform vec2 spacing;           // of cells, of sections
uniform vec2 thickness;         // of the lines between cells, between sections; pixels
uniform vec3 cell_color;        // linear
uniform vec3 section_color;     // linear
uniform vec4 plane;             // linear; w: opacity
uniform float shadow_opacity;
uniform vec3 fade_center;       // world
uniform vec2 fade;              // distance, strength

in vec3 grid_position;
in vec3 world_position;
in float depth;

layout(location = 0) out vec4 fragment;

// How much of this pixel a grid of lines covers.
float lines(float distance_between, float width) {
    vec2 r = grid_position.xz / distance_between;
    vec2 pixels = abs(fract(r - 0.5) - 0.5) / fwidth(r);
    return 1.0 - min(min(pixels.x, pixels.y) + 1.0 - width, 1.0);
}

void main() {
    look_at_sun(shadow_opacity, world_position);
    float cells = lines(spacing.x, thickness.x);
    float sections = lines(spacing.y, thickness.y);
    float near = 1.0 - min(distance(fade_center, world_position) / fade.x, 1.0);
    float visible = pow(near, fade.y);

    vec3 line_color = mix(cell_color, section_color, min(1.0, thickness.y * sections));
    float line_alpha = (cells + sections) * visible;
    line_alpha = mix(0.75 * line_alpha, line_alpha, sections);

    // The lines over shadows over the plane, in linear light; the plane's colour is not tone mapped.
    float shadow = gl_FrontFacing && shadow_opacity > 0.0
        ? (1.0 - unshadowed(world_position)) * shadow_opacity * visible : 0.0;
    float plane_alpha = plane.w * visible;
    vec3 below = plane.rgb * plane_alpha * (1.0 - shadow);
    plane_alpha = shadow + plane_alpha * (1.0 - shadow);
    vec3 rgb = tone_mapped(line_color) * line_alpha + below * (1.0 - line_alpha);
    float alpha = line_alpha + plane_alpha * (1.0 - line_alpha);
    if (alpha <= 0.0) discard;
    fragment = vec4(fogged(encoded(rgb / alpha), depth), alpha);
}
