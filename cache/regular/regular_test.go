//go:build unix

package regular

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A pipe that nobody writes to held up whoever opened it, for ever.
func TestOnlyFilesAreOpened(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(at("file"), []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(at("fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", at("socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for link, to := range map[string]string{"to-file": "file", "to-fifo": "fifo", "to-null": os.DevNull, "to-folder": ".", "to-nothing": "nothing"} {
		if err := os.Symlink(to, at(link)); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"file": "", "to-file": "",
		"fifo": "not a file but a named pipe", "to-fifo": "not a file but a named pipe",
		"socket": "not a file but a socket", "to-null": "not a file but a device",
		".": "not a file but a folder", "to-folder": "not a file but a folder",
		"to-nothing": syscall.ENOENT.Error(), "nothing": syscall.ENOENT.Error(),
	} {
		text, err := Read(at(name))
		var p *fs.PathError
		switch {
		case want == "" && (err != nil || string(text) != "text"):
			t.Errorf("%s: %q, %v", name, text, err)
		case want != "" && (!errors.As(err, &p) || p.Err.Error() != want):
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
	}
}
