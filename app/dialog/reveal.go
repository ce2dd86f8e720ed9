package dialog

import (
	"fmt"
	"os/exec"
	"runtime"
)

// Reveal shows a folder in the system's file manager. It waits until that is started.
func Reveal(folder string) error {
	name := "xdg-open"
	switch runtime.GOOS {
	case "windows":
		name = "explorer"
	case "darwin":
		name = "open"
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return fmt.Errorf("the folder cannot be shown, as there is no %s here: %s", name, folder)
	}
	cmd := exec.Command(path, folder)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("show the folder: %w: %s", err, folder)
	}
	go func() { _ = cmd.Wait() }() // some stay until the file manager is closed
	return nil
}
