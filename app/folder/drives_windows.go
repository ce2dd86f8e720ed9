package folder

import "golang.org/x/sys/windows"

// Drives are the folders of all drives: nothing lies above them. The system knows them without a look at
// any disk.
func Drives() []string {
	all, err := windows.GetLogicalDrives()
	if err != nil {
		return nil // paths can be typed
	}
	return drives(all)
}

// drives are those of a set of letters, A the lowest bit.
func drives(letters uint32) (all []string) {
	for i := range 26 {
		if letters>>i&1 != 0 {
			all = append(all, string(rune('A'+i))+`:\`)
		}
	}
	return all
}
