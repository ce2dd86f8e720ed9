package cli

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// answers are what testdata/questions.py says of the cache that it has made.
type answers struct {
	Asked, Flung int32
	Age          float64 // of the point Asked in frame 12
	Fastest      []struct {
		Index, ID int
		Speed     float64
	}
	Older    []int     // than a second, in each frame
	Speeds   []float64 // of the point Flung
	Exploded int       // the frame in which it is flung away
	Least    []float64 // Mass
	Zeros    [][]int32 // the points without Mass
}

func numpysAnswers(t *testing.T) (dir string, a answers) {
	t.Helper()
	const python = "/usr/bin/python3" // Debian's
	if err := exec.Command(python, "-c", "import numpy, h5py").Run(); err != nil {
		t.Skip("numpy and h5py are not installed")
	}
	dir = t.TempDir()
	cmd := exec.Command(python, "../../testdata/questions.py", dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &a)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir, a
}

// What an artist asks of a cache is told by one verb, and is what numpy finds.
func TestOneVerbAnswersAQuestion(t *testing.T) {
	t.Parallel()
	dir, want := numpysAnswers(t)
	ask := func(verb string, args ...string) [][]string {
		_, rows := rowsOf(t, must(t, append(append([]string{verb, "--format", "csv"}, args...), dir)...))
		return rows
	}
	same := func(got string, want float64) bool {
		v, err := strconv.ParseFloat(got, 64)
		return err == nil && math.Abs(v-want) <= 1e-6*math.Abs(want)
	}
	asked, flung := fmt.Sprint(want.Asked), fmt.Sprint(want.Flung)
	fast := want.Fastest[11]

	t.Run("what is the age of particle 1234 in frame 12", func(t *testing.T) {
		rows := ask("trace", "--id", asked, "--frames", "12", "--columns", "Age")
		if len(rows) != 1 || rows[0][0] != "12" || rows[0][1] != asked || !same(rows[0][3], want.Age) {
			t.Errorf("%v, want %v", rows, want.Age)
		}
	})
	t.Run("which is the fastest", func(t *testing.T) {
		rows := ask("query", "--frames", "12", "--sort=-v.mag", "--limit", "1", "--columns", "ID,v.mag")
		if len(rows) != 1 || rows[0][0] != fmt.Sprint(fast.Index) || rows[0][1] != fmt.Sprint(fast.ID) || !same(rows[0][2], fast.Speed) {
			t.Errorf("%v, want %+v", rows, fast)
		}
	})
	t.Run("how many are older than a second", func(t *testing.T) {
		rows := ask("stats", "--by", "frame", "--where", "Age > 1", "--of", "Age")
		for i, n := range want.Older {
			if len(rows) != len(want.Older) || rows[i][2] != fmt.Sprint(n) {
				t.Errorf("frame %d: %v, want %d", i+1, rows, n)
			}
		}
	})
	t.Run("when did this one explode", func(t *testing.T) {
		rows := ask("query", "--where", "ID == "+flung+" and v.mag > 100", "--limit", "1", "--columns", "v.mag")
		if n := want.Exploded; len(rows) != 1 || rows[0][0] != fmt.Sprint(n) || !same(rows[0][2], want.Speeds[n-1]) {
			t.Errorf("%v, want frame %d", rows, n)
		}
		rows = ask("trace", "--id", flung, "--columns", "v.mag")
		for i, v := range want.Speeds {
			if len(rows) != len(want.Speeds) || !same(rows[i][3], v) {
				t.Errorf("frame %d: %v, want %v", i+1, rows, v)
			}
		}
	})
	t.Run("is Mass ever zero", func(t *testing.T) {
		var zeros [][2]string
		for i, ids := range want.Zeros {
			for _, id := range ids {
				zeros = append(zeros, [2]string{fmt.Sprint(i + 1), fmt.Sprint(id)})
			}
		}
		rows := ask("query", "--where", "Mass == 0", "--columns", "ID")
		if len(rows) != len(zeros) || len(zeros) == 0 || rows[0][0] != zeros[0][0] || rows[0][2] != zeros[0][1] {
			t.Errorf("%v, want %v", rows, zeros)
		}
	})
}
