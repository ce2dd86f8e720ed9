package cli

import (
	"fmt"
	"io"
	"runtime"
	"strings"

	"iceexplorer/cache/lazy"
)

const pathHelp = `PATH is a file (.icecache, .sih5, .h5, .hdf5), a folder or, in quotes, a glob or a
sequence in the notation of any program: 'name.[1..100;4].icecache',
name.####.icecache, name.@@@@.icecache, name.%04d.icecache, name.$F4.icecache, or
name.1-100x2####.icecache for every second frame. name.101.25.icecache is a frame
between 101 and 102. Other files in a folder are mentioned but not opened.`

// printHelp prints a text of help, as the system's consoles take what it shows.
func printHelp(w io.Writer, write func(io.Writer)) {
	var text strings.Builder
	write(&text)
	io.WriteString(w, forConsole(text.String(), runtime.GOOS))
}

var singleQuotes = lazy.Regexp(`(^|[\s(])'([^'\n]+)'`)

// forConsole has examples be in double quotes and go on after a ^ for Windows' console, which knows neither
// other quotes nor a backslash at a line's end.
func forConsole(text, system string) string {
	if system != "windows" {
		return text
	}
	return singleQuotes().ReplaceAllString(strings.ReplaceAll(text, " \\\n", " ^\n"), `$1"$2"`)
}

func programHelp(w io.Writer, env Env) {
	fmt.Fprintf(w, "%s - shows Softimage ICE particle caches\n", versionLine(env))
	fmt.Fprintf(w, `
Usage:
  iceexplorer [FLAGS] [PATH...]      open the window: caches, or a session (.iceview)
  iceexplorer VERB [FLAGS] [ARG...]  do one thing without a window

%s

Window flags:
`, pathHelp)
	writeFlags(w, windowFlags().help)
	fmt.Fprint(w, "\nVerbs:\n")
	var rows [][2]string
	for _, v := range verbs(env) {
		rows = append(rows, [2]string{v.name, v.short})
	}
	rows = append(rows, [2]string{"help [VERB]", "print this text, or a verb's"})
	writeColumns(w, rows)
	fmt.Fprint(w, `
A file or folder with the name of a verb is opened as ./NAME.
`)
	fmt.Fprint(w, "\n"+statusHelp)
}

const statusHelp = `Exit status of verbs:
  0    all went well
  1    a file could not be read or written, or lacks what was asked for
  2    the command line is wrong, or an export could not begin
  130  interrupted
`

func verbHelp(w io.Writer, v verb) {
	f := newFlags()
	v.flags(f)
	fmt.Fprintf(w, "Usage: iceexplorer %s [FLAGS]", v.name)
	if v.args != "" {
		fmt.Fprint(w, " "+v.args)
	}
	fmt.Fprintf(w, "\n\n%s\n", strings.TrimSpace(v.long))
	if strings.Contains(v.args, "PATH") {
		fmt.Fprintf(w, "\n%s\n", pathHelp)
	}
	fmt.Fprint(w, "\nFlags:\n")
	writeFlags(w, append(f.help, flagHelp{"--help", "", "print this text"}))
	fmt.Fprint(w, "\n"+statusHelp)
}

func writeFlags(w io.Writer, flags []flagHelp) {
	var rows [][2]string
	for _, f := range flags {
		name := f.name
		if f.value != "" {
			name += " " + f.value
		}
		rows = append(rows, [2]string{name, f.text})
	}
	writeColumns(w, rows)
}

// lineWidth is how many characters a line of help has at most.
const lineWidth = 90

// writeColumns prints names and what they mean; further lines of a meaning are
// indented below the first, and lines that are too long are broken between words.
func writeColumns(w io.Writer, rows [][2]string) {
	width := 0
	for _, r := range rows {
		width = max(width, len(r[0]))
	}
	for _, r := range rows {
		text := strings.ReplaceAll(broken(r[1], lineWidth-width-4), "\n", "\n"+strings.Repeat(" ", width+4))
		fmt.Fprintf(w, "  %-*s  %s\n", width, r[0], text)
	}
}

// broken breaks lines that have more characters than width.
func broken(text string, width int) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		for len(line) > width {
			at := strings.LastIndexByte(line[:width+1], ' ')
			if at <= 0 {
				break
			}
			out, line = append(out, line[:at]), line[at+1:]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}
