flat in vec3 vColor;
flat in uint vId;
in vec3 vNormal;
in vec3 vMesh;
#if defined(PICK)
in float vFar;
#endif

#if defined(PICK)
uniform uint uDraw;
layout(location = 0) out uvec4 oId;
#else
uniform float uOpacity;
uniform int uEdges; // boxes that stand for instances: edges are drawn
layout(location = 0) out vec4 oColor;
#endif

void main() {
#if defined(PICK)
	oId = uvec4(uDraw, vId, floatBitsToUint(vFar), 1u);
#else
	vec3 n = normalize(vNormal);
	if (n.z < 0.0) n = -n;
	float light = max(dot(n, vec3(-0.36, 0.58, 0.73)), 0.0);
	vec3 c = vColor * (0.34 + 0.10 * n.y + 0.62 * light) + vec3(0.06) * pow(light, 20.0);
	c = min(c, max(vColor, 1.0)); // light alone makes nothing brighter than white
	if (uEdges != 0) {
		vec3 a = abs(vMesh);
		float second = max(min(a.x, a.y), max(min(a.x, a.z), min(a.y, a.z)));
		float e = smoothstep(0.86 - fwidth(second), 0.86 + fwidth(second), second);
		c = mix(c * 0.62, min(c * 1.5 + 0.08, 1.0), e);
	}
	oColor = vec4(c, uOpacity);
#endif
}
