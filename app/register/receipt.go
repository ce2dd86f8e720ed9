package register

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
)

// receipt is what was written below a folder, so that just this can be removed: a file that
// has changed since is somebody else's.
type receipt struct {
	Files   map[string]string `json:"files"`   // sums, by paths from the folder
	Folders []string          `json:"folders"` // that were made, those above first

	dir string
}

// receiptName is the file of the receipt, below the folder that it is about.
const receiptName = "iceexplorer/registered.json"

// readReceipt is that of a folder; without one nothing was written there.
func readReceipt(dir string) (*receipt, error) {
	r := &receipt{Files: map[string]string{}, dir: dir}
	path := filepath.Join(dir, receiptName)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err == nil {
		err = json.Unmarshal(text, r)
	}
	if err != nil {
		return nil, fmt.Errorf("read what was registered: %w: %s", pathname.Reason(err), path)
	}
	for name := range r.Files {
		if !filepath.IsLocal(name) {
			return nil, fmt.Errorf("read what was registered: it names a file elsewhere: %s", path)
		}
	}
	return r, nil
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// ours reports that a file is there as it was written, and whether it is there at all.
func (r *receipt) ours(name string) (ours, there bool, err error) {
	text, err := os.ReadFile(filepath.Join(r.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, false, nil
	}
	return err == nil && sum(text) == r.Files[name], true, err
}

// write writes a file, unless somebody else's is there.
func (r *receipt) write(name string, data []byte) error {
	path := filepath.Join(r.dir, name)
	ours, there, err := r.ours(name)
	if err == nil && there && !ours {
		text, fault := os.ReadFile(path)
		if err = fault; err == nil && !bytes.Equal(text, data) {
			err = errors.New("another file is there, or it was changed: remove it first")
		}
	}
	if err == nil {
		err = r.folder(filepath.Dir(name))
	}
	if err == nil {
		err = atomicfile.Write(path, atomicfile.Options{}, func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("register: %w: %s", pathname.Reason(err), path)
	}
	r.Files[name] = sum(data)
	return nil
}

// folder makes a folder and those above it, down to the receipt's own.
func (r *receipt) folder(name string) error {
	path := filepath.Join(r.dir, name)
	if _, err := os.Stat(path); err == nil || name == "." {
		return os.MkdirAll(path, 0o755)
	}
	if err := r.folder(filepath.Dir(name)); err != nil {
		return err
	}
	if err := os.Mkdir(path, 0o755); err != nil {
		return err
	}
	if !slices.Contains(r.Folders, name) {
		r.Folders = append(r.Folders, name)
	}
	return nil
}

// keep writes the receipt.
func (r *receipt) keep() error {
	if err := r.folder(filepath.Dir(receiptName)); err != nil {
		return fmt.Errorf("register: %w: %s", pathname.Reason(err), r.dir)
	}
	path := filepath.Join(r.dir, receiptName)
	return atomicfile.Write(path, atomicfile.Options{}, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(r)
	})
}

// remove removes what was written. It returns the files that it has removed, and those that
// were changed since and stay.
func (r *receipt) remove() (removed, left []string, err error) {
	var all []error
	fail := func(path string, err error) {
		if err != nil {
			all = append(all, fmt.Errorf("unregister: %w: %s", pathname.Reason(err), path))
		}
	}
	for name := range r.Files {
		path := filepath.Join(r.dir, name)
		switch ours, there, err := r.ours(name); {
		case err != nil:
			fail(path, err)
		case !there:
		case !ours:
			left = append(left, path)
		default:
			fail(path, os.Remove(path))
			removed = append(removed, path)
		}
	}
	if path := filepath.Join(r.dir, receiptName); len(all) == 0 {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			fail(path, err)
		}
	}
	slices.Sort(removed)
	slices.Sort(left)
	return removed, left, errors.Join(all...)
}

// made are what the system's tools make in folders, of what others have put there.
var made = map[string][]string{
	"applications": {"mimeinfo.cache"},
	"mime":         {"XMLnamespaces", "aliases", "application", "generic-icons", "globs", "globs2", "icons", "magic", "mime.cache", "subclasses", "treemagic", "types", "version"},
}

// tidy removes the folders that were made, unless somebody has put something there.
func (r *receipt) tidy() {
	for _, name := range slices.Backward(r.Folders) {
		path := filepath.Join(r.dir, name)
		entries, err := os.ReadDir(path)
		if err != nil || slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !slices.Contains(made[name], e.Name()) }) {
			continue
		}
		for _, e := range entries {
			_ = os.Remove(filepath.Join(path, e.Name())) // what stays keeps its folder
		}
		_ = os.Remove(path)
	}
}
