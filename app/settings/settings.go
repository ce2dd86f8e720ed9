// Package settings keeps what the program remembers between runs, in the user's configuration
// folder: preferences.toml, which people may edit, and what the program notes itself, recent
// files and the window's size, as JSON. The window's layout lies beside them.
package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"iceexplorer/app/look"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/regular"
	"iceexplorer/gfx/style"
)

// EnvDir names the environment variable that replaces the configuration folder.
const EnvDir = "ICEEXPLORER_CONFIG_DIR"

// MaxRecent bounds the list of recent files.
const MaxRecent = 12

// Preferences are what the user chooses. Zero in a field that says so means
// that the program decides.
type Preferences struct {
	Workers       int     `json:"workers"`       // worker processes; 0: as many as cores
	FPS           float64 `json:"fps"`           // playback rate, in frames per second
	PlayMode      string  `json:"playMode"`      // "every-frame" or "real-time"
	Loop          string  `json:"loop"`          // "loop", "once" or "ping-pong"
	Gaps          string  `json:"gaps"`          // where frames are missing: "hold" or "empty"
	Interpolate   bool    `json:"-"`             // the play head stands and plays between frames, too
	Units         string  `json:"units"`         // of the timeline: "frames", "seconds" or "timecode"
	AskUnsaved    bool    `json:"-"`             // before changes of a session with a name are lost
	OpenDir       string  `json:"-"`             // where dialogs for opening begin; empty: where it was last
	Colormap      string  `json:"-"`             // that the program starts with
	ExportDir     string  `json:"exportDir"`     // default folder for exports; empty: beside the source
	Convert       bool    `json:"convert"`       // write a .sih5 of each loaded .icecache
	ConvertTo     string  `json:"-"`             // the folder for them; empty: beside each
	Verify        bool    `json:"-"`             // hold converted frames against their checksums when idle
	ScratchBytes  int64   `json:"scratchBytes"`  // budget of frames not yet converted; 0: from the machine's memory
	CacheMaxBytes int64   `json:"cacheMaxBytes"` // largest size one file may unpack to; 0: the reader's limit
	ZUp           bool    `json:"zUp"`           // the scene's up axis is Z, not Y
	GridUnits     string  `json:"-"`             // what a unit of the scene is: one of GridUnits
	PointSize     float64 `json:"pointSize"`     // pixels, of points without a Size
	ProfileStrip  bool    `json:"profileStrip"`  // the timeline shows the curve of Profile
	Theme         string  `json:"-"`             // one of Themes
	ThemeScale    float64 `json:"themeScale"`    // factor on fonts and widgets beside the display's own
	Navigation    string  `json:"navigation"`    // whose mouse and keys move the camera: one of Navigations
}

// Limits of Preferences; values outside are clamped when loaded or saved.
const (
	MinFPS, MaxFPS               = 0.1, 1000
	MinPointSize, MaxPointSize   = 0.5, 64
	MinThemeScale, MaxThemeScale = 0.5, 4
)

// Navigations are the programs whose mouse and keys can move the camera.
var Navigations = []string{"ice-explorer", "softimage", "maya", "houdini", "blender"}

// GridUnits are what a unit of the scene can be, and what people call them.
var (
	GridUnits      = []string{"none", "mm", "cm", "m", "in", "ft"}
	GridUnitLabels = []string{"Numbers alone", "Millimetres", "Centimetres", "Metres", "Inches", "Feet"}
)

// Themes are the colours that the window can have.
var Themes = []string{"dark", "light"}

// Window is the size of the window when it was closed, in screen coordinates.
type Window struct {
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximized bool `json:"maximized"`

	Scale float64 `json:"scale"` // that the size was chosen at, the display's included; 0: 1
}

// Settings is everything remembered. Change it and call Save.
type Settings struct {
	Preferences Preferences `json:"preferences"`
	Recent      []string    `json:"recent"`           // absolute paths, the newest first
	Bookmarks   []string    `json:"bookmarks"`        // folders, as they were added
	Folder      string      `json:"folder"`           // where something was opened last
	Closed      []string    `json:"closed,omitempty"` // names of panels that are not shown
	Opened      []string    `json:"opened,omitempty"` // names of panels that are shown though at first they are not
	Window      Window      `json:"window"`
	Spreadsheet Spreadsheet `json:"spreadsheet"`
	Export      Export      `json:"export"`

	Quad    bool             `json:"quad,omitempty"`    // the scene is split in four panes
	Cameras []look.Viewpoint `json:"cameras,omitempty"` // bookmarks, each of another name
	Layouts []NamedLayout    `json:"layouts,omitempty"` // of the panels, each of another name

	// Shortcuts are the keys of actions whose keys are not the program's, by the actions' IDs.
	Shortcuts map[string][]string `json:"-"`

	path   string
	file   preferencesFile
	unread bool                       // the file exists but could not be read
	extra  map[string]json.RawMessage // top-level fields of other versions, kept
}

// Default returns the settings of a first start, which Save would write to dir.
func Default(dir string) *Settings {
	return &Settings{
		Preferences: Preferences{
			FPS: 24, PlayMode: "every-frame", Loop: "loop", Gaps: "hold", Units: "frames", Convert: true, PointSize: 3, GridUnits: GridUnits[0], Theme: Themes[0], ThemeScale: 1, Navigation: Navigations[0], AskUnsaved: true, Colormap: style.Colormaps()[0],
		},
		Window:      Window{Width: 1600, Height: 1000},
		Spreadsheet: Spreadsheet{Decimals: -1},
		path:        filepath.Join(dir, "settings.json"),
		file:        preferencesFile{path: filepath.Join(dir, "preferences.toml")},
	}
}

// Dir returns the configuration folder: $ICEEXPLORER_CONFIG_DIR, or
// iceexplorer in the user's. It is not created.
func Dir() (string, error) {
	if dir := os.Getenv(EnvDir); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the configuration folder: %w", err)
	}
	return filepath.Join(dir, "iceexplorer"), nil
}

// Load reads the settings in dir. It always returns usable settings; the error
// is one sentence for the user about what was lost, nil on a first start. A
// damaged file is set aside beside the new one, so that Save does not erase it. Preferences
// of a version that kept them as JSON are taken over.
func Load(dir string) (*Settings, error) {
	s, err := load(dir)
	return s, errors.Join(err, s.loadPreferences())
}

// load reads what the program notes itself.
func load(dir string) (*Settings, error) {
	s := Default(dir)
	text, err := regular.Read(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		s.unread = true
		return s, fmt.Errorf("recent files could not be read, and will not be saved: %w", err)
	}
	if err := s.decode(text); err != nil {
		s = Default(dir)
		return s, fmt.Errorf("the list of recent files was damaged (%w) and begins anew; the old file is kept as %s", err, setAside(s.path))
	}
	return s, nil
}

// setAside gives a damaged file another name, if it can, and returns its name.
func setAside(path string) string {
	if atomicfile.Replace(path, path+".damaged") != nil {
		return path
	}
	return path + ".damaged"
}

func (s *Settings) decode(text []byte) error {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err := json.Unmarshal(text, s); err != nil {
		return err
	}
	if err := json.Unmarshal(text, &s.extra); err != nil {
		return err
	}
	for _, known := range []string{"preferences", "recent", "closed", "opened", "window", "spreadsheet", "cameras", "layouts", "export", "bookmarks", "folder"} {
		delete(s.extra, known)
	}
	for _, list := range [][]string{s.Recent, s.Bookmarks} {
		for i, p := range list {
			list[i] = pathname.Decode(p)
		}
	}
	s.Folder = pathname.Decode(s.Folder)
	s.clamp()
	return nil
}

// clamp brings every value within its limits.
func (s *Settings) clamp() {
	p, def := &s.Preferences, Default("").Preferences
	p.Workers = max(p.Workers, 0) // the pool bounds them by the cores of the machine
	p.FPS = within(p.FPS, MinFPS, MaxFPS)
	p.PointSize = within(p.PointSize, MinPointSize, MaxPointSize)
	p.ThemeScale = within(p.ThemeScale, MinThemeScale, MaxThemeScale)
	p.ScratchBytes = max(p.ScratchBytes, 0)
	p.CacheMaxBytes = max(p.CacheMaxBytes, 0)
	if !slices.Contains([]string{"every-frame", "real-time"}, p.PlayMode) {
		p.PlayMode = def.PlayMode
	}
	if !slices.Contains([]string{"loop", "once", "ping-pong"}, p.Loop) {
		p.Loop = def.Loop
	}
	if style.CheckColormap(p.Colormap) != nil {
		p.Colormap = def.Colormap
	}
	if !slices.Contains(GridUnits, p.GridUnits) {
		p.GridUnits = def.GridUnits
	}
	if !slices.Contains(Themes, p.Theme) {
		p.Theme = def.Theme
	}
	if !slices.Contains(Navigations, p.Navigation) {
		p.Navigation = def.Navigation
	}
	if !slices.Contains([]string{"frames", "seconds", "timecode"}, p.Units) {
		p.Units = def.Units
	}
	if !slices.Contains([]string{"hold", "empty"}, p.Gaps) {
		p.Gaps = def.Gaps
	}
	s.Window.Width = min(max(s.Window.Width, 480), 16384)
	s.Window.Height = min(max(s.Window.Height, 320), 16384)
	if s.Window.Scale != 0 {
		s.Window.Scale = within(s.Window.Scale, 0.25, 16)
	}
	s.Spreadsheet.clamp()
	s.clampCameras()
	s.clampLayouts()
	relative := func(path string) bool { return !filepath.IsAbs(path) }
	s.Recent, s.Bookmarks = slices.DeleteFunc(s.Recent, relative), slices.DeleteFunc(s.Bookmarks, relative)
	if relative(s.Folder) {
		s.Folder = ""
	}
	s.Recent = s.Recent[:min(len(s.Recent), MaxRecent)]
}

func within(v, lo, hi float64) float64 { return min(max(v, lo), hi) }

// Set replaces the preferences, within their limits, and returns the old ones.
func (s *Settings) Set(p Preferences) (old Preferences) {
	old, s.Preferences = s.Preferences, p
	s.clamp()
	return old
}

// Save has the settings written as they are now. Each file is replaced as a whole or
// not at all; one that could not be read stays as it is.
func (s *Settings) Save(k *Keeper) error {
	s.clamp()
	if !s.file.unread {
		k.Keep("preferences", s.file.path, s.file.encode(&s.Preferences, s.Shortcuts))
	}
	if s.unread {
		return nil
	}
	text, err := s.encode()
	if err != nil {
		return fmt.Errorf("save recent files: %w", err)
	}
	k.Keep("recent files", s.path, text)
	return nil
}

func (s *Settings) encode() ([]byte, error) {
	kept := *s
	kept.Recent, kept.Bookmarks, kept.Folder = encoded(s.Recent), encoded(s.Bookmarks), pathname.Encode(s.Folder)
	known, err := json.Marshal(&kept)
	if err != nil {
		return nil, err
	}
	all := maps.Clone(s.extra)
	if all == nil {
		all = map[string]json.RawMessage{}
	}
	if err := json.Unmarshal(known, &all); err != nil {
		return nil, err
	}
	delete(all, "preferences") // they have a file of their own
	text, err := json.MarshalIndent(all, "", "  ")
	return append(text, '\n'), err
}

func encoded(paths []string) []string {
	all := make([]string, len(paths))
	for i, p := range paths {
		all[i] = pathname.Encode(p)
	}
	return all
}

// SetShown notes that a panel is shown, or is not.
func (s *Settings) SetShown(panel string, shown bool) {
	isIt := func(p string) bool { return p == panel }
	s.Closed, s.Opened = slices.DeleteFunc(s.Closed, isIt), slices.DeleteFunc(s.Opened, isIt)
	if shown {
		s.Opened = append(s.Opened, panel)
	} else {
		s.Closed = append(s.Closed, panel)
	}
}

// Path returns the file with what the program notes itself.
func (s *Settings) Path() string { return s.path }

// PreferencesPath returns the file with the preferences.
func (s *Settings) PreferencesPath() string { return s.file.path }

// Layout is the window's layout as it was kept; empty if there is none. ok is false if none
// can be kept, because something in its place is not a file.
func (s *Settings) Layout() (text string, ok bool) {
	b, err := regular.Read(s.LayoutPath())
	return string(b), err == nil || errors.Is(err, fs.ErrNotExist)
}

// LayoutPath returns where the window keeps its layout.
func (s *Settings) LayoutPath() string { return filepath.Join(filepath.Dir(s.path), "layout.ini") }

// AddRecent puts a path at the top of the recent files. Relative paths are made absolute; a
// path that is already there moves up.
func (s *Settings) AddRecent(path string) {
	abs, err := filepath.Abs(path)
	if err != nil || strings.TrimSpace(path) == "" {
		return
	}
	recent := slices.DeleteFunc(slices.Clone(s.Recent), func(p string) bool { return pathname.Key(p) == pathname.Key(abs) })
	recent = slices.Insert(recent, 0, abs)
	s.Recent = recent[:min(len(recent), MaxRecent)]
}

// Forget takes a path off the recent files.
func (s *Settings) Forget(path string) {
	s.Recent = slices.DeleteFunc(slices.Clone(s.Recent), func(p string) bool { return pathname.Key(p) == pathname.Key(path) })
}

// Bookmark puts a folder at the end of the bookmarks, or takes it off.
func (s *Settings) Bookmark(dir string, on bool) {
	s.Bookmarks = slices.DeleteFunc(slices.Clone(s.Bookmarks), func(p string) bool { return pathname.Key(p) == pathname.Key(dir) })
	if on {
		s.Bookmarks = append(s.Bookmarks, dir)
	}
}
