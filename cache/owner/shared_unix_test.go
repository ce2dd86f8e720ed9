//go:build unix

package owner

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// entry is the owner, the group and the mode that something is to have.
type entry struct {
	uid, gid int
	mode     fs.FileMode
}

func (e entry) give(t *testing.T, path string) {
	t.Helper()
	if err := os.Chown(path, e.uid, e.gid); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, e.mode); err != nil {
		t.Fatal(err)
	}
}

// Artists, and the farm, that work on one project.
const (
	ann, bob, farm, stranger = 20001, 20002, 20003, 20004

	team, others = 20100, 20200
)

// place is a folder of a project, a source in it, the folder .sih5 and the file made of the source.
type place struct{ around, source, folder, file entry }

// make makes it and returns the file made and the source.
func (p place) make(t *testing.T) (file, source string) {
	t.Helper()
	dir := t.TempDir()
	source, file = filepath.Join(dir, "a"), filepath.Join(dir, ".sih5", "a.sih5")
	write(t, source, 0o600)
	write(t, file, 0o600)
	p.source.give(t, source)
	p.file.give(t, file)
	p.folder.give(t, filepath.Dir(file))
	p.around.give(t, dir)
	return file, source
}

const setgid = fs.ModeSetgid

// What the farm had converted was believed by no artist, and could not be written anew; artists in turn converted all frames
// of a project again.
func TestWhatMembersOfAProjectConvertIsBelievedByTheOthers(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	shared := func(uid int, mode fs.FileMode) entry { return entry{uid, team, mode} }
	const wide, narrow = 0o775 | setgid, 0o755 | setgid
	for name, tc := range map[string]struct {
		place
		want string // by all; "": it is believed
	}{
		"the farm's, which nobody else can write":     {place{shared(ann, wide), shared(ann, 0o664), shared(farm, narrow), shared(farm, 0o664)}, ""},
		"another artist's of the farm's sources":      {place{shared(farm, wide), shared(farm, 0o664), shared(bob, wide), shared(bob, 0o664)}, ""},
		"another artist's in the farm's folder":       {place{shared(ann, wide), shared(ann, 0o664), shared(farm, wide), shared(bob, 0o664)}, ""},
		"sources that were locked since":              {place{shared(ann, wide), shared(ann, 0o444), shared(farm, wide), shared(bob, 0o664)}, ""},
		"sources that got another group since":        {place{shared(ann, wide), entry{ann, others, 0o664}, shared(farm, wide), shared(bob, 0o664)}, ""},
		"the owner of the folder could replace it":    {place{entry{bob, bob, 0o755}, entry{ann, ann, 0o644}, entry{bob, bob, 0o755}, entry{bob, bob, 0o644}}, ""},
		"everybody can write the source":              {place{shared(ann, wide), shared(ann, 0o666), entry{stranger, others, 0o777}, entry{stranger, others, 0o666}}, ""},
		"others can write the folder":                 {place{shared(ann, wide), shared(ann, 0o664), shared(ann, 0o777), entry{stranger, others, 0o644}}, "which belongs to another user (number 20004)"},
		"another group can write the folder":          {place{shared(ann, wide), shared(ann, 0o664), entry{ann, others, 0o775}, entry{stranger, others, 0o644}}, "which belongs to another user (number 20004)"},
		"another group can write the file":            {place{shared(ann, wide), shared(ann, 0o664), shared(ann, wide), entry{ann, others, 0o664}}, "which its group can write"},
		"a stranger's in a folder of the owner's":     {place{shared(ann, wide), shared(ann, 0o664), shared(ann, narrow), entry{stranger, others, 0o644}}, "which belongs to another user (number 20004)"},
		"the group could write neither":               {place{shared(ann, narrow), shared(ann, 0o644), shared(ann, wide), shared(stranger, 0o644)}, "which belongs to another user (number 20004)"},
		"locked sources in a folder of the owner's":   {place{shared(ann, narrow), shared(ann, 0o444), shared(ann, narrow), shared(ann, 0o664)}, "which its group can write"},
		"a stranger's folder where all may make some": {place{entry{0, 0, 0o777 | fs.ModeSticky}, shared(ann, 0o664), shared(stranger, wide), shared(stranger, 0o644)}, "which belongs to another user (number 20004)"},
		"the group can add and not replace":           {place{shared(0, wide|fs.ModeSticky), shared(ann, 0o644), shared(stranger, narrow), shared(stranger, 0o644)}, "which belongs to another user (number 20004)"},
		"the same, with sources that it can write":    {place{shared(0, wide|fs.ModeSticky), shared(ann, 0o664), shared(bob, narrow), shared(bob, 0o644)}, ""},
	} {
		file, source := tc.make(t)
		for _, me := range []uint32{ann, 20005} { // the source's owner, and somebody who owns nothing
			if got := doubt(file, source, me, lost{-1, -1}); got != tc.want {
				t.Errorf("%s: user %d: %q, want %q", name, me, got, tc.want)
			}
		}
	}
}

// Whoever had somebody convert a source of theirs could move what came of it to where it was taken for another's.
func TestAFileThatOthersCouldHaveMovedIsDoubted(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	const wide, narrow = 0o775 | setgid, 0o755
	public := entry{0, 0, 0o777 | fs.ModeSticky}
	mine := entry{ann, ann, narrow}
	own := entry{ann, ann, 0o644}
	for name, tc := range map[string]struct {
		place
		want string
	}{
		"a stranger's folder where all may make some": {place{public, own, entry{stranger, stranger, narrow}, own}, "whose folder belongs to another user (number 20004)"},
		"the user's folder there":                     {place{public, own, mine, own}, ""},
		"root's":                                      {place{public, own, entry{0, 0, narrow}, own}, ""},
		"a folder that all may write":                 {place{mine, own, entry{ann, ann, 0o777}, own}, "whose folder everybody can write"},
		"a folder that a group may write":             {place{mine, own, entry{ann, team, wide}, own}, "whose folder its group can write"},
		"a project's":                                 {place{entry{ann, team, wide}, own, entry{bob, team, wide}, own}, ""},
		"another group's in a project":                {place{entry{ann, team, wide}, own, entry{ann, others, wide}, own}, "whose folder its group can write"},
		"a project's where none may replace":          {place{entry{0, team, wide | fs.ModeSticky}, own, entry{ann, team, wide}, own}, ""},
		"a stranger's in a project where all may":     {place{entry{ann, team, 0o777}, own, entry{stranger, stranger, 0o777}, own}, ""},
	} {
		file, source := tc.make(t)
		if got := doubt(file, source, ann, lost{-1, -1}); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
		named := filepath.Join(t.TempDir(), "a.sih5")
		write(t, named, 0o644)
		tc.folder.give(t, filepath.Dir(named))
		tc.file.give(t, named)
		if got := doubt(named, source, ann, lost{-1, -1}); got != "" {
			t.Errorf("%s, as a folder that was named: %q", name, got)
		}
	}
}

// What a user converted was not believed where new folders can be written by all, as the umask has it.
func TestAFolderOfConvertedFramesIsForNobodyElse(t *testing.T) {
	t.Parallel()
	for around, want := range map[fs.FileMode]fs.FileMode{0o755: 0o755, 0o775: 0o775, 0o777: 0o777, 0o777 | fs.ModeSticky: 0o775, 0o700: 0o755} {
		dir := t.TempDir()
		made := filepath.Join(dir, ".sih5")
		if err := os.Mkdir(made, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(made, 0o777); err != nil { // as with an umask of 0
			t.Fatal(err)
		}
		if err := os.Chmod(dir, around); err != nil {
			t.Fatal(err)
		}
		share(made)
		if st, err := os.Stat(made); err != nil || st.Mode().Perm() != want {
			t.Errorf("in one of %v: %v, %v", around, st.Mode(), err)
		}
	}
}

// In a user namespace a stranger's file seemed to be of the source's owner, as both were unknown there.
func TestUsersWithoutANumberAreNotTheSame(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	const nobody = 65534
	mine := entry{ann, ann, 0o755}
	for name, tc := range map[string]struct {
		place
		inside string // in the namespace; outside they are believed
	}{
		"the owner":             {place{mine, entry{nobody, ann, 0o644}, mine, entry{nobody, ann, 0o644}}, "which belongs to a user who is unknown here"},
		"the folder's owner":    {place{entry{nobody, ann, 0o755}, entry{ann, ann, 0o644}, entry{nobody, ann, 0o755}, entry{nobody, ann, 0o644}}, "which belongs to a user who is unknown here"},
		"the group":             {place{mine, entry{ann, nobody, 0o664}, mine, entry{ann, nobody, 0o664}}, "which its group can write"},
		"the group of a folder": {place{mine, entry{ann, nobody, 0o664}, entry{ann, nobody, 0o775}, entry{bob, bob, 0o644}}, "which belongs to another user (number 20002)"},
		"what is mine is":       {place{entry{nobody, nobody, 0o755}, entry{nobody, nobody, 0o644}, mine, entry{ann, ann, 0o644}}, ""},
	} {
		file, source := tc.make(t)
		for l, want := range map[lost]string{{-1, -1}: "", {nobody, nobody}: tc.inside} {
			if got := doubt(file, source, ann, l); got != want {
				t.Errorf("%s: %v: %q, want %q", name, l, got, want)
			}
		}
	}
}

func TestWhichNumberStandsForTheUnknown(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, tc := range []struct {
		maps, number string // "": there is no such file
		want         int64
	}{
		{"         0          0 4294967295\n", "65534\n", -1}, {"0 1000 1\n", "65534\n", 65534}, {"0 1000 1\n", "99\n", 99},
		{"", "99\n", 99}, {"", "", 65534}, {"0 0 1\n", "none", 65534},
	} {
		at := func(name, text string) string {
			path := filepath.Join(dir, name)
			os.Remove(path)
			if text != "" && os.WriteFile(path, []byte(text), 0o600) != nil {
				t.Fatal(path)
			}
			return path
		}
		if got := overflow(at("map", tc.maps), at("number", tc.number)); got != tc.want {
			t.Errorf("%q, %q: %d, want %d", tc.maps, tc.number, got, tc.want)
		}
	}
}

// Where nobody but the farm could write the folder that it had made, no artist could convert what had changed since.
func TestAFolderOfConvertedFramesIsForAllWhoWriteTheProject(t *testing.T) {
	t.Parallel()
	for _, around := range []fs.FileMode{0o775 | setgid, 0o755} {
		dir := filepath.Join(t.TempDir(), "project")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(dir, around); err != nil {
			t.Fatal(err)
		}
		made := filepath.Join(dir, ".sih5")
		for range 2 { // one that is there is left as it is
			if err := MakeFolder(made); err != nil {
				t.Fatal(err)
			}
			if st, err := os.Stat(made); err != nil || st.Mode()&0o020 != around&0o020 || st.Mode()&setgid != around&setgid {
				t.Errorf("in one of %v: %v, %v", around, st.Mode(), err)
			}
		}
	}
	file := filepath.Join(t.TempDir(), "a")
	write(t, file, 0o644)
	if MakeFolder(file) == nil {
		t.Error("a file passes for a folder")
	}
}

// What root converted of an artist's private caches the artist could neither read nor replace.
func TestRootGivesTheFolderToThoseWhoseProjectItIs(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give folders away")
	}
	dir := t.TempDir()
	entry{ann, team, 0o750}.give(t, dir)
	for name, want := range map[string]entry{".sih5": {ann, team, 0}, "other": {0, 0, 0}} {
		if err := MakeFolder(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		st, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if s := statOf(st); int(s.Uid) != want.uid || int(s.Gid) != want.gid {
			t.Errorf("%s: %d:%d, want %+v", name, s.Uid, s.Gid, want)
		}
	}
}

// A folder of root's could be put in the place of the one just made, to be given away.
func TestAFolderThatHoldsSomethingIsNotGivenAway(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o775); err != nil {
		t.Fatal(err)
	}
	swapped := filepath.Join(dir, ".sih5")
	write(t, filepath.Join(swapped, "secret"), 0o600)
	linked := filepath.Join(dir, "linked")
	if err := os.Symlink(t.TempDir(), linked); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{swapped, linked} {
		before, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if path == linked && os.Chmod(path, 0o755) != nil {
			t.Fatal(path)
		}
		share(path)
		if now, err := os.Stat(path); err != nil || now.Mode()&0o020 != 0 || statOf(now).Uid != statOf(before).Uid {
			t.Errorf("%s: %v, %v", path, now.Mode(), err)
		}
	}
}
