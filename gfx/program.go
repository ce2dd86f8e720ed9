package gfx

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/go-gl/gl/v3.3-core/gl"
	"github.com/go-gl/mathgl/mgl64"

	"iceexplorer/assets"
)

// program is a linked pair of shaders and its uniforms' places.
type program struct {
	id    uint32
	names map[string]int32
}

// newProgram builds from shaders/<vert>.vert.glsl and <frag>.frag.glsl with the
// given #defines. common is put before the vertex shader where cloud is true.
func (d *device) newProgram(vert, frag string, cloud bool, defines ...string) (*program, error) {
	head := "#version 330 core\n"
	for _, def := range defines {
		head += "#define " + def + "\n"
	}
	vs := head
	if cloud {
		s, err := fs.ReadFile(assets.Shaders, "shaders/common.glsl")
		if err != nil {
			return nil, err
		}
		vs += string(s)
	}
	v, err := d.compile(gl.VERTEX_SHADER, vs, vert+".vert.glsl")
	if err != nil {
		return nil, err
	}
	defer d.freeShader(v)
	f, err := d.compile(gl.FRAGMENT_SHADER, head, frag+".frag.glsl")
	if err != nil {
		return nil, err
	}
	defer d.freeShader(f)
	p := &program{id: gl.CreateProgram(), names: map[string]int32{}}
	d.live["program"]++
	gl.AttachShader(p.id, v)
	gl.AttachShader(p.id, f)
	gl.LinkProgram(p.id)
	gl.DetachShader(p.id, v)
	gl.DetachShader(p.id, f)
	var ok int32
	if gl.GetProgramiv(p.id, gl.LINK_STATUS, &ok); ok == 0 {
		var n int32
		gl.GetProgramiv(p.id, gl.INFO_LOG_LENGTH, &n)
		log := make([]byte, n+1)
		gl.GetProgramInfoLog(p.id, n, nil, &log[0])
		d.freeProgram(p)
		return nil, fmt.Errorf("linking shaders %s and %s: %s", vert, frag, strings.TrimRight(string(log), "\x00\n"))
	}
	return p, nil
}

func (d *device) compile(kind uint32, head, file string) (uint32, error) {
	src, err := fs.ReadFile(assets.Shaders, "shaders/"+file)
	if err != nil {
		return 0, err
	}
	s := gl.CreateShader(kind)
	d.live["shader"]++
	text, free := gl.Strs(head + "#line 1\n" + string(src) + "\x00")
	gl.ShaderSource(s, 1, text, nil)
	free()
	gl.CompileShader(s)
	var ok int32
	if gl.GetShaderiv(s, gl.COMPILE_STATUS, &ok); ok == 0 {
		var n int32
		gl.GetShaderiv(s, gl.INFO_LOG_LENGTH, &n)
		log := make([]byte, n+1)
		gl.GetShaderInfoLog(s, n, nil, &log[0])
		d.freeShader(s)
		return 0, fmt.Errorf("compiling shader %s: %s", file, strings.TrimRight(string(log), "\x00\n"))
	}
	return s, nil
}

func (d *device) freeShader(s uint32) {
	gl.DeleteShader(s)
	d.live["shader"]--
}

func (d *device) freeProgram(p *program) {
	if p != nil && p.id != 0 {
		gl.DeleteProgram(p.id)
		p.id = 0
		d.live["program"]--
	}
}

// at is a uniform's place, -1 (which GL ignores) if the shader does not use it.
func (p *program) at(name string) int32 {
	l, ok := p.names[name]
	if !ok {
		l = gl.GetUniformLocation(p.id, gl.Str(name+"\x00"))
		p.names[name] = l
	}
	return l
}

func (p *program) use()                         { gl.UseProgram(p.id) }
func (p *program) float(name string, v float64) { gl.Uniform1f(p.at(name), float32(v)) }
func (p *program) int(name string, v int)       { gl.Uniform1i(p.at(name), int32(v)) }
func (p *program) uint(name string, v uint32)   { gl.Uniform1ui(p.at(name), v) }
func (p *program) vec2(name string, x, y float64) {
	gl.Uniform2f(p.at(name), float32(x), float32(y))
}
func (p *program) vec3(name string, v Vec3) {
	gl.Uniform3f(p.at(name), clampF(v[0]), clampF(v[1]), clampF(v[2]))
}
func (p *program) vec4(name string, v [4]float32) {
	gl.Uniform4f(p.at(name), v[0], v[1], v[2], v[3])
}
func (p *program) mat3(name string, m Mat4) {
	var f [9]float32
	for c := range 3 {
		for r := range 3 {
			f[c*3+r] = float32(m[c*4+r])
		}
	}
	gl.UniformMatrix3fv(p.at(name), 1, false, &f[0])
}
func (p *program) mat4(name string, m mgl64.Mat4) {
	var f [16]float32
	for i := range f {
		f[i] = float32(m[i])
	}
	gl.UniformMatrix4fv(p.at(name), 1, false, &f[0])
}
