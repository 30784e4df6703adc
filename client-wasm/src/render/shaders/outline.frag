in float depth;

layout(location = 0) out vec4 fragment;

const vec3 COLOR = vec3(0.9646863, 1.0, 0.0);  // #fbff00, linear

void main() {
    fragment = vec4(displayed(COLOR, depth), 0.8);
}
