// The box around an ellipsoid; the fragment shader casts the ray. Back faces are
// drawn, so that the eye may be within the box.
layout(location = 5) in vec4 aOrientation; // w x y z
layout(location = 6) in vec3 aScale;
layout(location = 7) in int aShape;
layout(location = 9) in vec3 aMesh;

uniform int uShape;
uniform float uPointScale; // to camera units
uniform mat3 uTurnInv;

flat out vec3 vColor;
flat out uint vId;
flat out vec3 vExt;
flat out vec4 vTurn;
flat out vec3 vCenter; // camera space
out vec3 vAt;  // on the box, in the unit sphere's space
out vec3 vRay; // in the same space, away from the eye; any length

vec3 turn(vec4 q, vec3 v) { return v + 2.0 * cross(q.yzw, cross(q.yzw, v) + q.x * v); }

void main() {
	vec3 rel = place(aPos);
	vec4 color = pickColor(aColor, aScalar, aScalarInt);
	vId = uint(gl_InstanceID);
	vAt = aMesh * 1.02;
	vRay = vec3(0.0, 0.0, 1.0);
	vColor = vec3(0.0);
	vExt = vec3(1.0);
	vTurn = vec4(1.0, 0.0, 0.0, 0.0);
	vCenter = vec3(0.0);
	gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
	if (uShape >= 0 && aShape != uShape || !inside(rel) || !wanted(vId) || uAlpha != 0 && hash(vId) >= color.a) return;
	vec4 q = aOrientation;
	float l = dot(q, q);
	q = l > 1e-12 && finite(l) ? q * inversesqrt(l) : vec4(1.0, 0.0, 0.0, 0.0);
	vTurn = q;
	vExt = max(abs(aScale * (aSize * uPointScale)), vec3(1e-9));
	vec3 at = rel + uTurn * turn(q, vAt * vExt);
	vec3 away = uOrtho != 0 ? -transpose(uRot)[2] : at;
	vRay = turn(vec4(q.x, -q.yzw), uTurnInv * away) / vExt;
	vCenter = uRot * rel;
	vec3 cam = uRot * at;
	vColor = fogged(color.rgb, -vCenter.z);
	gl_Position = uProj * vec4(cam, 1.0);
}
