package export

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

// Caches are the kinds that workers write, one of each format.
func Caches(formats []export.Format) []*Kind {
	var kinds []*Kind
	for i := range formats {
		f := &formats[i]
		if f.Companion {
			kinds = append(kinds, companion(f))
		} else {
			kinds = append(kinds, standalone(f))
		}
	}
	return kinds
}

// Find is the kind of a name.
func Find(kinds []*Kind, name string) (*Kind, bool) {
	for _, k := range kinds {
		if k.Name == name {
			return k, true
		}
	}
	return nil, false
}

// Makes reports that files of a name are of one of the kinds.
func Makes(kinds []*Kind, name string) bool {
	is := func(ext string) bool { return strings.EqualFold(filepath.Ext(name), filepath.Ext(ext)) }
	return slices.ContainsFunc(kinds, func(k *Kind) bool { return is(k.Ext) || k.Format != nil && slices.ContainsFunc(k.Format.Further, is) })
}

// Names lists kinds for people: sih5 or icecache.
func Names(kinds []*Kind) string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.Name)
	}
	return unit.OneOf(names)
}

// companion is what lies in a folder of its own beside its source and is written anew when
// that is newer. One made of another has no such tie.
func companion(f *export.Format) *Kind {
	fromSource := func(in *Input) bool { return in.Source != "" }
	return &Kind{
		Name: f.Name, Ext: f.Ext, Noun: "file", Did: "converted", Format: f, Already: "already HDF5: -o DIR writes one that can be mapped", Fresh: fromSource,
		Beside: func(in *Input, dir string) string {
			base := filepath.Base(in.Path())
			switch {
			case fromSource(in) && dir == "":
				return cache.ConvertedPath(in.Source)
			case fromSource(in):
				return filepath.Join(dir, base+f.Ext)
			case dir == "":
				return in.Converted
			}
			return filepath.Join(dir, trimExt(base)+f.Ext)
		},
		Request: func(j *Job, o *Options) jobs.Request {
			in := &j.Inputs[0]
			if fromSource(in) {
				p := jobs.ConvertParams{Again: o.Existing == Replace, Verify: o.Verify, Named: o.inFolder}
				return jobs.Request{Task: jobs.Convert, Source: in.Source, Converted: j.Target, Params: p}
			}
			return exportRequest(f, j, o)
		},
	}
}

// standalone is what nothing ties to its source. What is made of a folder of converted
// files goes beside that; what would be its own source needs a folder.
func standalone(f *export.Format) *Kind {
	holds, noun := OneFrame, "file"
	if f.Holds == export.AllFrames {
		holds, noun = AllFrames, "sequence"
	}
	return &Kind{
		Name: f.Name, Ext: f.Ext, Noun: noun, Did: "converted", Format: f, Holds: holds,
		NeedsFolder: func(in *Input) bool { return strings.EqualFold(filepath.Ext(in.Source), f.Ext) },
		Beside: func(in *Input, dir string) string {
			from, dir := in.Path(), in.folder(dir)
			if holds == AllFrames {
				return filepath.Join(dir, in.Stem+f.Ext)
			}
			base := filepath.Base(from)
			return filepath.Join(dir, trimExt(strings.TrimSuffix(base, filepath.Ext(base)))+f.Ext)
		},
		Request: func(j *Job, o *Options) jobs.Request { return exportRequest(f, j, o) },
	}
}

func exportRequest(f *export.Format, j *Job, o *Options) jobs.Request {
	in := &j.Inputs[0]
	p := jobs.ExportParams{Target: pathname.Text(j.Target), Format: f.Name, Options: o.chosen(f), Number: float64(in.Number + o.Offset), Change: o.change(in), Verify: o.Verify}
	folder := filepath.Dir(in.Path()) + string(filepath.Separator)
	for _, in := range j.Inputs[1:] {
		p.Further = append(p.Further, jobs.ExportFrame{
			Source:    pathname.Text(strings.TrimPrefix(in.Source, folder)),
			Converted: pathname.Text(strings.TrimPrefix(in.Converted, folder)), Number: float64(in.Number + o.Offset),
		})
	}
	return jobs.Request{Task: jobs.Export, Source: in.Source, Converted: in.Converted, Params: p}
}

// folder is where the file of an input goes: to dir, or beside its source where dir is "".
func (in *Input) folder(dir string) string {
	if dir == "" {
		if dir = filepath.Dir(in.Path()); filepath.Base(dir) == cache.ConvertedDir {
			dir = filepath.Dir(dir)
		}
	}
	return dir
}

// Picture is the kind of what a scene shows.
func Picture() *Kind {
	return &Kind{Name: "png", Ext: ".png", Noun: "picture", Did: "saved", Holds: AllLayers, By: Stage}
}

// Layered is the kind of what a scene shows, with depths and numbers for compositing.
func Layered() *Kind {
	return &Kind{Name: "exr", Ext: ".exr", Noun: "picture", Did: "saved", Holds: AllLayers, By: Stage}
}

// ParsePictures reads the name of a picture, or of one of each frame, and which kind it is of.
func ParsePictures(path string) (Pattern, *Kind, error) {
	kind, ok := PictureOf(path)
	if !ok {
		return Pattern{}, kind, fmt.Errorf("%q: want a name that ends in .png or .exr", path)
	}
	p, err := ParsePattern(path, kind)
	return p, kind, err
}

// PictureOf is the kind of picture that a file's name asks for by its ending; ok is false if it
// asks for none, which is then the first.
func PictureOf(path string) (k *Kind, ok bool) {
	for _, k := range []*Kind{Picture(), Layered()} {
		if strings.EqualFold(filepath.Ext(path), k.Ext) {
			return k, true
		}
	}
	return Picture(), false
}

// Film is a kind of one file that has all pictures of what a scene shows.
func Film(name, ext string) *Kind {
	return &Kind{Name: name, Ext: ext, Noun: "picture", Did: "saved", Holds: AllLayers, By: Stage, Film: true}
}

// trimExt removes the extension of a cache other than .icecache in x.icecache.sih5:
// x.h5 is x, x.icecache.sih5 is x.icecache.
func trimExt(base string) string {
	if cache.IsCacheFile(base) {
		return strings.TrimSuffix(base, filepath.Ext(base))
	}
	return base
}
