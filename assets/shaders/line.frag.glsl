in vec4 vColor;
in float vSide;
in vec3 vRel;
in float vWidth;

uniform vec3 uCutMin; // relative to the eye
uniform vec3 uCutMax;
uniform float uOpacity;
uniform vec4 uFade3; // centre relative to the eye, 1 / radius; 0: no fading
layout(location = 0) out vec4 oColor;

void main() {
	if (any(lessThan(vRel, uCutMin)) || any(greaterThan(vRel, uCutMax))) discard;
	float a = clamp(0.5 * vWidth + 0.5 - abs(vSide), 0.0, 1.0) * min(vWidth, 1.0);
	if (uFade3.w > 0.0) {
		float d = length(vRel - uFade3.xyz) * uFade3.w;
		a *= 1.0 - smoothstep(0.25, 1.0, d);
	}
	if (a * vColor.a <= 0.002) discard;
	oColor = vec4(vColor.rgb, vColor.a * a * uOpacity);
}
