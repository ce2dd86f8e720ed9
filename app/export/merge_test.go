package export

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReportsOfSharesBecomeOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(n int, outcome, why string) File {
		return File{Frame: float64(n), From: []string{fmt.Sprint(n)}, To: fmt.Sprint(n, ".csv"), Outcome: outcome, Why: why}
	}
	for i, r := range []Report{
		{Bytes: 5, Canceled: true, LeftOut: []Left{{Why: "w", Attributes: []string{"A"}, Files: 2}}, Files: []File{
			file(1, FileWritten, ""), file(3, FileFailed, "broken: 3"), file(5, FileCanceled, ""), file(7, FileFailed, "broken: 7"),
			{From: []string{"q"}, Outcome: FileFailed, Why: "there is no q"},
		}},
		{Bytes: 6, LeftOut: []Left{{Why: "w", Attributes: []string{"A", "B"}, Files: 1}}, Files: []File{file(2, FileWritten, ""), file(4, FileSkipped, SkipExists)}},
		{Bytes: 1, Files: []File{file(1, FileSkipped, SkipExists), file(3, FileWritten, ""), file(5, FileWritten, ""), file(7, FileFailed, "still broken: 7")}},
	} {
		r.Kind = "csv"
		b, err := json.Marshal(&r)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".json")), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	reports, err := Reports([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	m := Merge(reports)
	if got := m.Text(); !strings.HasPrefix(got, "6 files: 4 converted, 1 skipped (exists), 1 failed, 1 argument led nowhere; ") || m.OK() || m.Canceled || m.Bytes != 12 {
		t.Errorf("%s, %+v", got, m)
	}
	if got := fmt.Sprint(m.Lacks()); got != "[left out of 3 files: A, B: w]" {
		t.Error(got)
	}
	for _, f := range m.Of(FileFailed, false) {
		if f.Why != "still broken: 7" && f.Why != "there is no q" {
			t.Errorf("%+v", f)
		}
	}
	for _, arg := range []string{filepath.Join(dir, "none"), t.TempDir()} {
		if _, err := Reports([]string{arg}); err == nil || !strings.HasSuffix(err.Error(), ": "+arg) {
			t.Errorf("%s: %v", arg, err)
		}
	}
	bad := filepath.Join(t.TempDir(), "a.json")
	if err := os.WriteFile(bad, []byte(`{"kind": 7}`), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Reports([]string{bad}); err == nil || err.Error() != "this is no report of an export: "+bad {
		t.Error(err)
	}
}
