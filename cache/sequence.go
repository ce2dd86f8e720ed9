package cache

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"path/filepath"
	"slices"
	"strings"
)

// FrameFile is one frame of a sequence as told by the names of its files.
type FrameFile struct {
	Number Number // 0 for a file without a number
	Source string // the .icecache; "" if there is only a converted file
	// Converted is the .sih5 of this frame: for frames with a Source where it lies
	// or would lie, otherwise the file itself.
	Converted string

	beside bool // Converted was there when the folder was read
}

// Same reports whether two are the same files of the same frame.
func (f FrameFile) Same(o FrameFile) bool {
	return f.Number == o.Number && f.Source == o.Source && f.Converted == o.Converted
}

// Path is the file the frame is known by: its source, else the converted file.
func (f FrameFile) Path() string {
	if f.Source != "" {
		return f.Source
	}
	return f.Converted
}

// Sequence is the frames of one object in one folder, by rising frame number.
type Sequence struct {
	Name     string // as shown: the file names without number and extension
	Dir      string
	Frames   []FrameFile
	Numbered bool // false for a single file without a number
	Whole    bool // all frames of the folder, found by the folder's name

	key     groupKey
	padding int // of the numbers, if frames of one number differ by their zeros; 1 for none
}

// Stem is the name for a file that holds all frames, without its extension.
func (s *Sequence) Stem() string { return displayName(s.key) }

// ConvertedDir is the folder beside the sources that holds converted frames.
const ConvertedDir = ".sih5"

// ConvertedPath is where the converted frame of a source file lies.
func ConvertedPath(source string) string {
	return filepath.Join(filepath.Dir(source), ConvertedDir, filepath.Base(source)+".sih5")
}

// ConvertedIn is the converted frame of a source file in a folder that holds those of all
// sources: each folder of sources has one of its own there.
func ConvertedIn(folder, source string) string {
	dir := filepath.Dir(source)
	sum := fnv.New64a()
	sum.Write([]byte(dir))
	return filepath.Join(folder, fmt.Sprintf("%s-%016x", strings.TrimLeft(filepath.Base(dir), "."+string(filepath.Separator)), sum.Sum64()), filepath.Base(source)+".sih5")
}

// ConvertTo has converted frames read from and written to a folder, but for those that lie beside
// their sources already; "" changes nothing.
func (s *Sequence) ConvertTo(folder string) {
	if folder == "" {
		return
	}
	s.Frames = slices.Clone(s.Frames)
	for i := range s.Frames {
		if f := &s.Frames[i]; f.Source != "" && !f.beside {
			f.Converted = ConvertedIn(folder, f.Source)
		}
	}
}

// Same reports whether frames found by Discover are of one sequence, though one may
// have fewer. Sequences of one folder may have the same name: a_1 and a.1 do.
func (s *Sequence) Same(o *Sequence) bool { return s.Numbered == o.Numbered && s.key == o.key }

// Find is the position in Frames of the frame with the given number, -1 if there
// is none.
func (s *Sequence) Find(number Number) int {
	i, ok := slices.BinarySearchFunc(s.Frames, number, func(f FrameFile, n Number) int { return cmp.Compare(f.Number, n) })
	if !ok {
		return -1
	}
	return i
}

// Gap is a run of missing frames, both ends missing.
type Gap struct {
	First, Last Number
	Frames      int
}

// Gaps are the runs of numbers missing between the first and last frame. In a sequence with
// regularly spaced frames between whole ones, those can be missing too; otherwise a number is
// missing if there is no frame from it up to the next.
func (s *Sequence) Gaps() []Gap {
	var gaps []Gap
	step, decimals := s.step()
	for i := 1; i < len(s.Frames); i++ {
		a, b := s.Frames[i-1].Number, s.Frames[i].Number
		gap := Gap{First: a.Floor() + 1, Last: b.Floor() - 1}
		if step < 1 {
			gap = Gap{First: (a + step).Round(decimals), Last: (b - step).Round(decimals)}
		}
		if gap.Frames = int(math.Round(float64((gap.Last-gap.First)/step))) + 1; gap.Frames > 0 {
			if gap.Frames == 1 {
				gap.Last = gap.First // apart from rounding
			}
			gaps = append(gaps, gap)
		}
	}
	return gaps
}

// step is the distance of the frames if that is less than 1 and the same for most of them, or
// else 1, and the most decimals that a frame's number has. Frames only around each whole one
// (as for motion blur) do not count as such a sequence.
func (s *Sequence) step() (step Number, decimals int) {
	step = 1
	for i := range s.Frames {
		if n := s.Frames[i].Number; !n.Whole() {
			decimals = max(decimals, n.Decimals())
		}
		if i > 0 {
			step = min(step, s.Frames[i].Number-s.Frames[i-1].Number)
		}
	}
	if step == 1 {
		return 1, 0
	}
	same := 0
	off := 1.5 * math.Pow10(-decimals) // both may be rounded
	for i := 1; i < len(s.Frames); i++ {
		if d := s.Frames[i].Number - s.Frames[i-1].Number; math.Abs(float64(d-step)) <= min(off, float64(step)/4) {
			same++
		}
	}
	steps := len(s.Frames) - 1
	wholes := int(s.Frames[steps].Number.Floor()-s.Frames[0].Number.Floor()) + 1
	if 4*same <= 3*steps || 2*(steps-same) >= wholes {
		return 1, 0
	}
	return step, decimals
}

// Missing is the number of frames missing between the first and the last.
func (s *Sequence) Missing() int {
	n := 0
	for _, g := range s.Gaps() {
		n += g.Frames
	}
	return n
}

// maxListed is how many gaps Summary names.
const maxListed = 12

// Summary says which frames there are: "1-48, 3 missing: 7, 9, 31".
func (s *Sequence) Summary() string {
	if !s.Numbered || len(s.Frames) == 0 {
		return "single frame"
	}
	text := span(s.Frames[0].Number, s.Frames[len(s.Frames)-1].Number)
	gaps := s.Gaps()
	if len(gaps) == 0 {
		return text
	}
	var parts []string
	for i, g := range gaps {
		if i == maxListed {
			parts = append(parts, "...")
			break
		}
		parts = append(parts, span(g.First, g.Last))
	}
	return fmt.Sprintf("%s, %d missing: %s", text, s.Missing(), strings.Join(parts, ", "))
}

// Label is Summary as a phrase: "frames 1-48", "frame 12", "single frame".
func (s *Sequence) Label() string {
	switch text := s.Summary(); {
	case !s.Numbered || len(s.Frames) == 0:
		return text
	case len(s.Frames) == 1:
		return "frame " + text
	default:
		return "frames " + text
	}
}

func span(a, b Number) string {
	switch {
	case a == b:
		return a.String()
	case a < 0 || b < 0:
		return fmt.Sprintf("%v to %v", a, b)
	}
	return fmt.Sprintf("%v-%v", a, b)
}
