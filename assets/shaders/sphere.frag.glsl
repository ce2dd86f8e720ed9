flat in vec3 vColor;
flat in uint vId;
flat in vec3 vExt;
flat in vec4 vTurn;
flat in vec3 vCenter;
in vec3 vAt;
in vec3 vRay;

uniform mat3 uTurn;
uniform mat3 uRot;
uniform mat4 uProj;

#if defined(PICK)
uniform uint uDraw;
layout(location = 0) out uvec4 oId;
#else
uniform int uMultisample;
uniform float uOpacity;
layout(location = 0) out vec4 oColor;
#endif

vec3 turn(vec4 q, vec3 v) { return v + 2.0 * cross(q.yzw, cross(q.yzw, v) + q.x * v); }

void main() {
	// From the box's back face towards the eye: numbers stay near 1 however far
	// the eye is.
	vec3 d = normalize(vRay);
	float b = dot(vAt, d);
	vec3 m = vAt - b * d; // the ray's point closest to the centre
	float gap = 1.0 - dot(m, m);
	float cover = clamp(gap / max(fwidth(gap), 1e-6) + 0.5, 0.0, 1.0);
#if defined(PICK)
	if (gap < 0.0) discard;
#else
	if (uMultisample != 0 ? cover <= 0.0 : gap < 0.0) discard;
#endif
	vec3 p = m - sqrt(max(gap, 0.0)) * d;
	vec3 cam = vCenter + uRot * (uTurn * turn(vTurn, p * vExt));
	vec4 clip = uProj * vec4(cam, 1.0);
	float depth = clamp(clip.z / clip.w * 0.5 + 0.5, 0.0, 1.0);
	gl_FragDepth = depth;
#if defined(PICK)
	oId = uvec4(uDraw, vId, floatBitsToUint(-cam.z), 1u);
#else
	vec3 n = normalize(uRot * (uTurn * turn(vTurn, p / vExt)));
	float light = max(dot(n, vec3(-0.36, 0.58, 0.73)), 0.0);
	float rim = 1.0 - clamp(n.z, 0.0, 1.0);
	vec3 c = vColor * (0.34 + 0.10 * n.y + 0.66 * light - 0.10 * rim * rim) + vec3(0.22) * pow(light, 32.0);
	c = min(c, max(vColor, 1.0)); // light alone makes nothing brighter than white
	oColor = vec4(c, uMultisample != 0 ? cover : uOpacity);
#endif
}
