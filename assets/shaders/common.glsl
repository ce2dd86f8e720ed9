// What every vertex shader of a cloud shares. World positions are taken relative
// to the eye before they are turned: far from the origin float32 has no digits to spare.
// From there on lengths are in camera units, in which the target is 1 to 2 away.
layout(location = 0) in vec3 aPos;
layout(location = 1) in vec4 aColor;
layout(location = 2) in float aSize;
layout(location = 3) in vec4 aScalar;
layout(location = 4) in ivec4 aScalarInt;

uniform mat3 uModel;      // to camera units
uniform vec3 uOffset;     // the model's translation minus the eye, in camera units
uniform vec3 uOffsetRest; // what uOffset is rounded by
uniform mat3 uTurn;       // uModel without the change of units
uniform mat3 uRot;
uniform mat4 uProj;
uniform vec2 uViewport;
uniform float uNear;
uniform float uPixelScale;
uniform float uModelScale;
uniform int uOrtho;
uniform vec3 uClipMin; // relative to the eye; +-3e38 where there is none
uniform vec3 uClipMax;
uniform vec4 uFog;      // colour, strength
uniform vec2 uFogRange; // where it begins, 1 / length

uniform int uColorMode; // 0 aColor, 1 uConstant, 2 scalar
uniform vec4 uConstant;
uniform vec4 uBad;
uniform vec4 uBelow; // less than uEnds.x; alpha 0: as the map has it
uniform vec4 uAbove; // greater than uEnds.y
uniform vec2 uEnds;  // rising
uniform vec2 uRange; // minimum, 1 / (maximum - minimum)
uniform int uComps;  // of aScalar when its magnitude is wanted, else 1
uniform int uInt;    // aScalarInt holds the values
uniform int uCategories; // > 0: value modulo this many colours
uniform int uAlpha;
uniform float uTop; // the brightest that a colour may be: 1, or more where the picture has room for it
uniform sampler2D uMap;
uniform int uSome;            // only the points whose bit is set in uOnly are drawn
uniform usamplerBuffer uOnly; // 32 points a value, the first in the lowest bit
uniform uint uFirst;          // the chunk's first point

bool finite(float f) { return (floatBitsToUint(f) & 0x7f800000u) != 0x7f800000u; }

// place is a position relative to the eye, in camera units.
vec3 place(vec3 p) { return (uModel * p + uOffset) + uOffsetRest; }

bool inside(vec3 rel) {
	return all(lessThan(abs(rel), vec3(1e37))) && all(greaterThanEqual(rel, uClipMin)) && all(lessThanEqual(rel, uClipMax));
}

// wanted tells whether a point of the chunk is one of those that are drawn.
bool wanted(uint id) {
	if (uSome == 0) return true;
	uint i = uFirst + id;
	return (texelFetch(uOnly, int(i >> 5)).r >> (i & 31u) & 1u) != 0u;
}

vec4 mapped(vec4 f, ivec4 n) {
	if (uInt != 0) {
		if (uCategories > 0) {
			int i = n.x % uCategories;
			if (i < 0) i += uCategories;
			return vec4(texelFetch(uMap, ivec2(i, 0), 0).rgb, 1.0);
		}
		f = vec4(n);
	}
	float v = f.x;
	if (uComps == 2) v = length(f.xy);
	if (uComps == 3) v = length(f.xyz);
	if (uComps == 4) v = length(f);
	if (!finite(v)) return uBad;
	if (v < uEnds.x && uBelow.a > 0.0) return uBelow;
	if (v > uEnds.y && uAbove.a > 0.0) return uAbove;
	float t = clamp((v - uRange.x) * uRange.y, 0.0, 1.0);
	return vec4(texture(uMap, vec2((t * 255.0 + 0.5) / 256.0, 0.5)).rgb, 1.0);
}

vec4 pickColor(vec4 color, vec4 f, ivec4 n) {
	vec4 c = uConstant;
	if (uColorMode == 0) {
		c = vec4(color.rgb, uAlpha != 0 ? color.a : 1.0);
		if (!(finite(c.r) && finite(c.g) && finite(c.b) && finite(c.a))) c = uBad;
	} else if (uColorMode == 2) {
		c = mapped(f, n);
	}
	return vec4(clamp(c.rgb, 0.0, uTop), clamp(c.a, 0.0, 1.0));
}

vec3 fogged(vec3 c, float dist) {
	float t = clamp((dist - uFogRange.x) * uFogRange.y, 0.0, 1.0);
	return mix(c, uFog.rgb, t * uFog.a);
}

// A number between 0 and 1 that looks random, the same in every picture.
float hash(uint n) {
	n = (n ^ 61u) ^ (n >> 16);
	n *= 9u;
	n ^= n >> 4;
	n *= 0x27d4eb2du;
	n ^= n >> 15;
	return float(n >> 8) / 16777216.0;
}
