//go:build !windows

package dialog

import "os/exec"

const fileManager = "xdg-open"

// showing is the start of the file manager.
func showing(path, folder string) *exec.Cmd { return exec.Command(path, folder) }
