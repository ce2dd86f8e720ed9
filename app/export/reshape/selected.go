package reshape

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/probe"
	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
)

// Selection is which points of a sequence are written: those with some IDs, in every frame, and of
// frames without IDs those of some rows.
type Selection struct {
	IDs  *roaring.Bitmap                 // of int32s; nil: none
	Rows map[cache.Number]*bitset.BitSet // by the number that the frame is written with
}

// Save writes the selection to a file for workers.
func (s *Selection) Save(path string) error {
	err := atomicfile.Write(path, atomicfile.Options{}, func(w io.Writer) error { return gob.NewEncoder(w).Encode(s) })
	if err != nil {
		return fmt.Errorf("keep the selection for workers: %w: %s", pathname.Step(err), path)
	}
	return nil
}

func readSelection(path string) (*Selection, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the selection: %w", pathname.Reason(err))
	}
	defer f.Close()
	s := &Selection{}
	if err := gob.NewDecoder(f).Decode(s); err != nil {
		return nil, fmt.Errorf("read the selection: %w", err)
	}
	return s, nil
}

var errOtherPoints = errors.New("the frame has another number of points than when they were selected")

// selected are the points of a selection that are in the mask too; nil: in any.
func selected(ctx context.Context, f *cache.Frame, number cache.Number, path string, mask *bitset.BitSet) (*bitset.BitSet, error) {
	s, err := readSelection(path)
	if err != nil {
		return nil, err
	}
	of, err := s.of(ctx, f, number)
	if err == nil && mask != nil {
		of.InPlaceIntersection(mask)
	}
	return of, err
}

// of are the points of a frame.
func (s *Selection) of(ctx context.Context, f *cache.Frame, number cache.Number) (*bitset.BitSet, error) {
	n := uint(f.Header.Points)
	out := bitset.New(n)
	if ids := probe.IDs(f); ids != nil {
		if s.IDs == nil || s.IDs.IsEmpty() {
			return out, nil
		}
		for i, id := range ids {
			if i%step == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if s.IDs.Contains(uint32(id)) {
				out.Set(uint(i))
			}
		}
		return out, nil
	}
	rows := s.Rows[number]
	if rows == nil {
		return out, nil
	}
	if rows.Len() != n {
		return nil, errOtherPoints
	}
	return out.Union(rows), nil
}
