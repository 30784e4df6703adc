// The light of a photograph with a gain map.

uniform sampler2D image;
uniform sampler2D gains;
uniform vec3 low;
uniform vec3 high;
uniform vec3 exponent;
uniform vec3 offset;
uniform vec3 offset_after;

in vec2 at;

layout(location = 0) out vec4 fragment;

void main() {
    vec2 uv = 0.5 * at + 0.5;
    vec3 gain = mix(low, high, pow(texture(gains, uv).rgb, exponent));
    vec3 light = (texture(image, uv).rgb + offset) * exp2(gain) - offset_after;
    fragment = vec4(clamp(light, 0.0, 65000.0), 1.0);
}
