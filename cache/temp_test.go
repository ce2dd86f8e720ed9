package cache

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRemoveTempsTakesThoseOfOneFileAndProcess(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	long := filepath.Join(dir, strings.Repeat("x", 240)+".icecache")
	mine := TempName(long)
	keep := []string{
		TempName(filepath.Join(dir, "other.icecache")),
		filepath.Join(dir, tempPrefix(long, os.Getpid()+1)+"A"+tempSuffix),
		long,
	}
	for _, name := range append(keep, mine) {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	RemoveTemps(long, os.Getpid())
	RemoveTemps(filepath.Join(dir, "no such folder", "a"), os.Getpid())
	if _, err := os.Stat(mine); err == nil {
		t.Error("the temporary file is still there")
	}
	for _, name := range keep {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}
