package cli

import (
	"crypto/rand"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/sample"
)

// slurm is a Slurm of one node on loopback.
type slurm struct {
	t   *testing.T
	dir string
	env []string
}

// newSlurm starts one, which ends with the test.
func newSlurm(t *testing.T) *slurm {
	t.Helper()
	if os.Getenv("ICEEXPLORER_FARM") == "" {
		t.Skip("make test-farm runs it")
	}
	for _, name := range []string{"munged", "slurmctld", "slurmd", "sbatch"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("Slurm is not installed: %v", err)
		}
	}
	dir, err := os.MkdirTemp("", "farm") // short, for the names of sockets
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &slurm{t: t, dir: dir, env: append(os.Environ(), "SLURM_CONF="+filepath.Join(dir, "slurm.conf"))}
	key := make([]byte, 1024)
	if _, err := rand.Read(key); err != nil {
		t.Fatal(err)
	}
	s.write("munge.key", string(key))
	s.write("slurm.conf", s.conf())
	for _, name := range []string{"state", "spool"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s.start("munged", "--foreground", "--force", "--socket="+filepath.Join(dir, "munge.sock"), "--key-file="+filepath.Join(dir, "munge.key"),
		"--pid-file="+filepath.Join(dir, "munged.pid"), "--log-file="+filepath.Join(dir, "munged.txt"), "--seed-file="+filepath.Join(dir, "munge.seed"))
	until(t, "a socket of munge", func() bool {
		_, err := os.Stat(filepath.Join(dir, "munge.sock"))
		return err == nil
	})
	s.start("slurmctld", "-D", "-i")
	s.start("slurmd", "-D", "-N", "node")
	until(t, "an idle node", func() bool { return strings.Contains(s.say("sinfo", "--noheader", "--format=%T"), "idle") })
	return s
}

func (s *slurm) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// port is one that is free.
func (s *slurm) port() int {
	s.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (s *slurm) conf() string {
	s.t.Helper()
	me, err := user.Current()
	if err != nil {
		s.t.Fatal(err)
	}
	host, err := os.Hostname()
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.NewReplacer("DIR", s.dir, "USER", me.Username, "HOST", host, "PORT1", fmt.Sprint(s.port()), "PORT2", fmt.Sprint(s.port()), "CORES", fmt.Sprint(runtime.NumCPU())).Replace(`
ClusterName=test
SlurmctldHost=HOST(127.0.0.1)
SlurmUser=USER
SlurmdUser=USER
AuthType=auth/munge
AuthInfo=socket=DIR/munge.sock
CredType=cred/munge
SlurmctldPort=PORT1
SlurmdPort=PORT2
StateSaveLocation=DIR/state
SlurmdSpoolDir=DIR/spool
SlurmctldPidFile=DIR/slurmctld.pid
SlurmdPidFile=DIR/slurmd.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
MpiDefault=none
ReturnToService=2
MinJobAge=300
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
NodeName=node NodeHostname=HOST NodeAddr=127.0.0.1 CPUs=CORES State=UNKNOWN
PartitionName=all Nodes=node Default=YES MaxTime=10 State=UP
`)
}

// start starts a daemon in the foreground, whose log the test prints if it fails.
func (s *slurm) start(name string, args ...string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name+".log")
	log, err := os.Create(path)
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = s.env, log, log
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		late := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		late.Stop()
		log.Close()
		if b, err := os.ReadFile(path); s.t.Failed() && err == nil {
			s.t.Logf("%s:\n%s", name, b)
		}
	})
}

// say is what a command of Slurm prints.
func (s *slurm) say(name string, args ...string) string {
	cmd := exec.Command(name, args...)
	cmd.Env = s.env
	b, _ := cmd.CombinedOutput()
	return string(b)
}

// submit runs slurm-export and waits for its last job.
func (s *slurm) submit(reports string, args ...string) {
	s.t.Helper()
	script, err := filepath.Abs(filepath.Join("..", "..", "assets", "farm", "slurm-export"))
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command(script, append([]string{reports}, args...)...)
	cmd.Env = append(s.env, "SHARES=3", "TRIES=2", "ICEEXPLORER="+os.Args[0])
	out, err := cmd.CombinedOutput()
	ids := strings.Fields(string(out))
	if err != nil || len(ids) != 2 {
		s.t.Fatalf("%s, %v", out, err)
	}
	until(s.t, "the end of the last job", func() bool {
		return strings.Contains(s.say("scontrol", "--oneliner", "show", "job", ids[1]), " EndTime=2") && s.say("squeue", "--noheader") == ""
	})
}

func TestAnArrayOfSlurmJobsExportsASequence(t *testing.T) {
	s := newSlurm(t)
	dir, to, alone := t.TempDir(), filepath.Join(t.TempDir(), "out"), t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 200, Frames: 20}); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(dir, sample.FileName(7))
	whole := read(t, broken)
	if err := os.WriteFile(broken, []byte("no cache"), 0o666); err != nil {
		t.Fatal(err)
	}
	reports := filepath.Join(t.TempDir(), "first")
	s.submit(reports, "--to", "csv", "-o", to, dir)
	if got := outcomeOf(read(t, filepath.Join(reports, "summary.txt"))); got != "20 files: 19 converted, 1 failed" {
		t.Errorf("first: %s", got)
	}
	if got := read(t, filepath.Join(reports, "failed.txt")); strings.Count(got, "\n") != 1 || !strings.HasSuffix(got, ": "+broken+"\n") {
		t.Errorf("failed: %s", got)
	}
	if tries, err := filepath.Glob(filepath.Join(reports, "1-0-*.json")); err != nil || len(tries) != 2 { // frame 7 is of the first share
		t.Errorf("the share that fails was tried %d times", len(tries))
	}
	if err := os.WriteFile(broken, []byte(whole), 0o666); err != nil {
		t.Fatal(err)
	}
	reports = filepath.Join(t.TempDir(), "second")
	s.submit(reports, "--to", "csv", "-o", to, dir)
	if got := outcomeOf(read(t, filepath.Join(reports, "summary.txt"))); got != "20 files: 1 converted, 19 skipped (exists)" || read(t, filepath.Join(reports, "failed.txt")) != "" {
		t.Errorf("second: %s", got)
	}
	must(t, "export", "--to", "csv", "-o", alone, dir)
	for _, name := range tree(t, alone) {
		if read(t, filepath.Join(alone, name)) != read(t, filepath.Join(to, name)) {
			t.Errorf("%s is another file than that of one machine", name)
		}
	}
	if got, want := len(tree(t, to)), len(tree(t, alone)); got != want {
		t.Errorf("there are %d files, want %d", got, want)
	}
}
