//go:build unix

package owner

import (
	"os/user"
	"testing"
)

// Users were called by their numbers.
func TestUsersAreCalledByTheirNames(t *testing.T) {
	t.Parallel()
	me, err := user.Current()
	if err != nil {
		t.Skip(err)
	}
	for text, want := range map[string]string{
		"which belongs to another user (number " + me.Uid + "): a": "which belongs to another user (" + me.Username + "): a",
		"which belongs to another user (number 4000000000)":        "which belongs to another user (number 4000000000)",
		"which belongs to another user (number 99999999999999)":    "which belongs to another user (number 99999999999999)",
		"which is a link": "which is a link",
	} {
		if got := WithNames(text); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
