package cli

import (
	"context"
	"fmt"
	"time"

	"iceexplorer/app/sample"
	"iceexplorer/cache/unit"
)

func sampleVerb() verb {
	return verb{
		name: "sample", args: "",
		short: "write the built-in sample: an animated particle fountain",
		long: fmt.Sprintf(`
Writes an animated particle fountain as .icecache files of version 103, named
%s and so on. It loops after its last frame and is meant for %d
frames per second; the same seed gives the same values. Files with these names are
replaced; others in the folder stay.`, sample.FileName(1), sample.Rate),
		flags: func(f *flags) {
			f.output("DIR", "folder to write to, made if it is missing (required)")
			f.number("points", "N", 1, fmt.Sprintf("particles in every frame (default %s)", unit.Count(sample.DefaultPoints)))
			f.number("frames", "N", 1, fmt.Sprintf("number of frames (default %d)", sample.DefaultFrames))
			f.number("seed", "S", 1, fmt.Sprintf("seed of the random numbers (default %d)", sample.DefaultSeed))
		},
		run: writeSample,
	}
}

func writeSample(ctx context.Context, f *flags, env Env) error {
	dir := f.text("output")
	switch {
	case dir == "":
		return usagef("sample needs a folder to write to: -o DIR")
	case len(f.args) > 0:
		return usagef("sample takes no argument %q", f.args[0])
	case f.num("points") > sample.MaxPoints:
		return usagef("--points %d: at most %s", f.num("points"), unit.Count(sample.MaxPoints))
	case f.num("frames") > sample.MaxFrames:
		return usagef("--frames %d: at most %s", f.num("frames"), unit.Count(sample.MaxFrames))
	}
	opt := sample.Options{Points: sample.DefaultPoints, Frames: sample.DefaultFrames, Seed: f.num("seed")}
	if n := f.num("points"); n > 0 {
		opt.Points = int(n)
	}
	if n := f.num("frames"); n > 0 {
		opt.Frames = int(n)
	}
	start := time.Now()
	line := newProgress(env.Stderr, opt.Frames)
	opt.Progress = func(done, total int) { line.draw(done, 0) }
	err := sample.Write(ctx, dir, opt)
	line.clear()
	if err != nil {
		return err
	}
	return env.print("%s of %s in %s: %s\n", unit.Plural(uint64(opt.Frames), "frame"), unit.Plural(uint64(opt.Points), "particle"),
		unit.Duration(time.Since(start)), dir)
}
