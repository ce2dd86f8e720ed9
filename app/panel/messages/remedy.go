package messages

import (
	"github.com/AllenDang/giu"

	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/cache/pathname"
)

// Options are what the dialog and the toast need.
type Options struct {
	// Reveal shows a file or folder in the system's file manager.
	Reveal func(path string)
	// Copy puts text on the clipboard.
	Copy func(text string)
}

// deed is something that can be done about a message.
type deed struct {
	label, tip string
	do         func()
}

// deeds are what can be done about a message.
func (o *Options) deeds(m *session.Message) (all []deed) {
	if m.Retry != nil && !m.Past {
		all = append(all, deed{"Retry", "Try again what failed", m.Retry})
	}
	if m.Path != "" {
		all = append(all, deed{"Reveal", "Show in the file manager: " + pathname.Display(m.Path), func() { o.Reveal(m.Path) }})
	}
	return append(all, deed{"Copy", "Copy the message", func() { o.Copy(m.Text) }})
}

// buttons are the deeds of a message; done is called after one.
func (o *Options) buttons(m *session.Message, done func()) giu.Widget {
	var all []giu.Widget
	for _, d := range o.deeds(m) {
		all = append(all, widget.Tip{Text: d.tip, Of: giu.Button(d.label).OnClick(func() {
			d.do()
			done()
		})})
	}
	return giu.Row(all...)
}
