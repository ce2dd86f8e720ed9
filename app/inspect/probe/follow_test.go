package probe

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/frames"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// pool answers at once with frames that a function makes.
type pool func(number cache.Number) (*cache.Frame, error)

func (p pool) Submit(r jobs.Request) jobs.ID {
	f, err := p(r.Frame)
	r.Done(jobs.Result{Request: r, Frame: f, Err: err})
	return 1
}
func (p pool) Cancel(jobs.ID) {}

// lives has points 10n to 10n+19 in frame n, each with its ID and an age.
func lives(t *testing.T, ids bool) pool {
	return func(n cache.Number) (*cache.Frame, error) {
		if n == 4 {
			return nil, errors.New("broken")
		}
		var id []int32
		var age []float32
		for i := range int32(20) {
			id, age = append(id, int32(n)*10+i), append(age, float32(n)-float32(i)/4)
		}
		b := cache.NewBuilder(cache.Header{Points: 20})
		b.Float32s("Age", cache.TypeFloat, age)
		b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 60))
		if ids {
			b.Int32s("ID", id)
		}
		f, err := b.Frame()
		if err != nil {
			t.Error(err)
		}
		return f, nil
	}
}

func follow(t *testing.T, p pool, q Query, columns ...string) *Trace {
	t.Helper()
	files := make([]frames.File, 7)
	for i := range files {
		files[i].Number = cache.Number(i)
	}
	for _, c := range columns {
		e, err := expr.Parse(c)
		if err != nil {
			t.Fatal(err)
		}
		q.Columns = append(q.Columns, e)
	}
	told := 0
	tr, err := Follow(t.Context(), p, files, 2, q, func(n int) { told = n })
	if err != nil || told != 7 || len(tr.Moments) != 7 {
		t.Fatal(err, told, tr)
	}
	return tr
}

func TestPointsAreFollowedByID(t *testing.T) {
	t.Parallel()
	tr := follow(t, lives(t, true), Query{Points: []int32{25, 64, 999}, ByID: true}, "Age", "P")
	if got := fmt.Sprint(tr.Parts()); got != "[{Age 0 0} {P.x 1 0} {P.y 1 1} {P.z 1 2}]" {
		t.Error(got)
	}
	age := tr.Parts()[0]
	if got := fmt.Sprint(tr.Curve(age, 0)); got != "[NaN -2.75 0.75 NaN NaN NaN NaN]" {
		t.Error(got)
	}
	if l := tr.Life(0); !slices.Equal(l, Life{{First: 1, Last: 2, Born: true, Died: true}}) {
		t.Error(l)
	}
	if l := tr.Life(1); !slices.Equal(l, Life{{First: 5, Last: 6}}) { // the frame before cannot be read
		t.Error(l)
	}
	if tr.Life(2) != nil {
		t.Error("a point that is nowhere lives")
	}
	if tr.Moments[4].Err == nil || tr.Moments[4].Rows != nil {
		t.Error("the broken frame tells something")
	}
	if tr.Moments[2].Rows[0] != 5 {
		t.Error(tr.Moments[2].Rows)
	}
}

func TestPointsWithoutIDAreFollowedByPlace(t *testing.T) {
	t.Parallel()
	tr := follow(t, lives(t, false), Query{Points: []int32{25}, ByID: true}, "Age")
	if !errors.Is(tr.Moments[0].Err, ErrNoIDs) {
		t.Error(tr.Moments[0].Err)
	}
	tr = follow(t, lives(t, false), Query{Points: []int32{8, 20}}, "Age * 2")
	age := tr.Parts()[0]
	if got := fmt.Sprint(tr.Curve(age, 0), tr.Curve(age, 1)); got != "[-4 -2 0 2 NaN 6 8] [NaN NaN NaN NaN NaN NaN NaN]" {
		t.Error(got)
	}
}

func TestAColumnThatAFrameLacksLeavesTheOthers(t *testing.T) {
	t.Parallel()
	p := pool(func(n cache.Number) (*cache.Frame, error) {
		b := cache.NewBuilder(cache.Header{Points: 1})
		b.Float32s("Age", cache.TypeFloat, []float32{float32(n)})
		switch n {
		case 2:
			b.Float32s("Heat", cache.TypeFloat, []float32{7})
		case 3:
			b.Float32s("Heat", cache.TypeVector3, []float32{7, 8, 9})
		}
		return b.Frame()
	})
	tr := follow(t, p, Query{Points: []int32{0}}, "Age", "Heat", "Cold")
	parts := tr.Parts()
	if got := fmt.Sprint(parts, tr.Curve(parts[0], 0), tr.Curve(parts[1], 0), tr.Curve(parts[2], 0)); got != "[{Age 0 0} {Heat 1 0} {Cold 2 0}] [0 1 2 3 4 5 6] [NaN NaN 7 NaN NaN NaN NaN] [NaN NaN NaN NaN NaN NaN NaN]" {
		t.Error(got)
	}
	if tr.Fault(0) != nil || tr.Fault(1) != nil || tr.Fault(2) == nil || tr.Moments[3].Columns[1].Err == nil {
		t.Error(tr.Fault(0), tr.Fault(1), tr.Fault(2), tr.Moments[3].Columns[1].Err)
	}
}
