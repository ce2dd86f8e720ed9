package bench

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"iceexplorer/cache/regular"
)

// writeMarkdown writes the report as a table of Markdown per section.
func (r *Report) writeMarkdown(w io.Writer) {
	for _, l := range r.headLines() {
		fmt.Fprintf(w, "- %s\n", l)
	}
	r.sections(func(name string, rows []Row) {
		fmt.Fprintf(w, "\n%s%s\n\n%s", heading, name, table(rows))
	})
}

// table is a section's rows.
func table(rows []Row) string {
	var out strings.Builder
	out.WriteString("| points | what | time or memory | rate | ratio | goal |\n|---:|---|---:|---:|---|---|\n")
	for i := range rows {
		c := rows[i].cells()
		for k := range c {
			c[k] = strings.ReplaceAll(c[k], "|", `\|`)
		}
		fmt.Fprintf(&out, "| %s |\n", strings.Join(c[:], " | "))
	}
	return out.String()
}

// Markers of the place in a file that UpdateMarkdown writes to.
const (
	beginMark = "<!-- iceexplorer bench: begin -->\n"
	endMark   = "<!-- iceexplorer bench: end -->\n"
)

// heading begins the line above a section's table.
const heading = "### "

// UpdateMarkdown replaces what stands between the markers of a Markdown file; of a report of some parts, the sections of those
// alone, which then tell when they were measured.
func (r *Report) UpdateMarkdown(path string) error {
	text, err := regular.Read(path)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	before, rest, ok := bytes.Cut(text, []byte(beginMark))
	old, after, ok2 := bytes.Cut(rest, []byte(endMark))
	if !ok || !ok2 {
		return errors.New("there is no place for the figures: the lines " + strings.TrimSpace(beginMark) + " and " + strings.TrimSpace(endMark))
	}
	var out bytes.Buffer
	out.Write(before)
	out.WriteString(beginMark)
	if len(r.Only) == 0 {
		r.writeMarkdown(&out)
	} else {
		out.WriteString(r.merged(string(old)))
	}
	out.WriteString(endMark)
	out.Write(after)
	return os.WriteFile(path, out.Bytes(), 0o666)
}

// section is what stands below a heading, with the heading.
type section struct{ title, text string }

// place is where a section stands among all, by its title up to the first comma, behind which is what it was measured with; -1: it is none of ours.
func (s *section) place() int {
	title, _, _ := strings.Cut(s.title, ",")
	var all []string
	for _, p := range parts() {
		all = append(all, p.sections...)
	}
	return slices.Index(all, title)
}

// merged is the text between the markers with the report's sections in the place of those of the same name, or where they
// belong.
func (r *Report) merged(old string) string {
	head, sections := split(old)
	run := strings.Join(r.headLines()[:3], "; ")
	r.sections(func(name string, rows []Row) {
		s := section{name, fmt.Sprintf("%s%s\n\nOf a run by itself. %s.\n\n%s", heading, name, run, table(rows))}
		at := slices.IndexFunc(sections, func(o section) bool { return o.title == s.title || o.place() >= 0 && o.place() >= s.place() })
		switch {
		case at < 0:
			sections = append(sections, s)
		case sections[at].title == s.title || sections[at].place() == s.place():
			sections[at] = s
		default:
			sections = slices.Insert(sections, at, s)
		}
	})
	for _, s := range sections {
		if head != "" {
			head += "\n"
		}
		head += s.text
	}
	return head
}

// split finds the sections of a text and what stands before them.
func split(text string) (head string, sections []section) {
	for line := range strings.Lines(text) {
		switch title, ok := strings.CutPrefix(line, heading); {
		case ok:
			sections = append(sections, section{title: strings.TrimSpace(title), text: line})
		case sections == nil:
			head += line
		default:
			sections[len(sections)-1].text += line
		}
	}
	for i := range sections {
		sections[i].text = strings.TrimRight(sections[i].text, "\n") + "\n"
	}
	if head = strings.TrimRight(head, "\n"); head != "" {
		head += "\n"
	}
	return head, sections
}
