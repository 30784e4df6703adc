// The axes of coordinate frames: three cylinders an instance.

in vec4 position;   // on a unit cylinder along z from 0 to 1; w: axis 0, 1 or 2
in vec4 size;       // length, radius of the axes

out float depth;
flat out vec3 linear_color;

void main() {
    vec3 p = position.xyz * vec3(size.y, size.y, size.x);
    int axis = int(position.w);
    p = axis == 0 ? p.zxy : axis == 1 ? p.yzx : p;
    // #cc0000 and so on.
    linear_color = vec3(axis == 0, axis == 1, axis == 2) * 0.6038273;
    vec4 view_position = view_from_world * vec4(world_from_local(p), 1.0);
    depth = -view_position.z;
    gl_Position = clip_from_view * view_position;
}
