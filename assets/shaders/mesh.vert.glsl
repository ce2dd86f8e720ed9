// A unit mesh, -1 to 1 on each axis, for each point of one shape.
layout(location = 5) in vec4 aOrientation; // w x y z
layout(location = 6) in vec3 aScale;
layout(location = 7) in int aShape;
layout(location = 9) in vec3 aMesh;
layout(location = 10) in vec3 aNormal;

uniform int uShape; // points of other shapes are left out; -1: all are of this shape
uniform float uPointScale; // to camera units

flat out vec3 vColor;
flat out uint vId;
out vec3 vNormal; // camera space
out vec3 vMesh;
#if defined(PICK)
out float vFar; // distance along the camera's axis, in camera units
#endif

vec3 turn(vec4 q, vec3 v) { return v + 2.0 * cross(q.yzw, cross(q.yzw, v) + q.x * v); }

void main() {
	vec3 rel = place(aPos);
	vec4 color = pickColor(aColor, aScalar, aScalarInt);
	vId = uint(gl_InstanceID);
	vMesh = aMesh;
	vNormal = vec3(0.0);
	vColor = vec3(0.0);
#if defined(PICK)
	vFar = 0.0;
#endif
	gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
	if (uShape >= 0 && aShape != uShape || !inside(rel) || !wanted(vId) || uAlpha != 0 && hash(vId) >= color.a) return;
	vec4 q = aOrientation;
	float l = dot(q, q);
	q = l > 1e-12 && finite(l) ? q * inversesqrt(l) : vec4(1.0, 0.0, 0.0, 0.0);
	vec3 ext = max(abs(aScale * (aSize * uPointScale)), vec3(1e-9));
	vec3 cam = uRot * (rel + uTurn * turn(q, aMesh * ext));
	vNormal = uRot * (uTurn * turn(q, aNormal / ext * max(ext.x, max(ext.y, ext.z))));
	vColor = fogged(color.rgb, -cam.z);
#if defined(PICK)
	vFar = -cam.z;
#endif
	gl_Position = uProj * vec4(cam, 1.0);
}
