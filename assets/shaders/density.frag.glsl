// Turns sums of light into colour: the mean colour of all points on the pixel,
// as bright as the pixel is full, towards white where it overflows.
uniform sampler2D uSum;
uniform float uExposure;
layout(location = 0) out vec4 oColor;

void main() {
	vec4 s = texelFetch(uSum, ivec2(gl_FragCoord.xy), 0);
	if (s.a <= 0.0) discard;
	float x = log(1.0 + s.a * uExposure);
	float t = x / (1.0 + x);
	vec3 c = s.rgb / s.a;
	c = mix(c, vec3(1.0), smoothstep(0.72, 1.0, t) * 0.85);
	oColor = vec4(c, clamp(t * 1.25, 0.0, 1.0));
}
