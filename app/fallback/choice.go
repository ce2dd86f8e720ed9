package fallback

import (
	"cmp"
	"io"
	"log"
	"os"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"golang.org/x/image/font/sfnt"

	"iceexplorer/cache/regular"
)

// systemFonts lists the system's fonts. Where the list cannot be kept it is made anew
// in each run.
func systemFonts(cacheDir string) ([]fontscan.Footprint, error) {
	if !writable(cacheDir) {
		dir, err := os.MkdirTemp("", "iceexplorer-fonts-")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		cacheDir = dir
	}
	return fontscan.SystemFonts(log.New(io.Discard, "", 0), cacheDir)
}

func writable(dir string) bool {
	if os.MkdirAll(dir, 0o700) != nil {
		return false
	}
	f, err := os.CreateTemp(dir, ".probe-")
	if err != nil {
		return false
	}
	f.Close()
	return os.Remove(f.Name()) == nil
}

// best is the font that has most of some characters, and the characters that it lacks; nil
// if no font has any.
func (f *Finder) best(runes []rune) (*Font, []rune) {
	type candidate struct {
		*fontscan.Footprint
		has, rank int
	}
	var all []candidate
	for i := range f.system {
		c := candidate{Footprint: &f.system[i]}
		for _, r := range runes {
			if c.Runes.Contains(r) {
				c.has++
			}
		}
		if c.has > 0 {
			c.rank = rank(c.Footprint)
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.has, a.has), cmp.Compare(a.rank, b.rank))
	})
	for _, c := range all {
		font, outlines := load(c.Footprint)
		if font == nil {
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(runes), outlines)
		if len(rest) < len(runes) {
			return font, rest
		}
	}
	return nil, runes
}

// rank is how far a font is from an upright sans serif of regular weight.
func rank(fp *fontscan.Footprint) int {
	n := 0
	if fp.Aspect.Style != font.StyleNormal {
		n += 4
	}
	if w := fp.Aspect.Weight; w < font.WeightNormal || w > font.WeightMedium {
		n += 2
	}
	sans := func(s string) bool { return strings.Contains(fp.Family, s) }
	if !slices.ContainsFunc([]string{"sans", "gothic", "hei", "gulim"}, sans) {
		n++
	}
	return n
}

// load reads a font and returns which characters it has outlines of: colour fonts have
// pictures only, which neither the window nor the scene can draw.
func load(fp *fontscan.Footprint) (*Font, func(rune) bool) {
	data, err := regular.Read(fp.Location.File)
	if err != nil || len(data) < 4 {
		return nil, nil
	}
	switch string(data[:4]) {
	case "\x00\x01\x00\x00", "true", "OTTO", "ttcf":
	default: // packed for the web
		return nil, nil
	}
	c, err := sfnt.ParseCollection(data)
	if err != nil {
		return nil, nil
	}
	x, err := c.Font(int(fp.Location.Index))
	if err != nil {
		return nil, nil
	}
	var buf sfnt.Buffer
	outlines := func(r rune) bool {
		g, err := x.GlyphIndex(&buf, r)
		if err != nil || g == 0 {
			return false
		}
		_, err = x.LoadGlyph(&buf, g, 64<<6, nil)
		return err == nil
	}
	return &Font{Path: fp.Location.File, Index: int(fp.Location.Index), Data: data}, outlines
}
