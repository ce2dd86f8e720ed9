package logbook

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// What standard error does not show is kept for the window all the same.
func TestLinesAreKeptThatStandardErrorDoesNotShow(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	book, told := &Book{}, 0
	book.Watch(func() { told++ })
	log := slog.New(book.Handler(slog.LevelInfo, slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelWarn})))
	log.Debug("worker ready")
	log.Info("opened", "frames", 100)
	log.With("worker", 7).WithGroup("file").Warn("worker died", "path", "/a/b_1.icecache", "why", "a\nb")
	if got := out.String(); strings.Contains(got, "opened") || !strings.Contains(got, "worker died") {
		t.Errorf("standard error has %q", got)
	}
	for _, tc := range []struct {
		from   slog.Level
		search string
		want   string
	}{
		{slog.LevelInfo, "", "opened frames=100|worker died worker=7 file.path=/a/b_1.icecache file.why=a | b"},
		{slog.LevelWarn, "", "worker died worker=7 file.path=/a/b_1.icecache file.why=a | b"},
		{slog.LevelInfo, "100 OPEN", "opened frames=100"},
		{slog.LevelInfo, "open closed", ""},
	} {
		var got []string
		for _, l := range book.Lines(tc.from, tc.search) {
			got = append(got, l.Text)
		}
		if s := strings.Join(got, "|"); s != tc.want {
			t.Errorf("from %v, %q: %q, want %q", tc.from, tc.search, s, tc.want)
		}
	}
	if book.Count() != 2 || told != 2 {
		t.Errorf("%d lines, told of %d", book.Count(), told)
	}
}

func TestOldLinesGoFirst(t *testing.T) {
	t.Parallel()
	book := &Book{}
	for i := range most + 1 {
		book.add(Line{Time: time.Unix(int64(i), 0), Text: "x"})
	}
	lines := book.Lines(slog.LevelInfo, "")
	if len(lines) > most || lines[len(lines)-1].Time != time.Unix(most, 0) || lines[0].Time == time.Unix(0, 0) {
		t.Errorf("%d lines, from %v to %v", len(lines), lines[0].Time, lines[len(lines)-1].Time)
	}
	text := Text([]Line{{Time: time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.UTC), Level: slog.LevelWarn, Text: "late"}})
	if want := "03:04:05.006 WARN late\n"; text != want {
		t.Errorf("copied as %q, want %q", text, want)
	}
}

// A name in a log cleared the screen of whoever looked at it, and newlines forged lines.
func TestTheLogActsOnNoTerminal(t *testing.T) {
	t.Parallel()
	const owned = "\x1b[2J\x1b]0;owned\x07\n2026 forged line\u202etxt\u009b7m\xe9"
	var out bytes.Buffer
	book := &Book{}
	slog.New(book.Handler(slog.LevelInfo, slog.NewTextHandler(&out, nil))).
		With("with"+owned, owned).Warn(owned, "file", owned, "error", errors.New(owned), owned, []string{owned})
	all := out.String() + "\n" + Text(book.Lines(slog.LevelInfo, ""))
	lines := strings.Split(strings.TrimSpace(all), "\n")
	for _, line := range lines {
		if strings.HasPrefix(line, "2026 forged") || strings.ContainsFunc(line, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
		}) {
			t.Errorf("%q", line)
		}
	}
	if !utf8.ValidString(all) || strings.Count(all, "owned") != 14 {
		t.Errorf("%q", all)
	}
}
