package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// litter is the files with contents below a folder.
func litter(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil // gone meanwhile
		}
		if st, err := e.Info(); err == nil && st.Size() > 0 {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// temporary has a program put what it leaves behind into a folder: on Windows that is in the user's.
func temporary(dir string) []string {
	return []string{"TMPDIR=" + dir, "TMP=" + dir, "LOCALAPPDATA=" + dir}
}

// A window that was closed at once, or while frames of the sample were converted, left its folder: on
// Windows results that came too late kept mappings open.
func TestNothingIsLeftOfTheSampleWhenTheWindowIsClosed(t *testing.T) {
	needDisplay(t)
	for name, script := range map[string]string{
		"at once": "quit\n", "while it is made": "wait 50ms\nquit\n",
		"while it is converted": "wait loaded\nquit\n", "playing": "wait loaded\nplay\nwait 100ms\nquit\n", "converted": "wait converted\nquit\n",
	} {
		t.Run(name, func(t *testing.T) {
			tmp, file := t.TempDir(), filepath.Join(t.TempDir(), "script.txt")
			if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := program(t, "--sample", "--run", file)
			cmd.Env = append(cmd.Env, temporary(tmp)...)
			var said bytes.Buffer
			cmd.Stderr = &said
			if err := cmd.Run(); err != nil {
				t.Fatalf("%v: %s", err, &said)
			}
			if left := litter(t, tmp); len(left) > 0 {
				t.Errorf("%d files are left, such as %s", len(left), left[0])
			}
		})
	}
}
