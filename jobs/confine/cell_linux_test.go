package confine

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// needConfinement skips a test where the system cannot confine.
func needConfinement(t *testing.T) {
	t.Helper()
	if lacks := run(t, []string{}, "lacks"); lacks != "" {
		t.Skipf("this system cannot confine: %s", lacks)
	}
}

// run runs the test binary as TestMain says.
func run(t *testing.T, env []string, args ...string) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Env = env
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

// step is what a confined process does next: it lets a job in, and opens files.
type step struct {
	Job        Files
	Others     Folders
	Open, Make []string
}

// walk makes the steps, and prints what came of each.
func walk(steps string) error {
	var all []step
	if err := json.Unmarshal([]byte(steps), &all); err != nil {
		return err
	}
	c := Enter()
	for _, s := range all {
		said := []string{"in"}
		err := c.Admit(s.Job, s.Others)
		if err != nil {
			said[0] = err.Error()
		}
		if errors.Is(err, ErrOutside) {
			said[0] = "outside"
		}
		for _, path := range s.Open {
			said = append(said, reads(path))
		}
		for _, path := range s.Make {
			said = append(said, makes(path))
		}
		fmt.Println(strings.Join(said, " "))
	}
	return nil
}

func reads(path string) string {
	if _, err := os.ReadFile(path); err != nil {
		return "no"
	}
	return "yes"
}

func makes(path string) string {
	if os.WriteFile(path, nil, 0o600) != nil || os.Remove(path) != nil {
		return "no"
	}
	return "yes"
}

func TestAWorkerReachesTheFoldersOfItsJobs(t *testing.T) {
	t.Parallel()
	needConfinement(t)
	for name, tc := range map[string]struct {
		links map[string]string
		steps []step
		want  []string
	}{
		"its folder, and no other": {
			steps: []step{{Job: Files{Read: []string{"a/1"}}, Open: []string{"a/1", "a/2", "b/1"}, Make: []string{"a/new"}}},
			want:  []string{"in yes yes no no"},
		},
		"a job of another folder is another's": {
			steps: []step{{Job: Files{Read: []string{"a/1"}}}, {Job: Files{Read: []string{"b/1"}}}, {Job: Files{Read: []string{"a/2"}}}},
			want:  []string{"in", "outside", "in"},
		},
		"folders of other jobs": {
			steps: []step{{Job: Files{Read: []string{"a/1"}}, Others: Folders{Read: []string{"b"}, Write: []string{"c", "none"}}, Open: []string{"b/1", "d/1"}, Make: []string{"c/new"}},
				{Job: Files{Read: []string{"b/1", "c/1"}, Write: []string{"c/out"}}}, {Job: Files{Write: []string{"b/out"}}}},
			want: []string{"in yes no yes", "in", "outside"},
		},
		"a file that is not there is nobody's": {
			steps: []step{{Job: Files{Read: []string{"a/1"}}}, {Job: Files{Read: []string{"none/1", "b/none"}}}},
			want:  []string{"in", "in"},
		},
		"a folder below": {
			steps: []step{{Job: Files{Read: []string{"a/1"}}}, {Job: Files{Read: []string{"a/sub/1"}}, Open: []string{"a/sub/1"}}},
			want:  []string{"in", "in yes"},
		},
		"a folder below that leads away": {
			links: map[string]string{"a/away": "b"},
			steps: []step{{Job: Files{Read: []string{"a/1"}}}, {Job: Files{Read: []string{"a/away/1"}}, Open: []string{"a/away/1"}}},
			want:  []string{"in", "outside no"},
		},
		"frames that are links": {
			links: map[string]string{"a/link": "b/1", "a/other": "c/1"},
			steps: []step{{Job: Files{Read: []string{"a/link"}}, Open: []string{"a/link", "a/other"}}, {Job: Files{Read: []string{"a/other"}}}},
			want:  []string{"in yes no", "outside"},
		},
		"a folder that is a link": {
			links: map[string]string{"link": "b"},
			steps: []step{{Job: Files{Read: []string{"link/1"}}, Open: []string{"link/1", "b/2"}}, {Job: Files{Read: []string{"link/2"}}}},
			want:  []string{"in yes yes", "in"},
		},
		"a folder that is made": {
			steps: []step{{Job: Files{Read: []string{"a/1"}, Write: []string{"a/new/out"}}, Make: []string{"a/new/out", "a/out"}}},
			want:  []string{"in yes no"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for _, d := range []string{"a/sub", "b", "c", "d"} {
				if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
					t.Fatal(err)
				}
				for _, f := range []string{"1", "2"} {
					if err := os.WriteFile(filepath.Join(dir, d, f), nil, 0o644); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(filepath.Join(dir, "a", f), nil, 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
			for link, to := range tc.links {
				if err := os.Symlink(filepath.Join(dir, to), filepath.Join(dir, link)); err != nil {
					t.Fatal(err)
				}
			}
			for i := range tc.steps {
				s := &tc.steps[i]
				for _, paths := range [][]string{s.Job.Read, s.Job.Write, s.Others.Read, s.Others.Write, s.Open, s.Make} {
					for k := range paths {
						paths[k] = filepath.Join(dir, paths[k])
					}
				}
			}
			b, err := json.Marshal(tc.steps)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Split(strings.TrimSpace(run(t, []string{}, "walk", string(b))), "\n")
			if fmt.Sprint(got) != fmt.Sprint(tc.want) {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

// A folder that was removed and made again is another one to the kernel: writing there failed
// for ever.
func TestAFolderThatWasMadeAgainIsForAFreshWorker(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	c := &Cell{fs: true, read: map[string]inode{}, write: map[string]inode{}}
	add(c.write, dir)
	job := Files{Write: []string{filepath.Join(dir, "file")}}
	if err := c.Admit(job, Folders{}); err != nil {
		t.Error(err)
	}
	other := filepath.Join(t.TempDir(), "other")
	if err := errors.Join(os.Mkdir(other, 0o755), os.Remove(dir), os.Rename(other, dir)); err != nil {
		t.Fatal(err)
	}
	if err := c.Admit(job, Folders{}); !errors.Is(err, ErrOutside) {
		t.Errorf("error %v", err)
	}
}

// Every thread is confined, also those that Go does not know of, and keeps no capability.
func TestAllThreadsAreConfined(t *testing.T) {
	t.Parallel()
	needConfinement(t)
	for _, line := range strings.Split(strings.TrimSpace(run(t, []string{}, "threads")), "\n") {
		if line != "NoNewPrivs:1 Seccomp:2 CapInh:0 CapPrm:0 CapEff:0 CapAmb:0 reads:no" {
			t.Error(line)
		}
	}
}

// threads prints what the kernel says of each thread, and whether it can read a file.
func threads() error {
	c := Enter()
	dir, err := os.MkdirTemp("", "threads")
	if err != nil {
		return err
	}
	if err := c.Admit(Files{Read: []string{"/proc/self/status", filepath.Join(dir, "a")}}, Folders{}); err != nil {
		return err
	}
	done, all := make(chan string), 8
	for range all {
		go func() {
			runtime.LockOSThread()
			b, _ := os.ReadFile("/proc/thread-self/status")
			var said []string
			for _, line := range strings.Split(string(b), "\n") {
				name, value, _ := strings.Cut(line, ":")
				if strings.Contains(" NoNewPrivs Seccomp CapInh CapPrm CapEff CapAmb ", " "+name+" ") {
					v := strings.TrimLeft(strings.TrimSpace(value), "0")
					if v == "" {
						v = "0"
					}
					said = append(said, name+":"+v)
				}
			}
			done <- strings.Join(append(order(said), "reads:"+reads("/etc/passwd")), " ")
			select {} // on its thread
		}()
	}
	for range all {
		fmt.Println(<-done)
	}
	return nil
}

// order has no_new_privs and seccomp first, wherever the kernel puts them.
func order(said []string) []string {
	var first, rest []string
	for _, s := range said {
		if strings.HasPrefix(s, "Cap") {
			rest = append(rest, s)
		} else {
			first = append(first, s)
		}
	}
	return append(first, rest...)
}
