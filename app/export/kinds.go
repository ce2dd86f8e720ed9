package export

import (
	"fmt"
	"path/filepath"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs"
)

// Caches are the kinds that workers write. A new format is one line here.
func Caches() []*Kind { return []*Kind{converted(), source()} }

// Find is the kind of a name.
func Find(kinds []*Kind, name string) (*Kind, bool) {
	for _, k := range kinds {
		if k.Name == name {
			return k, true
		}
	}
	return nil, false
}

// Names lists kinds for people: sih5 or icecache.
func Names(kinds []*Kind) string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.Name)
	}
	return OneOf(names)
}

// OneOf lists a choice for people: 100, 102 or 103.
func OneOf[T any](choice []T) string {
	var text strings.Builder
	for i, c := range choice {
		switch {
		case i > 0 && i == len(choice)-1:
			text.WriteString(" or ")
		case i > 0:
			text.WriteString(", ")
		}
		fmt.Fprint(&text, c)
	}
	return text.String()
}

// converted is the .sih5, which lies in a folder of its own beside its source and is
// written anew when that is newer. One made of another .sih5 has no such tie.
func converted() *Kind {
	fromSource := func(in *Input) bool { return in.Source != "" }
	return &Kind{
		Name: "sih5", Ext: ".sih5", Noun: "file", Did: "converted", Already: "HDF5 already, -o DIR writes one that can be mapped", Fresh: fromSource,
		Beside: func(in *Input, dir string) string {
			base := filepath.Base(in.Path())
			switch {
			case fromSource(in) && dir == "":
				return cache.ConvertedPath(in.Source)
			case fromSource(in):
				return filepath.Join(dir, base+".sih5")
			case dir == "":
				return in.Converted
			}
			return filepath.Join(dir, trimExt(base)+".sih5")
		},
		Request: func(j *Job, o *Options) jobs.Request {
			in := &j.Inputs[0]
			if fromSource(in) {
				return jobs.Request{Task: jobs.Convert, Source: in.Source, Converted: j.Target, Params: jobs.ConvertParams{Again: o.Replace}}
			}
			return exportRequest("sih5", j, o)
		},
	}
}

// source is the .icecache. What is in a folder of converted files goes beside that.
func source() *Kind {
	return &Kind{
		Name: "icecache", Ext: ".icecache", Noun: "file", Did: "converted", Versions: []uint32{100, 102, 103},
		NeedsFolder: func(in *Input) bool { return in.Source != "" },
		Beside: func(in *Input, dir string) string {
			from := in.Path()
			if dir == "" {
				dir = filepath.Dir(from)
				if filepath.Base(dir) == cache.ConvertedDir {
					dir = filepath.Dir(dir)
				}
			}
			base := filepath.Base(from)
			return filepath.Join(dir, trimExt(strings.TrimSuffix(base, filepath.Ext(base)))+".icecache")
		},
		Request: func(j *Job, o *Options) jobs.Request { return exportRequest("icecache", j, o) },
	}
}

func exportRequest(format string, j *Job, o *Options) jobs.Request {
	in := &j.Inputs[0]
	p := jobs.ExportParams{Target: pathname.Text(j.Target), Format: format, Version: o.Version}
	return jobs.Request{Task: jobs.Export, Source: in.Source, Converted: in.Converted, Params: p}
}

// Picture is the kind of what a scene shows.
func Picture() *Kind {
	return &Kind{Name: "png", Ext: ".png", Noun: "picture", Did: "saved", Holds: AllLayers, By: Stage}
}

// trimExt removes the extension of a cache other than .icecache in x.icecache.sih5:
// x.h5 is x, x.icecache.sih5 is x.icecache.
func trimExt(base string) string {
	if cache.IsCacheFile(base) {
		return strings.TrimSuffix(base, filepath.Ext(base))
	}
	return base
}
