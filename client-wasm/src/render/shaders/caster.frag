// Only depth is kept. MASKED: what is cut out of a surface lets light through.

#ifdef MASKED
uniform sampler2D base_color_map;
uniform vec4 alpha;                 // cutoff
uniform vec4 image_from_uv[2];
in vec4 uvs;
#endif

void main() {
#ifdef MASKED
    vec3 uv = vec3(image_from_uv[0].w > 0.5 ? uvs.zw : uvs.xy, 1.0);
    vec2 place = vec2(dot(image_from_uv[0].xyz, uv), dot(image_from_uv[1].xyz, uv));
    if (texture(base_color_map, place).a < alpha.x) discard;
#endif
}
