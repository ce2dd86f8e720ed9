// Package fallback finds fonts of the system for characters that the program's own
// font lacks: names in Chinese, Japanese, Korean and others. It knows neither giu nor
// OpenGL. Nothing is looked for before a text needs it.
package fallback

import (
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/fontscan"
	"golang.org/x/image/font/sfnt"

	"iceexplorer/cache/regular"
)

// Font is a font file of the system.
type Font struct {
	Path  string
	Index int // of the font in a collection
	Data  []byte
}

// Finder finds fonts. Its methods may be called from any goroutine.
type Finder struct {
	cacheDir string

	mu     sync.Mutex
	own    *sfnt.Font
	buf    sfnt.Buffer
	asked  map[rune]bool
	given  map[string]bool // fonts, by path and index
	system *fontscan.FontMap
	faulty error
}

// New makes a finder for what own, a TTF file, lacks. The list of the system's fonts,
// which takes a while to make, is kept in cacheDir.
func New(own []byte, cacheDir string) (*Finder, error) {
	f, err := sfnt.Parse(own)
	if err != nil {
		return nil, fmt.Errorf("read the program's font: %w", err)
	}
	return &Finder{own: f, cacheDir: cacheDir, asked: map[rune]bool{}, given: map[string]bool{}}, nil
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
		if r < 0x300 || r == unicode.ReplacementChar || f.asked[r] || !unicode.IsGraphic(r) || r >= 0xe000 && r <= 0xf8ff { // the icons lie there
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

// Find looks for fonts that have what Lacks tells of. It returns those that were not
// returned before, and the characters that no installed font has. It may take a
// second at first.
func (f *Finder) Find(text string) (fonts []Font, missing []rune, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	runes := f.lacking(text)
	if len(runes) == 0 {
		return nil, nil, nil
	}
	if f.system == nil && f.faulty == nil {
		f.system, f.faulty = systemFonts(f.cacheDir)
	}
	for _, r := range runes {
		f.asked[r] = true
		if f.faulty != nil {
			missing = append(missing, r)
			continue
		}
		face := f.system.ResolveFace(r)
		if face == nil {
			missing = append(missing, r)
			continue
		}
		if _, ok := face.NominalGlyph(r); !ok { // the least bad font was offered
			missing = append(missing, r)
			continue
		}
		at := f.system.FontLocation(face.Font)
		key := fmt.Sprint(at.File, "\x00", at.Index)
		if f.given[key] {
			continue
		}
		f.given[key] = true
		data, err := regular.Read(at.File)
		if err != nil {
			missing = append(missing, r)
			continue
		}
		fonts = append(fonts, Font{Path: at.File, Index: int(at.Index), Data: data})
	}
	return fonts, missing, f.faulty
}

func systemFonts(cacheDir string) (*fontscan.FontMap, error) {
	m := fontscan.NewFontMap(log.New(io.Discard, "", 0))
	if err := os.MkdirAll(cacheDir, 0o700); err != nil {
		return nil, fmt.Errorf("list the fonts: %w", err)
	}
	if err := m.UseSystemFonts(cacheDir); err != nil {
		return nil, fmt.Errorf("list the fonts: %w", err)
	}
	m.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}})
	return m, nil
}

// CacheDir is where the list of the system's fonts is kept for the user.
func CacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return filepath.Join(os.TempDir(), "iceexplorer-fonts-"+strconv.Itoa(os.Getuid()))
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
	return "no installed font has the characters " + strings.Join(text, ", ") + "; names that hold them cannot be read"
}
