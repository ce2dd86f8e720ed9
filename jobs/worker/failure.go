package worker

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/owner"
	"iceexplorer/cache/refusal"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs/confine"
	"iceexplorer/jobs/proto"
)

// maxText bounds the text of an error in bytes: a file's own words may be in it.
const maxText = 8 << 10

// maxFurther bounds how many frames of a job are named that failed after the first.
const maxFurther = 200

// failed sorts an error for the pool, and those of further frames.
func failed(ctx context.Context, j *proto.Job, writes string, err error) proto.Failed {
	f := failedOne(ctx, j, writes, err)
	var all *broken
	if ctx.Err() != nil || !errors.As(err, &all) {
		return f
	}
	for i, err := range all.frames[1:] {
		if i == maxFurther {
			f.Further = append(f.Further, fmt.Sprintf("%s cannot be read either: %s", unit.Plural(len(all.frames)-1-i, "more frame"), j.Path()))
			break
		}
		f.Further = append(f.Further, failedOne(ctx, j, writes, err).Text)
	}
	return f
}

// failedOne sorts one error, with the path last.
func failedOne(ctx context.Context, j *proto.Job, writes string, err error) proto.Failed {
	path := j.Path()
	code := proto.CodeInternal
	var format *cache.FormatError
	var unsupported *cache.UnsupportedError
	var no *denied
	var obstructed *owner.Obstructed
	var other *of
	if errors.As(err, &other) {
		path = other.path
	}
	switch {
	case ctx.Err() != nil:
		return proto.Failed{Code: proto.CodeCanceled, Text: "canceled: " + path}
	case errors.As(err, &no):
		code = no.code
	case errors.Is(err, confine.ErrOutside):
		code = proto.CodeOutside
	case errors.Is(err, errStale):
		code = proto.CodeStale
	case errors.Is(err, errChanged):
		code = proto.CodeChanged
	case errors.As(err, &format):
		code = proto.CodeFormat
	case errors.As(err, &unsupported):
		code = proto.CodeUnsupported
	case refusal.NoSpace(err):
		code = proto.CodeNoSpace
	case refusal.ReadOnly(err) || refusal.Held(err) || errors.As(err, &obstructed):
		code = proto.CodeReadOnly
	case refusal.Nowhere(err):
		code = proto.CodeGone
	}
	text := err.Error()
	if len(text) > maxText {
		text = text[:maxText] + "..."
	}
	named := func(path string) bool { return path != "" && strings.HasSuffix(text, path) }
	if !named(path) && (other != nil || !named(j.Converted) && !named(writes)) {
		text += ": " + path
	}
	return proto.Failed{Code: code, Text: text}
}
