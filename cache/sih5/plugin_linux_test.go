package sih5

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// plugin is a library that leaves a file when it is loaded.
const plugin = `#include <stdio.h>
#include <stdlib.h>
__attribute__((constructor)) static void loaded(void) {
	FILE *f = fopen(getenv("SIH5_TEST_MARK"), "w");
	if (f) fclose(f);
}
`

// With HDF5_PLUGIN_PATH set, a file with a filter's number made a worker load and run a
// foreign library. libhdf5 looks at the variable when the program starts, so the test runs
// itself again.
func TestNoPluginIsLoaded(t *testing.T) {
	if path := os.Getenv("SIH5_TEST_OPEN"); path != "" {
		_, err := readAll(path)
		if err == nil || !strings.Contains(err.Error(), "Data is compressed with deflate (filter 12345), which is not supported") {
			t.Error(err)
		}
		return
	}
	t.Parallel()
	gcc, err := exec.LookPath("gcc")
	if err != nil {
		t.Skip("there is no gcc")
	}
	dir := t.TempDir()
	python(t, "hostile.py", dir)
	source, plugins, mark := filepath.Join(dir, "plugin.c"), filepath.Join(dir, "plugins"), filepath.Join(dir, "mark")
	if err := os.WriteFile(source, []byte(plugin), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(plugins, 0o777); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(gcc, "-shared", "-fPIC", "-o", filepath.Join(plugins, "libplugin.so"), source).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), "HDF5_PLUGIN_PATH="+plugins, "SIH5_TEST_MARK="+mark, "SIH5_TEST_OPEN="+filepath.Join(dir, "filter.h5"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("the plugin was loaded")
	}
	t.Log("attack: a plugin of HDF5 for a file's filter: not loaded")
}
