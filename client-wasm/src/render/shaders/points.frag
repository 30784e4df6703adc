uniform float exponent;     // of the norm whose unit ball is the outline; 0 for a square
uniform float shading;      // 1: brighter in the middle; 0: plain

in float depth;
flat in vec3 rgb;
#ifndef IN_BROWSER
flat in vec3 sprite;   // middle and size, pixels
#endif

layout(location = 0) out vec4 fragment;

void main() {
#ifdef IN_BROWSER
    vec2 offset = abs(gl_PointCoord - 0.5);
#else
    // With multisampling, Mesa's software drivers shift gl_PointCoord by a fraction of a pixel.
    vec2 offset = abs(gl_FragCoord.xy - sprite.xy) / sprite.z;
#endif
    if (exponent > 0.0) {
        float r = pow(pow(offset.x, exponent) + pow(offset.y, exponent), 1.0 / exponent);
        if (r > 0.5) discard;
    }
    // Mixed as squares, which is close to mixing light.
    vec3 square = rgb * rgb;
    vec3 rim = max(square - 0.02, 0.0);
    vec3 middle = min(square + 0.01, 1.0);
    vec3 shaded = sqrt(mix(middle, rim, min(length(offset), 0.5) * 2.0));
    fragment = vec4(fogged(mix(rgb, shaded, shading), depth), 1.0);
}
