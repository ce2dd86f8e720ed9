package confine

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// traverse is the one privilege that everybody has and needs: without it a file can be opened only
// by those who may list all folders on the way to it.
const traverse = "SeChangeNotifyPrivilege"

// Verb shows which privileges a worker has left.
func Verb(w io.Writer, _, _ []string) int {
	c := Enter()
	has, err := privileges()
	if err != nil {
		fmt.Fprintf(w, "the privileges of a worker cannot be read: %v\n", err)
		return 1
	}
	fmt.Fprintf(w, "privileges of a worker: %s\nworkers are not confined: %s\n", strings.Join(has, ", "), c.Lacks())
	return 1
}

// dropPrivileges gives up, for good, all privileges of this process but traverse: those of an
// administrator read and replace any file, load drivers and enter other processes.
func dropPrivileges() error {
	return withToken(windows.TOKEN_QUERY|windows.TOKEN_ADJUST_PRIVILEGES, func(t windows.Token) error {
		held, err := heldBy(t)
		if err != nil {
			return err
		}
		var keep windows.LUID
		if err := windows.LookupPrivilegeValue(nil, windows.StringToUTF16Ptr(traverse), &keep); err != nil {
			return fmt.Errorf("look up %s: %w", traverse, err)
		}
		for _, p := range held {
			if p.Luid == keep {
				continue
			}
			// One at a time: more than one does not fit into the structure's array.
			gone := windows.Tokenprivileges{PrivilegeCount: 1}
			gone.Privileges[0] = windows.LUIDAndAttributes{Luid: p.Luid, Attributes: windows.SE_PRIVILEGE_REMOVED}
			if err := windows.AdjustTokenPrivileges(t, false, &gone, 0, nil, nil); err != nil {
				return fmt.Errorf("give up a privilege: %w", err)
			}
		}
		// Windows calls it a success when some were not given up.
		if held, err = heldBy(t); err != nil {
			return err
		}
		for _, p := range held {
			if p.Luid != keep {
				return errors.New("one was not given up")
			}
		}
		return nil
	})
}

// privileges are the names of those this process has, enabled or not.
func privileges() (names []string, err error) {
	err = withToken(windows.TOKEN_QUERY, func(t windows.Token) error {
		held, err := heldBy(t)
		for _, p := range held {
			names = append(names, privilegeName(p.Luid))
		}
		return err
	})
	return names, err
}

func withToken(access uint32, do func(windows.Token) error) error {
	var t windows.Token
	if err := windows.OpenProcessToken(windows.CurrentProcess(), access, &t); err != nil {
		return fmt.Errorf("open the token of this process: %w", err)
	}
	defer t.Close()
	return do(t)
}

// heldBy are a token's privileges.
func heldBy(t windows.Token) ([]windows.LUIDAndAttributes, error) {
	b := make([]uint64, 128) // aligned; there are some forty privileges of 12 bytes
	var n uint32
	size := uint32(len(b) * 8)
	if err := windows.GetTokenInformation(t, windows.TokenPrivileges, (*byte)(unsafe.Pointer(&b[0])), size, &n); err != nil {
		return nil, fmt.Errorf("list privileges: %w", err)
	}
	return append([]windows.LUIDAndAttributes(nil), (*windows.Tokenprivileges)(unsafe.Pointer(&b[0])).AllPrivileges()...), nil
}

var lookupPrivilegeName = windows.NewLazySystemDLL("advapi32.dll").NewProc("LookupPrivilegeNameW")

func privilegeName(id windows.LUID) string {
	var name [128]uint16
	n := uint32(len(name))
	r, _, _ := lookupPrivilegeName.Call(0, uintptr(unsafe.Pointer(&id)), uintptr(unsafe.Pointer(&name[0])), uintptr(unsafe.Pointer(&n)))
	if r == 0 {
		return fmt.Sprintf("privilege %d", id.LowPart)
	}
	return windows.UTF16ToString(name[:])
}
