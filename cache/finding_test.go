package cache

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// finding is a folder, what is asked for, and what must come of it.
type finding struct {
	name  string
	files []string          // a folder if the name ends in a slash
	links map[string]string // by name: where they lead to
	args  []string          // from the folder; none: the folder itself
	want  []string          // "name: summary"
	notes []string          // what is left out, without the path
	lost  int               // how many of the notes are on caches
	err   string            // of Discover, without the path
}

func (f *finding) check(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	for _, n := range f.files {
		p := filepath.Join(dir, filepath.FromSlash(n))
		make := func() error { return os.WriteFile(p, nil, 0o600) }
		if strings.HasSuffix(n, "/") {
			make = func() error { return os.MkdirAll(p, 0o700) }
		}
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := make(); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range f.links {
		symlink(t, filepath.FromSlash(to), filepath.Join(dir, filepath.FromSlash(name)))
	}
	args := []string{dir}
	if f.args != nil {
		args = nil
	}
	for _, a := range f.args {
		args = append(args, filepath.Join(dir, filepath.FromSlash(a)))
	}
	found, err := Discover(args...)
	if got := fmt.Sprint(err); f.err == "" && err != nil || !strings.HasPrefix(got, f.err) {
		t.Errorf("error %v, want %q", err, f.err)
	}
	var got []string
	for _, s := range found.Sequences {
		got = append(got, s.Name+": "+s.Summary())
		if !slices.IsSortedFunc(s.Frames, byNumber) {
			t.Errorf("%s is not in order: %v", s.Name, s.Frames)
		}
	}
	if !slices.Equal(got, f.want) {
		t.Errorf("got %q, want %q", got, f.want)
	}
	var notes []string
	lost := 0
	for _, n := range found.Notes {
		if !strings.HasPrefix(n.Path, dir) || n.String() != n.Text+": "+n.Path {
			t.Errorf("a note without its path last: %q", n)
		}
		if notes = append(notes, n.Text); n.Cache {
			lost++
		}
	}
	if !slices.Equal(notes, f.notes) || lost != f.lost {
		t.Errorf("notes %q, %d on caches; want %q, %d", notes, lost, f.notes, f.lost)
	}
}

// symlink makes a link, or skips the test.
func symlink(t *testing.T, to, link string) {
	t.Helper()
	err := os.Symlink(to, link)
	if err == nil {
		_, err = os.Lstat(link) // Wine says that it has made one
	}
	if err != nil {
		t.Skipf("no links here (Windows asks for a privilege, Wine makes none): %v", err)
	}
}

// needs skips what Windows has not: stars in names.
func (f *finding) needs(t *testing.T) {
	star := func(name string) bool { return strings.Contains(name, "*") }
	if runtime.GOOS == "windows" && slices.ContainsFunc(f.files, star) {
		t.Skip("Windows has no such names")
	}
}

func checkFindings(t *testing.T, all []finding) {
	t.Parallel()
	for _, f := range all {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			f.needs(t)
			f.check(t)
		})
	}
}

// names are caches of these numbers.
func names(pattern string, numbers ...any) []string {
	var out []string
	for _, n := range numbers {
		out = append(out, strings.Replace(pattern, "*", fmt.Sprint(n), 1)+".icecache")
	}
	return out
}

func TestFramesBetweenWholeOnesAreOneSequence(t *testing.T) {
	checkFindings(t, []finding{
		{name: "decimals of different lengths", files: names("name.*", "101.0", "101.25", "101.5", "101.75", "102.0"), want: []string{"name: 101-102"}},
		{name: "beside whole frames", files: names("name.*", "101", "101.25", "101.50", "102"), want: []string{"name: 101-102"}},
		{name: "thirds, rounded", files: names("s_*", "0001.000", "0001.333", "0001.667", "0002.000", "0002.333", "0002.667"), want: []string{"s: 1-2.667"}},
		{name: "halves alone", files: names("s.*", "1.5", "2.5", "3.5"), want: []string{"s: 1.5-3.5"}},
		{name: "uneven steps beside whole frames", files: names("s.*", "1", "1.0417", "1.3719", "2", "3.9"), want: []string{"s: 1-3.9"}},
		{name: "a frame is missing", files: names("s.*", "1.0", "1.5", "2.0", "2.5", "5.0", "5.5"), want: []string{"s: 1-5.5, 4 missing: 3-4.5"}},
		{name: "negative", files: names("s.*", "-2", "-1.5", "-1", "-0.5", "0"), want: []string{"s: -2 to 0"}},
		{name: "whole numbers with decimals", files: names("s.*", "1.0", "2.0", "3.0"), want: []string{"s: 1-3"}},
		{name: "with what follows", files: names("s.*_final", "1", "1.5", "2"), want: []string{"s#_final: 1-2"}},
		{name: "number alone", files: []string{"shot/1.icecache", "shot/1.5.icecache", "shot/2.icecache"}, want: []string{"shot: 1-2"}},
		{name: "converted", files: names(".sih5/s.*", "1.0", "1.5", "2.0", "2.5"), want: []string{"s: 1-2.5"}},
		{name: "one file of them", files: names("s.*", "1", "1.25", "2"), args: []string{"s.1.25.icecache"}, want: []string{"s: 1.25"}},
		{name: "a notation", files: names("s.*", "1", "1.25", "1.5", "2", "3"), args: []string{"s.1-2####.icecache"}, want: []string{"s: 1-2"}},

		{name: "frames of versions", files: names("sim.*", "1.0001", "1.0002", "2.0001", "2.0002"), want: []string{"sim.1: 1-2", "sim.2: 1-2"}},
		{name: "frames beside their versions", files: names("sim.*", "1", "2", "1.0001", "1.0002", "1.0003"), want: []string{"sim: 1-2", "sim.1: 1-3"}},
		{name: "unpadded frames of versions", files: names("sim.*", "1.9", "1.10", "1.11", "2.9", "2.10", "2.11"), want: []string{"sim.1: 9-11", "sim.2: 9-11"}},
		{name: "tenth frames of versions", files: names("sim.*", "1.1", "1.10", "2.1", "2.10"), want: []string{"sim.1: 1-10, 8 missing: 2-9", "sim.2: 1-10, 8 missing: 2-9"}},
		{name: "one version", files: names("sim.*", "2.25", "2.50", "2.75"), want: []string{"sim.2: 25-75, 48 missing: 26-49, 51-74"}},
		{name: "versions with a v", files: names("sim_v*", "1.0", "1.5", "2.0", "2.5"), want: []string{"sim_v1: 0-5, 4 missing: 1-4", "sim_v2: 0-5, 4 missing: 1-4"}},
		{name: "other separators", files: names("cloud_*", "2_17", "2_18", "3_17"), want: []string{"cloud_2: 17-18", "cloud_3: 17"}},
		{name: "too many digits", files: names("s.*", "1234567890.1234567", "1"), want: []string{"s: 1", "s.1234567890: 1234567"}},
		{name: "digits of other scripts", files: []string{"s.\u0661.icecache", "s.\u0662.icecache"}, want: []string{"s.\u0661: single frame", "s.\u0662: single frame"}},
		{name: "decimals of a frame twice", files: names("s.*", "1", "1.5", "2", "2.0"), want: []string{"s: 1-2"}, notes: []string{"s.2.0.icecache is not opened, as s.2.icecache is the same frame"}, lost: 1},
	})
}

func TestSameNumberWithAndWithoutZerosIsTwoSequences(t *testing.T) {
	checkFindings(t, []finding{
		{name: "two and one", files: names("name_*", "1", "01", "2"), want: []string{"name: 1-2", "name (2 digits): 1"}},
		{name: "stray file in a padded sequence", files: names("n_*", "0001", "0002", "1000", "1001", "1"), want: []string{"n: 1-1001, 997 missing: 3-999", "n (without zeros): 1"}},
		{name: "three paddings", files: names("n_*", "1", "2", "01", "02", "03", "001", "10"), want: []string{"n: 1-10, 6 missing: 4-9", "n (3 digits): 1", "n (without zeros): 1-2"}},
		{name: "mixed, but no number twice", files: names("n_*", "1", "02", "003"), want: []string{"n: 1-3"}},
		{name: "negative", files: names("n_*", "-1", "-01", "-2"), want: []string{"n: -2 to -1", "n (2 digits): -1"}},
		{name: "sub-frames", files: names("n.*", "1", "1.5", "2", "01", "01.5"), want: []string{"n: 1-2", "n (2 digits): 1-1.5"}},
		{name: "minus zero", files: names("n_*", "-0", "0", "1"), want: []string{"n: 0-1"}, notes: []string{"n_-0.icecache is not opened, as n_0.icecache is the same frame"}, lost: 1},
		{name: "one of two by its name", files: names("n_*", "1", "01", "2"), args: []string{"n_01.icecache"}, want: []string{"n (2 digits): 1"}},
		{name: "by notation", files: names("n_*", "1", "01", "2"), args: []string{"n_##.icecache"}, want: []string{"n (2 digits): 1"}},
		{name: "by notation without zeros", files: names("n_*", "1", "01", "2"), args: []string{"n_#.icecache"}, want: []string{"n: 1-2"}},
		{name: "converted beside the source", files: []string{"a_1.icecache", "a_1.sih5", "a_2.icecache", "a_2.h5"}, want: []string{"a: 1-2"},
			notes: []string{"2 files are not opened, as others are the same frames, such as a_1.sih5 beside a_1.icecache"}, lost: 1},
		{name: "two endings", files: []string{"x_1.h5", "x_1.sih5"}, want: []string{"x: 1"}, notes: []string{"x_1.sih5 is not opened, as x_1.h5 is the same frame"}, lost: 1},
		{name: "no number twice", files: []string{"x.h5", "x.sih5"}, want: []string{"x: single frame"}, notes: []string{"x.sih5 is not opened, as x.h5 is the same frame"}, lost: 1},
	})
}

func TestLinkedFoldersAreLookedIntoAndCyclesEnd(t *testing.T) {
	checkFindings(t, []finding{
		{name: "a folder that holds only a linked one", files: names("v003/c_*", 1, 2), links: map[string]string{"top": "v003"}, args: []string{"top"}, want: []string{"c: 1-2"}},
		{name: "below", files: append(names("v003/c_*", 1, 2), "top/"), links: map[string]string{"top/latest": "../v003"}, args: []string{"top"}, want: []string{"c: 1-2"}},
		{name: "a folder and a link to it are one", files: names("v003/c_*", 1, 2), links: map[string]string{"latest": "v003"}, want: []string{"c: 1-2"}},
		{name: "a link to itself", files: []string{"d/"}, links: map[string]string{"d/d": "."}, args: []string{"d"}, err: "no particle caches in the folder: "},
		{name: "a link upwards", files: append(names("a/b/c_*", 1), "a/b/"), links: map[string]string{"a/up": ".."}, args: []string{"a"}, want: []string{"c: 1"}},
		{name: "a ring of links", files: []string{"a/", "b/"}, links: map[string]string{"a/b": "../b", "b/a": "../a"}, args: []string{"a"}, err: "no particle caches in the folder: "},
		{name: "links that lead to each other", links: map[string]string{"x": "y", "y": "x"}, err: "no particle caches in the folder: "},
		{name: "links to nothing", files: names("c_*", 1), links: map[string]string{"c_2.icecache": "gone", "old": "gone"}, want: []string{"c: 1"}, notes: []string{"2 links lead nowhere, such as c_2.icecache"}, lost: 1},
		{name: "linked files", files: names("v/c_*", 1), links: map[string]string{"c_2.icecache": "v/c_1.icecache"}, want: []string{"c: 2"}, notes: []string{"the folder v beside the caches is not opened"}},
	})
}

func TestGlobsBelowFoldersWithBrackets(t *testing.T) {
	checkFindings(t, []finding{
		{name: "brackets", files: names("br [v2]/n_*", 1, 2), args: []string{"br [v2]/*.icecache"}, want: []string{"n: 1-2"}},
		{name: "brackets that are no set", files: names("br[/x]y/n_*", 1, 2), args: []string{"br[/x]y/n_?.icecache"}, want: []string{"n: 1-2"}},
		{name: "stars in a name", files: []string{"a*/n_1.icecache", "ab/n_2.icecache"}, args: []string{"a*/n_*.icecache"}, want: []string{"n: 1"}},
		{name: "a set of folders all the same", files: slices.Concat(names("s1/a_*", 1), names("s2/b_*", 1), names("s3/c_*", 1)), args: []string{"s[12]/*"}, want: []string{"a: 1", "b: 1"}},
		{name: "a notation below", files: names("br [v2]/n.*", "0001", "0002"), args: []string{"br [v2]/n.####.icecache", "br [v2]/n.[1..2;4].icecache"}, want: []string{"n: 1-2"}},
		{name: "a notation below a glob", files: slices.Concat(names("s1/a.*", 1), names("s2/a.*", 1, 2)), args: []string{"s?/a.%d.icecache"}, want: []string{"a: 1", "a: 1-2"}},
		{name: "a set that is wrong", files: names("n_*", 1), args: []string{"n_[1.icecache"}, err: "no such file or folder: "},
		{name: "what matches and is no cache", files: append(names("n_*", 1), "n.txt", "n.png"), args: []string{"n*"}, want: []string{"n: 1"}, notes: []string{"2 files are not particle caches, such as n.png"}},
	})
}

func TestNotationsThatEverybodyWrites(t *testing.T) {
	four := names("name.*", "0001", "0002", "0003", "0004", "0005", "0010")
	all := []string{"name: 1-10, 4 missing: 6-9"}
	var findings []finding
	for notation, want := range map[string][]string{
		"name.####.icecache": all, "name.#.icecache": all, "name.@@@@.icecache": all, "name.@.icecache": all,
		"name.%04d.icecache": all, "name.%d.icecache": all, "name.%4d.icecache": all,
		"name.$F4.icecache": all, "name.$F.icecache": all, "name.${F4}.icecache": all, "name.$FF.icecache": all,
		"name.##.icecache":          all, // not the padding of these, but nothing else is meant
		"name.[1..100;4].icecache":  all,
		"name.[2..4].icecache":      {"name: 2-4"},
		"name.[1..5x2;4].icecache":  {"name: 1-5, 2 missing: 2, 4"},
		"name.[1-100].icecache":     all,
		"name.[1-5x2].icecache":     {"name: 1-5, 2 missing: 2, 4"},
		"name.1-100x2.icecache":     {"name: 1-5, 2 missing: 2, 4"},
		"name.2-4.icecache":         {"name: 2-4"},
		"name.1-5x2####.icecache":   {"name: 1-5, 2 missing: 2, 4"},
		"name.2-4#.icecache":        {"name: 2-4"},
		"name.2-4@@@@.icecache":     {"name: 2-4"},
		"name.%04d.icecache 2-4":    {"name: 2-4"},
		"name.####.icecache 1-3,10": {"name: 1-10, 6 missing: 4-9"},
		"name.[1..2,10].icecache":   {"name: 1-10, 7 missing: 3-9"},
		"name.-5..2####.icecache":   {"name: 1-2"},
		"name.-5-2####.icecache":    {"name: 1-2"},
		"nam?.####.icecache":        nil,
		"name.[50..60].icecache":    nil,
		"name.50-60.icecache":       nil,
		"name.####":                 nil,
		"name.%s.icecache":          nil,
		"name.5-1####.icecache":     nil,
		"name.####.icecache 5-1":    nil,
		"name.####.h5":              nil,
		"other.####.icecache":       nil,
	} {
		f := finding{name: notation, files: four, args: []string{notation}, want: want}
		if want == nil {
			f.err = "no "
		}
		findings = append(findings, f)
	}
	findings = append(findings,
		finding{name: "number in the middle", files: names("fx_*_v2", "0001", "0002", "0003"), args: []string{"fx_####_v2.icecache"}, want: []string{"fx#_v2: 1-3"}},
		finding{name: "last of two numbers", files: names("fx_2_*", "1", "2"), args: []string{"fx_2_%d.icecache"}, want: []string{"fx_2: 1-2"}},
		finding{name: "minus of a name", files: names("fx-*", "1", "2", "3"), args: []string{"fx-1-2#.icecache"}, want: []string{"fx: 1-2"}},
		finding{name: "negative frames", files: names("fx_*", "-3", "-2", "-1", "0"), args: []string{"fx_-2..-1#.icecache"}, want: []string{"fx: -2 to -1"}},
		finding{name: "steps between frames", files: names("s.*", "1", "1.25", "1.5", "1.75", "2"), args: []string{"s.[1..2x0.5].icecache"}, want: []string{"s: 1-2"}},
		finding{name: "converted", files: []string{".sih5/n.1.icecache.sih5", ".sih5/n.2.icecache.sih5"}, args: []string{".sih5/n.#.icecache.sih5"}, want: []string{"n: 1-2"}},
		finding{name: "a file of this name", files: []string{"n.####.icecache", "n.0001.icecache"}, args: []string{"n.####.icecache"}, want: []string{"n.####: single frame"}},
		finding{name: "a set of digits is a glob", files: names("n.*", "1", "5", "12"), args: []string{"n.[1-9].icecache"}, want: []string{"n: 1-5, 3 missing: 2-4"}},
		finding{name: "percent in a name", files: names("100%_*", "1", "2"), args: []string{"100%_%d.icecache"}, want: []string{"100%: 1-2"}},
	)
	checkFindings(t, findings)
}

func TestWhatIsNotOpenedOfAFolderIsSaid(t *testing.T) {
	checkFindings(t, []finding{
		{name: "one other file", files: append(names("a_*", 1), "notes.txt"), want: []string{"a: 1"}, notes: []string{"1 file is not a particle cache: notes.txt"}},
		{name: "other files and folders", files: append(names("a_*", 1), "notes.txt", "b.png", "old/a_1.icecache", "tmp/", ".git/x", ".DS_Store"), want: []string{"a: 1"},
			notes: []string{"2 files are not particle caches, such as b.png", "2 folders beside the caches are not opened, such as old"}},
		{name: "nothing else", files: append(names("a_*", 1), ".a_2.icecache.tmp7", ".sih5/a_1.icecache.sih5"), want: []string{"a: 1"}},
		{name: "a folder with a cache's name", files: append(names("a_*", 1), "a_2.icecache/"), want: []string{"a: 1"}, notes: []string{"the folder a_2.icecache beside the caches is not opened"}},
		{name: "below", files: append(names("x/a_*", 1), "x/notes.txt", "top.txt"), want: []string{"a: 1"}, notes: []string{"2 files are not particle caches, such as top.txt"}},
		{name: "too far below", files: names("x/y/z/a_*", 1), err: "no particle caches in the folder and down to 2 levels below: "},
	})
}

func TestConvertedFramesWhoseSourcesAreGoneStayOutWhereOthersAreThere(t *testing.T) {
	ghosts := append(names("sim_*", 1, 2, 3), names(".sih5/sim_*", 1, 2, 3, 4, 5, 7)...)
	for i, g := range ghosts {
		if strings.HasPrefix(g, ".sih5") {
			ghosts[i] += ".sih5"
		}
	}
	checkFindings(t, []finding{
		{name: "a shorter run", files: ghosts, want: []string{"sim: 1-3"}, lost: 1,
			notes: []string{"sim: 3 converted frames are left out, as the sources are gone (frames 4-7, 1 missing: 6); convert --prune removes them"}},
		{name: "another padding", files: append(names("sim_*", "1", "2"), ".sih5/sim_01.icecache.sih5"), want: []string{"sim: 1-2"}, lost: 1,
			notes: []string{"sim: 1 converted frame is left out, as the sources are gone (frame 1); convert --prune removes them"}},
		{name: "another sequence", files: append(names("sim_*", "1", "2"), ".sih5/old_1.icecache.sih5"), want: []string{"old: 1", "sim: 1-2"}},
		{name: "no source at all", files: []string{".sih5/sim_1.icecache.sih5", ".sih5/sim_2.icecache.sih5"}, want: []string{"sim: 1-2"}},
		{name: "beside the sources", files: append(names("sim_*", "1", "2"), "sim_3.sih5"), want: []string{"sim: 1-3"}},
		{name: "asked for by name", files: ghosts, args: []string{".sih5/sim_5.icecache.sih5"}, want: []string{"sim: 5"}},
		{name: "asked for by the folder's name", files: ghosts, args: []string{".sih5"}, want: []string{"sim: 1-7, 1 missing: 6"}},
		{name: "not ours", files: append(names("sim_*", "1"), ".sih5/sim_2.sih5"), want: []string{"sim: 1-2"}},
	})
}
