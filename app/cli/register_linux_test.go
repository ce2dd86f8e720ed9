package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRegisterSaysWhatItDidAndTakesItBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "share")
	t.Setenv("XDG_DATA_HOME", dir)
	out := must(t, "register")
	entry := filepath.Join(dir, "applications", "iceexplorer.desktop")
	if !strings.Contains(out, "wrote "+entry+"\n") || !strings.Contains(out, "ICE Explorer session files (.iceview) open with ") {
		t.Errorf("printed %q", out)
	}
	if text, err := os.ReadFile(entry); err != nil || !strings.Contains(string(text), "MimeType=application/x-icecache;application/x-sih5;application/x-iceview+json;") {
		t.Errorf("%v: %s", err, text)
	}
	if r := do(t, "register", "shot.iceview"); r.status != StatusUsage || !strings.Contains(r.errors, "register takes no paths") {
		t.Errorf("%+v", r)
	}
	if out := must(t, "register", "--undo"); !strings.Contains(out, "removed "+entry+"\n") {
		t.Errorf("printed %q", out)
	}
	if left := tree(t, filepath.Dir(dir)); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	if out := must(t, "register", "--undo"); out != "nothing is registered\n" {
		t.Errorf("printed %q", out)
	}
	if err := os.MkdirAll(filepath.Dir(entry), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(entry, []byte("another's"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := do(t, "register"); r.status != StatusFailed || !strings.HasSuffix(r.errors, ": "+entry+"\n") {
		t.Errorf("%+v", r)
	}
}
