package dialog

import (
	"context"
	"fmt"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user        = windows.NewLazySystemDLL("user32.dll")
	findWindow  = user.NewProc("FindWindowW")
	postMessage = user.NewProc("PostMessageW")
)

const (
	wmClose = 0x0010
	longest = 60 * time.Second
)

// answer is what comes of a dialog.
type answer struct {
	paths []string
	err   error
}

// show asks for something, and waits for the dialog of that title.
func show(t *testing.T, ctx context.Context, title string, o Options) (dialog uintptr, got chan answer) {
	t.Helper()
	t.Setenv(EnvDisable, "")
	got = make(chan answer, 1)
	o.Title = title
	Choose(ctx, o, func(f func()) bool { f(); return true }, func(paths []string, err error) { got <- answer{paths, err} })
	name, err := windows.UTF16PtrFromString(title)
	if err != nil {
		t.Fatal(err)
	}
	for begun := time.Now(); time.Since(begun) < longest; time.Sleep(20 * time.Millisecond) {
		if dialog, _, _ = findWindow.Call(0, uintptr(unsafe.Pointer(name))); dialog != 0 && windows.IsWindowVisible(windows.HWND(dialog)) {
			return dialog, got
		}
	}
	t.Fatal("no dialog")
	return 0, nil
}

func wait(t *testing.T, got chan answer) {
	t.Helper()
	select {
	case a := <-got:
		if len(a.paths) != 0 || a.err != nil {
			t.Errorf("%q, %v", a.paths, a.err)
		}
	case <-time.After(longest):
		t.Fatal("no answer")
	}
}

func TestADialogThatIsClosedGivesNoPathsAndNoError(t *testing.T) {
	for n, o := range []Options{{Dir: t.TempDir(), Name: "Caches", Endings: []string{".icecache"}}, {Multi: true}, {Folders: true}} {
		dialog, got := show(t, t.Context(), fmt.Sprintf("%s %d", t.Name(), n), o)
		if r, _, err := postMessage.Call(dialog, wmClose, 0, 0); r == 0 {
			t.Fatal(err)
		}
		wait(t, got)
	}
}

func TestTheEndOfTheContextClosesANativeDialog(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, got := show(t, ctx, t.Name(), Options{})
	cancel()
	wait(t, got)
}
