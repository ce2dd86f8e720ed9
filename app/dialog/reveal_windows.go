package dialog

import (
	"os/exec"
	"path/filepath"
	"syscall"
)

const fileManager = "explorer"

// showing has the folder in quotes, whatever its name is: Explorer takes a comma for its end otherwise. It
// knows no other slashes either.
func showing(path, folder string) *exec.Cmd {
	cmd := exec.Command(path)
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: fileManager + ` "` + filepath.FromSlash(folder) + `"`}
	return cmd
}
