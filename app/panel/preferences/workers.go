package preferences

import (
	"fmt"
	"runtime"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/widget"
	"iceexplorer/jobs"
)

// mayStart bounds workers by what the machine may have, and asks before there are more than twice
// as many as cores, which slow each other down but where a disk or a network is waited for.
func (d *dialog) mayStart(next *settings.Preferences) bool {
	d.bounded = ""
	if workers, note := jobs.Workers(next.Workers); note != "" {
		next.Workers, d.bounded = workers, note
		d.host.Session.TellOf(session.About("workers"), session.Warning, note)
	} else {
		d.host.Session.Settle(session.About("workers"))
	}
	if d.many != next.Workers && next.Workers > 2*runtime.NumCPU() {
		d.many, d.reveal = next.Workers, true
		return false
	}
	d.many = 0
	return true
}

// manyWorkers asks about many workers, or says why there are fewer.
func (d *dialog) manyWorkers(item *settings.Item) giu.Widget {
	var l giu.Layout
	if d.bounded != "" {
		l = append(l, panel.Note(session.Warning, d.bounded))
	}
	if d.many == 0 {
		return l
	}
	many := d.many
	text := fmt.Sprintf("%d workers are more than twice the cores of this machine, %d. They are of use where files are waited for; else they slow each other down.", many, runtime.NumCPU())
	return append(l, panel.Note(session.Warning, text), widget.Beside{Gap: 8, Of: []giu.Widget{
		giu.Button(fmt.Sprintf("Use %d workers", many)).OnClick(func() { d.set(item, int64(many)) }),
		giu.Button("Leave it").OnClick(func() { d.many, d.bounded = 0, "" }),
	}}, giu.Custom(func() {
		if d.reveal {
			d.reveal = false
			imgui.SetScrollHereYV(1)
		}
	}))
}
