package usda

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/several"
	"iceexplorer/cache/pathname"
)

// prim is the name of the points in all files.
const prim = "points"

// layer is a file on its way. After an error nothing more is written.
type layer struct {
	w       io.Writer
	threads int
	err     error
}

func (l *layer) bytes(b []byte) {
	if l.err == nil {
		_, l.err = l.w.Write(b)
	}
}

func (l *layer) line(format string, args ...any) { l.bytes(fmt.Appendf(nil, format+"\n", args...)) }

// head says what times a file has, and how to take its numbers.
func (l *layer) head(v export.Values, from, to cache.Number) {
	l.line("#usda 1.0\n(")
	l.line("    defaultPrim = %q", prim)
	l.line("    endTimeCode = %v", to)
	l.line("    framesPerSecond = %v", v.Number(export.FPSOption))
	l.line("    metersPerUnit = %v", v.Number(metersPerUnit))
	l.line("    startTimeCode = %v", from)
	l.line("    timeCodesPerSecond = %v", v.Number(export.FPSOption))
	l.line("    upAxis = %q\n)\n", strings.ToUpper(v.Text(export.UpOption)))
}

// begin begins the points, with what is said about them.
func (l *layer) begin(about string) { l.line("def Points %q%s\n{", prim, about) }

func (l *layer) end() { l.line("}") }

// declare says that the points have an attribute.
func (l *layer) declare(p *property) { l.line("    %s %s%s", p.typ, p.name, spread(p)) }

// spread is how values of primvars lie on points; USD would take them for a single one.
func spread(p *property) string {
	if p.name == "widths" || p.name == "normals" || strings.Contains(p.name, ":") {
		return " (\n        interpolation = \"vertex\"\n    )"
	}
	return ""
}

// sample writes an attribute with its values at a time.
func (l *layer) sample(p *property, at cache.Number, rows uint64) {
	l.declare(p)
	l.line("    %s %s.timeSamples = {", p.typ, p.name)
	l.bytes(fmt.Appendf(nil, "        %v: [", at))
	l.values(p, rows)
	l.line("],\n    }")
}

// blockRows is how many rows are made at a time by each thread.
const blockRows = 4096

// values writes those of all rows. Making text of numbers takes longer than writing it, so
// that all threads do it.
func (l *layer) values(p *property, rows uint64) {
	texts := make([][]byte, min(uint64(max(l.threads, 1)), (rows+blockRows-1)/blockRows))
	for from := uint64(0); from < rows && l.err == nil; from += blockRows * uint64(len(texts)) {
		var wait sync.WaitGroup
		for i := range texts {
			first := from + uint64(i)*blockRows
			wait.Go(func() { texts[i] = p.text(texts[i][:0], first, min(first+blockRows, rows)) })
		}
		wait.Wait()
		for _, text := range texts {
			l.bytes(text)
		}
	}
}

// text appends the values of rows, with what is between them.
func (p *property) text(dst []byte, from, to uint64) []byte {
	for row := from; row < to; row++ {
		if row > 0 {
			dst = append(dst, ", "...)
		}
		if p.same {
			dst = p.append(dst, 0)
		} else {
			dst = p.append(dst, row)
		}
	}
	return dst
}

// manifest writes which attributes any layer has, so that readers need not open all of them
// to know.
func (s *sequence) manifest() error {
	out, err := s.files.Create(s.ctx, s.job.Path, beside(s.job.Path, manifestEnd))
	if err != nil {
		return err
	}
	l := layer{w: out}
	first, last := s.span()
	l.head(s.job.Options, first, last)
	l.begin("")
	for _, p := range s.properties {
		l.declare(&p)
	}
	l.end()
	if l.err != nil {
		return l.err
	}
	return out.Close()
}

const manifestEnd = ".manifest.usda"

func (s *sequence) span() (first, last cache.Number) {
	if len(s.numbers) == 0 {
		return 0, 0
	}
	return s.numbers[0], s.numbers[len(s.numbers)-1]
}

// stage writes the file that has all others for its values.
func (s *sequence) stage() error {
	for _, path := range s.outdated() {
		s.files.Remove(s.job.Path, path)
	}
	out, err := s.files.Create(s.ctx, s.job.Path, s.job.Path)
	if err != nil {
		return err
	}
	l := layer{w: out}
	first, last := s.span()
	l.head(s.job.Options, first, last)
	l.begin(clips(s.job.Path, s.numbers))
	for _, p := range s.properties {
		l.declare(&p)
	}
	l.end()
	if l.err != nil {
		return l.err
	}
	return out.Close()
}

// clips says which files the values of frames are in.
func clips(stage string, numbers []cache.Number) string {
	var active, times, paths []string
	for i, n := range numbers {
		active = append(active, fmt.Sprintf("(%v, %d)", n, i))
		times = append(times, fmt.Sprintf("(%v, %v)", n, n))
		paths = append(paths, asset(stage, clipEnd(n)))
	}
	var about strings.Builder
	about.WriteString(" (\n    clips = {\n        dictionary default = {\n")
	fmt.Fprintf(&about, "            double2[] active = [%s]\n", strings.Join(active, ", "))
	fmt.Fprintf(&about, "            asset[] assetPaths = [%s]\n", strings.Join(paths, ", "))
	fmt.Fprintf(&about, "            asset manifestAssetPath = %s\n", asset(stage, manifestEnd))
	fmt.Fprintf(&about, "            string primPath = \"/%s\"\n", prim)
	fmt.Fprintf(&about, "            double2[] times = [%s]\n", strings.Join(times, ", "))
	about.WriteString("        }\n    }\n)")
	return about.String()
}

// clipEnd ends the name of a frame's layer.
func clipEnd(n cache.Number) string { return fmt.Sprintf(".%v.usda", n) }

// headBytes are more than what a stage has before its clips.
const headBytes = 4 << 10

// there reports whether a stage has these frames for its clips, and all of their layers are there.
func there(stage string, numbers []cache.Number, _ export.Values) bool {
	paths := []string{stage, beside(stage, manifestEnd)}
	for _, n := range numbers {
		paths = append(paths, beside(stage, clipEnd(n)))
	}
	if !several.There(paths...) {
		return false
	}
	f, err := os.Open(stage)
	if err != nil {
		return false
	}
	defer f.Close()
	want := clips(stage, numbers)
	begin, err := io.ReadAll(io.LimitReader(f, headBytes+int64(len(want))))
	return err == nil && strings.Contains(string(begin), want)
}

// beside is a file that a stage names. Its name is text, whatever bytes the stage's own has: a
// layer is UTF-8, and the name is in it.
func beside(stage, end string) string {
	return filepath.Join(filepath.Dir(stage), pathname.Display(filepath.Base(several.Beside(stage, end))))
}

// asset is a file beside the stage, as USD quotes paths.
func asset(stage, end string) string {
	name := filepath.Base(beside(stage, end))
	if strings.Contains(name, "@") {
		return "@@@./" + strings.ReplaceAll(name, "@@@", `\@@@`) + "@@@"
	}
	return "@./" + name + "@"
}
