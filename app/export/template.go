package export

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"iceexplorer/cache"
	"iceexplorer/cache/lazy"
)

// Template names the files of frames: {name}.{frame:04} has places for what is known of a
// frame, and {{ and }} stand for braces. A slash makes folders. The extension is the
// format's.
type Template struct {
	text   string
	pieces []piece
}

// piece is text, or a place for a field.
type piece struct {
	text, field string
	width       int // of frame
}

// Fields are the places that a Template may have.
const Fields = "{name}, {frame}, {frame:04}, {object}, {version} and {format}"

// places are those of a template: a colon in one is none of the name, which on Windows may have none.
var places = lazy.Regexp(`\{[^{}]*\}`)

var framePad = lazy.Regexp(`^0?[1-9]$`)

// ParseTemplate reads a template.
func ParseTemplate(s string) (*Template, error) {
	t := &Template{text: s}
	wrong := func(what string) error { return fmt.Errorf("%q: %s", s, what) }
	if s == "" || filepath.IsAbs(s) || strings.HasPrefix(s, "/") || !filepath.IsLocal(filepath.FromSlash(places().ReplaceAllString(s, "x"))) {
		return nil, wrong("want a name such as {name}.{frame:04}, below the folder that is written to")
	}
	if strings.ContainsFunc(s, unicode.IsControl) {
		return nil, wrong("a line break has no place in a name")
	}
	if strings.HasSuffix(filepath.ToSlash(s), "/") {
		return nil, wrong("a slash makes a folder: want the name of a file behind it")
	}
	text := ""
	for rest := s; rest != ""; {
		switch {
		case strings.HasPrefix(rest, "{{") || strings.HasPrefix(rest, "}}"):
			text += rest[:1]
			rest = rest[2:]
		case rest[0] == '}':
			return nil, wrong("a brace has no other one: }} is a brace in a name")
		case rest[0] == '{':
			place, behind, closed := strings.Cut(rest[1:], "}")
			if !closed {
				return nil, wrong("a brace has no other one: {{ is a brace in a name")
			}
			rest = behind
			field, pad, padded := strings.Cut(place, ":")
			p := piece{text: text, field: field}
			switch {
			case padded && (field != "frame" || !framePad().MatchString(pad)):
				return nil, wrong("want {frame:04} for a number with 4 digits")
			case padded:
				p.width, _ = strconv.Atoi(pad)
			case !strings.Contains(Fields, "{"+field+"}"):
				return nil, wrong("{" + field + "} is not known; there are " + Fields)
			}
			t.pieces = append(t.pieces, p)
			text = ""
		default:
			text += rest[:1]
			rest = rest[1:]
		}
	}
	t.pieces = append(t.pieces, piece{text: text})
	return t, nil
}

func (t *Template) String() string { return t.text }

// Numbered reports whether frames have names of their own.
func (t *Template) Numbered() bool {
	for _, p := range t.pieces {
		if p.field == "frame" {
			return true
		}
	}
	return false
}

// Of is the name of the file of an input, whose numbers have so many decimals.
func (t *Template) Of(in *Input, number cache.Number, decimals int, format, ext string) (string, error) {
	var b strings.Builder
	for _, p := range t.pieces {
		b.WriteString(p.text)
		switch p.field {
		case "name":
			b.WriteString(in.Stem)
		case "frame":
			b.WriteString(padded(number, p.width, true, decimals))
		case "object":
			b.WriteString(in.object())
		case "format":
			b.WriteString(format)
		case "version":
			v := in.version()
			if v == "" {
				return "", fmt.Errorf("neither its name nor a folder has a version such as v003 for {version}: %s", in.Name)
			}
			b.WriteString(v)
		}
	}
	name := b.String()
	if !strings.EqualFold(filepath.Ext(name), ext) {
		name += ext
	}
	name = filepath.FromSlash(name)
	if !filepath.IsLocal(name) {
		return "", errors.New("the file's name would lead out of the folder: " + in.Name)
	}
	return name, nil
}

var versionPart = lazy.Regexp(`(?i)(?:^|[._\- ])(v[0-9]+)(?:$|[._\- ])`)

// version is the v003 of a name, or of the nearest folder that has one.
func (in *Input) version() string {
	if m := versionPart().FindStringSubmatch(in.Stem); m != nil {
		return m[1]
	}
	for dir := filepath.Dir(in.Path()); ; dir = filepath.Dir(dir) {
		if m := versionPart().FindStringSubmatch(filepath.Base(dir)); m != nil {
			return m[1]
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// object is the name without a version.
func (in *Input) object() string {
	at := versionPart().FindStringSubmatchIndex(in.Stem)
	if at == nil {
		return in.Stem
	}
	name := strings.Trim(in.Stem[:at[0]]+in.Stem[at[3]:], "._- ")
	if name == "" { // the file is called by its version, in a folder called by the object
		name = filepath.Base(filepath.Dir(in.Path()))
	}
	return name
}
