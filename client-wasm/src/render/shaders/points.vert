// Point clouds. Colours are written as they are: no light, no tone mapping.

layout(location = 0) in vec3 position;
#ifdef COLOR_PER_POINT
layout(location = 1) in uvec3 color;
#else
uniform vec3 color;
#endif

uniform mat4 world_from_node;
uniform float pixels_at_unit_depth;

out float depth;
flat out vec3 rgb;
#ifndef IN_BROWSER
flat out vec3 sprite;   // middle and size, pixels
#endif

void main() {
    vec4 view_position = view_from_world * (world_from_node * vec4(position, 1.0));
    depth = -view_position.z;
#ifdef COLOR_PER_POINT
    rgb = vec3(color) / 255.0;
#else
    rgb = color;
#endif
    gl_Position = clip_from_view * view_position;
    // Smaller ones are drawn as large as a pixel.
    gl_PointSize = max(pixels_at_unit_depth / depth, 1.0);
#ifndef IN_BROWSER
    sprite = vec3((gl_Position.xy / gl_Position.w * 0.5 + 0.5) * viewport.xy, gl_PointSize);
#endif
    // NaN compares false: sensors send it for "nothing seen".
    if (!(dot(position, position) < 1e38)) {
        gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    }
}
