//go:build cgo

package jobs_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// turnOf is the variable that has TestATurn convert a source.
const turnOf = "ICEEXPLORER_TEST_TURN"

// TestATurn is what the test below runs as other users.
func TestATurn(t *testing.T) {
	path := os.Getenv(turnOf)
	if path == "" {
		t.Skip("TestUsersInTurnConvertAProjectOnce runs it")
	}
	got := newBench(t, "real", nil).one(jobs.Request{Task: jobs.Convert, Source: path, Converted: cache.ConvertedPath(path)})
	got.Frame.Close()
	t.Logf("written: %v", got.Written)
}

// Each artist's turn converted the farm's sources again, as the other artist's converted files were not believed; what the farm
// had converted no artist could write anew.
//
// It is alone, as a program that is being copied cannot be run if another test begins a process meanwhile.
func TestUsersInTurnConvertAProjectOnce(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can be several users")
	}
	const team, ann, bob, farm = 30100, 30001, 30002, 30003
	program := filepath.Join(t.TempDir(), "test")
	copyProgram(t, program)
	for _, turns := range [][]uint32{{ann, bob, ann}, {farm, ann, bob}} {
		dir := t.TempDir()
		src := writeSource(t, dir, "a_1", 100, 1)
		for path, mode := range map[string]os.FileMode{src.path: 0o664, dir: 0o775 | os.ModeSetgid} {
			if err := os.Chown(path, farm, team); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // whatever the umask
			t.Fatal(err)
		}
		for i, uid := range turns {
			cmd := exec.Command(program, "-test.run=^TestATurn$", "-test.v")
			cmd.Dir, cmd.Env = dir, append(os.Environ(), turnOf+"="+src.path, "HOME=")
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: team}}
			out, err := cmd.CombinedOutput()
			want := "written: false"
			if i == 0 {
				want = "written: true"
			}
			if err != nil || !strings.Contains(string(out), want) {
				t.Errorf("turn %d of %v: %v, %s", i, turns, err, out)
			}
		}
	}
}

// copyProgram copies this program to where others can run it.
func copyProgram(t *testing.T, to string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	from, err := os.Open(self)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	f, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(f, from)
	if closeErr := f.Close(); err != nil || closeErr != nil {
		t.Fatal(err, closeErr)
	}
	for _, path := range []string{to, filepath.Dir(to), filepath.Dir(filepath.Dir(to))} { // whatever the umask
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}
