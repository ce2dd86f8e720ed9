layout(location = 7) in int aShape;

uniform float uPointScale;
uniform float uFixed; // pixels; 0: by aSize
uniform float uMinPx;
uniform float uMaxPx;
uniform uint uStride; // every uStride-th point is drawn
uniform float uGrow;  // pixels added, for rings
uniform int uOnlyPoints; // shapes are drawn by others

flat out vec4 vColor;
flat out float vRadius;
flat out uint vId;

const vec4 nowhere = vec4(2.0, 2.0, 2.0, 1.0);

void main() {
	vec3 rel = uModel * aPos + uOffset;
	vec3 cam = uRot * rel;
	vId = uint(gl_VertexID) * uStride;
	float d = uFixed;
	if (d <= 0.0) {
		d = 2.0 * abs(aSize) * uPointScale * uModelScale * uPixelScale / (uOrtho != 0 ? 1.0 : max(-cam.z, uNear));
		d = clamp(finite(d) ? d : 0.0, uMinPx, uMaxPx);
	}
	d += uGrow;
	vRadius = 0.5 * d;
	gl_PointSize = d + 1.0;
	vColor = pickColor(aColor, aScalar, aScalarInt);
	if (uAlpha != 0 && hash(vId) >= vColor.a) vRadius = 0.0;
	vColor.rgb = fogged(vColor.rgb, -cam.z);
	if (uOnlyPoints != 0 && (aShape >= 1 && aShape <= 9 || aShape == 128 || aShape == 129)) vRadius = 0.0;
	gl_Position = inside(rel) && vRadius > 0.0 ? uProj * vec4(cam, 1.0) : nowhere;
}
