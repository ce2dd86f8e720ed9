package icecache

import (
	"context"
	"fmt"
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

// `make mutations` tries 13,000.
func TestDamagedFilesCostNoWorker(t *testing.T) {
	if which := os.Getenv("ICECACHE_MUTANTS"); which != "" {
		serveMutants(t, which)
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
	tally, err := mutate.Run(t.Context(), 0, count, 5*time.Second, func(ctx context.Context, from, to int) *exec.Cmd {
		cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestDamagedFilesCostNoWorker$", "-test.timeout=0")
		cmd.Env = append(os.Environ(), fmt.Sprintf("ICECACHE_MUTANTS=%d %d", from, to))
		return cmd
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("attack: damaged .icecache, half with true checksums: %v", tally)
	if len(tally.Faults) > 0 || tally.Count[mutate.Read] == 0 || tally.Count[mutate.Refused] == 0 {
		t.Errorf("%v\n%s", tally, strings.Join(tally.Faults, "\n"))
	}
}

// mutantSeeds are files of all kinds, each as a stream and packed.
func mutantSeeds(t *testing.T) (seeds []mutate.Seed) {
	add := func(name string, b []byte) { seeds = append(seeds, mutate.Seed{Name: name, Data: b}) }
	for i, m := range []maker{{}, {noTrailing: true, bool1: true}, {constOnce: true, barePos: true, paddedLens: true}, {version: 100},
		{wide: widths{header: 8, definitions: 8, flags: 8, longs: 8, bools: 8}}, {text: true}, {text: true, bareText: true, sep: "\n", version: 102}} {
		all := []made{positions(3)}
		for _, attrs := range subjects(3) {
			all = append(all, attrs...)
		}
		file := m.file(3, all)
		stream := file
		if s := gunzip(file); s != nil {
			stream = s
		}
		add(fmt.Sprintf("stream %d", i), stream)
		add(fmt.Sprintf("packed %d", i), pack(t, stream, 1))
	}
	return seeds
}

// serveMutants reads damaged files for the test. Half of the damaged streams are packed, so
// that their checksums are true.
func serveMutants(t *testing.T, which string) {
	var from, to int
	if _, err := fmt.Sscan(which, &from, &to); err != nil {
		t.Fatal(err)
	}
	seeds := mutantSeeds(t)
	path := filepath.Join(t.TempDir(), "damaged.icecache")
	mutate.Serve(from, to, func(i int) (mutate.Outcome, string) {
		name, data := mutate.Mutant(seeds, i, func(seed int, damaged []byte) []byte {
			if strings.HasPrefix(seeds[seed].Name, "stream") {
				return pack(t, damaged, 1)
			}
			return damaged
		})
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		outcome, err := tryMutant(path)
		if err != nil {
			name += ": " + err.Error()
		}
		return outcome, name
	})
}

// tryMutant reads a damaged file as a worker does.
func tryMutant(path string) (mutate.Outcome, error) {
	ctx := context.Background()
	var d Decoder
	f, err := d.Open(ctx, path, fuzzOptions)
	if err != nil {
		if !cache.Permanent(err) {
			return mutate.Wrong, err
		}
		return mutate.Refused, err
	}
	if f.Need() > fuzzOptions.MaxBytes {
		return mutate.Wrong, fmt.Errorf("needs %d bytes", f.Need())
	}
	dst := make([]byte, f.Need()+16) // less might lie anywhere
	ix, err := f.Fill(ctx, dst)
	if err != nil {
		return mutate.Refused, err
	}
	if _, err := cache.NewFrame(ix, dst, nil); err != nil {
		return mutate.Wrong, err
	}
	return mutate.Read, nil
}
