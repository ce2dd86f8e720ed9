//go:build cgo

package jobs_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"iceexplorer/cache/pathname"
	"iceexplorer/jobs"
)

// confined is a pool of one worker that has started, and is confined.
func confined(t *testing.T) *bench {
	t.Helper()
	b := newBench(t, "real", func(o *jobs.Options) { o.Workers = 1 })
	b.waitFor("a worker", func(s jobs.Stats) bool { return s.Confined || s.Lacks != "" })
	if lacks := b.Stats().Lacks; lacks != "" {
		t.Skipf("this system cannot confine: %s", lacks)
	}
	return b
}

func TestAWorkerThatTriesWhatItMayNotIsNamedSo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	src := writeSource(t, dir, "a", 1000, 50)
	b := confined(t)
	r := src.request(fragile)
	r.Params = fragileParams{Target: pathname.Text(dir + "/forbidden.toy")}
	b.submit(r)
	res := b.next()
	if jobs.CodeOf(res.Err) != jobs.CodeCrash || !strings.Contains(res.Err.Error(), "tried something that it may not do") || !strings.HasSuffix(res.Err.Error(), src.path) {
		t.Errorf("error %v", res.Err)
	}
	b.one(src.request(jobs.Load)).Frame.Close()
}

// A worker is confined to the folders of jobs that it knows; others cost a worker, and no error.
func TestJobsOfManyFoldersAreDone(t *testing.T) {
	t.Parallel()
	b := confined(t)
	var sources []source
	for i := range 6 {
		sources = append(sources, writeSource(t, t.TempDir(), "a", 2000, uint64(60+i)))
	}
	for range 2 {
		for i := range sources {
			src := &sources[i]
			load := b.one(src.request(jobs.Load))
			if err := src.want.differ(load.Frame); err != nil {
				t.Error(err)
			}
			convert := src.request(jobs.Convert)
			if !load.Mapped {
				convert.From = load.Frame
			}
			b.one(convert).Frame.Close()
			load.Frame.Close()
		}
	}
	if s := b.Stats(); s.Crashes != 0 || s.Failed != 0 || s.Scratch != 0 || s.Converted != 6 {
		t.Errorf("stats %+v", s)
	}
}

// Two sequences that are played together must not cost a worker with each frame.
func TestWorkersKnowTheFoldersOfAllSequences(t *testing.T) {
	t.Parallel()
	b := confined(t)
	one, two := writeSource(t, t.TempDir(), "a", 1000, 70), writeSource(t, t.TempDir(), "a", 1000, 71)
	b.one(one.request(jobs.Load)).Frame.Close()
	b.one(two.request(jobs.Load)).Frame.Close()
	pid := b.Stats().Workers[len(b.Stats().Workers)-1].PID
	for range 5 {
		b.one(one.request(jobs.Load)).Frame.Close()
		b.one(two.request(jobs.Load)).Frame.Close()
	}
	if w := b.Stats().Workers; len(w) != 1 || w[0].PID != pid {
		t.Errorf("workers %+v, want %d alone", w, pid)
	}
}

// A tree of many folders with a frame each cost a worker per frame.
func TestFoldersThatAreExpectedCostFewWorkers(t *testing.T) {
	t.Parallel()
	b := confined(t)
	var sources []source
	for i := range 24 {
		src := writeSource(t, t.TempDir(), "a", 100, uint64(100+i))
		src.sih5 = filepath.Join(filepath.Dir(src.path), ".sih5", "a.icecache.sih5")
		sources = append(sources, src)
		b.Expect(src.path, src.sih5)
	}
	workers := map[int]bool{}
	for _, src := range sources[:20] {
		b.one(src.request(jobs.Convert)).Frame.Close()
		for _, w := range b.Stats().Workers {
			workers[w.PID] = true
		}
	}
	if len(workers) != 1 {
		t.Errorf("%d workers", len(workers))
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	for i, src := range sources {
		if _, err := os.Stat(filepath.Dir(src.sih5)); (err == nil) != (i < 20) {
			t.Errorf("folder %d, in which there is something: %v; it is there: %v", i, i < 20, err == nil)
		}
	}
}

// A worker could have had the pool remove any empty folder.
func TestOnlyFoldersForWhatIsWrittenAreRemoved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, d := range []string{"mine", "out/inner"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	b := newBench(t, "made", func(o *jobs.Options) { o.Workers = 1 })
	b.submit(jobs.Request{Task: jobs.Load, Source: filepath.Join(dir, "mine")})
	r := b.next()
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	r.Frame.Close()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	wantFolder(t, dir, "mine", "out")
}

// Frames of a publish are links into other folders, of which the pool knows nothing.
func TestFramesThatAreLinksAreRead(t *testing.T) {
	t.Parallel()
	b := confined(t)
	publish := t.TempDir()
	for i := range 4 {
		src := writeSource(t, t.TempDir(), "a", 1000, uint64(80+i))
		link := filepath.Join(publish, string(rune('a'+i))+".icecache")
		if err := os.Symlink(src.path, link); err != nil {
			t.Fatal(err)
		}
		src.path, src.sih5 = link, filepath.Join(publish, ".sih5", filepath.Base(link)+".sih5")
		for _, task := range []*jobs.Request{{Task: jobs.Load}, {Task: jobs.Convert}, {Task: jobs.Index}} {
			task.Source, task.Converted = src.path, src.sih5
			res := b.one(*task)
			if err := src.want.differ(res.Frame); err != nil {
				t.Error(err)
			}
			res.Frame.Close()
		}
	}
	if s := b.Stats(); s.Crashes != 0 || s.Failed != 0 {
		t.Errorf("stats %+v", s)
	}
}

// A folder of converted files that came, went and came again while workers lived.
func TestFoldersThatComeAndGoAreUsed(t *testing.T) {
	t.Parallel()
	b := confined(t)
	src := writeSource(t, t.TempDir(), "a", 1000, 90)
	away := filepath.Join(t.TempDir(), "not", "yet", "there")
	src.sih5 = filepath.Join(away, "a.icecache.sih5")
	for i := range 3 {
		b.one(src.request(jobs.Load)).Frame.Close()
		b.one(src.request(jobs.Convert)).Frame.Close()
		res := b.one(src.request(jobs.Load))
		if !res.Mapped || res.Bypassed != nil {
			t.Errorf("round %d: mapped %v, bypassed %v", i, res.Mapped, res.Bypassed)
		}
		res.Frame.Close()
		if err := os.RemoveAll(away); err != nil {
			t.Fatal(err)
		}
	}
}

// Without capabilities root could neither read what others keep to themselves nor write there; in
// a container that is how it works.
func TestRootWorksOnFilesOfOthers(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("only root has to do with files of others")
	}
	b := confined(t)
	mine := writeSource(t, t.TempDir(), "a", 1000, 95)
	b.one(mine.request(jobs.Convert)).Frame.Close() // by a worker that gives its capabilities up
	dir := filepath.Join(t.TempDir(), "private")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	theirs := writeSource(t, dir, "a", 1000, 96)
	for path, mode := range map[string]os.FileMode{theirs.path: 0o640, dir: 0o700} {
		if err := errors.Join(os.Chmod(path, mode), os.Chown(path, 12345, 12346)); err != nil {
			t.Fatal(err)
		}
	}
	b.one(theirs.request(jobs.Convert)).Frame.Close()
	st, err := os.Stat(theirs.sih5)
	if err != nil {
		t.Fatal(err)
	}
	if group := st.Sys().(*syscall.Stat_t).Gid; group != 12346 || st.Mode().Perm() != 0o640 {
		t.Errorf("converted with group %d, mode %v", group, st.Mode())
	}
	if s := b.Stats(); s.Crashes != 0 || s.Failed != 0 {
		t.Errorf("stats %+v", s)
	}
}

// The watch looks five times a second: until then a worker could take all there is.
func TestAWorkerGetsNoMoreMemoryThanItsLimit(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 1000, 97)
	b := newBench(t, "real", func(o *jobs.Options) { o.Workers, o.WorkerMemory = 1, 256<<20 })
	r := src.request(fragile)
	r.Params = fragileParams{Target: "gulp"}
	b.submit(r)
	if res := b.next(); jobs.CodeOf(res.Err) != jobs.CodeCrash || !strings.Contains(res.Err.Error(), "wanted more memory than its limit of 268.4 MB") {
		t.Errorf("error %v", res.Err)
	}
	b.one(src.request(jobs.Load)).Frame.Close()
}

// Conversion of a broken file left an empty folder.
func TestAConversionThatFailsLeavesNoFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	broken := filepath.Join(dir, "a.icecache")
	if err := os.WriteFile(broken, []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := confined(t)
	b.submit(jobs.Request{Task: jobs.Convert, Source: broken, Converted: filepath.Join(dir, "new", ".sih5", "a.sih5")})
	if r := b.next(); r.Err == nil {
		t.Error("it did not fail")
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	wantFolder(t, dir, "a.icecache")
}

// A message has room for a megabyte.
func TestALongListOfFoldersFitsAMessage(t *testing.T) {
	t.Parallel()
	b := newBench(t, "good", func(o *jobs.Options) { o.Workers = 1 })
	long := strings.Repeat("/"+strings.Repeat("\x01", 200), 20)
	hold := filepath.Join(t.TempDir(), "hold")
	if err := os.WriteFile(hold, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	const n = 200
	for i := range n {
		b.submit(jobs.Request{Task: jobs.Load, Source: "hold " + hold, Converted: fmt.Sprintf("%s/%d/a", long, i)})
	}
	if err := os.Remove(hold); err != nil {
		t.Fatal(err)
	}
	for range n {
		r := b.next()
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		r.Frame.Close()
	}
}
