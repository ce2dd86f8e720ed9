package whole

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// code is a text of C without comments and white space.
func code(text string) string {
	text = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(text, "")
	return strings.Join(strings.Fields(text), "")
}

// libs.sh links a kept text that describes the native types. ICEEXPLORER_H5DETECT is HDF5's own program that
// finds out about them.
func TestHDF5KnowsTheTypesOfThisSystem(t *testing.T) {
	detect := os.Getenv("ICEEXPLORER_H5DETECT")
	if detect == "" {
		t.Skip("ICEEXPLORER_H5DETECT names no program")
	}
	out, err := exec.Command(detect).Output()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join("..", "hdf5", "H5Tinit.c"))
	if err != nil {
		t.Fatal(err)
	}
	found, want := code(string(out)), code(string(kept))
	if !strings.Contains(found, "H5T_NATIVE_LDOUBLE_g") || found != want {
		t.Errorf("H5detect writes %d letters of code, kept are other %d", len(found), len(want))
	}
}
