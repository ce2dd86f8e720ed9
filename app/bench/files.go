package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"iceexplorer/app/sample"
	"iceexplorer/cache/icecache"
	"iceexplorer/cache/regular"
)

const dataText = "the built-in sample's frames: 9 attributes per point and a constant, gzip level 6"

// distinct is how many frames of the long sequence are different; the rest are
// further names of the same files.
func (b *bench) distinct() int {
	if b.opt.Quick {
		return 2
	}
	return 8
}

// frame is the file of frame number i, from 1, with n points.
func (b *bench) frame(n, i int) string {
	return filepath.Join(b.dir, fmt.Sprintf("points%d", n), sample.FileName(i))
}

// makeFiles writes the frames that parts need and that are not there from a run before.
func (b *bench) makeFiles(ctx context.Context, wanted []part) error {
	type file struct{ points, number int }
	var todo []file
	large, small := 0, false
	for _, p := range wanted {
		if p.large < 0 {
			p.large = b.distinct()
		}
		large, small = max(large, p.large), small || p.small
	}
	for _, n := range b.sizes() {
		last := large
		if n != b.opt.Points {
			if last = 1; !small {
				continue
			}
		}
		for i := 1; i <= last; i++ {
			// Kept files may be in the page cache in any shape by now.
			err := rereadFile(b.frame(n, i))
			if errors.Is(err, fs.ErrNotExist) {
				todo = append(todo, file{n, i})
			} else if err != nil {
				return err
			}
		}
	}
	var (
		wait sync.WaitGroup
		mu   sync.Mutex
		errs []error
	)
	work := make(chan file)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for f := range work {
				if err := b.makeFile(ctx, f.points, f.number); err != nil {
					mu.Lock()
					errs = append(errs, err)
					mu.Unlock()
				}
			}
		})
	}
	for _, f := range todo {
		if ctx.Err() != nil {
			break
		}
		work <- f
	}
	close(work)
	wait.Wait()
	return errors.Join(append(errs, ctx.Err())...)
}

func (b *bench) makeFile(ctx context.Context, n, number int) error {
	f, err := sample.Frame(sample.Options{Points: n}, number)
	if err != nil {
		return err
	}
	path := b.frame(n, number)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	if err := icecache.WriteFile(ctx, path, f, icecache.EncodeOptions{Version: 103, Level: 6}); err != nil {
		return err
	}
	return rereadFile(path)
}

// rereadFile has the system read a file from the disk again, as it reads a user's. A file
// that was just written piece by piece lies in the page cache in small pieces too, and
// takes up to three times as long to copy.
func rereadFile(path string) error {
	f, err := regular.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	dropCached(f)
	_, err = io.Copy(io.Discard, f)
	return err
}
