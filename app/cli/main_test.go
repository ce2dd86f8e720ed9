package cli

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"iceexplorer/app/export/reshape"
	"iceexplorer/cache/export/exporttest/toy"
	"iceexplorer/cache/export/formats"
	"iceexplorer/cache/export/writers"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs/worker"
)

var update = flag.Bool("update", false, "write the golden files anew")

// asWorker makes the test binary a worker of the pools that the tests start.
const asWorker = "serve-as-worker"

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == asWorker {
		if err := worker.Run(os.Args[2], "test", "iceexplorer 0.1.0", worker.Tasks(append(writers.All(), toy.Format(), toy.Index()), reshape.Apply)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if len(os.Args) > 1 && IsVerb(os.Args[1]) { // the bench starts verbs
		os.Exit(Run(os.Args[1:], testEnv(os.Stdout, os.Stderr)))
	}
	os.Exit(m.Run())
}

// testEnv is the program as main makes it.
func testEnv(out, errs io.Writer) Env {
	return Env{Stdout: out, Stderr: errs, Version: "0.1.0", Build: "test", WorkerCommand: []string{os.Args[0], asWorker}, Formats: formats.All()}
}

// result is what a command line led to.
type result struct {
	status      int
	out, errors string
}

// do runs a command line as main does.
func do(t *testing.T, args ...string) result {
	t.Helper()
	return doContext(t, t.Context(), args...)
}

func doContext(t *testing.T, ctx context.Context, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	status := run(ctx, args, testEnv(&out, &errs))
	return result{status, out.String(), onTheWay.ReplaceAllString(errs.String(), "")}
}

// onTheWay are lines that are printed where something takes long, as on a busy machine.
var onTheWay = regexp.MustCompile(`(?m)^iceexplorer: [\d,]+ of [\d,]+ (files|frames), \d+ %.*\n`)

// systems is what this system says of an error, as part of our sentences.
func systems(err error) string { return pathname.Reason(&fs.PathError{Err: err}).Error() }

// must runs a command line that has to go well, and returns what it printed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	r := do(t, args...)
	if r.status != StatusOK || r.errors != "" {
		t.Fatalf("%q: status %d: %s", args, r.status, r.errors)
	}
	return r.out
}

// tree is the files below a folder.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(want), "\r\n", "\n")
	if strings.HasPrefix(name, "help") {
		text = forConsole(text, runtime.GOOS)
	}
	if got != text {
		t.Errorf("differs from %s (go test -update writes it):\n%s", path, got)
	}
}
