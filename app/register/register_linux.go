package register

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"iceexplorer/assets/icon"
)

// iconSizes are those of the pictures; what is larger or in between is made of the scalable one.
var iconSizes = []int{16, 22, 24, 32, 48, 64, 128, 256}

// Do registers this program, and returns what it has told the system. It needs no rights but the
// user's.
func Do() ([]string, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("register: find the program's own file: %w", err)
	}
	dir, err := dataHome()
	if err != nil {
		return nil, err
	}
	files, err := files(exe)
	if err != nil {
		return nil, fmt.Errorf("register: %w: %s", err, exe)
	}
	r, err := readReceipt(dir)
	if err != nil {
		return nil, err
	}
	var told []string
	for _, f := range files {
		if err := r.write(f.name, f.data); err != nil {
			return told, errors.Join(err, r.keep()) // what was written can be taken back
		}
		told = append(told, "wrote "+filepath.Join(dir, f.name))
	}
	if err := r.keep(); err != nil {
		return told, err
	}
	told = append(told, refresh(dir)...)
	for _, k := range Kinds {
		told = append(told, fmt.Sprintf("%s files (%s) open with %s", k.Name, k.Ext, exe))
	}
	return told, nil
}

// Undo removes what Do wrote, of this program or one that lay elsewhere.
func Undo() ([]string, error) {
	dir, err := dataHome()
	if err != nil {
		return nil, err
	}
	r, err := readReceipt(dir)
	if err != nil {
		return nil, err
	}
	if len(r.Files) == 0 {
		return []string{"nothing is registered"}, nil
	}
	removed, left, err := r.remove()
	var told []string
	for _, path := range removed {
		told = append(told, "removed "+path)
	}
	for _, path := range left {
		told = append(told, "left, as it was changed since: "+path)
	}
	told = append(told, refresh(dir)...)
	r.tidy()
	return told, err
}

// dataHome is the folder of the user's own data, as the XDG Base Directory Specification has it.
func dataHome() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Clean(dir), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("register: find the user's folder: %w", err)
	}
	return filepath.Join(home, ".local", "share"), nil
}

// file is one that is written, below the folder of the user's data.
type file struct {
	name string
	data []byte
}

// files are those that register a program whose file is exe.
func files(exe string) (all []file, err error) {
	entry, err := desktopEntry(exe)
	if err != nil {
		return nil, err
	}
	kinds, err := mimePackage()
	if err != nil {
		return nil, err
	}
	all = append(all, file{"mime/packages/iceexplorer.xml", kinds}, file{"icons/hicolor/scalable/apps/" + iconName + ".svg", icon.SVG()})
	for _, size := range iconSizes {
		var b bytes.Buffer
		if err := png.Encode(&b, icon.Picture(size)); err != nil {
			return nil, fmt.Errorf("draw the icon: %w", err)
		}
		all = append(all, file{fmt.Sprintf("icons/hicolor/%dx%d/apps/%s.png", size, size, iconName), b.Bytes()})
	}
	return append(all, file{"applications/iceexplorer.desktop", entry}), nil
}

// toolTime is how long a tool may take.
const toolTime = 30 * time.Second

// refresh has the system's databases made anew, as far as their tools are there, and tells of
// what was not.
func refresh(dir string) (told []string) {
	run := func(name string, args ...string) {
		path, err := exec.LookPath(name)
		if err != nil {
			told = append(told, name+" is not installed: it may take until the next log in")
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), toolTime)
		defer cancel()
		if out, err := exec.CommandContext(ctx, path, args...).CombinedOutput(); err != nil {
			told = append(told, fmt.Sprintf("%s failed: %v: %s", name, err, bytes.TrimSpace(out)))
		}
	}
	exists := func(name string) bool {
		_, err := os.Stat(filepath.Join(dir, name))
		return err == nil
	}
	if exists("mime/packages") {
		run("update-mime-database", filepath.Join(dir, "mime"))
	}
	if exists("applications") {
		run("update-desktop-database", filepath.Join(dir, "applications"))
	}
	if exists("icons/hicolor/icon-theme.cache") { // without one the pictures are looked for
		run("gtk-update-icon-cache", "-q", "-t", "-f", filepath.Join(dir, "icons", "hicolor"))
	}
	return told
}
