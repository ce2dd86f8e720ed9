package app

import (
	"fmt"
	"strings"
	"testing"
)

// probe-points took 1,,2 for 1,2.
func TestPointsBetweenTwoCommasAreMissing(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1": "[1]", "1,2": "[1 2]", " 1 , -2 ": "[1 -2]", "1 2": "[1 2]", "2147483647": "[2147483647]",
		"1,,2": "", ",1": "", "1,": "", "": "", " ": "", "1,x": "", "1.5": "", "2147483648": "",
	} {
		got, err := wholeNumbers(text)
		switch {
		case want == "" && (err == nil || !strings.Contains(err.Error(), "want whole numbers")):
			t.Errorf("%q: %v, %v", text, got, err)
		case want != "" && fmt.Sprint(got) != want:
			t.Errorf("%q: %v, %v, want %s", text, got, err, want)
		}
	}
}
