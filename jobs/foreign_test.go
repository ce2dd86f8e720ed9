//go:build cgo

package jobs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/jobs"
	"iceexplorer/jobs/task"
)

// A mapped file of another writer came without ranges: nothing was framed, all colours
// were one.
func TestLoadedForeignFilesHaveRanges(t *testing.T) {
	t.Parallel()
	path, err := filepath.Abs(filepath.Join("..", "testdata", "foreign", "plain_1.sih5"))
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "real", nil)
	for _, task := range []*task.Task{jobs.Load, jobs.Index} {
		r := b.one(jobs.Request{Task: task, Converted: path})
		if !r.Mapped {
			t.Errorf("%v: not mapped", task)
		}
		for _, a := range r.Frame.Attributes {
			if len(a.Ranges) != a.Type.Components() || a.Ranges[0].Finite == 0 {
				t.Errorf("%v: %s: ranges %+v", task, a.Name, a.Ranges)
			}
		}
		r.Frame.Close()
	}
}

// HDF5 under the name of an .icecache was "not an .icecache file", and the other way
// round.
func TestMisnamedFilesAreOpenedByTheirContent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	hdf5, err := os.ReadFile(filepath.Join("..", "testdata", "foreign", "plain_1.sih5"))
	if err != nil {
		t.Fatal(err)
	}
	asSource := filepath.Join(dir, "a_1.icecache")
	if err := os.WriteFile(asSource, hdf5, 0o600); err != nil {
		t.Fatal(err)
	}
	src := writeSource(t, dir, "b_1", 3000, 5)
	asConverted := filepath.Join(dir, "b_1.sih5")
	if err := os.Rename(src.path, asConverted); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "real", nil)
	const isHDF5, isIcecache = "The file is HDF5, though its name ends in .icecache.", "The file is an .icecache, though its name is that of an HDF5 file."
	converted := filepath.Join(dir, ".sih5", "a_1.icecache.sih5")
	for _, tt := range []struct {
		r    jobs.Request
		note string
		rows uint64
	}{
		{jobs.Request{Task: jobs.Load, Source: asSource, Converted: converted}, isHDF5, 27},
		{jobs.Request{Task: jobs.Measure, Source: asSource, SourceOnly: true}, isHDF5, 27},
		{jobs.Request{Task: jobs.Export, Source: asSource, Params: exportTo(filepath.Join(dir, "c_1.icecache"), "icecache")}, isHDF5, 27},
		{jobs.Request{Task: jobs.Convert, Source: asSource, Converted: converted}, isHDF5, 27},
		{jobs.Request{Task: jobs.Load, Source: asSource, Converted: converted}, isHDF5, 27},
		{jobs.Request{Task: jobs.Load, Converted: asConverted}, isIcecache, 3000},
		{jobs.Request{Task: jobs.Measure, Converted: asConverted}, isIcecache, 3000},
		{jobs.Request{Task: jobs.Measure, Converted: asConverted, Params: jobs.MeasureParams{Checksums: true}}, isIcecache, 3000},
		{jobs.Request{Task: jobs.Export, Converted: asConverted, Params: exportTo(filepath.Join(dir, "d_1.sih5"), "sih5")}, isIcecache, 3000},
		{jobs.Request{Task: jobs.Load, Source: filepath.Join(dir, "c_1.icecache")}, "", 27},
	} {
		r := b.one(tt.r)
		if len(r.Index.Warnings) != min(len(tt.note), 1) || tt.note != "" && r.Index.Warnings[0] != tt.note {
			t.Errorf("%v %s%s: warnings %q, want %q", tt.r.Task, tt.r.Source, tt.r.Converted, r.Index.Warnings, tt.note)
		}
		for _, c := range r.Index.Columns {
			if c.Rows != tt.rows && !c.Constant || c.Type.Components() == 3 && len(c.Ranges) != 3 {
				t.Errorf("%v %s%s: %+v", tt.r.Task, tt.r.Source, tt.r.Converted, c)
			}
		}
		if r.Frame != nil {
			r.Frame.Close()
		}
	}
	// What is neither says so, whatever its name.
	for name, want := range map[string]string{"e_1.sih5": "not an HDF5 file but a zip archive", "e_1.icecache": "not an .icecache file but a zip archive"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("PK\x03\x04, and so on"), 0o600); err != nil {
			t.Fatal(err)
		}
		r := jobs.Request{Task: jobs.Load, Source: path}
		if filepath.Ext(name) == ".sih5" {
			r.Source, r.Converted = "", path
		}
		b.submit(r)
		if res := b.next(); jobs.CodeOf(res.Err) != "format" || !strings.Contains(res.Err.Error(), want) {
			t.Errorf("%s: %v", name, res.Err)
		}
	}
}
