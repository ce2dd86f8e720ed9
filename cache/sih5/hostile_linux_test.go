package sih5

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"iceexplorer/cache"
)

// Files that lead elsewhere: a 976-byte file printed another file's values, and a FIFO behind
// a link hung the worker.
func TestNothingButTheFileItselfIsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	python(t, "hostile.py", dir)
	unstick(t, filepath.Join(dir, "pipe"))
	const (
		header  = "the group HEADER as a link to another place is not supported"
		attribs = "the group ATTRIBS as a link to another place is not supported"
		leftOut = "1 attribute is a link to another place and was left out"
		noData  = "attribute Size: its data are a link to another place and were left out"
		chunk   = "attribute Size: Data: the chunk at row 0 is damaged (zlib: "
		other   = "attribute Size: Data is of another type, not float32"
		virtual = "attribute Size: Data put together from other files or datasets (virtual) is not supported"
	)
	tests := []struct{ file, err, warning string }{
		{file: "secret.h5"},
		{file: "header_external.h5", err: header},
		{file: "header_pipe.h5", err: header},
		{file: "header_soft.h5", err: header},
		{file: "attribs_external.h5", err: attribs},
		{file: "attribs_pipe.h5", err: attribs},
		{file: "attribs_soft.h5", err: attribs},
		{file: "attribute_external.h5", warning: leftOut},
		{file: "attribute_pipe.h5", warning: leftOut},
		{file: "attribute_soft.h5", warning: leftOut},
		{file: "data_external.h5", warning: noData},
		{file: "data_pipe.h5", warning: noData},
		{file: "data_soft.h5", warning: noData},
		{file: "stored_pipe.h5", err: "attribute Size: Data in another file is not supported"},
		{file: "virtual_pipe.h5", err: virtual},
		{file: "virtual_endless.h5", err: virtual},
		{file: "committed.h5", err: "attribute Size: a part of the file that objects share (a committed data type) is not supported"},
		{file: "references.h5", err: other},
		{file: "regions.h5", err: other},
		{file: "lists_of_lists.h5", err: "attribute Size: a data type of lists of lists is not supported"},
		{file: "enum.h5", err: "attribute Size: a data type of more than 256 members is not supported"},
		{file: "chunk_too_short.h5", err: chunk},
		{file: "chunk_too_short_shuffled.h5", err: chunk},
		{file: "chunk_without_end.h5", err: chunk},
		{file: "chunk_of_nothing.h5", err: chunk},
		{file: "compound.h5", err: "attribute Size: a data type of 64 bytes, nested 5 times, is not supported"},
	}
	for _, tt := range tests {
		warnings, err := readAll(filepath.Join(dir, tt.file))
		if tt.err == "" && err != nil || tt.err != "" && (err == nil || !cache.Permanent(err) || !strings.Contains(err.Error(), tt.err)) {
			t.Errorf("%s: error %v, want %q", tt.file, err, tt.err)
		}
		if got := strings.Join(warnings, "; "); got != tt.warning {
			t.Errorf("%s: warnings %q, want %q", tt.file, got, tt.warning)
		}
	}
	t.Logf("attack: %d files with links, filters, types and chunks made to lead elsewhere or to crash", len(tests)-1)
}

// readAll reads a file's values in each way.
func readAll(path string) (warnings []string, err error) {
	f, err := Open(path, Options{})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if _, err := f.Measure(context.Background()); err != nil {
		return nil, err
	}
	ix, err := f.Fill(context.Background(), make([]byte, f.Need()))
	if err != nil {
		return nil, err
	}
	return ix.Warnings, nil
}

// unstick fails the test when somebody opens a FIFO for reading, and lets them go.
func unstick(t *testing.T, pipe string) {
	done, ended := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(done); <-ended })
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
			if fd, err := unix.Open(pipe, unix.O_WRONLY|unix.O_NONBLOCK, 0); err == nil { // it has a reader
				unix.Close(fd)
				t.Error("a FIFO was opened")
				return
			}
		}
	}()
}

// A summary names links; one of them led elsewhere.
func TestTheSummaryFollowsNoLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, _ := mustWrite(t, everything(t, 3), cache.Stamp{})
	if err := os.Rename(path, filepath.Join(dir, "ours.sih5")); err != nil {
		t.Fatal(err)
	}
	python(t, "relink.py", filepath.Join(dir, "ours.sih5"))
	unstick(t, filepath.Join(dir, "pipe"))
	warnings, err := readAll(filepath.Join(dir, "ours.sih5"))
	if err != nil || !strings.Contains(strings.Join(warnings, "; "), "1 attribute is a link to another place") {
		t.Errorf("%v, %q", err, warnings)
	}
}
