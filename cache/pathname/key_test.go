package pathname

import (
	"runtime"
	"testing"
)

func TestPathsAreTheSameAsTheSystemSays(t *testing.T) {
	t.Parallel()
	same := Key(`C:\Caches\a_1.icecache`) == Key(`c:/caches/A_1.ICECACHE`)
	if want := runtime.GOOS == "windows"; same != want {
		t.Errorf("the same: %v, want %v", same, want)
	}
	if Key("a") == Key("b") {
		t.Error("different paths are the same")
	}
}
