package widget

import "github.com/AllenDang/cimgui-go/imgui"

// cursorTo is the row that a key held down this moment moves the cursor to, of rows 0 to last of
// which some are visible; it reports whether there is such a key. With Ctrl or Alt a key is a
// shortcut's. A cursor of -1 is on no row yet.
func cursorTo(cursor, visible, last int64) (row int64, ok bool) {
	if io := imgui.CurrentIO(); io.KeyCtrl() || io.KeyAlt() {
		return cursor, false
	}
	to := cursor
	switch {
	case imgui.IsKeyPressedBool(imgui.KeyDownArrow):
		to++
	case imgui.IsKeyPressedBool(imgui.KeyUpArrow):
		to = max(to-1, 0)
	case imgui.IsKeyPressedBool(imgui.KeyPageDown):
		to = max(to, 0) + visible
	case imgui.IsKeyPressedBool(imgui.KeyPageUp):
		to -= visible
	case imgui.IsKeyPressedBoolV(imgui.KeyHome, false):
		to = 0
	case imgui.IsKeyPressedBoolV(imgui.KeyEnd, false):
		to = last
	default:
		return cursor, false
	}
	return min(max(to, 0), last), true
}

// wheelRows is how many rows a turn of the wheel goes up: three a notch, and one at the least.
func wheelRows(wheel float32) int64 {
	switch rows := int64(3 * wheel); {
	case rows != 0 || wheel == 0:
		return rows
	case wheel < 0:
		return -1
	}
	return 1
}

// pickOf is how a row is picked: Shift extends from the cursor, if there is one.
func pickOf(cursor int64, toggle bool) Pick {
	return Pick{Toggle: toggle, Extend: imgui.CurrentIO().KeyShift() && cursor >= 0, Anchor: cursor}
}
