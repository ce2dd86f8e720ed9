package cache

import (
	"path/filepath"
	"runtime"
	"strings"

	"iceexplorer/cache/pathname"
)

// expand is the paths that match a glob, in the natural order of their folders' listings. A
// part of it that is itself the name of a file or folder means that one, so that folders may
// have brackets in their names.
func expand(disk Disk, pattern string) []string {
	sep := string(filepath.Separator)
	volume := filepath.VolumeName(pattern)
	rest := strings.TrimPrefix(pattern[len(volume):], sep)
	found := []string{volume + sep}
	parts := strings.Split(rest, sep)
	for i, part := range parts {
		var next []string
		for _, dir := range found {
			next = append(next, matches(disk, dir, part, i+1 < len(parts))...)
		}
		found = next
	}
	return found
}

// matches is the entries of a folder that one part of a glob means.
func matches(disk Disk, dir, part string, folders bool) []string {
	full := filepath.Join(dir, part)
	if _, err := disk.Lstat(full); err == nil {
		return []string{full}
	}
	if !isGlob(part) {
		return nil
	}
	entries, err := disk.ReadDir(dir)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(part, ".") {
			continue
		}
		if ok, err := filepath.Match(pathname.Key(part), pathname.Key(e.Name())); err != nil || !ok {
			continue
		}
		full := filepath.Join(dir, e.Name())
		if st, err := disk.Stat(full); folders && (err != nil || !st.IsDir()) {
			continue
		}
		out = append(out, full)
	}
	return out
}

func isGlob(part string) bool {
	return strings.ContainsAny(part, "*?[") || runtime.GOOS != "windows" && strings.ContainsRune(part, '\\')
}
