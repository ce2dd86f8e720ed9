package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"iceexplorer/cache/regular"
)

// preferencesFile is preferences.toml as it was read. Lines of people are kept: of those that
// are there only values that have changed are written anew.
type preferencesFile struct {
	path   string
	text   string
	unread bool            // it exists but could not be read
	bad    map[string]bool // keys with values that are not allowed, whose lines are kept as comments
}

// keysTable holds the keys of actions.
const keysTable = "shortcuts"

const preamble = `# Preferences of ICE Explorer. Edit them while the program is closed; it keeps your comments.
`

const keysPreamble = `
# Keys of actions that are not the program's own, such as: browse = ["Ctrl+O", "F2"]
[shortcuts]
`

// loadPreferences reads the preferences over those of before. The error names what is not
// taken.
func (s *Settings) loadPreferences() error {
	f := &s.file
	text, err := regular.Read(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		f.unread = true
		return fmt.Errorf("preferences could not be read; the defaults are used and will not be saved: %w", err)
	}
	doc, err := parse(string(text))
	if err != nil {
		return fmt.Errorf("preferences could not be understood (%w); the defaults are used, and the old file is kept as %s", err, setAside(f.path))
	}
	f.text, f.bad = string(text), map[string]bool{}
	var faults []string
	for _, item := range Items() {
		if v, ok := doc[item.Key]; ok {
			if err := item.Set(&s.Preferences, v); err != nil {
				f.bad[item.Key] = true
				faults = append(faults, fmt.Sprintf("%v (%s is used)", err, literal(item.Get(&s.Preferences))))
			}
			delete(doc, item.Key)
		}
	}
	keys, bad := shortcutsOf(doc[keysTable])
	s.Shortcuts, faults = keys, append(faults, bad...)
	delete(doc, keysTable)
	for _, key := range slices.Sorted(maps.Keys(doc)) {
		faults = append(faults, fmt.Sprintf("there is no preference %q", key))
	}
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("preferences: %s; the lines are kept in %s", strings.Join(faults, "; "), f.path)
}

// parse reads TOML. The error says where it is wrong, in one line.
func parse(text string) (map[string]any, error) {
	doc := map[string]any{}
	err := toml.Unmarshal([]byte(strings.TrimPrefix(text, "\ufeff")), &doc)
	var at *toml.DecodeError
	if errors.As(err, &at) {
		row, _ := at.Position()
		return nil, fmt.Errorf("line %d", row)
	}
	return doc, err
}

// shortcutsOf reads the table of shortcuts. Whether the keys exist and are free the actions
// know.
func shortcutsOf(table any) (keys map[string][]string, faults []string) {
	t, ok := table.(map[string]any)
	if !ok {
		if table != nil {
			faults = []string{"shortcuts is no table"}
		}
		return nil, faults
	}
	keys = map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(t)) {
		list, ok := t[id].([]any)
		all := []string{}
		for _, v := range list {
			text, isText := v.(string)
			ok = ok && isText
			all = append(all, text)
		}
		if !ok {
			faults = append(faults, fmt.Sprintf(`the shortcut of %s is written as a list, such as ["Ctrl+O", "F2"]`, id))
			continue
		}
		keys[id] = all
	}
	return keys, faults
}

// encode is the file as it is to be written. It is what is read next: lines set aside
// are not set aside twice.
func (f *preferencesFile) encode(p *Preferences, keys map[string][]string) []byte {
	text := f.edited(p, keys)
	if !holds(text, p, keys) { // a value over several lines, say
		text = (&preferencesFile{}).edited(p, keys)
	}
	f.text, f.bad = text, nil
	return []byte(text)
}

// holds reports whether text has these preferences.
func holds(text string, p *Preferences, keys map[string][]string) bool {
	doc, err := parse(text)
	if err != nil {
		return false
	}
	got := *p
	for _, item := range Items() {
		if v, ok := doc[item.Key]; !ok || item.Set(&got, v) != nil {
			return false
		}
	}
	read, _ := shortcutsOf(doc[keysTable])
	return got == *p && len(read) == len(keys) && (len(keys) == 0 || reflect.DeepEqual(read, keys))
}

// edited puts the values into the lines that are there, and adds lines that are not.
func (f *preferencesFile) edited(p *Preferences, keys map[string][]string) string {
	old, _ := parse(f.text)
	text := f.text
	if text == "" {
		text = preamble
	}
	root, tables := split(text)
	for _, item := range Items() {
		value := item.Get(p)
		was, has := old[item.Key]
		var now Preferences
		if has && item.Set(&now, was) == nil && item.Get(&now) == value {
			continue
		}
		line := item.Key + " = " + literal(value)
		at := slices.IndexFunc(root, func(l string) bool { return keyOf(l) == item.Key })
		switch {
		case at < 0:
			root = append(root, "", fmt.Sprintf("# %s (%s)", item.Help, item.Wanted()), line)
		case f.bad[item.Key]:
			root = slices.Replace(root, at, at+1, fmt.Sprintf("# Set aside, want %s: %s", item.Wanted(), strings.TrimSpace(root[at])), line)
		default:
			root[at] = line + commentOf(root[at])
		}
	}
	return strings.Join(root, "\n") + "\n" + withKeys(tables, keys)
}

// split cuts a file before its first table, and before the comment above that.
func split(text string) (root []string, tables string) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(strings.TrimSpace(l), "[") })
	if at < 0 {
		return lines, ""
	}
	for at > 0 && (lines[at-1] == "" || strings.HasPrefix(strings.TrimSpace(lines[at-1]), "#")) {
		at--
	}
	return slices.Clone(lines[:at]), strings.Join(lines[at:], "\n") + "\n"
}

// withKeys puts the keys of actions into the tables of the file.
func withKeys(tables string, keys map[string][]string) string {
	if tables == "" {
		tables = keysPreamble
	}
	lines := strings.Split(strings.TrimRight(tables, "\n"), "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "["+keysTable+"]" })
	if at < 0 {
		lines = append(lines, strings.Split(strings.TrimRight(keysPreamble, "\n"), "\n")...)
		at = len(lines) - 1
	}
	end := at + 1
	for end < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[end]), "[") {
		end++
	}
	var table []string
	for _, l := range lines[at+1 : end] {
		if keyOf(l) == "" || keys[keyOf(l)] != nil && strings.Contains(l, literal(keys[keyOf(l)])) {
			table = append(table, l)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(keys)) {
		if !slices.ContainsFunc(table, func(l string) bool { return keyOf(l) == id }) {
			table = append(table, id+" = "+literal(keys[id]))
		}
	}
	return strings.Join(slices.Concat(lines[:at+1], table, lines[end:]), "\n") + "\n"
}

// keyOf is the key that a line sets, "" if it sets none.
func keyOf(line string) string {
	key, _, ok := strings.Cut(line, "=")
	if key = strings.Trim(strings.TrimSpace(key), `"'`); !ok || strings.HasPrefix(key, "#") {
		return ""
	}
	return key
}

// commentOf is the comment behind a value, with the blank before it.
func commentOf(line string) string {
	if i := strings.LastIndex(line, " #"); i >= 0 && !strings.ContainsAny(line[i:], `"'`) {
		return line[i:]
	}
	return ""
}
