uniform sampler2D picture;  // sRGB, read as linear light

in vec2 uv;
in float depth;

layout(location = 0) out vec4 fragment;

void main() {
    vec4 texel = texture(picture, uv);
    fragment = vec4(fogged(encoded(texel.rgb), depth), texel.a);
}
