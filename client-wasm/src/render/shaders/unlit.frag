in float depth;
flat in vec3 linear_color;

layout(location = 0) out vec4 fragment;

void main() {
    fragment = vec4(displayed(linear_color, depth), 1.0);
}
