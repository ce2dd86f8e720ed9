package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app/sample"
	"iceexplorer/cache"
)

// What a run that was killed had half written stayed beside the files for ever.
func TestARunRemovesWhatAKilledOneLeft(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args   string // DIR holds caches, NEW is empty
		folder string // that is written to
		egl    bool
	}{
		"convert":             {"convert DIR", "DIR/.sih5", false},
		"convert, up to date": {"convert DIR", "DIR/.sih5", false},
		"convert to a folder": {"convert -o NEW DIR", "NEW", false},
		"convert back":        {"convert --to icecache -o NEW DIR", "NEW", false},
		"sample":              {"sample --points 10 --frames 1 -o NEW", "NEW", false},
		"render":              {"render --size 64x64 -o NEW/a_%d.png DIR", "NEW", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tc.egl {
				needEGL(t)
			}
			dir, to := t.TempDir(), t.TempDir()
			if err := sample.Write(t.Context(), dir, sample.Options{Points: 10, Frames: 2}); err != nil {
				t.Fatal(err)
			}
			if name == "convert, up to date" {
				must(t, "convert", dir)
			}
			in := strings.NewReplacer("DIR", dir, "NEW", to)
			gone := exec.Command("true")
			if err := gone.Run(); err != nil {
				t.Fatal(err)
			}
			folder := in.Replace(tc.folder)
			if err := os.MkdirAll(folder, 0o777); err != nil {
				t.Fatal(err)
			}
			for _, pid := range []int{gone.Process.Pid, os.Getpid()} {
				for _, f := range []string{".write-%d-0123abcd-ABCDEFGH.tmp", ".a_1.png.%d.tmp"} {
					if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf(f, pid)), []byte("half"), 0o666); err != nil {
						t.Fatal(err)
					}
				}
			}
			verb := exec.Command(os.Args[0], strings.Fields(in.Replace(tc.args))...)
			if out, err := verb.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			left := 0
			for _, f := range append(tree(t, dir), tree(t, to)...) {
				if strings.HasSuffix(f, ".tmp") {
					left++
				}
			}
			if left != 2 { // of this process, which lives
				t.Errorf("%d unfinished files are left, want 2:\n%s", left, strings.Join(append(tree(t, dir), tree(t, to)...), "\n"))
			}
		})
	}
}

// The same of a run that is killed in earnest, at any moment.
func TestNothingIsLeftOfKilledRunsAfterTheNext(t *testing.T) {
	t.Parallel()
	dir, to := t.TempDir(), t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 50_000, Frames: 8}); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"convert", "--force", dir},
		{"convert", "--force", "--to", "icecache", "-o", to, dir},
		{"sample", "--points", "50000", "--frames", "8", "-o", to},
	} {
		for range 3 {
			cmd := exec.Command(os.Args[0], args...)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			until(t, "a file that is being written", func() bool {
				return busy(cmd.Process.Pid) || len(writing(cmd.Process.Pid)) > 0 || !alive(cmd.Process.Pid)
			})
			cmd.Process.Kill()
			cmd.Wait()
		}
		must(t, args...)
	}
	for _, d := range []string{dir, to, filepath.Join(dir, cache.ConvertedDir)} {
		for _, f := range tree(t, d) {
			if strings.HasSuffix(f, ".tmp") {
				t.Errorf("left: %s", f)
			}
		}
	}
}

func TestTheNextStartRemovesWhatAKilledBenchLeft(t *testing.T) {
	t.Parallel()
	tmp := t.TempDir()
	start := func(args ...string) *exec.Cmd {
		cmd := exec.Command(os.Args[0], args...)
		cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	bench := start("bench", "--points", "100000")
	until(t, "a frame", func() bool { return strings.Contains(strings.Join(tree(t, tmp), " "), ".icecache") })
	bench.Process.Kill()
	bench.Wait()
	start("info", os.Args[0]).Wait() // no cache, but a start
	for _, f := range tree(t, tmp) {
		if filepath.Base(f) != "guard" {
			t.Errorf("left: %s", f)
		}
	}
}

// writing are the files without a name, or with a temporary one, that a process and its
// workers have open.
func writing(pid int) (all []string) {
	for _, p := range append(workersOf(pid), pid) {
		fds, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", p))
		if err != nil {
			continue
		}
		for _, fd := range fds {
			if to, err := os.Readlink(fd); err == nil && (strings.Contains(to, "/.write-") || strings.HasSuffix(to, "(deleted)") && !strings.Contains(to, "scratch")) {
				all = append(all, to)
			}
		}
	}
	return all
}
