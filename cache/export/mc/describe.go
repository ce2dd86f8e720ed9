package mc

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"iceexplorer/cache/export/several"
)

// describe writes the description, which Maya opens.
func (s *sequence) describe() error {
	from, to := int32(0), int32(0)
	if len(s.times) > 0 {
		from, to = s.times[0], s.times[len(s.times)-1]
	}
	perFrame := int(ticksPerSecond/s.clock.fps + 0.5)
	rate, sampling := s.step(perFrame)
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\"?>\n<Autodesk_Cache_File>\n")
	b.WriteString(cacheType(s.one != nil) + timeRange(from, to))
	fmt.Fprintf(&b, "  <cacheTimePerFrame TimePerFrame=\"%d\"/>\n  <cacheVersion Version=\"2.0\"/>\n", perFrame)
	fmt.Fprintf(&b, "  <extra>%s</extra>\n  <Channels>\n", escaped("written by "+s.job.Program))
	for i, c := range s.channels {
		typ := "DoubleArray"
		if c.vector {
			typ = "FloatVectorArray"
		}
		fmt.Fprintf(&b, "    <channel%d ChannelName=\"%s\" ChannelType=\"%s\" ChannelInterpretation=\"%s\" SamplingType=\"%s\" SamplingRate=\"%d\" StartTime=\"%d\" EndTime=\"%d\"/>\n",
			i, c.name, typ, c.kind, sampling, rate, from, to)
	}
	b.WriteString("  </Channels>\n</Autodesk_Cache_File>\n")
	for _, end := range outdated(s.job.Path) {
		if !slices.Contains(s.ends, end) {
			s.files.Remove(s.job.Path, several.Beside(s.job.Path, end))
		}
	}
	f, err := s.create(".xml")
	if err != nil {
		return err
	}
	f.Write([]byte(b.String()))
	return f.close()
}

// cacheType says how many frames a file has.
func cacheType(one bool) string {
	kind := "OneFilePerFrame"
	if one {
		kind = "OneFile"
	}
	return fmt.Sprintf("  <cacheType Type=\"%s\" Format=\"mcc\"/>\n", kind)
}

func timeRange(from, to int32) string { return fmt.Sprintf("  <time Range=\"%d-%d\"/>\n", from, to) }

// step is how far frames are apart, and whether all of them are.
func (s *sequence) step(perFrame int) (ticks int, sampling string) {
	if len(s.times) < 2 {
		return perFrame, "Regular"
	}
	first := s.times[1] - s.times[0]
	for i := 2; i < len(s.times); i++ {
		if s.times[i]-s.times[i-1] != first {
			return perFrame, "Irregular"
		}
	}
	return int(first), "Regular"
}

func escaped(text string) string {
	var b strings.Builder
	if xml.EscapeText(&b, []byte(text)) != nil {
		return ""
	}
	return b.String()
}
