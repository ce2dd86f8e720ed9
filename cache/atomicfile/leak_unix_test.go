//go:build unix

package atomicfile

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// file makes one with rights and, if these are not negative, an owner and a group.
func file(t *testing.T, path string, mode fs.FileMode, uid, gid int) string {
	t.Helper()
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(path, uid, gid); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// A CSV of a source that its group alone may read could be read by the group of the folder that it
// was written to. It changes the mask of the process, so it is not parallel.
func TestAnExportIntoAFolderOfATeamIsNotTheTeams(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files to any group")
	}
	const artists, team, clients = 12345, 12346, 12347
	type source struct {
		mode  fs.FileMode
		group int
	}
	defer syscall.Umask(syscall.Umask(0o002))
	for name, tc := range map[string]struct {
		sources []source
		mode    fs.FileMode
		group   int
	}{
		"the group's":                {[]source{{0o640, artists}}, 0o660, artists},
		"nobody's":                   {[]source{{0o600, artists}}, 0o600, artists},
		"the team's":                 {[]source{{0o640, team}}, 0o660, team},
		"everybody's":                {[]source{{0o644, artists}}, 0o664, team},
		"all but the group's":        {[]source{{0o604, artists}}, 0o604, artists},
		"all but the team's":         {[]source{{0o604, team}}, 0o604, team},
		"of two groups":              {[]source{{0o640, artists}, {0o640, clients}}, 0o600, team},
		"of two groups and all":      {[]source{{0o644, artists}, {0o664, clients}}, 0o664, team},
		"of two, and one is private": {[]source{{0o644, artists}, {0o600, artists}}, 0o600, artists},
		"all but two groups'":        {[]source{{0o604, artists}, {0o644, clients}}, 0o600, team},
	} {
		dir := t.TempDir()
		var paths []string
		for i, s := range tc.sources {
			paths = append(paths, file(t, filepath.Join(dir, string(rune('a'+i))), s.mode, -1, s.group))
		}
		folder := filepath.Join(dir, "team")
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(folder, -1, team); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(folder, 0o775|fs.ModeSetgid); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(folder, "made")
		back := KeepPrivate(paths)
		err := Write(path, Options{}, func(io.Writer) error { return nil })
		back()
		if err != nil {
			t.Fatal(err)
		}
		st, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if g := st.Sys().(*syscall.Stat_t).Gid; st.Mode().Perm() != tc.mode || int(g) != tc.group {
			t.Errorf("%s: %o of group %d, want %o of %d", name, st.Mode().Perm(), g, tc.mode, tc.group)
		}
	}
	if mask := syscall.Umask(0o002); mask != 0o002 {
		t.Errorf("the mask is %o afterwards", mask)
	}
}

// Where a file cannot have the group of its sources, another group gets nothing of theirs.
func TestAFileOfAnotherGroupHasNothingOfItsSourcesGroup(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		s     sources
		group uint32
		want  fs.FileMode
	}{
		{sources{group: 1, one: true, within: 0o060}, 2, 0o600},
		{sources{group: 1, one: true, within: 0o060}, 1, 0o660},
		{sources{group: 1, one: true, within: 0o060, mask: 0o022}, 1, 0o640},
		{sources{group: 1, one: true, within: 0o004}, 2, 0o600},
		{sources{group: 1, within: 0o060}, 1, 0o600},
		{sources{group: 1, within: 0o064, all: true, mask: 0o027}, 2, 0o640},
		{look([]string{filepath.Join(t.TempDir(), "gone")}), 0, 0o600},
	} {
		if got := tc.s.granted(tc.group, true); got != tc.want {
			t.Errorf("%+v for group %d: %o, want %o", tc.s, tc.group, got, tc.want)
		}
	}
}

// A file that somebody else had left for everybody to write lent its rights to what replaced it.
func TestAStrangersFileDoesNotOpenWhatReplacesIt(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can make files of somebody else")
	}
	defer syscall.Umask(syscall.Umask(0o022))
	dir := t.TempDir()
	source := file(t, filepath.Join(dir, "source"), 0o600, -1, -1)
	for _, tc := range []struct {
		owner int
		take  bool
		want  fs.FileMode
	}{{0, false, 0o666}, {12345, false, 0o600}, {0, true, 0o666}, {12345, true, 0o600}} {
		path := file(t, filepath.Join(dir, "made"), 0o666, tc.owner, -1)
		var err error
		if tc.take {
			err = Take(file(t, Name(path), 0o600, -1, -1), path)
		} else {
			back := KeepPrivate([]string{source})
			err = Write(path, Options{}, func(io.Writer) error { return nil })
			back()
		}
		if err != nil {
			t.Fatal(err)
		}
		if st, err := os.Stat(path); err != nil || st.Mode().Perm() != tc.want {
			t.Errorf("%+v: %v, %v", tc, st.Mode(), err)
		}
	}
}
