package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"iceexplorer/app/sample"
	"iceexplorer/cache"
)

// lay puts something that is no file at path, and returns what it is called.
func lay(t *testing.T, what, path string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	var err error
	switch what {
	case "pipe":
		err, what = syscall.Mkfifo(path, 0o600), "a named pipe"
	case "link to a pipe":
		lay(t, "pipe", path+".pipe")
		err, what = os.Symlink(path+".pipe", path), "a named pipe"
	case "socket":
		err, what = syscall.Mknod(path, syscall.S_IFSOCK|0o600, 0), "a socket"
	case "endless device":
		err, what = os.Symlink("/dev/zero", path), "a device"
	case "terminal":
		err, what = os.Symlink("/dev/ptmx", path), "a device"
	case "folder":
		err, what = os.Mkdir(path, 0o777), "a folder"
	case "link to a folder":
		err, what = os.Symlink(t.TempDir(), path), "a folder"
	default:
		t.Fatal(what)
	}
	if err != nil {
		t.Fatal(err)
	}
	return what
}

var noFiles = []string{"pipe", "link to a pipe", "socket", "endless device", "terminal", "folder", "link to a folder"}

// soon runs a verb that must not wait for anything.
func soon(t *testing.T, args ...string) (status int, out string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	var text strings.Builder
	cmd.Stdout, cmd.Stderr = &text, &text
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
	err := cmd.Wait()
	if !late.Stop() {
		t.Fatalf("%q waits for ever", args)
	}
	if cmd.ProcessState.ExitCode() < 0 {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), text.String()
}

// A converted frame that was a pipe held up its intact source for a minute.
func TestAnIntactSourceIsReadWhateverLiesInPlaceOfItsConvertedFile(t *testing.T) {
	t.Parallel()
	for _, what := range noFiles {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := sample.Write(t.Context(), dir, sample.Options{Points: 100, Frames: 1}); err != nil {
				t.Fatal(err)
			}
			source := filepath.Join(dir, sample.FileName(1))
			converted := cache.ConvertedPath(source)
			lay(t, what, converted)
			if status, out := soon(t, "info", "--rows", "0", source); status != StatusOK {
				t.Errorf("info: status %d: %s", status, out)
			}
			t.Run("render", func(t *testing.T) {
				needEGL(t)
				if status, out := soon(t, "render", "--size", "64x64", "-o", filepath.Join(t.TempDir(), "a.png"), source); status != StatusOK {
					t.Errorf("render: status %d: %s", status, out)
				}
			})
			status, out := soon(t, "convert", source)
			st, err := os.Lstat(converted)
			if err != nil {
				t.Fatal(err)
			}
			if what == "folder" || what == "link to a folder" { // what may hold a user's files stays
				if status != StatusFailed || !strings.Contains(out, ".icecache.sih5\n") || st.Mode().IsRegular() {
					t.Errorf("convert: status %d: %s", status, out)
				}
				return
			}
			if status != StatusOK || !st.Mode().IsRegular() {
				t.Errorf("convert: status %d: %s", status, out)
			}
			if st, err := os.Stat("/dev/zero"); err != nil || st.Mode()&os.ModeDevice == 0 {
				t.Fatalf("/dev/zero is %v, %v", st, err)
			}
			if status, out := soon(t, "info", converted); status != StatusOK {
				t.Errorf("info of what was written: status %d: %s", status, out)
			}
		})
	}
}

// What is no file is not opened, and the message says what it is.
func TestWhatIsNoFileIsNotOpened(t *testing.T) {
	t.Parallel()
	for _, what := range noFiles {
		for _, name := range []string{"x.icecache", "x.sih5", "x_1.icecache", ".sih5/x_2.icecache.sih5"} {
			t.Run(what+" "+name, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				path := filepath.Join(dir, name)
				kind := lay(t, what, path)
				for _, args := range [][]string{
					{"info", path}, {"info", dir}, {"info", filepath.Join(filepath.Dir(path), "*")}, {"convert", path}, {"convert", "--to", "icecache", "-o", t.TempDir(), path},
				} {
					status, out := soon(t, args...)
					if status != StatusFailed || out == "" {
						t.Errorf("%q: status %d: %s", args, status, out)
					}
					if kind != "a folder" && args[1] == path && !strings.Contains(out, "not a file but "+kind) {
						t.Errorf("%q does not say that it is %s: %s", args, kind, out)
					}
				}
			})
		}
	}
}
