package order

import (
	"context"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// numpy sorts the same keys. Turned around, equal ones keep their order and NaN stays last.
const argsort = `
import numpy as np, sys
d = sys.argv[1]
for name, kind in (("f32", "f4"), ("f64", "f8"), ("i64", "i8")):
    keys = np.fromfile(d + "/" + name, kind)
    for turned in ("", "-down"):
        want = np.argsort(keys if not turned else ~keys if kind == "i8" else -keys, kind="stable")
        got = np.fromfile(d + "/" + name + turned + ".rows", "u4")
        if not (got == want).all():
            k = int(np.argmax(got != want))
            sys.exit("%s%s: row %d is %d, numpy has %d" % (name, turned, k, got[k], want[k]))
`

func TestSortsAreThoseOfNumpy(t *testing.T) {
	t.Parallel()
	const python = "/usr/bin/python3" // Debian's
	if err := exec.Command(python, "-c", "import numpy").Run(); err != nil {
		t.Skip("numpy is not installed")
	}
	const n = 200_000
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	special := []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1), 1e-40, -1e-40, math.MaxFloat32}
	f32, f64, i64 := make([]float32, n), make([]float64, n), make([]int64, n)
	for i := range n {
		f64[i] = math.Round(r.NormFloat64()*1e4) / 16
		if r.IntN(5) == 0 {
			f64[i] = special[r.IntN(len(special))]
		}
		f32[i], i64[i] = float32(f64[i]), int64(r.Uint64())>>r.IntN(64)
	}
	dir := t.TempDir()
	write := func(name string, data any) {
		b, err := binary.Append(nil, binary.LittleEndian, data)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, keys := range map[string]any{"f32": f32, "f64": f64, "i64": i64} {
		write(name, keys)
		for _, turned := range []string{"", "-down"} {
			opt := Options{Descending: turned != ""}
			var rows []uint32
			var err error
			switch k := keys.(type) {
			case []float32:
				rows, err = Float32s(context.Background(), nil, k, opt)
			case []float64:
				rows, err = Float64s(context.Background(), nil, k, opt)
			case []int64:
				rows, err = Int64s(context.Background(), nil, k, opt)
			}
			if err != nil {
				t.Fatal(err)
			}
			write(name+turned+".rows", rows)
		}
	}
	if out, err := exec.Command(python, "-c", argsort, dir).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
