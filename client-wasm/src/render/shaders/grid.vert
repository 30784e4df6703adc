// Grids: one quad in the plane y = 0.

in vec3 position;           // corners of a unit square in x and z

uniform mat4 world_from_grid;
uniform mat4 grid_from_world;
uniform vec2 size;
uniform float reach;        // of an infinite grid: how far beyond `size`; else 0
uniform float follow;       // 1: the quad stays below the camera
uniform vec3 center;        // camera, projected on the plane, world

out vec3 grid_position;
out vec3 world_position;
out float depth;

void main() {
    grid_position = vec3(position.x * size.x, 0.0, position.z * size.y) * (1.0 + reach);
    world_position = (world_from_grid * vec4(grid_position, 1.0)).xyz;
    world_position += follow * (center - world_from_grid[3].xyz);
    grid_position = (grid_from_world * vec4(world_position, 1.0)).xyz;
    vec4 view_position = view_from_world * vec4(world_position, 1.0);
    depth = -view_position.z;
    gl_Position = clip_from_view * view_position;
}
