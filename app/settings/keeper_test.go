package settings

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// save is Save for tests of what is written: it waits.
func save(s *Settings) error {
	k := NewKeeper()
	if err := s.Save(k); err != nil {
		return err
	}
	return k.Flush(time.Minute)
}

func TestOnlyTheLatestOfWhatWaitsIsWritten(t *testing.T) {
	t.Parallel()
	var wrote []string
	begun, gate := make(chan struct{}, 8), make(chan struct{})
	k := NewKeeper()
	k.write = func(path string, text []byte) error {
		wrote = append(wrote, path+string(text))
		begun <- struct{}{}
		<-gate
		return nil
	}
	k.Keep("a", "a", []byte("1"))
	<-begun
	for i := 2; i <= 9; i++ {
		k.Keep("a", "a", fmt.Append(nil, i))
	}
	k.Keep("b", "b", []byte("1"))
	if err := k.Flush(time.Millisecond); err == nil || !strings.Contains(err.Error(), "did not answer within 1ms") {
		t.Errorf("a disk that does not answer: %v", err)
	}
	close(gate)
	if err := k.Flush(time.Minute); err != nil {
		t.Error(err)
	}
	slices.Sort(wrote)
	if got := strings.Join(wrote, " "); got != "a1 a9 b1" {
		t.Errorf("wrote %s", got)
	}
}

func TestAFailedWriteIsToldUntilOneSucceeds(t *testing.T) {
	t.Parallel()
	told := make(chan error, 8)
	fail := errors.New("disk is full")
	k := NewKeeper()
	k.Told = func(path string, err error) { told <- err }
	k.write = func(string, []byte) error { return fail }
	k.Keep("preferences", "p", nil)
	if err := <-told; err == nil || err.Error() != "save preferences: disk is full" {
		t.Errorf("%v", err)
	}
	if err := k.Flush(time.Minute); !errors.Is(err, fail) {
		t.Errorf("%v", err)
	}
	k.write = func(string, []byte) error { return nil }
	k.Keep("preferences", "p", nil)
	if err := errors.Join(<-told, k.Flush(time.Minute)); err != nil {
		t.Error(err)
	}
}

func TestTheLayoutIsReadAsItWasKept(t *testing.T) {
	t.Parallel()
	s := Default(filepath.Join(t.TempDir(), "new"))
	if text, ok := s.Layout(); text != "" || !ok {
		t.Errorf("%q, %v before there is any", text, ok)
	}
	k := NewKeeper()
	k.Keep("the layout", s.LayoutPath(), []byte("[Docking]"))
	if err := k.Flush(time.Minute); err != nil {
		t.Fatal(err)
	}
	if text, ok := s.Layout(); text != "[Docking]" || !ok {
		t.Errorf("%q, %v", text, ok)
	}
	if err := os.Remove(s.LayoutPath()); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(s.LayoutPath(), 0o700); err != nil {
		t.Fatal(err)
	}
	if text, ok := s.Layout(); text != "" || ok {
		t.Errorf("%q, %v where something else is", text, ok)
	}
}
