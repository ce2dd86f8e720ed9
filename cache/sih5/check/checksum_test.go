package check

import "testing"

// Of the author of the checksum.
func TestChecksum(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]uint32{"": 0xdeadbeef, "Four score and seven years ago": 0x17770551} {
		if got := Checksum([]byte(text)); got != want {
			t.Errorf("%q: %#x, want %#x", text, got, want)
		}
	}
}
