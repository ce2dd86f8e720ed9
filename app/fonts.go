package app

import (
	"log/slog"
	"strings"

	"iceexplorer/app/fallback"
	"iceexplorer/app/session"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
)

// fontWatch finds fonts for names that ours cannot show.
type fontWatch struct {
	finder  *fallback.Finder
	version uint64 // of the session when its names were looked at
	seen    int    // messages looked at
}

// watchFonts checks, when names arrive that the scene may show, whether our fonts have their
// characters. For text in panels the window reports that by itself.
func (a *App) watchFonts() {
	w := &a.fonts
	if w.finder == nil {
		var err error
		if w.finder, err = fallback.New(assets.FontText, fallback.CacheDir()); err != nil {
			slog.Warn(err.Error())
			return
		}
	}
	messages := a.session.Messages()
	if a.session.Version() == w.version && len(messages) == w.seen {
		return
	}
	var text strings.Builder
	for _, m := range messages[min(w.seen, len(messages)):] {
		text.WriteString(m.Text)
	}
	for _, l := range a.session.Layers() {
		text.WriteString(pathname.Display(l.Name() + l.Seq.Name + l.Seq.Dir))
		if f := a.session.Current(l); f != nil {
			for _, at := range f.Attributes {
				text.WriteString(at.Name)
			}
		}
	}
	w.version, w.seen = a.session.Version(), len(messages)
	a.needFonts(text.String())
}

// needFonts looks, beside the loop, for fonts with the characters that a text needs.
func (a *App) needFonts(text string) {
	finder := a.fonts.finder
	if finder == nil || !finder.Lacks(text) {
		return
	}
	go func() {
		fonts, missing, err := finder.Find(text)
		a.post(func() {
			for _, f := range fonts {
				a.window.AddFont(f.Data, f.Index)
				if err := a.renderer.AddFont(f.Data, f.Index); err != nil {
					slog.Warn(err.Error(), "file", f.Path)
				}
			}
			if err != nil {
				a.session.Tell(session.Warning, err.Error())
			}
			if len(missing) > 0 {
				a.session.Tell(session.Warning, fallback.Missing(missing))
			}
			a.stage.Redraw()
			a.wake()
		})
	}()
}
