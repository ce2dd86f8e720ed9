package jobs

import "testing"

// A program that finds its libraries by LD_LIBRARY_PATH had no workers without it.
func TestWorkersFindTheLibrariesOfTheProgram(t *testing.T) {
	t.Parallel()
	const maps = "7f00-7f01 r--p 00000000 08:01 12 /opt/studio/lib/libGL.so.1\n7f02-7f03 r--p 00000000 08:01 13 /usr/lib/libc.so.6\n"
	for folders, want := range map[string]bool{
		"": false, "/opt/studio/lib": true, "/opt/studio/lib/": true, "/nothing:/opt/studio/lib": true, "/opt/studio/li": false, "/home": false, ":": false,
	} {
		if got := usesLibraries(folders, maps); got != want {
			t.Errorf("%q: %v", folders, got)
		}
	}
}
