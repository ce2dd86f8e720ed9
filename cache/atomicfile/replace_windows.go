package atomicfile

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"iceexplorer/cache/refusal"
)

// patience is how long a file is waited for that another program holds. Those that look at every
// new file, such as scanners for viruses, hold it for a moment.
const patience = time.Second

// Replace gives a file the name path, in one step where the system can. What had that name
// before is gone, but for those who have it open or mapped: they keep it under a name that Sweep
// removes. If another program forbids that, the error is an *os.LinkError that says which.
func Replace(name, path string) error {
	var err error
	for begun, pause := time.Now(), 5*time.Millisecond; ; pause = min(2*pause, 100*time.Millisecond) {
		if err = rename(name, path); err == nil {
			return nil
		}
		if !mayPass(err) || time.Since(begun) > patience {
			break
		}
		time.Sleep(pause)
	}
	if mayPass(err) && heldElsewhere(path) {
		err = &heldError{holders(path)}
	}
	return &os.LinkError{Op: "rename", Old: name, New: path, Err: err}
}

// heldError says that others have a file open, and who if that is known.
type heldError struct{ by []string }

func (e *heldError) Error() string {
	if len(e.by) == 0 {
		return "another program has the file open"
	}
	return strings.Join(e.by, " and ") + " has the file open"
}

func (e *heldError) Unwrap() error { return windows.ERROR_SHARING_VIOLATION }

// heldElsewhere tells a file that others hold from one that this user may not replace: both are
// said to be denied.
func heldElsewhere(path string) bool {
	h, err := open(path, windows.DELETE, shareAll, windows.FILE_FLAG_OPEN_REPARSE_POINT)
	if err == nil {
		windows.CloseHandle(h)
	}
	return refusal.Held(err)
}

const shareAll = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE

// mayPass tells errors that may be of another program's doing. A file that is mapped, or is about
// to be gone, is said to be denied.
func mayPass(err error) bool {
	return refusal.Held(err) || errors.Is(err, windows.ERROR_ACCESS_DENIED)
}

// rename tries three ways. The first replaces a file that others have open, if they let it be
// deleted, but not on every file system, and none that is mapped. The second is for those file
// systems. The third has what is mapped go out of the way.
func rename(name, path string) error {
	err := renamePOSIX(name, path)
	if err == nil {
		return nil
	}
	from, err1 := windows.UTF16PtrFromString(name)
	to, err2 := windows.UTF16PtrFromString(path)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if err = windows.MoveFileEx(from, to, windows.MOVEFILE_REPLACE_EXISTING); err == nil || !mayPass(err) {
		return err
	}
	aside := asideName(path)
	if move(path, aside) != nil {
		return err
	}
	if again := windows.MoveFileEx(from, to, 0); again != nil {
		_ = move(aside, path) // nobody can do more
		return again
	}
	os.Remove(aside) // else it is in use, and Sweep finds it some day
	return nil
}

// move gives a file a name that no other has.
func move(name, path string) error {
	if renamePOSIX(name, path) == nil {
		return nil
	}
	return os.Rename(name, path) // file systems of other machines, and Wine
}

// asideName is a name for a file that is to go as soon as nobody uses it. Process 0 is never one of
// ours, so that everybody sweeps it.
func asideName(path string) string {
	return filepath.Join(filepath.Dir(path), prefix(path, 0)+rand.Text()[:8]+suffix)
}

// renameInfo is FILE_RENAME_INFO without the name that follows.
type renameInfo struct {
	flags  uint32
	root   windows.Handle
	length uint32 // of the name in bytes
	name   [1]uint16
}

// renamePOSIX renames as Unix does: who has the file of that name open keeps it.
func renamePOSIX(name, path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	to, err := windows.UTF16FromString(abs)
	if err != nil {
		return err
	}
	to = to[:len(to)-1]
	h, err := open(name, windows.DELETE|windows.SYNCHRONIZE, shareAll, windows.FILE_FLAG_OPEN_REPARSE_POINT|windows.FILE_FLAG_BACKUP_SEMANTICS)
	if err != nil {
		return err
	}
	defer windows.CloseHandle(h)
	at := unsafe.Offsetof(renameInfo{}.name)
	buf := make([]uint64, (int(at)+2*len(to)+2+7)/8) // aligned as the handle in it
	info := (*renameInfo)(unsafe.Pointer(&buf[0]))
	info.flags = windows.FILE_RENAME_REPLACE_IF_EXISTS | windows.FILE_RENAME_POSIX_SEMANTICS
	info.length = uint32(2 * len(to))
	copy(unsafe.Slice((*uint16)(unsafe.Add(unsafe.Pointer(info), at)), len(to)), to)
	return windows.SetFileInformationByHandle(h, windows.FileRenameInfoEx, (*byte)(unsafe.Pointer(info)), uint32(8*len(buf)))
}
