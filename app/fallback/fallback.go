// Package fallback finds fonts of the system for characters that the program's own
// font lacks: names in Chinese, Japanese, Korean and others. It knows neither giu nor
// OpenGL. Nothing is looked for before a text needs it.
package fallback

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/fontscan"
	"golang.org/x/image/font/sfnt"
)

// Font is a font file of the system.
type Font struct {
	Path  string
	Index int // of the font in a collection
	Data  []byte
}

// Finder finds fonts. Its methods may be called from any goroutine.
type Finder struct {
	list func() ([]fontscan.Footprint, error) // the system's fonts

	mu    sync.Mutex // never held for long: the window's loop waits for it
	own   *sfnt.Font
	buf   sfnt.Buffer
	asked map[rune]bool

	looking sync.Mutex      // held while the disk is read
	given   map[string]bool // fonts, by path and index
	system  []fontscan.Footprint
	listed  bool
	faulty  error
}

// New makes a finder for what own, a TTF file, lacks. The list of the system's fonts,
// which takes a while to make, is kept in cacheDir, "" for nowhere.
func New(own []byte, cacheDir string) (*Finder, error) {
	f, err := sfnt.Parse(own)
	if err != nil {
		return nil, fmt.Errorf("read the program's font: %w", err)
	}
	return &Finder{own: f, asked: map[rune]bool{}, given: map[string]bool{},
		list: func() ([]fontscan.Footprint, error) { return systemFonts(cacheDir) }}, nil
}

// Lacks reports whether a text has characters that our font lacks and that were not
// asked for yet. It is fast.
func (f *Finder) Lacks(text string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.lacking(text)) > 0
}

func (f *Finder) lacking(text string) []rune {
	var out []rune
	for _, r := range text {
		if r < 0x300 || r == unicode.ReplacementChar || f.asked[r] || !unicode.IsGraphic(r) || unicode.Is(unicode.Variation_Selector, r) || r >= 0xe000 && r <= 0xf8ff { // the icons lie there
			continue
		}
		if i, err := f.own.GlyphIndex(&f.buf, r); err == nil && i != 0 {
			continue
		}
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// ask is what a text lacks, which is asked for once.
func (f *Finder) ask(text string) []rune {
	f.mu.Lock()
	defer f.mu.Unlock()
	runes := f.lacking(text)
	for _, r := range runes {
		f.asked[r] = true
	}
	return runes
}

// Find looks for fonts that have the characters that Lacks reported. It returns those that
// were not returned before, and the characters that no installed font has; an error says
// that the fonts could not be listed. The first call may take seconds.
func (f *Finder) Find(text string) (fonts []Font, missing []rune, err error) {
	runes := f.ask(text)
	if len(runes) == 0 {
		return nil, nil, nil
	}
	f.looking.Lock()
	defer f.looking.Unlock()
	if !f.listed {
		f.listed = true
		if f.system, f.faulty = f.list(); f.faulty != nil {
			f.faulty = fmt.Errorf("names in some scripts cannot be shown, as the installed fonts could not be listed: %w", f.faulty)
		}
	}
	if f.faulty != nil {
		return nil, nil, f.faulty
	}
	for len(runes) > 0 {
		font, rest := f.best(runes)
		if font == nil {
			return fonts, runes, nil
		}
		if key := fmt.Sprint(font.Path, "\x00", font.Index); !f.given[key] {
			f.given[key] = true
			fonts = append(fonts, *font)
		}
		runes = rest
	}
	return fonts, nil, nil
}

// CacheDir is where the list of the system's fonts is kept for the user; "" for one who has no
// such folder.
func CacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "iceexplorer")
}

// Missing says which characters cannot be shown.
func Missing(runes []rune) string {
	const most = 12
	text := make([]string, 0, most)
	for _, r := range runes[:min(len(runes), most)] {
		text = append(text, fmt.Sprintf("U+%04X", r))
	}
	if more := len(runes) - most; more > 0 {
		text = append(text, fmt.Sprintf("and %d more", more))
	}
	noun := "characters "
	if len(runes) == 1 {
		noun = "character "
	}
	return "no installed font has the " + noun + strings.Join(text, ", ") + ": such names cannot be read in full"
}
