//go:build cgo && unix

package jobs_test

import (
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs"
)

// A file of any user that was called like a converted frame was drawn in place of the frame.
func TestConvertedFilesThatOthersCouldHaveWrittenAreNotBelieved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var requests []jobs.Request
	for i, name := range []string{"a_1", "a_2"} {
		src := writeSource(t, dir, name, 100, uint64(i))
		requests = append(requests, jobs.Request{Task: jobs.Convert, Source: src.path, Converted: cache.ConvertedPath(src.path)})
	}
	b := newBench(t, "real", nil)
	load := func(i int) jobs.Result {
		t.Helper()
		r := requests[i]
		r.Task = jobs.Load
		got := b.one(r)
		got.Frame.Close()
		return got
	}
	write := func(r jobs.Request) bool {
		t.Helper()
		got := b.one(r)
		got.Frame.Close()
		return got.Written
	}
	for i, r := range requests {
		if !write(r) {
			t.Fatal("it was not written")
		}
		if got := load(i); !got.Mapped || got.Bypassed != nil {
			t.Fatalf("mapped %v, bypassed because %v", got.Mapped, got.Bypassed)
		}
		if err := os.Chmod(r.Converted, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for i := range requests {
		got := load(i)
		var d *jobs.Doubted
		if got.Mapped || !got.Decoded {
			t.Errorf("frame %d: mapped %v", i, got.Mapped)
		}
		if told := errors.As(got.Bypassed, &d); told != (i == 0) || told && (d.Path != requests[0].Converted || !strings.Contains(d.Why, "everybody can write")) {
			t.Errorf("frame %d: told %v", i, got.Bypassed)
		}
	}
	given := b.one(jobs.Request{Task: jobs.Load, Converted: requests[0].Converted})
	given.Frame.Close()
	if !given.Mapped {
		t.Error("a file that is opened by itself is not mapped")
	}
	if !write(requests[0]) {
		t.Error("a file that is not believed counts as up to date")
	}
	if got := load(0); !got.Mapped {
		t.Error("a file that was written anew is not believed")
	}
}

func TestNothingIsWrittenIntoAFolderThatIsALinkUnlessItIsNamed(t *testing.T) {
	t.Parallel()
	dir, elsewhere := t.TempDir(), t.TempDir()
	src := writeSource(t, dir, "a_1", 100, 1)
	if err := os.Symlink(elsewhere, filepath.Join(dir, cache.ConvertedDir)); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "real", nil)
	r := jobs.Request{Task: jobs.Convert, Source: src.path, Converted: cache.ConvertedPath(src.path)}
	b.submit(r)
	if got := b.next(); jobs.CodeOf(got.Err) != jobs.CodeReadOnly || !strings.Contains(got.Err.Error(), "its folder is a link") {
		t.Errorf("%v", got.Err)
	}
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	r.Params = jobs.ConvertParams{Named: true}
	for i := range 2 {
		got := b.one(r)
		got.Frame.Close()
		if got.Written != (i == 0) {
			t.Errorf("written %v", got.Written)
		}
	}
}

// A folder chosen for converted frames was written to through a link, and then not read.
func TestAChosenFolderMayBeALink(t *testing.T) {
	t.Parallel()
	dir, elsewhere := t.TempDir(), t.TempDir()
	src := writeSource(t, dir, "a_1", 100, 1)
	chosen := filepath.Join(dir, "chosen")
	if err := os.Symlink(elsewhere, chosen); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "real", nil)
	r := jobs.Request{Task: jobs.Convert, Source: src.path, Converted: filepath.Join(chosen, "a_1.icecache.sih5")}
	b.one(r).Frame.Close()
	r.Task = jobs.Load
	got := b.one(r)
	got.Frame.Close()
	if !got.Mapped || got.Bypassed != nil {
		t.Errorf("mapped %v, bypassed because %v", got.Mapped, got.Bypassed)
	}
}

// The farm's converted files were not believed, and an artist was told only that permission is denied.
func TestAFileThatIsNotBelievedAndCannotBeReplacedSaysWhy(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root can replace any file")
	}
	src := writeSource(t, t.TempDir(), "a_1", 100, 1)
	r := jobs.Request{Task: jobs.Convert, Source: src.path, Converted: cache.ConvertedPath(src.path)}
	b := newBench(t, "real", nil)
	b.one(r).Frame.Close()
	folder := filepath.Dir(r.Converted)
	if err := errors.Join(os.Chmod(r.Converted, 0o666), os.Chmod(folder, 0o555)); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(folder, 0o755)
	b.submit(r)
	got := b.next()
	if jobs.CodeOf(got.Err) != jobs.CodeReadOnly || !strings.Contains(got.Err.Error(), "which everybody can write") || !strings.Contains(got.Err.Error(), "have its folder removed") {
		t.Errorf("%v", got.Err)
	}
}

// A private source became a file that everybody could read.
func TestWhatIsMadeOfAPrivateSourceIsPrivate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	src := writeSource(t, dir, "a_1", 100, 1)
	if err := os.Chmod(src.path, 0o600); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "real", nil)
	convert := jobs.Request{Task: jobs.Convert, Source: src.path, Converted: cache.ConvertedPath(src.path)}
	exported := filepath.Join(dir, "a.icecache")
	export := jobs.Request{Task: jobs.Export, Source: src.path, Params: jobs.ExportParams{Target: pathname.Text(exported), Format: "icecache"}}
	for path, r := range map[string]jobs.Request{convert.Converted: convert, exported: export} {
		if got := b.one(r); got.Frame != nil {
			got.Frame.Close()
		}
		if st, err := os.Stat(path); err != nil || st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", path, fs.FileMode(st.Mode()), err)
		}
	}
}

// Whatever is planted in place of a converted frame, and looks up to date, the source is read.
func TestPlantedFilesAreNotDrawn(t *testing.T) {
	t.Parallel()
	onlyRoot := os.Geteuid() != 0
	for name, plant := range map[string]func(converted string) error{
		"everybody can write it": func(c string) error { return os.Chmod(c, 0o646) },
		"its group can write it": func(c string) error { return os.Chmod(c, 0o664) },
		"of another user":        func(c string) error { return os.Chown(c, 12345, -1) },
		"a link": func(c string) error {
			return errors.Join(os.Rename(c, c+".real"), os.Symlink(c+".real", c))
		},
		"behind a folder that is a link": func(c string) error {
			dir := filepath.Dir(c)
			return errors.Join(os.Rename(dir, dir+".real"), os.Symlink(dir+".real", dir))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "of another user" && onlyRoot {
				t.Skip("only root can give files away")
			}
			src := writeSource(t, t.TempDir(), "a", 100, 1)
			converted := cache.ConvertedPath(src.path)
			b := newBench(t, "real", nil)
			b.one(jobs.Request{Task: jobs.Convert, Source: src.path, Converted: converted}).Frame.Close()
			if err := plant(converted); err != nil {
				t.Fatal(err)
			}
			got := b.one(jobs.Request{Task: jobs.Load, Source: src.path, Converted: converted})
			defer got.Frame.Close()
			if got.Mapped || src.want.differ(got.Frame) != nil || got.Bypassed == nil {
				t.Errorf("mapped %v, told %v", got.Mapped, got.Bypassed)
			}
		})
	}
}

// Whose file was not believed was told by number.
func TestADoubtNamesItsUser(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		t.Skip(err)
	}
	uid, err := strconv.Atoi(nobody.Uid)
	if err != nil {
		t.Fatal(err)
	}
	src := writeSource(t, t.TempDir(), "a_1", 100, 1)
	r := jobs.Request{Task: jobs.Convert, Source: src.path, Converted: cache.ConvertedPath(src.path)}
	b := newBench(t, "real", nil)
	b.one(r).Frame.Close()
	if err := os.Chown(r.Converted, uid, 0); err != nil {
		t.Fatal(err)
	}
	r.Task = jobs.Load
	got := b.one(r)
	got.Frame.Close()
	if got.Bypassed == nil || !strings.Contains(got.Bypassed.Error(), "belongs to another user (nobody)") && !strings.Contains(got.Bypassed.Error(), "unknown here") {
		t.Errorf("%v", got.Bypassed)
	}
}
