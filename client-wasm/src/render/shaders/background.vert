// An image behind the scene, over the whole picture.

in vec2 position;   // corners of the unit square around the origin

out vec2 uv;

void main() {
    uv = vec2(position.x, -position.y) + 0.5;
    gl_Position = vec4(2.0 * position, 1.0, 1.0);
}
