package exporter

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app/export"
	"iceexplorer/app/exporting"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/cache/export/formats"
	"iceexplorer/cache/pathname"
)

// The dialog says which files there will be, and does not begin where some exist and nobody says what of them.
func TestWhatWillBeWrittenIsSaidBeforeItIs(t *testing.T) {
	t.Parallel()
	from, to := t.TempDir(), t.TempDir()
	for _, path := range []string{filepath.Join(from, "a_1.icecache"), filepath.Join(from, "a_2.icecache"), filepath.Join(to, "a_2.csv")} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	posts := make(chan func())
	desk := exporting.New(exporting.Options{
		Session: session.New(nil, nil, session.Options{}), Kinds: export.Caches(formats.All()), Filter: func() string { return "" },
		Post: func(f func()) { posts <- f }, Wake: func() {},
	})
	shown := 0
	h := &panel.Host{Session: session.New(nil, nil, session.Options{}), Settings: settings.Default(t.TempDir())}
	d := New(h, Options{Desk: desk, Show: func(string) { shown++ }})
	d.Folder(from)
	if shown != 1 || d.form.Format != "csv" || d.form.Of != settings.OfFolder {
		t.Fatalf("shown %d times, with %+v", shown, d.form)
	}
	d.form.Folder = pathname.Text(to)
	for _, c := range []struct {
		change func(*settings.Export)
		text   string // of what is expected, or of why nothing can be
		exist  string
		ready  bool
	}{
		{func(*settings.Export) {}, "2 files. The first one: " + filepath.Join(to, "a_1.csv"), "One of them exists: choose above", false},
		{func(e *settings.Export) { e.Existing = "skip" }, "2 files.", "left as it is", true},
		{func(e *settings.Export) { e.Name = "{name}" }, "would become the same file", "", false},
		{func(e *settings.Export) { e.Name = "{name}.{frame:04}" }, filepath.Join(to, "a.0001.csv"), "", true},
		{func(e *settings.Export) { e.Format = "mc"; e.Name = "" }, "One sequence of 2 frames, which is opened as " + filepath.Join(to, "a.xml"), "", true},
		{func(e *settings.Export) { e.Scale = "-1" }, `the scale "-1": want a number above 0`, "", false},
	} {
		c.change(d.form)
		desk.Outlook(*d.form)
		(<-posts)()
		o, known := desk.Outlook(*d.form)
		text := expected(&o)
		if o.Err != nil {
			text = o.Err.Error()
		}
		if exist := d.existText(&o); !known || !strings.Contains(text, c.text) || !strings.Contains(exist, c.exist) || c.exist == "" && exist != "" || d.ready() != c.ready {
			t.Errorf("%+v: known %v: %q, %q, ready %v", *d.form, known, text, exist, d.ready())
		}
		if brief := d.brief(); brief == "" || d.ready() != (brief == "1 sequence" || strings.HasSuffix(brief, " file") || strings.HasSuffix(brief, " files")) {
			t.Errorf("%+v: beside the buttons is %q", *d.form, brief)
		}
	}
}

// A preferred folder is where an export goes, until another one is chosen.
func TestExportsGoToThePreferredFolderAtFirst(t *testing.T) {
	t.Parallel()
	desk := exporting.New(exporting.Options{Session: session.New(nil, nil, session.Options{}), Filter: func() string { return "" }})
	h := &panel.Host{Session: session.New(nil, nil, session.Options{}), Settings: settings.Default(t.TempDir())}
	h.Settings.Export.Folder = "/of/the/last/start"
	d := New(h, Options{Desk: desk, Show: func(string) {}})
	for _, c := range []struct {
		prefer string
		choose pathname.Text
		want   pathname.Text
	}{
		{prefer: "", want: "/of/the/last/start"},
		{prefer: "/farm/out", want: "/farm/out"},
		{prefer: "/farm/out", choose: "/mine", want: "/mine"},
		{prefer: "/elsewhere", want: "/elsewhere"},
		{prefer: "", want: "/elsewhere"},
	} {
		h.Settings.Preferences.ExportDir = c.prefer
		if c.choose != "" {
			d.form.Folder = c.choose
		}
		d.Open()
		if d.form.Folder != c.want {
			t.Errorf("%+v: it begins in %q", c, d.form.Folder)
		}
	}
}
