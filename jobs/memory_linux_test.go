package jobs

import (
	"os"
	"path/filepath"
	"testing"
)

func TestGroupLimitIsTheLeastOfAllGroupsAround(t *testing.T) {
	t.Parallel()
	const none = 64 << 30
	for name, c := range map[string]struct {
		groups string
		files  map[string]string
		want   uint64
	}{
		"no groups": {"", nil, none},
		"version 2, no limit": {"0::/user.slice/a.scope\n", map[string]string{
			"user.slice/a.scope/memory.max": "max\n", "user.slice/memory.max": "max\n"}, none},
		"version 2, own limit": {"0::/user.slice/a.scope\n", map[string]string{
			"user.slice/a.scope/memory.max": "2147483648\n", "user.slice/memory.max": "max\n"}, 2 << 30},
		"version 2, limit further out": {"0::/user.slice/a.scope\n", map[string]string{
			"user.slice/a.scope/memory.max": "2147483648\n", "user.slice/memory.max": "1073741824\n"}, 1 << 30},
		"version 2, in a container":                  {"0::/\n", map[string]string{"memory.max": "1073741824\n"}, 1 << 30},
		"version 2, path of the host in a container": {"0::/../../pod/a\n", map[string]string{"memory.max": "1073741824\n"}, 1 << 30},
		"version 1": {"9:name=systemd:/\n5:cpu,cpuacct:/x\n4:memory:/slurm/job 7\n0::/\n", map[string]string{
			"memory/memory.limit_in_bytes":             "9223372036854771712\n",
			"memory/slurm/memory.limit_in_bytes":       "9223372036854771712\n",
			"memory/slurm/job 7/memory.limit_in_bytes": "3221225472\n",
			"cpu/x/memory.limit_in_bytes":              "1\n"}, 3 << 30},
		"both versions": {"4:memory:/a\n0::/b\n", map[string]string{
			"memory/a/memory.limit_in_bytes": "3221225472\n", "unified/b/memory.max": "2147483648\n"}, 2 << 30},
		"nonsense": {"hello\n1:2\n0::\n", map[string]string{"memory.max": "much\n"}, none},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			for file, text := range c.files {
				file = filepath.Join(root, file)
				if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if got := groupLimit(root, c.groups, none); got != c.want {
				t.Errorf("%d and not %d", got, c.want)
			}
		})
	}
}
