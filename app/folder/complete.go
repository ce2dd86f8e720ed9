package folder

import (
	"os"
	"path/filepath"
	"strings"

	"iceexplorer/cache/pathname"
)

// hint is what is known of the folder in whose path somebody is typing.
type hint struct {
	dir     string
	ready   bool
	entries []*Entry
}

// mostCompletions is how many paths are offered.
const mostCompletions = 12

// Complete is how a path that is being typed may go on; folders end in a separator. The folder
// it leads into is read beside the loop: until that is done there is nothing.
func (b *Browser) Complete(text string) (paths []string) {
	head, last := filepath.Split(text)
	if text == "~" {
		return []string{"~" + string(filepath.Separator)}
	}
	dir := Expand(head, b.list.Dir)
	if head == "" {
		dir = b.list.Dir
	}
	if dir == "" {
		return nil
	}
	if b.hint.dir != dir {
		b.look(dir)
	}
	if !b.hint.ready {
		return nil
	}
	last = strings.ToLower(last)
	for _, e := range b.hint.entries {
		if !strings.HasPrefix(e.lower, last) || strings.HasPrefix(e.Name, ".") && last == "" || b.opts.Want == Folders && e.Kind != Folder {
			continue
		}
		name := filepath.Base(e.Paths[0])
		if e.Kind == Folder {
			name += string(os.PathSeparator)
		}
		if paths = append(paths, head+name); len(paths) == mostCompletions {
			break
		}
	}
	return paths
}

// look reads the folder for Complete.
func (b *Browser) look(dir string) {
	b.hint = hint{dir: dir}
	go func() {
		l := list(b.disk, dir, true, false)
		b.post(func() {
			if b.hint.dir == dir {
				b.hint.ready, b.hint.entries = true, l.Entries
			}
		})
	}()
}

// Shown is a path as the path bar shows it.
func Shown(dir string) string {
	text := pathname.Display(dir)
	if text != "" && !strings.HasSuffix(text, string(filepath.Separator)) {
		text += string(filepath.Separator)
	}
	return text
}
