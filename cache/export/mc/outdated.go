package mc

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"iceexplorer/cache/export/several"
	"iceexplorer/cache/lazy"
)

var (
	described  = lazy.Regexp(`<cacheType Type="(OneFile|OneFilePerFrame)" Format="mcc"/>\s*<time Range="(-?[0-9]+)-(-?[0-9]+)"/>\s*<cacheTimePerFrame TimePerFrame="([0-9]+)"/>`)
	frameNamed = lazy.Regexp(`^Frame(-?[0-9]+)(?:Tick(-?[0-9]+))?\.mc$`)
)

// outdated ends the names of the files that a description, which is about to be replaced, is of.
// It does not name them: they are those beside it of its time.
func outdated(path string) (ends []string) {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	begin, err := io.ReadAll(io.LimitReader(f, headerBytes))
	f.Close()
	m := described().FindStringSubmatch(string(begin))
	if err != nil || m == nil {
		return nil
	}
	if m[1] == "OneFile" {
		return present(path, ".mc")
	}
	var n [3]float64 // from, to, per frame
	fmt.Sscan(strings.Join(m[2:], " "), &n[0], &n[1], &n[2])
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	base := filepath.Base(several.Beside(path, ""))
	for _, e := range entries {
		end, ok := strings.CutPrefix(e.Name(), base)
		name := frameNamed().FindStringSubmatch(end)
		if !ok || name == nil {
			continue
		}
		frame, err := strconv.ParseFloat(name[1], 64)
		tick, _ := strconv.ParseFloat(name[2], 64)                                                           // "" is none
		if at := frame*n[2] + tick; err == nil && at >= n[0]-math.Abs(frame) && at <= n[1]+math.Abs(frame) { // a frame is of whole ticks in the description alone
			ends = append(ends, present(path, end)...)
		}
	}
	return ends
}

func present(path, end string) []string {
	if several.There(several.Beside(path, end)) {
		return []string{end}
	}
	return nil
}
