package register

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// What freedesktop's systems are told. The desktop entry is that of the Desktop Entry
// Specification 1.5, the kinds of files are XML of Shared MIME-info 0.21.

// errPath is of a program that no desktop entry can name.
var errPath = errors.New("the program's path has a line break, or is not UTF-8: move the program to a folder with a plain name")

// mimes are the kinds of files by their endings, with what they are kinds of.
var mimes = map[string]struct{ name, parent string }{
	".icecache": {"application/x-icecache", ""},
	".sih5":     {"application/x-sih5", "application/x-hdf"},
	".iceview":  {"application/x-iceview+json", "application/json"},
}

// desktopEntry is the entry of a program whose file is exe.
func desktopEntry(exe string) ([]byte, error) {
	if !utf8.ValidString(exe) || strings.ContainsAny(exe, "\n\r") {
		return nil, errPath
	}
	var types strings.Builder
	for _, k := range Kinds {
		types.WriteString(mimes[k.Ext].name + ";")
	}
	lines := []string{
		"[Desktop Entry]", "Version=1.0", "Type=Application",
		"Name=ICE Explorer", "GenericName=Particle cache viewer", "Comment=View, play and export Softimage ICE particle caches",
		"Keywords=ICE;Softimage;particles;cache;point cloud;",
		"TryExec=" + escaped(exe), "Exec=" + command(exe), "Icon=" + iconName, "Terminal=false", "StartupWMClass=ICE Explorer",
		"MimeType=" + types.String(), "Categories=Graphics;3DGraphics;Viewer;",
	}
	return []byte(strings.Join(lines, "\n") + "\n"), nil
}

// iconName is what the icon is called in the system's icon theme.
const iconName = "iceexplorer"

// command is what opens files: the program and the place for their paths.
func command(exe string) string {
	if strings.Contains(exe, "=") { // which no program's name may have there
		return "sh -c " + quoted(`exec "$0" "$@"`) + " " + quoted(exe) + " %F"
	}
	return quoted(exe) + " %F"
}

// quoted is an argument of a command. Quotes are the command's, and what they hold is escaped
// again as all values are; a percent sign would begin a place for something else.
func quoted(arg string) string {
	inner := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", `$`, `\$`, `%`, `%%`).Replace(arg)
	return escaped(`"` + inner + `"`)
}

// escaped is a value of a desktop entry.
func escaped(value string) string {
	value = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`).Replace(value)
	if strings.HasPrefix(value, " ") {
		value = `\s` + value[1:]
	}
	return value
}

// mimePackage tells what the kinds of files are.
func mimePackage() ([]byte, error) {
	type glob struct {
		Pattern string `xml:"pattern,attr"`
	}
	type named struct {
		Name string `xml:"name,attr"`
	}
	type parent struct {
		Type string `xml:"type,attr"`
	}
	type mime struct {
		Type    string  `xml:"type,attr"`
		Comment string  `xml:"comment"`
		Parent  *parent `xml:"sub-class-of"`
		Icon    named   `xml:"icon"`
		Glob    glob    `xml:"glob"`
	}
	of := struct {
		XMLName xml.Name `xml:"http://www.freedesktop.org/standards/shared-mime-info mime-info"`
		Types   []mime   `xml:"mime-type"`
	}{}
	for _, k := range Kinds {
		m := mime{Type: mimes[k.Ext].name, Comment: k.Name, Icon: named{iconName}, Glob: glob{"*" + k.Ext}}
		if p := mimes[k.Ext].parent; p != "" {
			m.Parent = &parent{p}
		}
		of.Types = append(of.Types, m)
	}
	text, err := xml.MarshalIndent(of, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("describe the kinds of files: %w", err)
	}
	return append([]byte(xml.Header), append(text, '\n')...), nil
}
