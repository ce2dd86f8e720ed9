package export

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
)

// Stream is the Writer of a format whose files are written from their beginning to their
// end. What write hands over is buffered, and no longer taken when ctx has ended; where it
// works for long without writing, it looks at ctx itself.
func Stream(write func(ctx context.Context, w io.Writer, j *Job) error) Writer {
	return func(ctx context.Context, j *Job) error {
		err := atomicfile.Write(j.Path, atomicfile.Options{}, func(w io.Writer) error {
			behind := atomicfile.NewBehind(w, j.Threads)
			buf := bufio.NewWriterSize(&whileWanted{ctx, behind}, bufferBytes)
			err := write(ctx, buf, j)
			if err == nil {
				err = buf.Flush()
			}
			if end := behind.Close(); err == nil {
				err = end
			}
			if err == nil {
				err = ctx.Err()
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("cannot be written: %w: %s", pathname.Step(err), j.Path)
		}
		return nil
	}
}

// bufferBytes is how much is gathered before it is written, and wantedBytes how much of a
// column is written between two looks at the context.
const (
	bufferBytes = 16 << 10
	wantedBytes = 1 << 20
)

// whileWanted is a writer that fails when its context has ended.
type whileWanted struct {
	ctx context.Context
	w   io.Writer
}

func (w *whileWanted) Write(b []byte) (n int, err error) {
	for {
		if err := w.ctx.Err(); err != nil {
			return n, err
		}
		part := b[n:min(n+wantedBytes, len(b))]
		m, err := w.w.Write(part)
		if n += m; err != nil || n == len(b) {
			return n, err
		}
	}
}
