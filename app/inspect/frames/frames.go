// Package frames goes through the frames of a sequence beside the window's loop: each is
// loaded by the pool, looked at, and released.
package frames

import (
	"context"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// Pool is the part of jobs.Pool that is needed.
type Pool interface {
	Submit(jobs.Request) jobs.ID
	Cancel(jobs.ID)
}

// File is a frame.
type File struct {
	Number            cache.Number
	Source, Converted string // as in cache.FrameFile
	SourceOnly        bool   // the converted file is not to be used

	Only []string // attributes that are needed: the frame may lack the others; nil: all
}

// Of are the frames of a sequence.
func Of(s *cache.Sequence) []File {
	out := make([]File, len(s.Frames))
	for i, f := range s.Frames {
		out[i] = File{Number: f.Number, Source: f.Source, Converted: f.Converted}
	}
	return out
}

// background is the priority of these loads: behind everything that the window shows.
const background = 1 << 30

// Each calls f with every frame in order, from the caller's goroutine; at most ahead of them
// are being loaded or waiting at a time. The frame is closed when f returns; if it could
// not be loaded, it is nil and err says why. Each ends early when f returns false or when
// ctx ends, whose error it returns.
func Each(ctx context.Context, pool Pool, files []File, ahead int, f func(i int, frame *cache.Frame, err error) bool) error {
	ahead = max(ahead, 1)
	type loaded struct {
		i int
		r jobs.Result
	}
	results := make(chan loaded, ahead) // never full: Done must not block
	waiting := map[int]jobs.Result{}
	under := map[int]jobs.ID{}
	// Frames still under way after an early end are closed as they arrive.
	defer func() {
		for _, id := range under {
			pool.Cancel(id)
		}
		for len(under) > 0 {
			l := <-results
			delete(under, l.i)
			waiting[l.i] = l.r
		}
		for _, r := range waiting {
			if r.Frame != nil {
				r.Frame.Close()
			}
		}
	}()
	begun := 0
	for next := range files {
		for begun < len(files) && begun < next+ahead {
			i := begun
			under[i] = pool.Submit(jobs.Request{
				Task: jobs.Load, Params: jobs.LoadParams{Only: files[i].Only}, Layer: -1, Frame: files[i].Number, Priority: background, Source: files[i].Source, Converted: files[i].Converted, SourceOnly: files[i].SourceOnly,
				Done: func(r jobs.Result) { results <- loaded{i, r} },
			})
			begun++
		}
		for {
			if _, ok := waiting[next]; ok {
				break
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case l := <-results:
				delete(under, l.i)
				waiting[l.i] = l.r
			}
		}
		r := waiting[next]
		delete(waiting, next)
		more := f(next, r.Frame, r.Err)
		if r.Frame != nil {
			r.Frame.Close()
		}
		if !more {
			return ctx.Err()
		}
	}
	return ctx.Err()
}
