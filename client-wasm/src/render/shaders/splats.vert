// Gaussian splats: for each, a quad around what is seen of it, 128 quads an instance.

in vec3 corner;         // of a quad: offset from its middle, and its number
uniform highp usampler2D splats;    // two texels each: place and group, covariance and colour
uniform highp usampler2D order;     // which are drawn, from far to near
uniform highp sampler2D groups;     // four texels each; see Group::table_row
uniform int count;

out vec2 offset;        // from the middle; a length of 1 is √2 standard deviations
flat out vec4 rgba;
flat out float depth;

vec4 from_bytes(uint word) {
    return vec4((uvec4(word) >> uvec4(0, 8, 16, 24)) & 255u) / 255.0;
}

void main() {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    offset = vec2(0.0);
    rgba = vec4(0.0);
    depth = 0.0;
    int at = gl_InstanceID * 128 + int(corner.z);
    if (at >= count) return;
    int number = int(texelFetch(order, ivec2(at & 2047, at >> 11), 0).r);
    ivec2 texel = ivec2((number & 1023) * 2, number >> 10);
    uvec4 place = texelFetch(splats, texel, 0);
    uvec4 form = texelFetch(splats, texel + ivec2(1, 0), 0);
    int group = int(place.w) * 4;
    ivec2 about = ivec2(group & 2047, group >> 11);
    vec4 flags = texelFetch(groups, about + ivec2(3, 0), 0);
    if (flags.x == 0.0) return;

    vec4 row0 = texelFetch(groups, about, 0);
    vec4 row1 = texelFetch(groups, about + ivec2(1, 0), 0);
    vec4 row2 = texelFetch(groups, about + ivec2(2, 0), 0);
    vec4 middle = vec4(uintBitsToFloat(place.xyz), 1.0);
    vec3 world = vec3(dot(row0, middle), dot(row1, middle), dot(row2, middle));
    vec3 view = (view_from_world * vec4(world, 1.0)).xyz;
    vec4 clip = clip_from_view * vec4(view, 1.0);
    if (!(abs(clip.x) <= 1.1 * clip.w && abs(clip.y) <= 1.1 * clip.w && abs(clip.z) <= clip.w)) {
        return;
    }

    // The covariance on the screen, pixels squared, where the view is as good as linear.
    vec2 focal = vec2(clip_from_view[0][0], clip_from_view[1][1]) * viewport.xy / 2.0;
    vec2 slope = view.xy / view.z;
    mat3 from_world = mat3(view_from_world);
    vec3 x_axis = vec3(focal.x, 0.0, -focal.x * slope.x) / view.z * from_world;
    vec3 y_axis = vec3(0.0, focal.y, -focal.y * slope.y) / view.z * from_world;
    mat3 from_splats = transpose(mat3(row0.xyz, row1.xyz, row2.xyz));
    x_axis = x_axis * from_splats;
    y_axis = y_axis * from_splats;
    vec2 xx_xy = from_halves(form.x);
    vec2 xz_yy = from_halves(form.y);
    vec2 yz_zz = from_halves(form.z);
    mat3 covariance = mat3(
        xx_xy.x, xx_xy.y, xz_yy.x,
        xx_xy.y, xz_yy.y, yz_zz.x,
        xz_yy.x, yz_zz.x, yz_zz.y);
    vec3 spread = covariance * x_axis;
    float xx = dot(x_axis, spread) + 0.3;
    float xy = dot(y_axis, spread);
    float yy = dot(y_axis, covariance * y_axis) + 0.3;
    float mean = (xx + yy) / 2.0;
    float radius = length(vec2((xx - yy) / 2.0, xy));
    rgba = from_bytes(form.w);
    if (!(mean >= radius && rgba.a * (xx * yy - xy * xy) >= 0.25)) return;

    vec2 along = vec2(xy, mean + radius - xx);
    along = dot(along, along) > 0.0 ? normalize(along) : vec2(1.0, 0.0);
    vec2 across = vec2(along.y, -along.x);
    vec2 axes = min(sqrt(2.0 * vec2(mean + radius, mean - radius)), 1024.0);
    offset = corner.xy;
    vec2 pixels = offset.x * axes.x * along + offset.y * axes.y * across;
    gl_Position = vec4(clip.xy / clip.w + pixels * 2.0 / viewport.xy, clip.z / clip.w, 1.0);
    depth = -view.z;
#ifdef HARMONICS
    if (flags.y != 0.0) {
        vec3 direction = normalize(middle.xyz - local_camera(row0, row1, row2));
        rgba.rgb = clamp(rgba.rgb + harmonic_color(number + int(flags.z), direction), 0.0, 1.0);
    }
#endif
}
