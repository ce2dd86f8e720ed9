package widget

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"iceexplorer/app/disk"
	"iceexplorer/cache/pathname"
)

// entry is one line of a file browser.
type entry struct {
	name  string
	dir   bool
	bytes int64
	time  time.Time
}

// listing is what a folder held when it was read.
type listing struct {
	asked   string  // what was to be read
	dir     string  // what was
	file    bool    // asked is a file
	entries []entry // folders first
	err     error
}

// readFolder lists a folder, without hidden files unless hidden; for a file it
// only says so. With climb it goes up from a path that does not exist to the
// first folder that does. It waits for the disk.
func readFolder(d disk.Disk, dir string, hidden, climb bool) listing {
	l := listing{asked: dir, dir: dir}
	for {
		info, err := d.Stat(l.dir)
		if err == nil && !info.IsDir() && !climb {
			l.file = true
			return l
		}
		up := filepath.Dir(l.dir)
		if !climb || up == l.dir || (err == nil && info.IsDir()) {
			break
		}
		l.dir = up
	}
	dir = l.dir
	found, err := d.ReadDir(dir)
	l.err = err // part of the folder may have been read nevertheless
	for _, e := range found {
		if !hidden && strings.HasPrefix(e.Name(), ".") {
			continue
		}
		item := entry{name: e.Name(), dir: e.IsDir()}
		info, err := e.Info()
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			if target, err := d.Stat(filepath.Join(dir, e.Name())); err == nil {
				info = target
				item.dir = target.IsDir()
			}
		}
		if err == nil {
			item.bytes, item.time = info.Size(), info.ModTime()
		}
		l.entries = append(l.entries, item)
	}
	return l
}

// matches reports whether a file has one of the endings (".icecache"), any
// case; no endings take all.
func matches(name string, endings []string) bool {
	if len(endings) == 0 {
		return true
	}
	name = strings.ToLower(name)
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(name, strings.ToLower(e)) })
}

// The columns of a file browser, as they are sorted by.
const (
	byName = iota
	bySize
	byTime
)

// filtered returns the entries to show: folders, and files with the endings,
// whose names hold the search text, sorted; folders come first in any order.
func filtered(entries []entry, endings []string, foldersOnly bool, search string, column int, desc bool) []entry {
	search = strings.ToLower(search)
	var shown []entry
	for _, e := range entries {
		if !e.dir && (foldersOnly || !matches(e.name, endings)) {
			continue
		}
		if search == "" || strings.Contains(strings.ToLower(e.name), search) {
			shown = append(shown, e)
		}
	}
	slices.SortStableFunc(shown, func(a, b entry) int {
		if a.dir != b.dir {
			if a.dir {
				return -1
			}
			return 1
		}
		order := 0
		switch column {
		case bySize:
			order = cmp.Compare(a.bytes, b.bytes)
		case byTime:
			order = a.time.Compare(b.time)
		}
		if order == 0 {
			order = pathname.Compare(a.name, b.name)
		}
		if desc {
			return -order
		}
		return order
	})
	return shown
}

// expand turns what a user typed into an absolute path; ~ is the home folder
// and relative paths begin in dir.
func expand(text, dir string) string {
	text = strings.TrimSpace(text)
	if home, err := os.UserHomeDir(); err == nil {
		if text == "~" {
			return home
		}
		if rest, ok := strings.CutPrefix(text, "~"+string(filepath.Separator)); ok {
			return filepath.Join(home, rest)
		}
	}
	if !filepath.IsAbs(text) {
		text = filepath.Join(dir, text)
	}
	return filepath.Clean(text)
}
