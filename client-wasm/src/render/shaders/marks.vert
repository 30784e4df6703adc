// Marks over the scene, made on the CPU.

in vec3 position;   // in the camera's frame
in vec4 color;      // as shown; w: opacity

out vec4 mark_color;

void main() {
    mark_color = color;
    gl_Position = clip_from_view * vec4(position, 1.0);
}
