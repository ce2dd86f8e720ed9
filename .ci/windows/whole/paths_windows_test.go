package whole

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPathsOfEveryKind(t *testing.T) {
	base := t.TempDir()
	deep := base
	for len(deep) < 340 {
		deep = filepath.Join(deep, strings.Repeat("x", 40))
	}
	for name, dir := range map[string]string{
		"other letters": filepath.Join(base, "Größe 粒子 дым"),
		"340 letters":   deep,
		"spaces":        filepath.Join(base, "a b", "c & d (1)"),
	} {
		sample(t, dir, "2", "100")
		works(t, "convert", dir)
		works(t, "info", filepath.Join(dir, "*.icecache"))
		if all := files(t, dir); ending(all, ".sih5") != 2 || len(litter(t, dir)) > 0 {
			t.Errorf("%s: %q", name, all)
		}
	}
}

func TestPathsAsPeopleWriteThem(t *testing.T) {
	base := t.TempDir()
	dir := sample(t, filepath.Join(base, "Cache"), "2", "100")
	one := files(t, dir)[0]
	t.Chdir(base)
	for name, path := range map[string]string{
		"either slash":      filepath.ToSlash(dir) + `\` + one,
		"another case":      strings.ToUpper(filepath.Join(dir, one)),
		"from here":         `Cache\` + one,
		"of the drive":      filepath.VolumeName(dir) + `Cache\` + one,
		"of the root":       strings.TrimPrefix(dir, filepath.VolumeName(dir)) + `\` + one,
		"a glob":            `Cache\*.icecache`,
		"a glob in capital": `CACHE\*.ICECACHE`,
		"notation":          `Cache\` + strings.Replace(one, "1", "#", 1),
		"verbatim":          `\\?\` + filepath.Join(dir, one),
	} {
		if status, out, errs := run(t, "info", path); status != 0 {
			t.Errorf("%s, %s: %s%s", name, path, out, errs)
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	rel, err := filepath.Rel(home, dir)
	if err != nil || strings.HasPrefix(rel, "..") {
		t.Skipf("%s is not below %s", dir, home)
	}
	works(t, "info", `~\`+rel)
	works(t, "info", "~/"+filepath.ToSlash(rel))
}

// Share is a folder of this machine by its name in the network, if there is one.
func TestPathsOfTheNetwork(t *testing.T) {
	share := os.Getenv("ICEEXPLORER_SHARE")
	if share == "" {
		t.Skip(`ICEEXPLORER_SHARE names no share such as \\localhost\c$\temp`)
	}
	dir := sample(t, filepath.Join(share, filepath.Base(t.TempDir())), "2", "100")
	defer os.RemoveAll(dir)
	works(t, "convert", dir)
	if all := files(t, dir); ending(all, ".sih5") != 2 {
		t.Errorf("%q", all)
	}
}
