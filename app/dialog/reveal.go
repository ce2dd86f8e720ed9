package dialog

import (
	"fmt"
	"os/exec"
)

// Reveal shows a folder in the system's file manager. It waits until that is started.
func Reveal(folder string) error {
	path, err := exec.LookPath(fileManager)
	if err != nil {
		return fmt.Errorf("the folder cannot be shown, as there is no %s here: %s", fileManager, folder)
	}
	cmd := showing(path, folder)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("show the folder: %w: %s", err, folder)
	}
	go func() { _ = cmd.Wait() }() // some stay until the file manager is closed
	return nil
}
