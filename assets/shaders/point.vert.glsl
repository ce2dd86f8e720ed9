layout(location = 7) in int aShape;

uniform float uPointScale; // to camera units
uniform float uFixed; // pixels; 0: by aSize
uniform float uMinPx;
uniform float uMaxPx;
uniform uint uStride; // every uStride-th point is drawn
uniform float uGrow;  // pixels added, for rings
uniform vec2 uShrink; // the picture's part of a viewport that is larger by half a sprite
uniform int uOnlyPoints; // shapes are drawn by others

// One vector and no more: software GL's cost of a point is that of its outputs.
flat out vec4 vPoint; // colour or, in PICK, distance; radius
#if defined(PICK)
flat out uint vId;
#endif

const vec4 nowhere = vec4(2.0, 2.0, 2.0, 1.0);

void main() {
	vec3 rel = place(aPos);
	vec3 cam = uRot * rel;
	uint id = uint(gl_VertexID) * uStride;
	float d = uFixed;
	if (d <= 0.0) {
		d = 2.0 * abs(aSize) * uPointScale * uModelScale * uPixelScale / (uOrtho != 0 ? 1.0 : max(-cam.z, uNear));
		d = clamp(finite(d) ? d : 0.0, uMinPx, uMaxPx);
	}
	d += uGrow;
	float radius = 0.5 * d;
	gl_PointSize = d + 1.0;
#if defined(PICK)
	vId = id;
	vPoint = vec4(-cam.z, 0.0, 0.0, radius);
	if (uAlpha != 0 && hash(id) >= pickColor(aColor, aScalar, aScalarInt).a) radius = 0.0;
#else
	vec4 color = pickColor(aColor, aScalar, aScalarInt);
	if (uAlpha != 0 && hash(id) >= color.a) radius = 0.0;
	vPoint = vec4(fogged(color.rgb, -cam.z), radius);
#endif
	if (!wanted(id)) radius = 0.0;
	if (uOnlyPoints != 0 && (aShape >= 1 && aShape <= 9 || aShape == 128 || aShape == 129)) radius = 0.0;
	gl_Position = inside(rel) && radius > 0.0 ? uProj * vec4(cam, 1.0) : nowhere;
	gl_Position.xy *= uShrink;
}
