package sih5

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/mutate"
)

// Of 13,000 damaged files 3 in 100 crashed libhdf5, which costs a worker. `make mutations` tries
// as many, and with BEFORE=1 also what libhdf5 does of them without the check.
func TestDamagedFilesCostNoWorker(t *testing.T) {
	if dir := os.Getenv("SIH5_MUTANTS"); dir != "" {
		serveMutants(t, dir)
		return
	}
	t.Parallel()
	count := 600
	if s := os.Getenv("ICEEXPLORER_MUTATIONS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		count = n
	}
	if os.Getenv("ICEEXPLORER_MUTATIONS_BEFORE") != "" {
		t.Logf("attack: the same without our check: %v", runMutants(t, count, "unchecked"))
	}
	with := runMutants(t, count, "checked")
	t.Logf("attack: damaged .sih5, half with true checksums: %v", with)
	if len(with.Faults) > 0 || with.Count[mutate.Read] == 0 || with.Count[mutate.Refused] == 0 {
		t.Errorf("%v\n%s", with, strings.Join(with.Faults, "\n"))
	}
}

func runMutants(t *testing.T, count int, how string) *mutate.Tally {
	t.Helper()
	dir := t.TempDir()
	for i, s := range mutantSeeds(t, how == "checked") {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d_%s", i, s.Name)), s.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	tally, err := mutate.Run(t.Context(), 0, count, 5*time.Second, func(ctx context.Context, from, to int) *exec.Cmd {
		cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestDamagedFilesCostNoWorker$", "-test.timeout=0")
		cmd.Env = append(os.Environ(), "SIH5_MUTANTS="+dir, fmt.Sprintf("SIH5_MUTANTS_WHICH=%d %d %s", from, to, how), "MALLOC_PERTURB_=165")
		return cmd
	})
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

// mutantSeeds are files of this program, of ICE Explorer, and of h5py in its three ways.
func mutantSeeds(t *testing.T, checked bool) []mutate.Seed {
	t.Helper()
	var seeds []mutate.Seed
	add := func(path string) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, mutate.Seed{Name: filepath.Base(path), Data: b})
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 9})
	b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 27))
	b.Strings("Text", make([]string, 9))
	b.Bools("Flag", make([]byte, 9))
	small, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*cache.Frame{small, everything(t, 7)} {
		path, _ := mustWrite(t, f, cache.Stamp{Size: 1, MTime: 2})
		add(path)
	}
	zipped, err := os.ReadFile(filepath.Join("testdata", "written_by_0.1.0.sih5.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		t.Fatal(err)
	}
	old, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	seeds = append(seeds, mutate.Seed{Name: "written_by_0.1.0", Data: old})
	for _, name := range []string{"plain_1.sih5", "lzf_1.sih5"} {
		add(filepath.Join("..", "..", "testdata", "foreign", name))
	}
	dir := t.TempDir()
	python(t, "make.py", dir)
	for _, name := range []string{"contiguous", "wide", "compact", "big_endian", "latest", "chunked", "chunked_latest", "dense", "many", "made_in_order", "growing"} {
		add(filepath.Join(dir, name+".h5"))
	}
	if checked { // else libhdf5 opens the FIFO in it
		python(t, "partly.py", dir)
		add(filepath.Join(dir, "partly.h5"))
	}
	return seeds
}

// serveMutants reads damaged files for runMutants.
func serveMutants(t *testing.T, dir string) {
	var from, to int
	var how string
	if _, err := fmt.Sscan(os.Getenv("SIH5_MUTANTS_WHICH"), &from, &to, &how); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	var seeds []mutate.Seed
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, mutate.Seed{Name: filepath.Base(p), Data: b})
	}
	mend := mutate.MendHDF5(seeds)
	path := filepath.Join(t.TempDir(), "damaged.sih5")
	mutate.Serve(from, to, func(i int) (mutate.Outcome, string) {
		name, data := mutate.Mutant(seeds, i, mend)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		outcome, err := tryMutant(path, uint64(len(data)), how == "checked")
		if err != nil {
			name += ": " + err.Error()
		}
		return outcome, name
	})
}

// tryMutant reads a damaged file in each way, as a worker does.
func tryMutant(path string, size uint64, checked bool) (mutate.Outcome, error) {
	ctx := context.Background()
	f, err := Open(path, Options{MaxBytes: 1 << 24, unchecked: !checked})
	if err != nil {
		return mutate.Refused, err
	}
	defer f.Close()
	if checked {
		if err := agrees(f); err != nil {
			return mutate.Wrong, err
		}
	}
	if f.Mappable() {
		if err := f.Index().Check(size); err != nil {
			return mutate.Wrong, err
		}
	}
	if err := f.MeasureRanges(ctx); err != nil {
		return mutate.Refused, err
	}
	if f.Need() > 1<<24 {
		return mutate.Wrong, fmt.Errorf("needs %d bytes", f.Need())
	}
	dst := make([]byte, f.Need()+16) // less might lie anywhere
	ix, err := f.Fill(ctx, dst)
	if err != nil {
		return mutate.Refused, err
	}
	if checked {
		_, _ = Verify(ctx, path, VerifyOptions{MaxBytes: 1 << 24}) // whatever it says, it ends
	}
	if _, err := cache.NewFrame(ix, dst, nil); err != nil {
		return mutate.Wrong, err
	}
	return mutate.Read, nil
}
