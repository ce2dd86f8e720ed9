package gfx

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// ErrUnsupported is wrapped by New where the driver lacks what drawing needs.
var ErrUnsupported = errors.New("this graphics driver cannot draw the view")

// device makes and counts GL objects, and knows what the driver can do. All
// objects of a Renderer are made here, so that live is the truth about leaks.
type device struct {
	live        map[string]int
	version     string
	renderer    string
	extensions  map[string]bool
	software    bool // the processor draws
	persistent  bool
	compat      bool // compatibility profile: sprites must be switched on
	maxSamples  int
	maxPoint    float32
	maxTexture  int
	maxViewport [2]int32
	maxTexels   int // of buffer textures
	debug       bool
	messages    []string
	fences      uint64  // made so far
	spent       []fence // deleted, except for what holds their memory
}

func newDevice(proc func(string) unsafe.Pointer, debug bool) (*device, error) {
	if err := gl.InitWithProcAddrFunc(proc); err != nil {
		return nil, fmt.Errorf("%w: OpenGL 3.3 is needed, but %v; update the driver, or start with LIBGL_ALWAYS_SOFTWARE=1", ErrUnsupported, err)
	}
	d := &device{live: map[string]int{}, extensions: map[string]bool{}, debug: debug}
	d.version = gl.GoStr(gl.GetString(gl.VERSION))
	d.renderer = gl.GoStr(gl.GetString(gl.RENDERER))
	d.software = software(d.renderer)
	var major, minor, n int32
	gl.GetIntegerv(gl.MAJOR_VERSION, &major)
	gl.GetIntegerv(gl.MINOR_VERSION, &minor)
	if err := checkVersion(int(major), int(minor), d.renderer); err != nil {
		return nil, err
	}
	gl.GetIntegerv(gl.NUM_EXTENSIONS, &n)
	for i := range n {
		d.extensions[gl.GoStr(gl.GetStringi(gl.EXTENSIONS, uint32(i)))] = true
	}
	d.persistent = d.extensions["GL_ARB_buffer_storage"]
	var v int32
	gl.GetIntegerv(gl.CONTEXT_PROFILE_MASK, &v)
	d.compat = v&gl.CONTEXT_COMPATIBILITY_PROFILE_BIT != 0
	gl.GetIntegerv(gl.MAX_SAMPLES, &v)
	d.maxSamples = int(v)
	gl.GetIntegerv(gl.MAX_TEXTURE_SIZE, &v)
	d.maxTexture = int(v)
	gl.GetIntegerv(gl.MAX_VIEWPORT_DIMS, &d.maxViewport[0])
	gl.GetIntegerv(gl.MAX_TEXTURE_BUFFER_SIZE, &v)
	d.maxTexels = int(v)
	var size [2]float32
	gl.GetFloatv(gl.POINT_SIZE_RANGE, &size[0])
	d.maxPoint = max(size[1], 1)
	if debug && d.extensions["GL_KHR_debug"] {
		gl.Enable(gl.DEBUG_OUTPUT)
		gl.Enable(gl.DEBUG_OUTPUT_SYNCHRONOUS)
		gl.DebugMessageCallback(d.message, nil)
	}
	return d, nil
}

// software is true if this renderer is the processor, as Mesa's llvmpipe is.
func software(renderer string) bool {
	name := strings.ToLower(renderer)
	for _, s := range []string{"llvmpipe", "softpipe", "swrast", "swiftshader", "gdi generic", "microsoft basic render"} {
		if strings.Contains(name, s) {
			return true
		}
	}
	return false
}

func checkVersion(major, minor int, renderer string) error {
	if major > 3 || major == 3 && minor >= 3 {
		return nil
	}
	return fmt.Errorf("%w: it offers OpenGL %d.%d (%s) and 3.3 is needed; update the driver, or start with LIBGL_ALWAYS_SOFTWARE=1",
		ErrUnsupported, major, minor, renderer)
}

func (d *device) message(_, kind, id, severity uint32, _ int32, text string, _ unsafe.Pointer) {
	if kind == gl.DEBUG_TYPE_ERROR || kind == gl.DEBUG_TYPE_UNDEFINED_BEHAVIOR {
		if len(d.messages) < 8 {
			d.messages = append(d.messages, fmt.Sprintf("%#x: %s", id, strings.TrimSpace(text)))
		}
	}
}

// check reports GL errors in debug mode; without it, only that memory ran out.
func (d *device) check(doing string) error {
	if len(d.messages) > 0 {
		err := fmt.Errorf("%s: OpenGL: %s", doing, strings.Join(d.messages, "; "))
		d.messages = nil
		return err
	}
	if e := gl.GetError(); e == gl.OUT_OF_MEMORY {
		return fmt.Errorf("%s: the graphics card is out of memory", doing)
	} else if e != 0 && d.debug {
		return fmt.Errorf("%s: OpenGL error %#x", doing, e)
	}
	return nil
}

func (d *device) close() {
	if d.debug && d.extensions["GL_KHR_debug"] {
		gl.DebugMessageCallback(nil, nil)
		gl.Disable(gl.DEBUG_OUTPUT)
	}
}

func (d *device) total() int {
	n := 0
	for _, v := range d.live {
		n += v
	}
	return n
}

func (d *device) gen(kind string, f func(int32, *uint32)) uint32 {
	var id uint32
	f(1, &id)
	d.live[kind]++
	return id
}

func (d *device) del(kind string, id *uint32, f func(int32, *uint32)) {
	if *id == 0 {
		return
	}
	f(1, id)
	*id = 0
	d.live[kind]--
}

func (d *device) buffer() uint32            { return d.gen("buffer", gl.GenBuffers) }
func (d *device) texture() uint32           { return d.gen("texture", gl.GenTextures) }
func (d *device) framebuffer() uint32       { return d.gen("framebuffer", gl.GenFramebuffers) }
func (d *device) renderbuffer() uint32      { return d.gen("renderbuffer", gl.GenRenderbuffers) }
func (d *device) vertexArray() uint32       { return d.gen("vertex array", gl.GenVertexArrays) }
func (d *device) freeBuffer(id *uint32)     { d.del("buffer", id, gl.DeleteBuffers) }
func (d *device) freeTexture(id *uint32)    { d.del("texture", id, gl.DeleteTextures) }
func (d *device) freeFramebuffer(i *uint32) { d.del("framebuffer", i, gl.DeleteFramebuffers) }
func (d *device) freeRenderbuffer(i *uint32) {
	d.del("renderbuffer", i, gl.DeleteRenderbuffers)
}
func (d *device) freeVertexArray(id *uint32) { d.del("vertex array", id, gl.DeleteVertexArrays) }
