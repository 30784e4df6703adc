// The camera in the frame of what has this pose.
vec3 local_camera(vec4 row0, vec4 row1, vec4 row2) {
    vec3 to_camera = camera_position.xyz - vec3(row0.w, row1.w, row2.w);
    vec3 x = cross(row1.xyz, row2.xyz);
    vec3 y = cross(row2.xyz, row0.xyz);
    vec3 z = cross(row0.xyz, row1.xyz);
    return (x * to_camera.x + y * to_camera.y + z * to_camera.z) / dot(row0.xyz, x);
}
