package export

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"iceexplorer/cache"
)

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
