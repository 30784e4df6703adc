// A picture on the unit square, as a light sees it.

in vec2 position;

uniform mat4 clip_from_quad;

void main() {
    gl_Position = clip_from_quad * vec4(position, 0.0, 1.0);
}
