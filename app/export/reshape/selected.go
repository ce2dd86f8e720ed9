package reshape

import (
	"context"
	"encoding/json"
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
	kept, err := s.kept()
	if err == nil {
		err = atomicfile.Write(path, atomicfile.Options{}, func(w io.Writer) error { return json.NewEncoder(w).Encode(kept) })
	}
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
	var kept keptSelection
	if err := json.NewDecoder(f).Decode(&kept); err != nil {
		return nil, fmt.Errorf("read the selection: %w", err)
	}
	s, err := kept.selection()
	if err != nil {
		return nil, fmt.Errorf("read the selection: %w", err)
	}
	return s, nil
}

// keptSelection is a selection as it lies in a file.
type keptSelection struct {
	IDs  []byte     `json:"ids,omitempty"` // as Roaring writes them
	Rows []keptRows `json:"rows,omitempty"`
}

type keptRows struct {
	Number cache.Number   `json:"number"`
	Rows   *bitset.BitSet `json:"rows"`
}

func (s *Selection) kept() (k keptSelection, err error) {
	if s.IDs != nil {
		if k.IDs, err = s.IDs.MarshalBinary(); err != nil {
			return k, err
		}
	}
	for n, rows := range s.Rows {
		k.Rows = append(k.Rows, keptRows{n, rows})
	}
	return k, nil
}

func (k *keptSelection) selection() (*Selection, error) {
	s := &Selection{Rows: map[cache.Number]*bitset.BitSet{}}
	if k.IDs != nil {
		s.IDs = roaring.New()
		if err := s.IDs.UnmarshalBinary(k.IDs); err != nil {
			return nil, err
		}
	}
	for _, r := range k.Rows {
		s.Rows[r.Number] = r.Rows
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
