package cache

import (
	"fmt"
	"testing"
)

func TestFramesAreReadAsQueuesWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1-100":       "[{1 100 0}]",
		"1-100x5":     "[{1 100 5}]",
		"1-100:5":     "[{1 100 5}]",
		"1,3,5-9":     "[{1 1 0} {3 3 0} {5 9 0}]",
		"0001-0100":   "[{1 100 0}]",
		"1 2 3":       "[{1 1 0} {2 2 0} {3 3 0}]",
		"1, 2; -5--3": "[{1 1 0} {2 2 0} {-5 -3 0}]",
		"1..4,":       "[{1 4 0}]",
		"1.25":        "[{1.25 1.25 0}]",
	} {
		if spans, ok := ParseFrames(text); !ok || fmt.Sprint(spans) != want {
			t.Errorf("%q: %v, %v", text, spans, ok)
		}
	}
	for _, bad := range []string{"", " , ", "a", "5-1", "1-10:0", "1-10x2:3", "1:2:3", "1-", "1-10y3"} {
		if spans, ok := ParseFrames(bad); ok {
			t.Errorf("%q: %v", bad, spans)
		}
	}
}
