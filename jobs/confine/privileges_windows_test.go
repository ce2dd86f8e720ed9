package confine

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

const asWorker = "ICEEXPLORER_TEST_AS_WORKER"

// TestMain lets the test binary be a worker, which says what it has left and can take back.
func TestMain(m *testing.M) {
	if os.Getenv(asWorker) == "" {
		os.Exit(m.Run())
	}
	before, err := privileges()
	c := Enter()
	after, again := privileges()
	fmt.Printf("%s\n%s\n%v\n%v\n%s\n", strings.Join(before, " "), strings.Join(after, " "), errors.Join(err, again), takeBack(), c.Lacks())
	os.Exit(0)
}

// takeBack enables a privilege that every user has.
func takeBack() error {
	return withToken(windows.TOKEN_QUERY|windows.TOKEN_ADJUST_PRIVILEGES, func(t windows.Token) error {
		p := windows.Tokenprivileges{PrivilegeCount: 1}
		p.Privileges[0].Attributes = windows.SE_PRIVILEGE_ENABLED
		if err := windows.LookupPrivilegeValue(nil, windows.StringToUTF16Ptr("SeShutdownPrivilege"), &p.Privileges[0].Luid); err != nil {
			return err
		}
		if err := windows.AdjustTokenPrivileges(t, false, &p, 0, nil, nil); err != nil {
			return err
		}
		held, err := heldBy(t)
		for _, h := range held {
			if h.Luid == p.Privileges[0].Luid && h.Attributes&windows.SE_PRIVILEGE_ENABLED != 0 {
				return err
			}
		}
		return windows.ERROR_NOT_ALL_ASSIGNED
	})
}

func TestAWorkerGivesItsPrivilegesUpForGood(t *testing.T) {
	t.Parallel()
	for _, off := range []string{"", "off"} {
		exe, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(exe)
		cmd.Env = append(os.Environ(), asWorker+"=1", Variable+"="+off)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		said := strings.Split(string(out), "\n")
		if len(said) != 6 || said[2] != "<nil>" || !strings.Contains(said[0], traverse) || !strings.Contains(said[0], "SeShutdownPrivilege") {
			t.Fatalf("it says %q", said)
		}
		if off == "off" {
			if said[1] != said[0] || said[3] != "<nil>" || !strings.Contains(said[4], Variable) {
				t.Errorf("switched off, it says %q", said)
			}
			continue
		}
		if said[1] != traverse || said[3] == "<nil>" || !strings.Contains(said[4], "without privileges") {
			t.Errorf("it says %q", said)
		}
	}
}
