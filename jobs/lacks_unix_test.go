//go:build cgo && unix

package jobs_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// A converted file that an attribute had been taken out of stood in for its source, which has that.
func TestAConvertedFileThatLacksAnAttributeIsNotReadInPlaceOfItsSource(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("h5copy"); err != nil {
		t.Skip("h5copy is not installed")
	}
	src := writeSource(t, t.TempDir(), "a", 100, 1)
	b := newBench(t, "real", nil)
	convert := jobs.Request{Task: jobs.Convert, Source: src.path, Converted: cache.ConvertedPath(src.path)}
	got := b.one(convert)
	got.Frame.Close()
	list, err := exec.Command("h5ls", convert.Converted+"/ATTRIBS").Output()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for line := range strings.Lines(string(list)) {
		names = append(names, strings.Fields(line)[0])
	}
	less := convert.Converted + ".less"
	for _, group := range append([]string{"HEADER", "CHECKSUMS"}, names[1:]...) {
		at := "/" + group
		if group != "HEADER" && group != "CHECKSUMS" {
			at = "/ATTRIBS/" + group
		}
		if out, err := exec.Command("h5copy", "-p", "-i", convert.Converted, "-o", less, "-s", at, "-d", at).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", at, err, out)
		}
	}
	if err := os.Rename(less, convert.Converted); err != nil {
		t.Fatal(err)
	}
	load := convert
	load.Task = jobs.Load
	got = b.one(load)
	if got.Mapped || src.want.differ(got.Frame) != nil {
		t.Errorf("mapped %v, %v", got.Mapped, src.want.differ(got.Frame))
	}
	got.Frame.Close()
	got = b.one(convert)
	if got.Frame.Close(); !got.Written {
		t.Error("it is taken for up to date")
	}
	got = b.one(load)
	if got.Frame.Close(); !got.Mapped {
		t.Error("it was not written anew")
	}
}
