flat in vec4 vPoint;

#if defined(PICK)
flat in uint vId;
uniform uint uDraw;
layout(location = 0) out uvec4 oId;
#else
uniform int uFlat;
uniform int uMultisample;
uniform float uOpacity;
layout(location = 0) out vec4 oColor;
#endif
#if defined(DENSITY)
uniform float uWeight;
#endif
#if defined(RING)
uniform vec2 uBands; // widths of the ring's two bands in pixels, from the inside
uniform float uStrength;
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
	oId = uvec4(uDraw, vId, floatBitsToUint(vPoint.x), 1u);
#elif defined(DENSITY)
	float k = max(1.0 - r / (radius + 0.5), 0.0);
	oColor = vec4(color, 1.0) * (uWeight * k * cover * uOpacity);
#elif defined(RING)
	// Black and white, whichever stands out from the point inside, the other around
	// it: so the ring is seen on every colour and background.
	float edge = radius - uBands.x - uBands.y;
	float a = cover * clamp(r - edge + 0.5, 0.0, 1.0);
	if (a <= 0.0) discard;
	float light = dot(color, vec3(0.2126, 0.7152, 0.0722)) < 0.5 ? 1.0 : 0.0;
	float outer = clamp(r - edge - uBands.x + 0.5, 0.0, 1.0);
	oColor = vec4(vec3(mix(light, 1.0 - light, outer)), uStrength * a);
#else
	if (uMultisample != 0 ? cover <= 0.0 : cover < 0.5) discard;
	vec3 c = color;
	if (uFlat == 0) {
		vec2 d = p / radius;
		vec3 n = vec3(d, sqrt(max(1.0 - dot(d, d), 0.0)));
		float light = max(dot(n, vec3(-0.36, 0.58, 0.73)), 0.0);
		vec3 lit = c * (0.42 + 0.66 * light) + vec3(0.10) * pow(light, 24.0);
		lit = min(lit, max(color, 1.0)); // light alone makes nothing brighter than white
		// Balls of a few pixels would only look dirty.
		c = mix(c, lit, clamp((radius - 1.0) * 0.5, 0.0, 1.0));
	}
	oColor = vec4(c, uMultisample != 0 ? cover : uOpacity);
#endif
}
