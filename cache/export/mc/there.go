package mc

import (
	"bufio"
	"encoding/binary"
	"io"
	"os"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/several"
)

// there reports whether a description is of these frames, and all of their files are there.
func there(path string, numbers []cache.Number, v export.Values) bool {
	c := clock{v.Number(export.FPSOption)}
	var times []int32
	paths := []string{path}
	for _, n := range numbers {
		ticks, err := c.ticks(n)
		if err != nil {
			return false
		}
		end, err := c.end(n, ticks)
		if err != nil {
			return false
		}
		times = append(times, ticks)
		paths = append(paths, several.Beside(path, end))
	}
	if len(times) == 0 {
		return false
	}
	one := v.Bool(oneFile)
	if one {
		paths = []string{path, several.Beside(path, ".mc")}
	}
	if !several.There(paths...) || !begins(path, cacheType(one)+timeRange(times[0], times[len(times)-1])) {
		return false
	}
	return !one || slices.Equal(timesIn(paths[1]), times)
}

// headerBytes are more than what a description has before its channels.
const headerBytes = 4 << 10

func begins(path, with string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	begin, err := io.ReadAll(io.LimitReader(f, headerBytes))
	return err == nil && strings.Contains(string(begin), with)
}

// timesIn are those of the frames that a file of all has; nil if it is no such file.
func timesIn(path string) (times []int32) {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil
	}
	at := int64(headBytes)
	for at < st.Size() {
		if _, err := f.Seek(at, io.SeekStart); err != nil {
			return nil
		}
		var group struct {
			For4 [4]byte
			Size uint32
			Mych [4]byte
			Time [4]byte
			_    uint32
			At   int32
		}
		if err := binary.Read(bufio.NewReaderSize(f, 64), binary.BigEndian, &group); err != nil || string(group.For4[:]) != "FOR4" || string(group.Time[:]) != "TIME" {
			return nil
		}
		times = append(times, group.At)
		at += 8 + int64(group.Size)
	}
	if at != st.Size() {
		return nil
	}
	return times
}
