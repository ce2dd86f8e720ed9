// Command iceexplorer opens, plays, inspects and converts Softimage ICE particle
// caches. One binary has three faces: the window, verbs, and the workers that
// decode files for both.
package main

import (
	"fmt"
	"log/slog"
	"os"
	"runtime"

	"iceexplorer/app"
	"iceexplorer/app/cli"
	"iceexplorer/app/disk"
	"iceexplorer/app/export/reshape"
	"iceexplorer/app/logbook"
	"iceexplorer/cache"
	"iceexplorer/cache/export/formats"
	"iceexplorer/cache/export/writers"
	"iceexplorer/cache/printable"
	"iceexplorer/jobs/confine"
	"iceexplorer/jobs/worker"
)

// version is set when the program is built by make.
var version = "0.0.0"

// workerFace is the hidden verb that the pool starts workers with; the name of a
// pipe follows.
const workerFace = "__worker"

// confinedFace is the hidden verb that shows what workers cannot do; see SECURITY.md.
const confinedFace = "__confined"

func main() { os.Exit(run(os.Args[1:], disk.System{})) }

// run is the program. The window looks at files through d.
func run(args []string, d disk.Disk) int {
	if len(args) == 2 && args[0] == workerFace {
		runtime.UnlockOSThread() // giu locks the main goroutine to its thread
		slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, nil)))
		if err := worker.Run(args[1], buildID(), "iceexplorer "+version, worker.Tasks(writers.All(), reshape.Apply)); err != nil {
			fmt.Fprintln(os.Stderr, printable.Line(err.Error()))
			return 1
		}
		return 0
	}
	if len(args) > 0 && args[0] == confinedFace {
		runtime.UnlockOSThread()
		return confine.Verb(os.Stdout, []string{self(), confinedFace}, args[1:])
	}
	env := cli.Env{Stdout: os.Stdout, Stderr: os.Stderr, Version: version, Build: buildID(), WorkerCommand: []string{self(), workerFace}, Formats: formats.All()}
	if len(args) > 0 && cli.IsVerb(args[0]) {
		runtime.UnlockOSThread()
		return cli.Run(args, env)
	}
	return window(args, env, d)
}

func window(args []string, env cli.Env, d disk.Disk) int {
	w, status, done := cli.ParseWindow(args, env)
	if done {
		return status
	}
	if w.Actions {
		if err := app.PrintActions(env.Stdout); err != nil {
			fmt.Fprintf(env.Stderr, "iceexplorer: write the output: %v\n", err)
			return cli.StatusFailed
		}
		return cli.StatusOK
	}
	opt := app.Options{
		Disk: d, Version: version, Build: env.Build, WorkerCommand: env.WorkerCommand,
		Sample: w.Sample, Script: w.Script, Hidden: w.Hidden, NoConvert: w.NoConvert, Debug: w.Debug, Jobs: w.Jobs, Paths: w.Paths,
	}
	level := slog.LevelWarn
	if opt.Debug {
		level = slog.LevelDebug
	}
	opt.Log = &logbook.Book{}
	slog.SetDefault(slog.New(opt.Log.Handler(min(level, slog.LevelInfo), slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))))
	defer keepCrash(version)()
	if err := app.Run(opt); err != nil {
		tellDesktop(err.Error())
		fmt.Fprintf(os.Stderr, "iceexplorer: %s\n", printable.Line(err.Error()))
		return cli.StatusFailed
	}
	return cli.StatusOK
}

// buildID tells builds apart that must not be mixed: the pool and its workers.
func buildID() string {
	exe, err := os.Executable()
	if err != nil {
		return version
	}
	st, err := os.Stat(exe)
	if err != nil {
		return version
	}
	now := cache.StampOf(st)
	return fmt.Sprintf("%s-%x-%x", version, now.Size, now.MTime)
}
