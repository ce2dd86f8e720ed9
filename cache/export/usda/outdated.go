package usda

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/export/several"
)

// outdated are the layers of frames that a stage of the same name has for its clips, and this one
// has not.
func (s *sequence) outdated() (paths []string) {
	for _, n := range numbersOf(s.job.Path) {
		if path := beside(s.job.Path, clipEnd(n)); !slices.Contains(s.numbers, n) && several.There(path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// maxClips bounds how much is read of a stage, whose clips come first.
const maxClips = 16 << 20

// numbersOf are the frames of a stage that was written here; nil of any other.
func numbersOf(stage string) (numbers []cache.Number) {
	f, err := os.Open(stage)
	if err != nil {
		return nil
	}
	defer f.Close()
	begin, err := io.ReadAll(io.LimitReader(f, maxClips))
	if err != nil {
		return nil
	}
	_, list, _ := strings.Cut(string(begin), "            asset[] assetPaths = [")
	list, _, found := strings.Cut(list, "]\n            asset manifestAssetPath = "+asset(stage, manifestEnd)+"\n")
	if !found {
		return nil
	}
	base := filepath.Base(beside(stage, ""))
	for name := range strings.SplitSeq(list, ", ") {
		_, rest, ok := strings.Cut(name, "/"+base+".")
		number, _, isLayer := strings.Cut(rest, ".usda@")
		if n, isNumber := cache.ParseNumber(number); ok && isLayer && isNumber && name == asset(stage, clipEnd(n)) {
			numbers = append(numbers, n)
		}
	}
	return numbers
}
