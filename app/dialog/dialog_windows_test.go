package dialog

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user        = windows.NewLazySystemDLL("user32.dll")
	findWindow  = user.NewProc("FindWindowW")
	postMessage = user.NewProc("PostMessageW")
	sendMessage = user.NewProc("SendMessageW")
	dialogItem  = user.NewProc("GetDlgItem")
	nextWindow  = user.NewProc("FindWindowExW")
)

const (
	wmClose   = 0x0010
	wmSetText = 0x000c
	wmCommand = 0x0111
	ok        = 1
	longest   = 60 * time.Second
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

// field is where the name of a file or folder is typed in a dialog; 0: it is not there yet.
func field(dialog uintptr) uintptr {
	for _, number := range []uintptr{1148, 1152} { // cmb13, edt1 of commdlg's dialogs
		if at, _, _ := dialogItem.Call(dialog, number); at != 0 {
			for _, class := range []string{"ComboBox", "Edit"} { // one in the other
				name, err := windows.UTF16PtrFromString(class)
				if err != nil {
					panic(err)
				}
				if in, _, _ := nextWindow.Call(at, 0, uintptr(unsafe.Pointer(name)), 0); in != 0 {
					at = in
				}
			}
			return at
		}
	}
	return 0
}

func TestATypedNameIsChosen(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "smoke é.icecache")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for n, tc := range []struct {
		o    Options
		want string
	}{
		{Options{Dir: dir, Name: "Caches", Endings: []string{".icecache"}}, file},
		{Options{Dir: dir, Multi: true}, file},
		{Options{Folders: true}, dir},
	} {
		dialog, got := show(t, t.Context(), fmt.Sprintf("%s %d", t.Name(), n), tc.o)
		name, err := windows.UTF16PtrFromString(tc.want)
		if err != nil {
			t.Fatal(err)
		}
		typed := uintptr(0)
		for begun := time.Now(); typed == 0 && time.Since(begun) < longest; time.Sleep(20 * time.Millisecond) {
			if at := field(dialog); at != 0 {
				typed, _, _ = sendMessage.Call(at, wmSetText, 0, uintptr(unsafe.Pointer(name)))
			}
		}
		if typed == 0 {
			t.Fatal("no field to type in")
		}
		if r, _, err := postMessage.Call(dialog, wmCommand, ok, 0); r == 0 {
			t.Fatal(err)
		}
		select {
		case a := <-got:
			if a.err != nil || len(a.paths) != 1 || !strings.EqualFold(a.paths[0], tc.want) {
				t.Errorf("%q, %v, want %q", a.paths, a.err, tc.want)
			}
		case <-time.After(longest):
			t.Fatal("no answer")
		}
	}
}

func TestTheEndOfTheContextClosesANativeDialog(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, got := show(t, ctx, t.Name(), Options{})
	cancel()
	wait(t, got)
}

// Explorer takes a comma for the end of a path, and shows another folder for one with the other slashes.
func TestAFolderIsRevealedWhateverItsNameIs(t *testing.T) {
	for folder, want := range map[string]string{
		`C:\smoke, dust`: `explorer "C:\smoke, dust"`,
		`C:\smoke,dust`:  `explorer "C:\smoke,dust"`,
		`C:/smoke/dust`:  `explorer "C:\smoke\dust"`,
	} {
		if got := showing("explorer", folder).SysProcAttr.CmdLine; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
