layout(location = 0) in vec2 aAt;
void main() { gl_Position = vec4(aAt, 0.0, 1.0); }
