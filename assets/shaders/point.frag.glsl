flat in vec4 vPoint;

#if defined(PICK)
flat in uint vId;
uniform uint uDraw;
layout(location = 0) out uvec4 oId;
#else
uniform int uFlat;
uniform int uMultisample;
layout(location = 0) out vec4 oColor;
#endif
#if defined(DENSITY)
uniform float uWeight;
#endif
#if defined(RING)
uniform vec4 uRing;
uniform float uRingPx;
#endif

void main() {
	float radius = vPoint.w;
	vec3 color = vPoint.rgb;
	// Pixels from the centre, y up.
	vec2 p = (gl_PointCoord - 0.5) * (2.0 * radius + 1.0);
	p.y = -p.y;
	float r = length(p);
	float cover = clamp(radius + 0.5 - r, 0.0, 1.0);
#if defined(PICK)
	if (cover < 0.5) discard;
	oId = uvec4(uDraw, vId, floatBitsToUint(gl_FragCoord.z), 1u);
#elif defined(DENSITY)
	float k = max(1.0 - r / (radius + 0.5), 0.0);
	oColor = vec4(color, 1.0) * (uWeight * k * cover);
#elif defined(RING)
	float inner = clamp(r - (radius - uRingPx) + 0.5, 0.0, 1.0);
	float a = cover * mix(0.45, 1.0, inner);
	if (a <= 0.0) discard;
	oColor = vec4(uRing.rgb, uRing.a * a);
#else
	if (uMultisample != 0 ? cover <= 0.0 : cover < 0.5) discard;
	vec3 c = color;
	if (uFlat == 0) {
		vec2 d = p / radius;
		vec3 n = vec3(d, sqrt(max(1.0 - dot(d, d), 0.0)));
		float light = max(dot(n, vec3(-0.36, 0.58, 0.73)), 0.0);
		vec3 lit = c * (0.42 + 0.66 * light) + vec3(0.10) * pow(light, 24.0);
		// Balls of a few pixels would only look dirty.
		c = mix(c, lit, clamp((radius - 1.0) * 0.5, 0.0, 1.0));
	}
	oColor = vec4(c, uMultisample != 0 ? cover : 1.0);
#endif
}
