// Package about is the dialog about the program.
package about

import (
	"fmt"
	"runtime"

	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

// Name of the dialog, as its title bar shows it.
const Name = "About ICE Explorer"

// Facts are what it shows.
type Facts struct {
	Version string
	Driver  func() string // of the graphics
	Stats   func() jobs.Stats
}

// New makes the dialog.
func New(f Facts) panel.Panel {
	return panel.Panel{Name: Name, Side: panel.Dialog, Width: 34, Layout: f.layout}
}

// workers says how many there are, and whether the system keeps them from all but their files.
func workers(st *jobs.Stats) string {
	n := fmt.Sprint(len(st.Workers))
	switch {
	case st.Confined:
		return n + ", confined to the folders of their files"
	case st.Lacks != "":
		return n + ", not confined: " + st.Lacks
	}
	return n
}

func (f Facts) layout() giu.Layout {
	st := f.Stats()
	return giu.Layout{
		giu.Label("ICE Explorer " + f.Version),
		widget.Wrapped{Text: "Opens, plays, inspects and converts Softimage ICE particle caches."},
		giu.Spacing(),
		widget.Facts{Wrap: true, Rows: [][2]string{
			{"graphics", f.Driver()},
			{"built with", runtime.Version() + " for " + runtime.GOOS + " " + runtime.GOARCH},
			{"workers", workers(&st)},
			{"scratch memory", fmt.Sprintf("%s of %s", unit.Bytes(st.Scratch), unit.Bytes(st.ScratchBudget))},
		}},
		giu.Spacing(),
		widget.Wrapped{Text: "Apache License 2.0. Dear ImGui, GLFW, HDF5, DejaVu and Font Awesome have their own licences."},
	}
}
