package folder

import (
	"os"
	"slices"
	"testing"
)

// From C: one could get to no other drive but by typing its letter.
func TestDrivesAreThere(t *testing.T) {
	t.Parallel()
	if got, want := drives(1|1<<2|1<<25), []string{`A:\`, `C:\`, `Z:\`}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	all := Drives()
	if !slices.Contains(all, `C:\`) {
		t.Errorf("no C: in %q", all)
	}
	if _, err := os.ReadDir(`C:\`); err != nil {
		t.Error(err)
	}
}
