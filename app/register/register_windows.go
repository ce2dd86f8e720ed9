package register

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// classes is where the user's own kinds of files are.
const classes = `Software\Classes\`

// Do registers this program, and returns what it has told the system. It needs no rights but the
// user's.
func Do() ([]string, error) {
	exe, err := desktop()
	if err != nil {
		return nil, err
	}
	for _, v := range values(exe) {
		if err := v.set(); err != nil {
			return nil, fmt.Errorf("register: %w: HKEY_CURRENT_USER\\%s%s", err, classes, v.key)
		}
	}
	changed()
	var told []string
	for _, k := range Kinds {
		told = append(told, fmt.Sprintf("%s files (%s) open with %s", k.Name, k.Ext, exe))
	}
	return told, nil
}

// Undo takes back what Do did, of this program or one that lay elsewhere. What others have
// registered meanwhile stays.
func Undo() ([]string, error) {
	all := values("")
	var errs []error
	for i := len(all) - 1; i >= 0; i-- { // keys below others first
		if err := all[i].remove(); err != nil {
			errs = append(errs, fmt.Errorf("unregister: %w: HKEY_CURRENT_USER\\%s%s", err, classes, all[i].key))
		}
	}
	for _, key := range []string{`Applications\iceexplorer.exe\shell\open`, `Applications\iceexplorer.exe\shell`, `Applications\iceexplorer.exe`} {
		dropEmpty(key)
	}
	for _, k := range Kinds {
		for _, key := range []string{k.ID + `\shell\open`, k.ID + `\shell`, k.ID, k.Ext + `\OpenWithProgids`, k.Ext} {
			dropEmpty(key)
		}
	}
	changed()
	return []string{"the system no longer opens caches with ICE Explorer"}, errors.Join(errs...)
}

// desktop is the program that has no console, which may lie beside this one.
func desktop() (string, error) {
	exe, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("register: find the program's own file: %w", err)
	}
	if beside := strings.TrimSuffix(exe, filepath.Ext(exe)) + ".exe"; beside != exe {
		if _, err := os.Stat(beside); err == nil {
			exe = beside
		}
	}
	return exe, nil
}

// set writes the value. A kind of files that opens with another program keeps that: Windows asks
// the user which to take.
func (v *value) set() error {
	k, _, err := registry.CreateKey(registry.CURRENT_USER, classes+v.key, registry.QUERY_VALUE|registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer k.Close()
	if old, _, err := k.GetStringValue(v.name); v.shared && v.name == "" && err == nil && old != "" && old != v.text {
		return nil
	}
	return k.SetStringValue(v.name, v.text)
}

// remove deletes the value, and its key unless others use it.
func (v *value) remove() error {
	k, err := registry.OpenKey(registry.CURRENT_USER, classes+v.key, registry.QUERY_VALUE|registry.SET_VALUE)
	if errors.Is(err, registry.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer k.Close()
	if old, _, err := k.GetStringValue(v.name); err != nil || v.shared && v.name == "" && old != v.text {
		return nil
	}
	if err := k.DeleteValue(v.name); err != nil {
		return err
	}
	dropEmpty(v.key)
	return nil
}

// dropEmpty deletes a key that holds nothing.
func dropEmpty(key string) {
	k, err := registry.OpenKey(registry.CURRENT_USER, classes+key, registry.QUERY_VALUE|registry.ENUMERATE_SUB_KEYS)
	if err != nil {
		return
	}
	st, err := k.Stat()
	k.Close()
	if err == nil && st.SubKeyCount == 0 && st.ValueCount == 0 {
		_ = registry.DeleteKey(registry.CURRENT_USER, classes+key)
	}
}

// changed has Explorer look again.
func changed() {
	const associations, nothing = 0x08000000, 0
	windows.NewLazySystemDLL("shell32.dll").NewProc("SHChangeNotify").Call(associations, nothing, 0, 0)
}
