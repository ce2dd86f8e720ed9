//go:build unix

package owner

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"iceexplorer/cache"
)

// Doubt is explained in owner.go.
func Doubt(path, source string) string {
	return doubt(path, source, uint32(os.Geteuid()), unknown)
}

// Linked reports whether a folder is a link.
func Linked(dir string) bool {
	st, err := os.Lstat(dir)
	return err == nil && st.Mode()&fs.ModeSymlink != 0
}

// doubt is Doubt for a user, where some numbers are nobody's.
func doubt(path, source string, me uint32, lost lost) string {
	file, err := os.Lstat(path)
	if err != nil {
		return ""
	}
	from, err := os.Stat(source)
	if err != nil {
		return "" // there is no source that it could stand for
	}
	f := statOf(file)
	if f == nil {
		return ""
	}
	c := circle{lost: lost, users: []uint32{0, me}}
	c.add(from, true)
	if folder, err := os.Stat(filepath.Dir(source)); err == nil {
		c.add(folder, folder.Mode()&fs.ModeSticky == 0)
	}
	switch {
	case file.Mode()&fs.ModeSymlink != 0:
		return "which is a link"
	case c.everybody:
		return ""
	case !c.holds(f.Uid) && !c.put(f.Uid, unlinked(filepath.Dir(path))):
		if lost.user(f.Uid) {
			return "which belongs to a user who is unknown here"
		}
		return fmt.Sprintf("which belongs to another user (number %d)", f.Uid)
	}
	if why := c.beyond(file); why != "" || filepath.Dir(path) != filepath.Dir(cache.ConvertedPath(source)) {
		return why
	}
	return c.moved(filepath.Dir(path))
}

// moved says who else may write the folder of converted frames beside a source, "" for nobody: they could move a
// file there that this user has made of a source of theirs. A folder that a user has named is theirs to choose.
func (c *circle) moved(dir string) string {
	st, err := os.Lstat(dir)
	if err != nil || !st.IsDir() {
		return ""
	}
	d := statOf(st)
	if d != nil && !c.holds(d.Uid) && !c.put(d.Uid, unlinked(filepath.Dir(dir))) {
		if c.lost.user(d.Uid) {
			return "whose folder belongs to a user who is unknown here"
		}
		return fmt.Sprintf("whose folder belongs to another user (number %d)", d.Uid)
	}
	why := c.beyond(st)
	if around, err := os.Stat(filepath.Dir(dir)); err == nil && st.Mode()&0o002 == 0 && around.Mode()&0o020 != 0 && d != nil {
		if a := statOf(around); a != nil && a.Gid == d.Gid && !c.lost.group(a.Gid) {
			return "" // its group may add to the folder around, too, be it no more than that (the sticky bit)
		}
	}
	if why != "" {
		why = "whose folder " + strings.TrimPrefix(why, "which ")
	}
	return why
}

// circle is who can write a source or put another one in its place.
type circle struct {
	lost          lost
	users, groups []uint32
	everybody     bool
}

// add adds the owner of a source, or of its folder, and who else may write it if that counts.
func (c *circle) add(st fs.FileInfo, others bool) {
	s := statOf(st)
	if s == nil {
		return
	}
	c.users = append(c.users, s.Uid)
	if others && st.Mode()&0o020 != 0 && !c.lost.group(s.Gid) {
		c.groups = append(c.groups, s.Gid)
	}
	c.everybody = c.everybody || others && st.Mode()&0o002 != 0
}

func (c *circle) holds(uid uint32) bool { return !c.lost.user(uid) && slices.Contains(c.users, uid) }

// beyond says who may write a file or a folder but does not belong to the circle, "" for nobody.
// Its owner is not looked at.
func (c *circle) beyond(st fs.FileInfo) string {
	s := statOf(st)
	switch {
	case st.Mode()&0o002 != 0 && !c.everybody:
		return "which everybody can write"
	case st.Mode()&0o020 != 0 && !c.everybody && (s == nil || !slices.Contains(c.groups, s.Gid)):
		return "which its group can write"
	}
	return ""
}

// put reports that a user who has something in a folder belongs to the circle, as nobody else
// could have put it there. What lies where only the owner of the folder can write has been
// given away by root if it belongs to somebody else, and shows nothing.
func (c *circle) put(uid uint32, dir string) bool {
	st, err := os.Lstat(dir)
	if err != nil || !st.IsDir() || c.lost.user(uid) || c.beyond(st) != "" {
		return false
	}
	d := statOf(st)
	if d == nil || st.Mode()&0o020 == 0 && uid != d.Uid {
		return false
	}
	around := filepath.Dir(dir)
	return c.holds(d.Uid) || around != dir && c.put(d.Uid, around)
}

// unlinked is a folder without links on the way to it, as it is if that cannot be told.
func unlinked(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	if to, err := filepath.EvalSymlinks(dir); err == nil {
		return to
	}
	return dir
}

func statOf(st fs.FileInfo) *syscall.Stat_t {
	s, _ := st.Sys().(*syscall.Stat_t)
	return s
}

// share is explained at MakeFolder. What it cannot do is left, as is a folder that holds something:
// whoever owns the folder around it could have put one of root's there, to be given it.
func share(dir string) {
	around, err := os.Stat(filepath.Dir(dir))
	if err != nil {
		return
	}
	f, err := os.OpenFile(dir, os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NOFOLLOW, 0)
	if err != nil {
		return
	}
	defer f.Close()
	if _, err := f.Readdirnames(1); !errors.Is(err, io.EOF) {
		return
	}
	st, err := f.Stat()
	a := statOf(around)
	if err != nil || a == nil {
		return
	}
	all := around.Mode() & 0o022 // who may write it, whatever the umask
	if around.Mode()&fs.ModeSticky != 0 {
		all &^= 0o002
	}
	if f.Chown(-1, int(a.Gid)) != nil {
		all &^= 0o020
	}
	_ = f.Chmod(st.Mode()&(fs.ModePerm|fs.ModeSetgid)&^0o022 | all&(st.Mode()|0o020))
	if os.Geteuid() == 0 { // last: who is not the owner may not change the mode
		_ = f.Chown(int(a.Uid), -1)
	}
}
