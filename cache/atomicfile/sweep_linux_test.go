package atomicfile

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// dead is the number of a process that has ended.
func dead(t *testing.T) int {
	t.Helper()
	cmd := exec.Command("true")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return cmd.Process.Pid
}

func touch(t *testing.T, path string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// What a killed process had half written stayed for ever.
func TestSweepRemovesWhatDeadProcessesLeft(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	gone, other := dead(t), os.Getppid()
	for _, name := range []string{
		fmt.Sprintf(".write-%d-0123abcd-ABCDEFGH.tmp", gone),
		fmt.Sprintf(".write-%d-x.tmp", gone),
		fmt.Sprintf(".frame_0001.png.%d.tmp", gone),
		fmt.Sprintf("..png.%d.tmp", gone),
		fmt.Sprintf(".write-%d-0123abcd-IJKLMNOP.tmp", os.Getpid()), // another process had our number
	} {
		touch(t, filepath.Join(dir, name))
	}
	keep := []string{
		fmt.Sprintf(".write-%d-0123abcd-ABCDEFGH.tmp", other),
		fmt.Sprintf(".frame_0001.png.%d.tmp", other),
		fmt.Sprintf(".notes.txt.%d.tmp", gone), // other programs'
		fmt.Sprintf("write-%d-a.tmp", gone),
		fmt.Sprintf(".write-%d-a.icecache", gone),
		".write--a.tmp", ".write-99999999999999999999-a.tmp", ".write-a-b.tmp", ".png.tmp",
		"sim_1.icecache",
	}
	for _, name := range keep {
		touch(t, filepath.Join(dir, name))
	}
	// Links and folders stay, and so does what they lead to.
	elsewhere := touch(t, filepath.Join(t.TempDir(), "precious"))
	link, folder := fmt.Sprintf(".write-%d-link.tmp", gone), fmt.Sprintf(".write-%d-folder.tmp", gone)
	fifo := fmt.Sprintf(".write-%d-fifo.tmp", gone)
	if err := os.Symlink(elsewhere, filepath.Join(dir, link)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, folder), 0o777); err != nil {
		t.Fatal(err)
	}
	touch(t, filepath.Join(dir, folder, "inside"))
	if err := unix.Mkfifo(filepath.Join(dir, fifo), 0o600); err != nil {
		t.Fatal(err)
	}
	Sweep(dir)
	Sweep(filepath.Join(dir, "no such folder"))
	got := " " + names(t, dir) + " "
	keep = append(keep, link, folder, fifo)
	for _, name := range keep {
		if !strings.Contains(got, " "+name+" ") {
			t.Errorf("%s was removed", name)
		}
	}
	if n := len(strings.Fields(got)); n != len(keep) {
		t.Errorf("%d names are left, want %d: %s", n, len(keep), got)
	}
	if _, err := os.Stat(elsewhere); err != nil {
		t.Error(err)
	}
}

// What a killed process was writing stayed as long as nobody had asked for its status, and what a process writes that
// is about to end is told of.
func TestSweepTellsTheDeadFromTheLiving(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd := exec.Command("sleep", "1000")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	touch(t, filepath.Join(dir, fmt.Sprintf(".write-%d-0123abcd-ABCDEFGH.tmp", cmd.Process.Pid)))
	if n := Sweep(dir); n != 1 || names(t, dir) == "" {
		t.Errorf("%d files of living processes; there is %q", n, names(t, dir))
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// It ends, and is not waited for.
	if err := unix.Waitid(unix.P_PID, cmd.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil); err != nil {
		t.Fatal(err)
	}
	if n := Sweep(dir); n != 0 || names(t, dir) != "" {
		t.Errorf("%d files of living processes; there is %q", n, names(t, dir))
	}
	_ = cmd.Wait() // it was killed
}

// Of a set that another machine writes only one file is open at a time.
func TestSweepLeavesASetOfWhichOneFileIsBeingWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	gone := dead(t)
	for _, name := range []string{"0123abcd-ABCDEFGH", "0123abcd-IJKLMNOP", "4567abcd-ABCDEFGH"} {
		touch(t, filepath.Join(dir, fmt.Sprintf(".write-%d-%s.tmp", gone, name)))
	}
	f, err := os.OpenFile(filepath.Join(dir, fmt.Sprintf(".write-%d-0123abcd-ABCDEFGH.tmp", gone)), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	Lock(f)
	Sweep(dir)
	if got := names(t, dir); strings.Count(got, "0123abcd") != 2 || strings.Contains(got, "4567abcd") {
		t.Errorf("there are %s", got)
	}
}

// A writer on another machine has a number that means nothing here.
func TestSweepLeavesWhatIsBeingWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := touch(t, filepath.Join(dir, fmt.Sprintf(".write-%d-0123abcd-ABCDEFGH.tmp", dead(t))))
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	lock(f)
	Sweep(dir)
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	f.Close()
	Sweep(dir)
	if _, err := os.Stat(path); err == nil {
		t.Error("it is still there")
	}
}

func TestSweepLeavesWhatOthersWrite(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	path := touch(t, filepath.Join(t.TempDir(), fmt.Sprintf(".write-%d-0123abcd-ABCDEFGH.tmp", dead(t))))
	if err := os.Chown(path, 12345, 12345); err != nil {
		t.Fatal(err)
	}
	Sweep(filepath.Dir(path))
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestRemoveTakesThoseOfOneFileAndProcess(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	long := filepath.Join(dir, strings.Repeat("x", 240)+".icecache")
	mine := touch(t, Name(long))
	keep := []string{
		Name(filepath.Join(dir, "other.icecache")),
		filepath.Join(dir, prefix(long, os.Getpid()+1)+"A"+suffix),
		long,
	}
	for _, name := range keep {
		touch(t, name)
	}
	Remove(long, os.Getpid())
	Remove(filepath.Join(dir, "no such folder", "a"), os.Getpid())
	if _, err := os.Stat(mine); err == nil {
		t.Error("the temporary file is still there")
	}
	for _, name := range keep {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}

// A screenshot to /dev/null put a picture in its place.
func TestADeviceOrPipeIsReplacedOnlyIfThatIsMeant(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	fifo, link := filepath.Join(dir, "fifo"), filepath.Join(dir, "link")
	if err := unix.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(os.DevNull, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{fifo, link} {
		write := func(opt Options) error {
			return Write(path, opt, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err })
		}
		if err := write(Options{}); err == nil {
			t.Errorf("no error: %s", path)
		}
		if st, err := os.Lstat(path); err != nil || st.Mode().IsRegular() {
			t.Errorf("%v, %v", st, err)
		}
		if err := write(Options{Replace: true}); err != nil {
			t.Error(err)
		}
		if st, err := os.Lstat(path); err != nil || !st.Mode().IsRegular() {
			t.Errorf("%v, %v", st, err)
		}
	}
	if st, err := os.Stat(os.DevNull); err != nil || st.Mode()&os.ModeDevice == 0 {
		t.Fatalf("%v, %v", st, err)
	}
}

// Where a file cannot be without a name.
func TestAFileWithANameIsLockedWhileItIsWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for _, commit := range []bool{false, true} {
		name := Name(path)
		o, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f := &File{File: o, path: path, name: name}
		lock(o)
		Sweep(dir)
		if _, err := os.Stat(name); err != nil {
			t.Fatal(err)
		}
		if commit {
			if err := f.Commit(); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Discard(); err != nil {
			t.Error(err)
		}
		want := ""
		if commit {
			want = "a"
		}
		if got := names(t, dir); got != want {
			t.Errorf("the folder holds %q, want %q", got, want)
		}
	}
}
