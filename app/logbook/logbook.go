// Package logbook keeps the latest lines of the log, so that the window can show them.
package logbook

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"iceexplorer/cache/pathname"
	"iceexplorer/cache/printable"
)

// most is how many lines are kept.
const most = 2000

// Line is one entry of the log.
type Line struct {
	Time  time.Time
	Level slog.Level
	Text  string // the message and what belongs to it, as key=value
}

// String is the line as it is copied.
func (l Line) String() string {
	return l.Time.Format("15:04:05.000") + " " + l.Level.String() + " " + l.Text
}

// Text joins lines as they are copied.
func Text(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.String() + "\n")
	}
	return b.String()
}

// Book keeps lines. It is safe for concurrent use.
type Book struct {
	mu    sync.Mutex
	lines []Line
	count uint64 // of all lines that were ever written
	watch func()
}

// Lines are those kept, oldest first, from a level on and that hold all words of a search in any
// case.
func (b *Book) Lines(from slog.Level, search string) []Line {
	words := strings.Fields(strings.ToLower(search))
	b.mu.Lock()
	defer b.mu.Unlock()
	var found []Line
	for _, l := range b.lines {
		text := strings.ToLower(l.Text)
		lacks := func(w string) bool { return !strings.Contains(text, w) }
		if l.Level >= from && !slices.ContainsFunc(words, lacks) {
			found = append(found, l)
		}
	}
	return found
}

// Count is how many lines were ever written: it changes with each.
func (b *Book) Count() uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.count
}

// Watch has f called after each line, from any goroutine; nil ends that.
func (b *Book) Watch(f func()) {
	b.mu.Lock()
	b.watch = f
	b.mu.Unlock()
}

func (b *Book) add(l Line) {
	b.mu.Lock()
	if len(b.lines) == most {
		b.lines = slices.Delete(b.lines, 0, most/4)
	}
	b.lines = append(b.lines, l)
	b.count++
	watch := b.watch
	b.mu.Unlock()
	if watch != nil {
		watch()
	}
}

// Handler keeps lines from a level on, and passes what next wants on to it.
func (b *Book) Handler(from slog.Level, next slog.Handler) slog.Handler {
	return &handler{book: b, from: from, next: next}
}

type handler struct {
	book   *Book
	from   slog.Level
	next   slog.Handler
	group  string // before names
	before string // what is written into every line
}

func (h *handler) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= h.from || h.next.Enabled(ctx, l)
}

func (h *handler) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= h.from {
		text := r.Message + h.before
		r.Attrs(func(a slog.Attr) bool {
			text += attr(h.group, a)
			return true
		})
		h.book.add(Line{Time: r.Time, Level: r.Level, Text: printable.Line(pathname.Display(strings.ReplaceAll(text, "\n", " | ")))})
	}
	if h.next.Enabled(ctx, r.Level) {
		return h.next.Handle(ctx, r)
	}
	return nil
}

func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	c := *h
	for _, a := range attrs {
		c.before += attr(h.group, a)
	}
	c.next = h.next.WithAttrs(attrs)
	return &c
}

func (h *handler) WithGroup(name string) slog.Handler {
	c := *h
	if name != "" {
		c.group += name + "."
	}
	c.next = h.next.WithGroup(name)
	return &c
}

func attr(group string, a slog.Attr) string {
	if a.Equal(slog.Attr{}) {
		return ""
	}
	return fmt.Sprintf(" %s%s=%v", group, a.Key, a.Value.Resolve())
}
