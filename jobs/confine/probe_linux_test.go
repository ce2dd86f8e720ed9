package confine

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestMain lets the test binary be a worker that a probe is made in.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "probe":
			err := Try(os.Args[2], os.Args[3])
			fmt.Println(err)
			os.Exit(Exit(err))
		case "lacks":
			fmt.Print(Enter().Lacks())
			os.Exit(0)
		case "walk":
			exit(walk(os.Args[2]))
		case "threads":
			exit(threads())
		}
	}
	os.Exit(m.Run())
}

func exit(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

func command(t *testing.T) []string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return []string{exe, "probe"}
}

// Each probe is made twice: by a process that is not confined too, for one that is denied to
// everybody proves nothing.
func TestAConfinedWorkerCanDoNothingElse(t *testing.T) {
	t.Parallel()
	needConfinement(t)
	for _, p := range Probes() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			if denied, _, err := p.Denied(command(t), []string{}); err != nil || !denied {
				t.Errorf("confined: denied %v, %v", denied, err)
			}
			if p.Rare || p.Root && os.Getuid() != 0 {
				return
			}
			switch denied, how, err := p.Denied(command(t), []string{Variable + "=off"}); {
			case err != nil || denied && !filtered(t):
				t.Errorf("not confined: denied %v (%s), %v", denied, how, err)
			case denied:
				t.Skipf("denied to all in this container: %s", how)
			}
		})
	}
}

// filtered reports whether the tests themselves may not call all of the system, as in a container.
func filtered(t *testing.T) bool {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(status), "\nSeccomp:\t2\n")
}
