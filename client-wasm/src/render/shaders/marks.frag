in vec4 mark_color;

layout(location = 0) out vec4 fragment;

void main() {
    fragment = mark_color;
}
