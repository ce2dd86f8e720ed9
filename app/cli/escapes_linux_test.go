package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// owned clears the screen, sets the window's title, forges a line of a log, turns text around
// and is not even UTF-8 at its end.
const owned = "\x1b[2J\x1b]0;owned\x07\n2026 forged line\u009b31m\u202etxt\x9b7m\xe9"

// ownedFrame is a frame whose names and values are all owned.
func ownedFrame(t *testing.T, damaged bool) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 6))
	b.Float32s("Size"+owned, cache.TypeFloat, []float32{1, 2})
	b.Strings("Text"+owned, []string{owned, "plain"})
	b.Add(cache.Column{Name: "Blob" + owned, Type: cache.TypeCustom, BlobTypes: []string{owned}}, []byte{1, 2}, []uint64{0, 1, 2})
	if damaged {
		b.Float32s("Late"+owned, cache.TypeFloat, []float32{1, 2})
	}
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	f.Warnings = []string{owned}
	return f
}

// ownedFiles writes caches with such contents below such a folder: whole, damaged, of other
// attributes, no caches, and converted ones.
func ownedFiles(t *testing.T) (dir string, files []string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "d"+owned)
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Skip(err)
	}
	name := func(n string) string { return filepath.Join(dir, "f"+owned+"_"+n+".icecache") }
	for _, n := range []string{"1", "2", "3"} {
		var b bytes.Buffer
		if err := icecache.Encode(context.Background(), &b, ownedFrame(t, n == "2"), icecache.EncodeOptions{}); err != nil {
			t.Fatal(err)
		}
		data := b.Bytes()
		if n == "3" {
			data = data[:len(data)-20]
		}
		if err := os.WriteFile(name(n), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for path, data := range map[string]string{name("4"): "no cache", name("5") + ".sih5": "\x89HDF\r\n\x1a\n", filepath.Join(dir, owned): "", name("x"): "ICECACHE 103"} {
		if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir, []string{name("1"), name("2"), name("3"), name("4"), name("5") + ".sih5", name("x")}
}

// What a file or its name says went to the terminal as it was: on standard error, in titles of
// tables and in reports.
func TestNoVerbLetsAFileCommandTheTerminal(t *testing.T) {
	t.Parallel()
	dir, files := ownedFiles(t)
	out := t.TempDir()
	column := "attr(\"Size" + owned + "\")"
	lines := [][]string{
		{"info"}, {"info", "--attributes"}, {"info", "--frame", "all"}, {"info", "--json"}, {"query"}, {"query", "--format", "json"},
		{"query", "--columns", column}, {"query", "--columns", owned}, {"query", "--where", owned}, {"query", "--sort", "Size" + owned},
		{"stats"}, {"stats", "--attr", "Size" + owned}, {"trace", "--id", "1"}, {"trace", "--index", "1", "--columns", owned},
		{"export", "--out", out + "/a" + owned, "--format", "csv"}, {"export", "--out", out, "--format", "ply", "--dry-run"},
		{"export", "--out", out, "--format", owned}, {"export", "--out", out + "/b", "--format", "usda", "--json"},
		{"export", "--out", out + "/c", "--format", "csv", "--attrs", owned}, {"export", "--out", out + "/d", "--map", owned + "=x"},
		{"convert"}, {"convert", "--stats"}, {"convert", "--prune"}, {"convert", "--to", "/dev/null/" + owned},
		{"render", "--out", out + "/e" + owned + "#.png"}, {"render", "--color-by", owned, "--out", out + "/x.png"}, {"render", "--" + owned},
		{owned}, {"help", owned}, {"bench", owned}, {"sample", owned},
	}
	tried := 0
	for _, line := range lines {
		about := [][]string{{dir}, {dir + "/*"}, {dir + "gone"}}
		for _, f := range files {
			about = append(about, []string{f}, []string{f + "gone"})
		}
		if line[0] == owned || line[0] == "bench" || line[0] == "sample" || line[0] == "render" && len(line) == 3 || line[0] == "help" {
			about = about[:1]
		}
		for _, args := range about {
			args = append(line[:len(line):len(line)], args...)
			r := do(t, args...)
			tried++
			for stream, text := range map[string]string{"output": r.out, "errors": r.errors} {
				checkHarmless(t, args, stream, text)
			}
		}
	}
	t.Logf("attack: %d command lines about names and values that command the terminal", tried)
}

func checkHarmless(t *testing.T, args []string, stream, text string) {
	t.Helper()
	json := strings.HasPrefix(strings.TrimLeft(text, "[\n "), "{")
	for _, line := range strings.Split(text, "\n") {
		bad := strings.ContainsFunc(line, func(r rune) bool {
			if json { // other programs read it, and it escapes by itself
				return r < ' '
			}
			return unicode.IsControl(r) && r != '\t' || unicode.Is(unicode.Bidi_Control, r)
		})
		if bad || !utf8.ValidString(line) || strings.HasPrefix(strings.TrimSpace(line), "2026") {
			t.Errorf("%q: %s: %q", args, stream, line)
			return
		}
	}
}
