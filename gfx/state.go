package gfx

import "github.com/go-gl/gl/v3.3-core/gl"

// glState is the part of the context's state that drawing touches and that a
// host such as Dear ImGui expects to find again.
type glState struct {
	drawFB, readFB, renderbuffer, program, vao   int32
	arrayBuffer, packBuffer, unpackBuffer        int32
	texture2D, active                            int32
	textureBuffer                                [5]int32
	viewport, scissor                            [4]int32
	clearColor                                   [4]float32
	colorMask                                    [4]bool
	depthMask                                    bool
	depthFunc, srcRGB, dstRGB, srcA, dstA, eqRGB int32
	eqA, packAlign, unpackAlign, unpackRow, cull int32
	packRow                                      int32
	on                                           [len(switches)]bool
}

var switches = [...]uint32{
	gl.DEPTH_TEST, gl.BLEND, gl.CULL_FACE, gl.SCISSOR_TEST, gl.STENCIL_TEST, gl.PROGRAM_POINT_SIZE,
	gl.MULTISAMPLE, gl.SAMPLE_ALPHA_TO_COVERAGE, gl.SAMPLE_ALPHA_TO_ONE, gl.FRAMEBUFFER_SRGB, gl.POLYGON_OFFSET_FILL,
	gl.DEPTH_CLAMP,
}

func get(name uint32) int32 {
	var v int32
	gl.GetIntegerv(name, &v)
	return v
}

func saveState() *glState {
	s := &glState{
		drawFB: get(gl.DRAW_FRAMEBUFFER_BINDING), readFB: get(gl.READ_FRAMEBUFFER_BINDING),
		renderbuffer: get(gl.RENDERBUFFER_BINDING), program: get(gl.CURRENT_PROGRAM), vao: get(gl.VERTEX_ARRAY_BINDING),
		arrayBuffer: get(gl.ARRAY_BUFFER_BINDING), packBuffer: get(gl.PIXEL_PACK_BUFFER_BINDING), unpackBuffer: get(gl.PIXEL_UNPACK_BUFFER_BINDING),
		active: get(gl.ACTIVE_TEXTURE), depthFunc: get(gl.DEPTH_FUNC),
		srcRGB: get(gl.BLEND_SRC_RGB), dstRGB: get(gl.BLEND_DST_RGB), srcA: get(gl.BLEND_SRC_ALPHA), dstA: get(gl.BLEND_DST_ALPHA),
		eqRGB: get(gl.BLEND_EQUATION_RGB), eqA: get(gl.BLEND_EQUATION_ALPHA), cull: get(gl.CULL_FACE_MODE),
		packAlign: get(gl.PACK_ALIGNMENT), unpackAlign: get(gl.UNPACK_ALIGNMENT), unpackRow: get(gl.UNPACK_ROW_LENGTH), packRow: get(gl.PACK_ROW_LENGTH),
	}
	gl.GetIntegerv(gl.VIEWPORT, &s.viewport[0])
	gl.GetIntegerv(gl.SCISSOR_BOX, &s.scissor[0])
	gl.GetFloatv(gl.COLOR_CLEAR_VALUE, &s.clearColor[0])
	gl.GetBooleanv(gl.COLOR_WRITEMASK, &s.colorMask[0])
	gl.GetBooleanv(gl.DEPTH_WRITEMASK, &s.depthMask)
	for i, c := range switches {
		s.on[i] = gl.IsEnabled(c)
	}
	for i := range s.textureBuffer {
		gl.ActiveTexture(gl.TEXTURE0 + uint32(i))
		s.textureBuffer[i] = get(gl.TEXTURE_BINDING_BUFFER)
	}
	gl.ActiveTexture(gl.TEXTURE0)
	s.texture2D = get(gl.TEXTURE_BINDING_2D)
	gl.BindBuffer(gl.PIXEL_PACK_BUFFER, 0)
	gl.BindBuffer(gl.PIXEL_UNPACK_BUFFER, 0)
	gl.PixelStorei(gl.PACK_ALIGNMENT, 1)
	gl.PixelStorei(gl.PACK_ROW_LENGTH, 0)
	gl.PixelStorei(gl.UNPACK_ALIGNMENT, 1)
	gl.PixelStorei(gl.UNPACK_ROW_LENGTH, 0)
	gl.ColorMask(true, true, true, true)
	gl.BlendEquation(gl.FUNC_ADD)
	for _, c := range switches {
		gl.Disable(c)
	}
	return s
}

func (s *glState) restore() {
	gl.BindFramebuffer(gl.DRAW_FRAMEBUFFER, uint32(s.drawFB))
	gl.BindFramebuffer(gl.READ_FRAMEBUFFER, uint32(s.readFB))
	gl.BindRenderbuffer(gl.RENDERBUFFER, uint32(s.renderbuffer))
	gl.UseProgram(uint32(s.program))
	gl.BindVertexArray(uint32(s.vao))
	gl.BindBuffer(gl.ARRAY_BUFFER, uint32(s.arrayBuffer))
	gl.BindBuffer(gl.PIXEL_PACK_BUFFER, uint32(s.packBuffer))
	gl.BindBuffer(gl.PIXEL_UNPACK_BUFFER, uint32(s.unpackBuffer))
	for i, t := range s.textureBuffer {
		gl.ActiveTexture(gl.TEXTURE0 + uint32(i))
		gl.BindTexture(gl.TEXTURE_BUFFER, uint32(t))
	}
	gl.ActiveTexture(gl.TEXTURE0)
	gl.BindTexture(gl.TEXTURE_2D, uint32(s.texture2D))
	gl.ActiveTexture(uint32(s.active))
	gl.Viewport(s.viewport[0], s.viewport[1], s.viewport[2], s.viewport[3])
	gl.Scissor(s.scissor[0], s.scissor[1], s.scissor[2], s.scissor[3])
	gl.ClearColor(s.clearColor[0], s.clearColor[1], s.clearColor[2], s.clearColor[3])
	gl.ColorMask(s.colorMask[0], s.colorMask[1], s.colorMask[2], s.colorMask[3])
	gl.DepthMask(s.depthMask)
	gl.DepthFunc(uint32(s.depthFunc))
	gl.BlendFuncSeparate(uint32(s.srcRGB), uint32(s.dstRGB), uint32(s.srcA), uint32(s.dstA))
	gl.BlendEquationSeparate(uint32(s.eqRGB), uint32(s.eqA))
	gl.CullFace(uint32(s.cull))
	gl.PixelStorei(gl.PACK_ALIGNMENT, s.packAlign)
	gl.PixelStorei(gl.PACK_ROW_LENGTH, s.packRow)
	gl.PixelStorei(gl.UNPACK_ALIGNMENT, s.unpackAlign)
	gl.PixelStorei(gl.UNPACK_ROW_LENGTH, s.unpackRow)
	for i, c := range switches {
		if s.on[i] {
			gl.Enable(c)
		} else {
			gl.Disable(c)
		}
	}
}
