// Lines as screen-space quads: gl_VertexID 0 to 3 are the corners of a strip; 4 to
// 7 are those of a vector's head.
// PLAIN: ends in camera units from the eye and colours come with the instance.
#if defined(PLAIN)
layout(location = 5) in vec3 aA;
layout(location = 6) in vec3 aB;
layout(location = 7) in vec4 aColorA;
layout(location = 8) in vec4 aColorB;
layout(location = 9) in float aWidth;
#elif defined(VECTORS)
layout(location = 8) in vec3 aVector;
uniform float uVectorScale;
uniform int uHeads;
uniform uint uVectorStride; // every so-many-th point has one
#elif defined(STRANDS)
// aPos is the end of a segment, aPrev the point before it in the buffer.
layout(location = 5) in vec3 aPrev;
layout(location = 6) in uvec2 aStrand; // of aPrev, of aPos; 0xffffffff before the first
layout(location = 7) in vec2 aAlong;   // 0 to 1 along the strand, of aPrev, of aPos
uniform usamplerBuffer uRoots;
uniform usamplerBuffer uColors;
uniform usamplerBuffer uScalars;
uniform ivec4 uColorLayout;  // components, first one; 0 components: uConstantColor
uniform ivec3 uScalarLayout; // stride, first component, 1: bytes
uniform vec4 uConstantColor;
uniform int uRooted;
uniform int uFade;
#endif
uniform float uWidth;

out vec4 vColor;
out float vSide;
out vec3 vRel;
out float vWidth;

const vec4 nowhere = vec4(2.0, 2.0, 2.0, 1.0);

#if defined(STRANDS)
float strandFloat(usamplerBuffer b, int i) { return uintBitsToFloat(texelFetch(b, i).r); }

vec4 strandColor(int s) {
	vec4 color = uConstantColor;
	if (uColorLayout.x > 0) {
		int at = s * uColorLayout.x;
		color = vec4(strandFloat(uColors, at), strandFloat(uColors, at + 1), strandFloat(uColors, at + 2), 1.0);
	}
	vec4 f = vec4(0.0);
	ivec4 n = ivec4(0);
	if (uColorMode == 2) {
		int at = s * uScalarLayout.x + uScalarLayout.y;
		if (uInt != 0) n.x = int(texelFetch(uScalars, at).r);
		else for (int i = 0; i < uComps; i++) f[i] = strandFloat(uScalars, at + i);
	}
	return pickColor(color, f, n);
}
#endif

void main() {
	vec3 a, b;
	vec4 ca, cb;
	float width = uWidth;
	gl_Position = nowhere;
	vColor = vec4(0.0);
	vSide = 0.0;
	vRel = vec3(0.0);
	vWidth = width;
#if defined(PLAIN)
	a = aA;
	b = aB;
	ca = aColorA;
	cb = aColorB;
	width = aWidth;
#elif defined(VECTORS)
	a = place(aPos);
	if (!inside(a) || !wanted(uint(gl_InstanceID) * uVectorStride)) return;
	b = a + uModel * aVector * uVectorScale;
	ca = cb = pickColor(aColor, aScalar, aScalarInt);
	ca.a *= 0.15;
#elif defined(STRANDS)
	bool first = aStrand.x != aStrand.y;
	if (first && uRooted == 0) return;
	int s = int(aStrand.y);
	if (!wanted(uint(s))) return;
	vec3 prev = aPrev;
	if (first) prev = vec3(strandFloat(uRoots, s * 3), strandFloat(uRoots, s * 3 + 1), strandFloat(uRoots, s * 3 + 2));
	a = place(prev);
	b = place(aPos);
	ca = cb = strandColor(s);
	if (uFade != 0) {
		ca.a *= first ? 0.0 : aAlong.x;
		cb.a *= aAlong.y;
	}
#endif
	if (!(finite(a.x + a.y + a.z) && finite(b.x + b.y + b.z))) return;
	bool end = (gl_VertexID & 2) != 0;
	float side = (gl_VertexID & 1) != 0 ? 1.0 : -1.0;
	vec3 va = uRot * a, vb = uRot * b;
	if (uOrtho == 0) {
		// Behind the eye there is no screen position: cut at the near plane.
		float z = -uNear;
		if (va.z > z && vb.z > z) return;
		if (va.z > z) { float t = (z - va.z) / (vb.z - va.z); va = mix(va, vb, t); a = mix(a, b, t); ca = mix(ca, cb, t); }
		if (vb.z > z) { float t = (z - vb.z) / (va.z - vb.z); vb = mix(vb, va, t); b = mix(b, a, t); cb = mix(cb, ca, t); }
	}
	vec4 pa = uProj * vec4(va, 1.0), pb = uProj * vec4(vb, 1.0);
	vec2 dir = (pb.xy / pb.w - pa.xy / pa.w) * uViewport;
	float len = length(dir);
	dir = len > 1e-4 ? dir / len : vec2(1.0, 0.0);
	vec4 p = end ? pb : pa;
	float along = end ? 0.5 : -0.5; // pixels that the line is longer
#if defined(VECTORS)
	// The shaft ends where the head begins. Vectors of a few pixels have none.
	len *= 0.5;
	float head = min(3.0 + 3.0 * width, 0.4 * len);
	if (uHeads == 0 || head < 2.0) head = 0.0;
	bool tip = gl_VertexID >= 6;
	if (gl_VertexID >= 4) {
		p = pb;
		end = true;
		width = head == 0.0 ? width : tip ? 1.0 : max(width, 0.8 * head);
	}
	if (end) along = tip || head == 0.0 ? 0.5 : -head;
#endif
	float half_ = 0.5 * width + 1.0;
	vec2 off = vec2(-dir.y, dir.x) * side * half_ + dir * along;
	p.xy += off * 2.0 / uViewport * p.w;
	gl_Position = p;
	vSide = side * half_;
	vWidth = width;
	vRel = end ? b : a;
#if defined(VECTORS)
	if (end && !tip && len > 0.0) vRel = mix(b, a, head / len);
#endif
	vColor = end ? cb : ca;
#if !defined(PLAIN)
	vColor.rgb = fogged(vColor.rgb, -(end ? vb.z : va.z));
#endif
}
