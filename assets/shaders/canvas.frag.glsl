in vec2 vUV;
in vec4 vColor;
uniform sampler2D uGlyphs;
layout(location = 0) out vec4 oColor;

void main() {
	float a = vUV.x < 0.0 ? 1.0 : texture(uGlyphs, vUV).r;
	oColor = vec4(vColor.rgb, vColor.a * a);
}
