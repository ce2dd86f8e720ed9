package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// numbered writes frames of smoke, from 1, and has their folder.
func numbered(t *testing.T, frames ...int) string {
	t.Helper()
	dir := t.TempDir()
	placed(t, func(n int) string { return filepath.Join(dir, fmt.Sprintf("smoke_%d.icecache", n)) }, frames...)
	return dir
}

func TestSkipTookAPartOfASetForTheWhole(t *testing.T) {
	t.Parallel()
	dir := numbered(t, 1, 2, 3, 4)
	for name, tc := range map[string]struct {
		format []string
		clip   string
	}{
		"usda":        {[]string{"--to", "usda"}, "smoke.3.usda"},
		"mc":          {[]string{"--to", "mc"}, "smokeFrame3.mc"},
		"mc, one .mc": {[]string{"--to", "mc", "--one-file"}, "smoke.mc"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			to := t.TempDir()
			run := func(more ...string) string {
				t.Helper()
				r := do(t, append(append([]string{"export", "-o", to, "--skip", dir}, tc.format...), more...)...)
				if r.status != StatusOK {
					t.Fatalf("%+v", r)
				}
				return outcomeOf(r.out)
			}
			const written, skipped = "1 file: 1 converted", "1 file: 0 converted, 1 skipped (exists)"
			for i, step := range []struct {
				frames, want string
			}{{"1,4", written}, {"1,4", skipped}, {"1,2,4", written}, {"1-4", written}, {"1-4", skipped}, {"2-4", written}, {"1-4", written}} {
				if got := run("--frames", step.frames); got != step.want {
					t.Errorf("%d: %s: %s, want %s", i, step.frames, got, step.want)
				}
			}
			if err := os.Remove(filepath.Join(to, tc.clip)); err != nil {
				t.Fatal(err)
			}
			if got := run(); got != written {
				t.Errorf("a file is gone: %s", got)
			}
			if got := run(); got != skipped {
				t.Errorf("all is there: %s", got)
			}
		})
	}
}
