package expr

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// The evaluator against numpy: random expressions over random columns with NaN,
// infinities and zeros of both signs. Each is written in both languages.

// python is where Debian's numpy is.
const python = "/usr/bin/python3"

// pair is an expression in our language and in numpy's.
type pair struct{ ours, numpy string }

type generator struct{ *rand.Rand }

func (g generator) pick(all ...pair) pair { return all[g.IntN(len(all))] }

func (g generator) attribute() pair {
	return g.pick(pair{"Age", "Age"}, pair{"@Mass", "Mass"}, pair{"ID", "ID"}, pair{"P.x", "P[:,0]"}, pair{"v.z", "V[:,2]"}, pair{"Cd.a", "C[:,3]"},
		pair{"$index", "Index"}, pair{"P.mag", "mag(P)"}, pair{"length(v)", "mag(V)"}, pair{"dist(P, v)", "mag(P-V)"}, pair{"dot(P, v)", "dot(P,V)"},
		pair{"Dead", "Dead.astype(np.int64)"}, pair{"len(Heat)", "HeatLen"}, pair{"Heat[1]", "Heat1"})
}

func (g generator) literal() pair {
	switch g.IntN(3) {
	case 0:
		n := g.IntN(9) + 1
		return pair{fmt.Sprint(n), fmt.Sprint(n)}
	case 1:
		return pair{"-2", "(-2)"}
	}
	s := fmt.Sprintf("%.3f", g.Float64()*4+0.001)
	return pair{s, s}
}

func (g generator) number(depth int) pair {
	if depth == 0 {
		return g.attribute()
	}
	a := g.number(depth - 1)
	b, divisor := g.literal(), ""
	if g.IntN(2) == 0 {
		b, divisor = g.number(depth-1), "abs"
	}
	switch g.IntN(12) {
	case 0:
		return pair{"abs(" + a.ours + ")", "np.abs(" + a.numpy + ")"}
	case 1:
		return pair{"sqrt(" + a.ours + ")", "np.sqrt(" + a.numpy + ")"}
	case 2:
		return pair{"floor(" + a.ours + ")", "np.floor(" + a.numpy + ")"}
	case 3:
		return pair{"min(" + a.ours + ", " + b.ours + ")", "np.minimum(" + a.numpy + ", " + b.numpy + ")"}
	case 4:
		return pair{"max(" + a.ours + ", " + b.ours + ")", "np.maximum(" + a.numpy + ", " + b.numpy + ")"}
	case 5:
		return pair{"clamp(" + a.ours + ", -1, " + b.ours + ")", "np.minimum(np.maximum(" + a.numpy + ", -1), " + b.numpy + ")"}
	case 6:
		c := g.truth(depth - 1)
		return pair{"if(" + c.ours + ", " + a.ours + ", " + b.ours + ")", "where(" + c.numpy + ", " + a.numpy + ", " + b.numpy + ")"}
	case 7:
		return pair{"-" + a.ours, "-(" + a.numpy + ")"}
	}
	op := []string{"+", "-", "*", "/"}[g.IntN(4)]
	if op == "/" && divisor != "" { // of min(0, -0) and what is divided by it numpy says nothing
		b = pair{divisor + "(" + b.ours + ")", "np." + divisor + "(" + b.numpy + ")"}
	}
	return pair{"(" + a.ours + " " + op + " " + b.ours + ")", "(" + a.numpy + " " + op + " " + b.numpy + ")"}
}

func (g generator) truth(depth int) pair {
	if depth > 0 {
		a, b := g.truth(depth-1), g.truth(depth-1)
		switch g.IntN(4) {
		case 0:
			return pair{"(" + a.ours + " and " + b.ours + ")", "(" + a.numpy + " & " + b.numpy + ")"}
		case 1:
			return pair{"(" + a.ours + " || " + b.ours + ")", "(" + a.numpy + " | " + b.numpy + ")"}
		case 2:
			return pair{"(not " + a.ours + ")", "(~" + a.numpy + ")"}
		}
	}
	a, b := g.number(depth), g.literal()
	if g.IntN(2) == 0 {
		b = g.number(depth)
	}
	switch g.IntN(6) {
	case 0:
		return pair{"isfinite(" + a.ours + ")", "np.isfinite(" + a.numpy + ")"}
	case 1:
		return pair{"(ID % 7 in [1, 3..4, 12])", "np.isin(ID % 7, [1, 3, 4, 12])"}
	case 2:
		return g.pick(pair{"Dead", "Dead"}, pair{"any(Heat > 0.5)", "HeatAny"}, pair{"(P == v)", "(P == V).all(1)"})
	}
	op := []string{"<", "<=", ">", ">=", "==", "!="}[g.IntN(6)]
	return pair{"(" + a.ours + " " + op + " " + b.ours + ")", "(" + a.numpy + " " + op + " " + b.numpy + ")"}
}

const prelude = `
import numpy as np, sys
if hasattr(np, "_set_promotion_state"):
    np._set_promotion_state("weak")   # what numpy 2 does
np.seterr(all="ignore")
d, n = sys.argv[1], int(sys.argv[2])
def read(name, t): return np.fromfile(d + "/" + name, t)
Age, P, V, C = read("Age", "f4"), read("P", "f4").reshape(-1, 3), read("V", "f4").reshape(-1, 3), read("C", "f4").reshape(-1, 4)
ID, Dead, Index = read("ID", "i4").astype(np.int64), read("Dead", "u1") != 0, np.arange(n)
Mass = np.full(n, np.float32(1.7))
off, heat = read("off", "u8").astype(int), read("heat", "f4")
HeatLen = off[1:] - off[:-1]
Heat1 = np.array([heat[a + 1] if b - a > 1 else np.nan for a, b in zip(off[:-1], off[1:])], "f4")
HeatAny = np.array([(heat[a:b] > np.float32(0.5)).any() for a, b in zip(off[:-1], off[1:])], bool)
def where(c, a, b):   # numpy's takes no part in the promotion state
    if np.isscalar(b) and (a.dtype.kind == "f" or isinstance(b, int)): b = a.dtype.type(b)
    return np.where(c, a, b)
def mag(v):
    w = v.astype("f8")
    s = w[:,0] * w[:,0]
    for c in range(1, v.shape[1]): s = s + w[:,c] * w[:,c]
    return np.sqrt(s).astype("f4")
def dot(a, b):
    s = a[:,0] * b[:,0]
    for c in range(1, a.shape[1]): s = s + a[:,c] * b[:,c]
    return s
bad = 0
for i, text in enumerate(open(d + "/list").read().split("\n")):
    ours, theirs = text.split("\t")
    want = np.broadcast_to(np.asarray(eval(theirs), "f8"), n)
    got = read("r%d" % i, "f8")
    same = (want == got) | (np.isnan(want) & np.isnan(got))
    if not same.all():
        k = int(np.argmin(same)); bad += 1
        print("%s at row %d: %r, numpy has %r for %s" % (ours, k, got[k], want[k], theirs))
sys.exit(bad > 0)
`

func TestEvaluationAgreesWithNumpy(t *testing.T) {
	t.Parallel()
	if err := exec.Command(python, "-c", "import numpy").Run(); err != nil {
		t.Skip("numpy is not installed")
	}
	const n, count = 5000, 400
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	g := generator{rand.New(rand.NewPCG(seed, 1))}
	special := []float32{0, float32(math.Copysign(0, -1)), float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), 1, -1, 1e-40, 3e38}
	floats := func(n int) []float32 {
		out := make([]float32, n)
		for i := range out {
			if out[i] = float32(g.NormFloat64()); g.IntN(9) == 0 {
				out[i] = special[g.IntN(len(special))]
			}
		}
		return out
	}
	age, pos, vel, col := floats(n), floats(3*n), floats(3*n), floats(4*n)
	for i := 0; i < 3*n; i += 30 { // some are equal
		copy(vel[i:i+3], pos[i:i+3])
	}
	id, dead, offsets := make([]int32, n), make([]byte, n), []uint64{0}
	for i := range n {
		id[i], dead[i] = int32(g.IntN(2001)-1000), byte(g.IntN(2))
		offsets = append(offsets, offsets[i]+uint64(g.IntN(4)))
	}
	heat := floats(int(offsets[n]))
	b := cache.NewBuilder(cache.Header{Points: n})
	b.Float32s("Age", cache.TypeFloat, age)
	b.Float32s("PointPosition", cache.TypeVector3, pos)
	b.Float32s("PointVelocity", cache.TypeVector3, vel)
	b.Float32s("Color", cache.TypeColor4, col)
	b.Float32s("Mass", cache.TypeFloat, []float32{1.7})
	b.Int32s("ID", id)
	b.Bools("Dead", dead)
	b.Add(cache.Column{Name: "Heat", Type: cache.TypeFloat, Structure: cache.Array}, asBytes(t, heat), offsets)
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, data := range map[string]any{"Age": age, "P": pos, "V": vel, "C": col, "ID": id, "Dead": dead, "off": offsets, "heat": heat} {
		write(t, dir, name, asBytes(t, data))
	}
	var list []string
	for i := range count {
		p := g.number(1 + i%4)
		if i%2 == 0 {
			p = g.truth(1 + i%3)
		}
		got := make([]float64, n)
		if err := bind(t, Frame{Frame: frame}, p.ours).Float64s(context.Background(), 0, nil, got); err != nil {
			t.Fatalf("%s: %v", p.ours, err)
		}
		write(t, dir, fmt.Sprintf("r%d", i), asBytes(t, got))
		list = append(list, p.ours+"\t"+p.numpy)
	}
	write(t, dir, "list", []byte(strings.Join(list, "\n")))
	out, err := exec.Command(python, "-c", prelude, dir, fmt.Sprint(n)).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func asBytes(t *testing.T, data any) []byte {
	t.Helper()
	b, err := binary.Append(nil, binary.LittleEndian, data)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}
