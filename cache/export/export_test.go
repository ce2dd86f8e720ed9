package export

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"iceexplorer/cache"
)

// A file that cannot tell that its frame is damaged would look whole.
func TestDamagedFramesGoWhereTheMarkGoes(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	b.Int32s("ID", []int32{7})
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	frame.Damage = &cache.Damage{What: "the file ends", At: -1, Missing: []string{"Size"}}
	written := 0
	f := Format{Label: "a table", Write: func(_ context.Context, j *Job) error {
		written++
		if j.Frames == nil {
			return nil
		}
		for _, err := range j.Frames {
			if err != nil {
				return err
			}
		}
		return nil
	}}
	const why = "damaged frame: Size is missing: the file ends, which a table has no way to say"
	if err := f.Do(t.Context(), Job{Frame: frame, Path: "a.csv"}); err == nil || err.Error() != "cannot be written: "+why+": a.csv" || written != 0 {
		t.Errorf("%v", err)
	}
	all := func(yield func(Numbered, error) bool) { yield(Numbered{frame, 1}, nil) }
	if err := f.Do(t.Context(), Job{Frames: all, Path: "a.csv"}); err == nil || err.Error() != why {
		t.Errorf("%v", err)
	}
	frame.Damage.Foreign, written = true, 0
	if err := f.Do(t.Context(), Job{Frame: frame}); err != nil || written != 1 {
		t.Errorf("a whole file with an attribute that is not known: %v", err)
	}
	frame.Damage.Foreign = false
	f.Marks, written = true, 0
	if err := errors.Join(f.Do(t.Context(), Job{Frame: frame}), f.Do(t.Context(), Job{Frames: all})); err != nil || written != 2 {
		t.Errorf("%d written: %v", written, err)
	}
}

// A Writer sees the attributes that its format takes and no others, of one frame and of many.
func TestAWriterSeesWhatItsFormatTakes(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Int32s("ID", []int32{7, 8})
	b.Float32s("Size", cache.TypeFloat, []float32{1, 2})
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("frame 2 is broken")
	var seen []string
	see := func(n cache.Number, f *cache.Frame) {
		for _, a := range f.Attributes {
			seen = append(seen, fmt.Sprint(n, " ", a.Name))
		}
	}
	f := Format{
		Attributes: func(Values) []string { return []string{"Size"} },
		Write: func(_ context.Context, j *Job) error {
			if j.Frame != nil {
				see(j.Number, j.Frame)
			}
			if j.Frames == nil {
				return nil
			}
			for f, err := range j.Frames {
				if err != nil {
					return err
				}
				see(f.Number, f.Frame)
			}
			return nil
		},
	}
	if err := f.Do(t.Context(), Job{Frame: frame, Number: 1}); err != nil {
		t.Error(err)
	}
	err = f.Do(t.Context(), Job{Frames: func(yield func(Numbered, error) bool) {
		_ = yield(Numbered{frame, 1.5}, nil) && yield(Numbered{}, broken)
	}})
	if !errors.Is(err, broken) || !slices.Equal(seen, []string{"1 Size", "1.5 Size"}) {
		t.Errorf("%q, %v", seen, err)
	}
}
