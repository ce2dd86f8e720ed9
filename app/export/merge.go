package export

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"iceexplorer/cache/pathname"
)

// ReadReport reads a report that was written as JSON.
func ReadReport(path string) (*Report, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the report: %w: %s", pathname.Reason(err), path)
	}
	r := &Report{}
	if err := json.Unmarshal(b, r); err != nil || r.Kind == "" || r.Files == nil {
		return nil, fmt.Errorf("this is no report of an export: %s", path)
	}
	return r, nil
}

// Reports are the reports of arguments, each a file or a folder of .json files.
func Reports(args []string) ([]*Report, error) {
	var out []*Report
	for _, arg := range args {
		files := []string{arg}
		if st, err := os.Stat(arg); err == nil && st.IsDir() {
			if files, err = jsonFiles(arg); err != nil {
				return nil, err
			}
		}
		for _, path := range files {
			r, err := ReadReport(path)
			if err != nil {
				return nil, err
			}
			out = append(out, r)
		}
	}
	return out, nil
}

func jsonFiles(dir string) (files []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read the folder: %w: %s", pathname.Reason(err), dir)
	}
	for _, e := range entries {
		if !e.IsDir() && filepath.Ext(e.Name()) == ".json" {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("there are no reports (.json) in the folder: %s", dir)
	}
	return files, nil
}

// Merge is one report of the runs that shared a work, or that tried it again: each file is in it once, with
// the best that became of it. What one run skipped because another had written it is written.
func Merge(reports []*Report) *Report {
	out := &Report{Skipped: []Skipped{}, Files: []File{}, noun: "file", did: "converted", alike: map[alike]int{}}
	at := map[string]int{}
	for _, r := range reports {
		if out.Kind == "" {
			out.Kind = r.Kind
		}
		if out.Absent == "" {
			out.Absent = r.Absent
		}
		out.Bytes += r.Bytes
		out.Took = max(out.Took, r.Took)
		out.Canceled = out.Canceled || r.Canceled
		out.LeftOut, out.AsIs = mergeLeft(out.LeftOut, r.LeftOut), mergeLeft(out.AsIs, r.AsIs)
		for _, f := range r.Files {
			key := f.To
			if key == "" {
				key = fmt.Sprintf("%q", f.From)
			}
			i, known := at[key]
			switch {
			case !known:
				at[key] = len(out.Files)
				out.Files = append(out.Files, f)
			case better(f.Outcome) >= better(out.Files[i].Outcome):
				out.Files[i] = f
			}
		}
	}
	out.count()
	return out
}

func better(outcome string) int {
	return slices.Index([]string{FileCanceled, FileFailed, FileSkipped, FileWritten}, outcome)
}

// count counts the files.
func (r *Report) count() {
	open := false
	for _, f := range r.Files {
		switch {
		case f.Outcome == FileWritten:
			r.Written++
			if f.Damaged {
				r.Damaged++
			} else if len(f.Notes) > 0 {
				r.Warned++
			}
		case f.Outcome == FileSkipped:
			r.skip(f.Why)
		case f.Outcome == FileCanceled:
			open = true
		case f.To == "":
			r.Nowhere++
		default:
			r.Failed++
		}
	}
	r.Total = len(r.Files) - r.Nowhere
	r.Canceled = r.Canceled && open
}

func mergeLeft(all, more []Left) []Left {
	for _, m := range more {
		i := slices.IndexFunc(all, func(l Left) bool { return l.Why == m.Why })
		if i < 0 {
			all = append(all, m)
			continue
		}
		files := all[i].Files + m.Files
		all = addLeft(all, []Left{m})
		all[i].Files = files
	}
	return all
}
