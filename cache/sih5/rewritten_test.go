package sih5

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// tool runs one of HDF5's own programs.
func tool(t *testing.T, name string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skip(name + " is not installed")
	}
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", name, err, out)
	}
}

// Files that h5repack had packed anew, or that had got a further group, were called damaged.
func TestFilesThatAnotherProgramHasChangedAreNotDamaged(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]*cache.Frame{"many types": everything(t, 500), "large": simpleFrame(t, 50000), "tiny": simpleFrame(t, 1)} {
		for how, change := range map[string]func(from, to string){
			"repacked": func(from, to string) { tool(t, "h5repack", from, to) },
			"a group more": func(from, to string) {
				copyFile(t, from, to)
				tool(t, "h5mkgrp", to, "/EXTRA")
			},
			"jammed": func(from, to string) {
				block := to + ".block"
				if err := os.WriteFile(block, []byte("a block of somebody's"), 0o600); err != nil {
					t.Fatal(err)
				}
				tool(t, "h5jam", "-u", block, "-i", from, "-o", to)
			},
		} {
			written, _ := mustWrite(t, f, cache.Stamp{Size: 1, MTime: 2})
			path := filepath.Join(t.TempDir(), "changed.sih5")
			change(written, path)
			v, err := Verify(context.Background(), path, VerifyOptions{})
			if err != nil || !v.Changed || v.Unknown != "" {
				t.Errorf("%s, %s: %+v, %v", name, how, v, err)
			}
			h, err := Open(path, Options{})
			if err != nil {
				t.Errorf("%s, %s: %v", name, how, err)
				continue
			}
			mappable, at := h.Mappable(), h.Index().Columns[1].Data.Offset
			h.Close()
			if !mappable {
				continue
			}
			flip(t, path, 8*int64(at))
			if _, err := Verify(context.Background(), path, VerifyOptions{}); err == nil || !strings.Contains(err.Error(), "is damaged: attribute ") || strings.Contains(err.Error(), "describes") {
				t.Errorf("%s, %s, with another value: %v", name, how, err)
			}
		}
	}
}

// What had its values packed was damaged, too.
func TestPackedFilesHaveNoChecksumThatCanBeRead(t *testing.T) {
	t.Parallel()
	written, _ := mustWrite(t, simpleFrame(t, 5000), cache.Stamp{})
	path := filepath.Join(t.TempDir(), "packed.sih5")
	tool(t, "h5repack", "-f", "GZIP=1", written, path)
	if v, err := Verify(context.Background(), path, VerifyOptions{}); err != nil || !strings.Contains(v.Unknown, "another program has written the file anew") {
		t.Errorf("%+v, %v", v, err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A block before the file, which h5jam puts there, made its structure look damaged.
func TestABlockBeforeAFileDoesNotDamageIt(t *testing.T) {
	t.Parallel()
	f := simpleFrame(t, 5000)
	written, _ := mustWrite(t, f, cache.Stamp{})
	b, err := os.ReadFile(written)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range []int{0, 512, 1024, 4096} {
		for cut := range 2 {
			path := filepath.Join(t.TempDir(), "a.sih5")
			if err := os.WriteFile(path, append(make([]byte, block), b[:len(b)-cut]...), 0o600); err != nil {
				t.Fatal(err)
			}
			if cut > 0 {
				if _, err := Open(path, Options{}); err == nil || !strings.Contains(err.Error(), "cut short") {
					t.Errorf("after %d bytes, a byte short: %v", block, err)
				}
				continue
			}
			if v, err := Verify(context.Background(), path, VerifyOptions{}); err != nil || v.Changed != (block > 0) || v.Unknown != "" {
				t.Errorf("after %d bytes: %+v, %v", block, v, err)
			}
			if v, err := Verify(context.Background(), path, VerifyOptions{Frame: f}); (err == nil) != (block == 0) {
				t.Errorf("after %d bytes, beside the source: %+v, %v", block, v, err)
			}
		}
	}
}
