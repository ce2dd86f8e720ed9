package sih5

import (
	"context"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// A conversion must not make a damaged frame look whole: not when it is opened again,
// nor when the converted file itself is converted.
func TestADamagedFrameStaysDamagedThroughConversions(t *testing.T) {
	t.Parallel()
	frame := everything(t, 7)
	frame.Damage = &cache.Damage{What: "the file ends", At: 232062, Missing: []string{"PointPosition", "latin \xe9"}}
	want := *frame.Damage
	want.Missing = []string{"PointPosition", "latin \uFFFD"}
	path, ix := mustWrite(t, frame, cache.Stamp{Size: 1, MTime: 2})
	if ix.Damage != frame.Damage {
		t.Errorf("the index of what was written: %v", ix.Damage)
	}
	for range 2 {
		f, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if d := f.Index().Damage; d == nil || !reflect.DeepEqual(*d, want) {
			t.Fatalf("damage %+v, want %+v", d, want)
		}
		again := mapped(t, path, f.Index())
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		path = filepath.Join(t.TempDir(), "again.sih5")
		if _, err := Write(context.Background(), path, again, cache.Stamp{}, WriteOptions{NoSync: true}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDamageThatVersion010WroteAsAWarningIsKnown(t *testing.T) {
	t.Parallel()
	for _, w := range []string{
		"The file is damaged (gzip: the file is cut short at byte 232062). The data end early (attribute PointPosition: unexpected end at byte 426241): 5 of 9 attributes were read.",
		"The data end early (attribute Size: chunk 1: unexpected end at byte 242): 2 of 3 attributes were read.",
	} {
		frame := everything(t, 7)
		frame.Warnings = []string{"one", w, "two"}
		path, _ := mustWrite(t, frame, cache.Stamp{})
		f, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		ix := f.Index()
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if ix.Damage == nil || !strings.Contains(ix.Damage.String(), w[1:len(w)-1]) || !reflect.DeepEqual(ix.Warnings, []string{"one", "two"}) {
			t.Errorf("damage %v, warnings %q", ix.Damage, ix.Warnings)
		}
	}
}
