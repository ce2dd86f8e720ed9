// Package interop has the files of every format read by programs that are not ours, and
// compares all that these find with the frames. `make deps-interop` installs the readers;
// what is not there is skipped, unless ICEEXPLORER_INTEROP says that all must be.
package interop_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/writers"
	"iceexplorer/cache/value"
)

// node runs a script of testdata where the packages lie, and returns the lines it prints.
func node(t *testing.T, pkg, script string, args ...string) []string {
	t.Helper()
	tools, err := filepath.Abs("../../../.tools/interop")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(tools, "node_modules", pkg)); err != nil {
		exporttest.Missing(t, pkg)
	}
	text, err := os.ReadFile(filepath.Join("testdata", script))
	if err != nil {
		t.Fatal(err)
	}
	// From standard input a script finds packages below the folder that it runs in.
	return lines(t, tools, text, "node", append([]string{"--input-type=module", "-"}, args...)...)
}

// python runs a script of testdata with Debian's Python, which has a module.
func python(t *testing.T, module, script string, args ...string) []string {
	t.Helper()
	const program = "/usr/bin/python3"
	if exec.Command(program, "-c", "import "+module).Run() != nil {
		exporttest.Missing(t, module)
	}
	return lines(t, "", nil, program, append([]string{"-X", "utf8", filepath.Join("testdata", script)}, args...)...)
}

func lines(t *testing.T, dir string, stdin []byte, program string, args ...string) []string {
	t.Helper()
	var errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Dir, cmd.Stdin, cmd.Stderr = dir, bytes.NewReader(stdin), &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %.1000s", err, errs.Bytes())
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

// format is a format with its Writer.
func format(t *testing.T, name string) export.Format {
	t.Helper()
	f, ok := export.Find(writers.All(), name)
	if !ok {
		t.Fatalf("there is no %s", name)
	}
	return *f
}

// each has f tried on every frame, by name.
func each(t *testing.T, f func(t *testing.T, frame *cache.Frame)) {
	frames := exporttest.Frames(t)
	for _, name := range slices.Sorted(maps.Keys(frames)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f(t, frames[name])
		})
	}
}

// columns are the lines that a reader prints of a table: name, tab, and the values of all
// rows, which are as Row writes them.
func columns(t *testing.T, got []string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, line := range got {
		if len(got) == 1 && line == "" {
			break
		}
		name, values, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("the reader prints %.200q", line)
		}
		out[name] = values
	}
	return out
}

// rows are the values of an attribute for each point. Floats are written as the digits of
// their bits, text and bytes in hexadecimal digits, lists in brackets.
func rows(a *cache.Attribute, points uint64) string { return rowsOf(a, points, one) }

// kinds are rows of a format that has the numbers of shapes, and not their names.
func kinds(a *cache.Attribute, points uint64) string {
	return rowsOf(a, points, func(a *cache.Attribute, v uint64) string {
		if a.Type == cache.TypeShape {
			return strconv.Itoa(int(a.Int32s()[v]))
		}
		return one(a, v)
	})
}

func rowsOf(a *cache.Attribute, points uint64, one func(*cache.Attribute, uint64) string) string {
	var b strings.Builder
	for row := range points {
		if names.Repeated(&a.Column) {
			row = 0
		}
		from, to := a.Row(row)
		if a.Structure == cache.Array {
			b.WriteByte('[')
		}
		for v := from; v < to; v++ {
			b.WriteString(one(a, v))
			b.WriteByte(',')
		}
		if a.Structure == cache.Array {
			b.WriteString("],")
		}
	}
	return b.String()
}

func one(a *cache.Attribute, v uint64) string {
	switch n := uint64(a.Type.Components()); {
	case a.Type == cache.TypeShape:
		return hex.EncodeToString([]byte(value.Text(value.Of(a, v))))
	case a.Type == cache.TypeString:
		return hex.EncodeToString([]byte(string([]rune(string(a.Value(v))))))
	case a.Type.Variable():
		return hex.EncodeToString(a.Value(v))
	case a.Type.Elem() == cache.ElemInt32:
		return strconv.Itoa(int(a.Int32s()[v]))
	case a.Type.Elem() == cache.ElemUint8:
		return strconv.Itoa(int(a.Bytes()[v]))
	case n == 1:
		return bits(a.Float32s()[v])
	default:
		text := "["
		for _, f := range a.Float32s()[v*n:][:n] {
			text += bits(f) + ","
		}
		return text + "]"
	}
}

func bits(f float32) string {
	if f != f {
		return "nan" // of which there are many
	}
	return fmt.Sprintf("%08x", math.Float32bits(f))
}

// compare reports what a reader finds otherwise than it is in the frame, and what it finds
// that is not. values are what an attribute's are to be.
func compare(t *testing.T, f export.Format, frame *cache.Frame, got map[string]string, values func(*cache.Attribute, uint64) string) {
	t.Helper()
	v, err := f.Parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, p := range f.Places(frame.Index(), v) {
		if p.As == nil {
			continue
		}
		found, ok := got[p.As[0]]
		if want := values(frame.Attribute(p.Attribute), uint64(frame.Header.Points)); !ok || found != want {
			t.Errorf("%s: %.150q, want %.150q (there is one: %v)", p.As[0], found, want, ok)
		}
		delete(got, p.As[0])
		compared++
	}
	if compared == 0 || len(got) > 0 {
		t.Errorf("%d attributes were compared, and there are more: %.300q", compared, slices.Collect(maps.Keys(got)))
	}
}
