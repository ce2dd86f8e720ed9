package stage

// Tool is what dragging with the left button does.
type Tool uint8

// The tools.
const (
	ToolOrbit Tool = iota
	ToolPan
	ToolZoom
	ToolSelect
	ToolLasso
	ToolMeasure
)

var toolHelp = [...]string{
	ToolOrbit:   "Drag: orbit   Middle or Shift: pan   Right or wheel: zoom   Double click: focus",
	ToolPan:     "Drag: pan   Right or wheel: zoom   Double click: focus",
	ToolZoom:    "Drag: zoom   Middle or Shift: pan   Double click: focus",
	ToolSelect:  "Click or drag a rectangle: select visible points   Shift: add   Ctrl: remove   Esc: none",
	ToolLasso:   "Drag around points: select the visible ones   Shift: add   Ctrl: remove   Esc: none",
	ToolMeasure: "Click two points: measure between them   Drag: orbit   Middle or Shift: pan",
}

// throughHelp is toolHelp of the tools that select, while they select through.
var throughHelp = map[Tool]string{
	ToolSelect: "Drag a rectangle: select all points in it, hidden ones too   Click: the visible one   Shift: add   Ctrl: remove   Esc: none",
	ToolLasso:  "Drag around points: select all of them, hidden ones too   Shift: add   Ctrl: remove   Esc: none",
}

const flyHelp = "W A S D: fly   Q E: down, up   Shift: faster"

// Tool is what dragging in the scene does.
func (s *Stage) Tool() Tool { return s.tool }

// SetTool changes it.
func (s *Stage) SetTool(t Tool) { s.tool = t }

// help says what the mouse does.
func (s *Stage) help() string {
	if s.Flies() {
		return flyHelp
	}
	if text := throughHelp[s.tool]; s.through.on && text != "" {
		return text
	}
	return toolHelp[s.tool]
}

// selects reports that the tool selects points.
func (t Tool) selects() bool { return t == ToolSelect || t == ToolLasso }

// drag is the kind of drag that the tool begins.
func (t Tool) drag() dragKind {
	return [...]dragKind{ToolOrbit: dragOrbit, ToolPan: dragPan, ToolZoom: dragZoom, ToolSelect: dragRect, ToolLasso: dragLasso, ToolMeasure: dragOrbit}[t]
}

// Pointer is the shape of the mouse's pointer over the scene.
type Pointer uint8

// The shapes. Of two of them the pointer is drawn as a cross, one with a loop.
const (
	PointerArrow Pointer = iota
	PointerMove
	PointerZoom
	PointerHand
	PointerCross
	PointerLasso
	PointerSplitX // between panes at the left and the right
	PointerSplitY
)

// Pointer is the one that belongs to what the mouse does or would do.
func (s *Stage) Pointer() Pointer {
	if p, ok := s.splitPointer(); ok {
		return p
	}
	if s.crosshair() {
		if s.tool == ToolLasso {
			return PointerLasso
		}
		return PointerCross
	}
	if !s.mouse.over || len(s.shown) == 0 {
		return PointerArrow
	}
	kind := s.drag.kind
	if kind == dragNone {
		if kind = s.tool.drag(); s.view.GizmoHover != 0 {
			kind = dragClip
		} else if _, ok := s.handleAt(s.mouse.x, s.mouse.y); ok {
			kind = dragClip
		}
	}
	switch kind {
	case dragPan:
		return PointerMove
	case dragZoom:
		return PointerZoom
	case dragClip:
		return PointerHand
	}
	return PointerArrow
}

// splitPointer is the pointer of the lines between panes.
func (s *Stage) splitPointer() (p Pointer, ok bool) {
	axes := s.drag.splits
	if s.mouse.over && s.drag.kind == dragNone {
		axes = s.splitsAt(s.mouse.x, s.mouse.y)
	}
	switch axes {
	case [2]bool{true, false}:
		return PointerSplitX, true
	case [2]bool{false, true}:
		return PointerSplitY, true
	case [2]bool{true, true}:
		return PointerMove, true
	}
	return 0, false
}

// crosshair reports whether the pointer is that of the selecting tools.
func (s *Stage) crosshair() bool {
	if s.drag.kind == dragRect || s.drag.kind == dragLasso {
		return true
	}
	return s.mouse.over && s.drag.kind == dragNone && (s.tool.selects() || s.tool == ToolMeasure) && s.view.GizmoHover == 0 && len(s.shown) > 0
}
