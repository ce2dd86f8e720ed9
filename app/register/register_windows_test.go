package register

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/sys/windows/registry"
)

// get is a value of the user's classes, "-" if it is not there.
func get(t *testing.T, key, name string) string {
	t.Helper()
	k, err := registry.OpenKey(registry.CURRENT_USER, classes+key, registry.QUERY_VALUE)
	if errors.Is(err, registry.ErrNotExist) {
		return "-"
	}
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	text, _, err := k.GetStringValue(name)
	if err != nil {
		return "-"
	}
	return text
}

func TestWhatIsRegisteredCanBeTakenBack(t *testing.T) {
	if get(t, Kinds[0].ID, "") != "-" {
		t.Skip("this user has the program registered")
	}
	// Another program opens sessions already, and stays.
	other := value{key: ".iceview", text: "Other.1"}
	if err := other.set(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.remove() })
	for range 2 {
		if told, err := Do(); err != nil || len(told) != len(Kinds) {
			t.Fatalf("%q, %v", told, err)
		}
	}
	if got := get(t, ".icecache", ""); got != "ICEExplorer.icecache" {
		t.Errorf(".icecache is %q", got)
	}
	if got := get(t, `ICEExplorer.sih5\shell\open\command`, ""); !strings.HasSuffix(got, `.exe" "%1"`) || got[0] != '"' {
		t.Errorf("opens with %s", got)
	}
	if got := get(t, ".iceview", ""); got != "Other.1" {
		t.Errorf(".iceview is %q", got)
	}
	if got := get(t, `.iceview\OpenWithProgids`, "ICEExplorer.iceview"); got != "" {
		t.Errorf("Open with has %q", got)
	}
	if _, err := Undo(); err != nil {
		t.Fatal(err)
	}
	for _, v := range values("") {
		if got := get(t, v.key, v.name); got != "-" && got != "Other.1" {
			t.Errorf("%s %s is still %q", v.key, v.name, got)
		}
	}
	if got := get(t, ".iceview", ""); got != "Other.1" {
		t.Errorf(".iceview is %q afterwards", got)
	}
}
