// Flat drawing in pixels, y down: panels, text, axes.
layout(location = 0) in vec2 aAt;
layout(location = 1) in vec2 aUV; // < 0: plain colour
layout(location = 2) in vec4 aColor;
uniform vec2 uViewport;
out vec2 vUV;
out vec4 vColor;

void main() {
	vec2 p = aAt / uViewport * 2.0 - 1.0;
	gl_Position = vec4(p.x, -p.y, 0.0, 1.0);
	vUV = aUV;
	vColor = aColor;
}
