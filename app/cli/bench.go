package cli

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"iceexplorer/app/bench"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

func benchVerb() verb {
	return verb{
		name: "bench", args: "",
		short: "measure decoding, the workers, opening, exporting, drawing and start times",
		long: `
Measures what this program costs on this machine against what the machine allows, and
prints a table of times and ratios. Nothing else should be running. It takes about six
minutes, 4 GB of disk and 2 GB of memory; with --quick it takes seconds, and the
figures mean little.`,
		flags: func(f *flags) {
			f.bool("json", "print JSON")
			f.string("only", "PART,...", "measure only these parts: "+bench.PartNames())
			f.bool("quick", "small frames and few turns: to see that it works, not how fast")
			f.number("points", "N", 1, fmt.Sprintf("points of the largest frames (default %s)", unit.Count(bench.DefaultPoints)))
			f.string("keep", "DIR", "folder for the files it makes, kept for the next run")
			f.string("markdown", "FILE", "also write the tables into FILE, between its two marks; with --only\nthose of the parts alone, in the place of their earlier ones")
		},
		run: measure,
	}
}

func measure(ctx context.Context, f *flags, env Env) error {
	opt := bench.Options{
		Self: env.WorkerCommand[:len(env.WorkerCommand)-1], Worker: env.WorkerCommand, Build: env.Build, Version: env.Version,
		Points: int(min(f.num("points"), 20_000_000)), Quick: f.isSet("quick"), Keep: f.text("keep"),
	}
	if len(f.args) == 3 && f.args[0] == bench.ChildArg {
		limit, _ := strconv.ParseUint(f.args[2], 10, 64)
		return bench.Play(ctx, opt, f.args[1], limit, env.Stdout)
	}
	if len(f.args) > 0 {
		return usagef("bench takes no argument %q", f.args[0])
	}
	if f.isGiven("only") {
		var err error
		if opt.Only, err = bench.ParseParts(f.text("only")); err != nil {
			return usagef("--only %v", err)
		}
	}
	markdown := f.text("markdown")
	if markdown != "" {
		if _, err := os.Stat(markdown); err != nil {
			return fmt.Errorf("write the tables: %w: %s", pathname.Reason(err), markdown)
		}
	}
	terminal := bare(env.Stderr)
	if isTerminal(terminal) {
		opt.Progress = func(what string) {
			fmt.Fprintf(terminal, "\rmeasuring: %-20s", what)
		}
	}
	report, err := bench.Run(ctx, opt)
	if opt.Progress != nil {
		fmt.Fprintf(terminal, "\r%-32s\r", "")
	}
	if err != nil {
		return err
	}
	if markdown != "" {
		if err := report.UpdateMarkdown(markdown); err != nil {
			return fmt.Errorf("write the tables: %w: %s", pathname.Reason(err), markdown)
		}
	}
	if f.isSet("json") {
		return report.WriteJSON(env.Stdout)
	}
	return report.WriteText(env.Stdout)
}
