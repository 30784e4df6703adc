// Fills what is drawn into.

in vec2 position;   // corners of the unit square around the origin

out vec2 at;        // -1 to 1

void main() {
    at = 2.0 * position;
    gl_Position = vec4(at, 0.0, 1.0);
}
