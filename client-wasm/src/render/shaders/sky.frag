// What is around, behind the scene.

uniform highp sampler2D photograph;
uniform vec4 photograph_from_world[3];  // rows
uniform vec2 look;                      // blur, brightness

in vec2 uv;     // from the top left

layout(location = 0) out vec4 fragment;

void main() {
    float aspect = viewport.x / viewport.y;
    vec3 in_view = vec3(vec2(2.0 * uv.x - 1.0, 1.0 - 2.0 * uv.y) * viewport.w * vec2(aspect, 1.0), -1.0);
    vec3 d = normalize(transpose(mat3(view_from_world)) * in_view);
    d = vec3(
        dot(photograph_from_world[0].xyz, d),
        dot(photograph_from_world[1].xyz, d),
        dot(photograph_from_world[2].xyz, d));
    vec3 light = look.x > 0.0
        ? radiance_around(d, look.x) : textureLod(photograph, on_photograph(d), 0.0).rgb;
    fragment = vec4(encoded(tone_mapped(light * look.y)), 1.0);
}
