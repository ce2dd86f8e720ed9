package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

const noDisplay = "no display: run it under xvfb-run"

// window makes a command that opens a window and runs a script in it.
func (b *bench) window(ctx context.Context, script string) (*exec.Cmd, error) {
	file := filepath.Join(b.dir, "script.txt")
	if err := os.WriteFile(file, []byte(script), 0o666); err != nil {
		return nil, err
	}
	argv := append(append([]string{}, b.opt.Self...), "--run", file)
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Env = append(os.Environ(), "ICEEXPLORER_CONFIG_DIR="+filepath.Join(b.dir, "config"))
	return cmd, nil
}

// startWindow measures a window from exec to its first picture, where there is a
// display.
func (b *bench) startWindow(ctx context.Context, section string) error {
	r := Row{ID: "start-window", Section: section, What: "the window: from exec to its first picture", Goal: atMost(ofSeconds, 0.5)}
	if os.Getenv("DISPLAY") == "" {
		r.Skipped = noDisplay
		b.add(r)
		return nil
	}
	rounds := 7
	if b.opt.Quick {
		rounds = 2
	}
	for range rounds {
		took, err := b.firstPicture(ctx)
		if err != nil {
			r.Skipped = err.Error()
			break
		}
		if r.Seconds == 0 || took.Seconds() < r.Seconds {
			r.Seconds = took.Seconds()
		}
	}
	b.add(r)
	return ctx.Err()
}

// firstPicture runs a window until its script has ended. What the script prints
// comes when the second picture is begun.
func (b *bench) firstPicture(ctx context.Context) (time.Duration, error) {
	cmd, err := b.window(ctx, "wait 1ms\nprint state\nquit\n")
	if err != nil {
		return 0, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	_, err = io.ReadFull(out, make([]byte, 1))
	took := time.Since(start)
	if _, err2 := io.Copy(io.Discard, out); err == nil {
		err = err2
	}
	return took, errors.Join(err, cmd.Wait())
}

// windowMemory measures the most private memory of a window that opens and plays a
// folder, where there is a display.
func (b *bench) windowMemory(ctx context.Context, section, dir string) error {
	r := Row{ID: "private-window", Section: section, What: "peak private memory of the window's process that plays them",
		Points: b.opt.Points, Goal: atMost(ofMemory, 200e6)}
	if os.Getenv("DISPLAY") == "" {
		r.Skipped = noDisplay
	} else if most, err := b.playInWindow(ctx, dir); err != nil {
		r.Skipped = err.Error()
	} else {
		r.Memory = most
	}
	b.add(r)
	return ctx.Err()
}

func (b *bench) playInWindow(ctx context.Context, dir string) (most uint64, err error) {
	plays := "10s"
	if b.opt.Quick {
		plays = "500ms"
	}
	cmd, err := b.window(ctx, fmt.Sprintf("open %s\nwait loaded\nplay\nwait %s\nprint state\nquit\n", strconv.Quote(dir), plays))
	if err != nil {
		return 0, err
	}
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	process := strconv.Itoa(cmd.Process.Pid)
	text, failed := []byte(nil), error(nil)
	done := make(chan struct{})
	go func() {
		defer close(done)
		text, failed = io.ReadAll(pipe)
	}()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for running := true; running; {
		select {
		case <-tick.C:
			most = max(most, anonymous(process))
		case <-done:
			running = false
		}
	}
	if err := errors.Join(failed, cmd.Wait()); err != nil {
		return 0, err
	}
	var state struct {
		Layers []struct {
			Frames int
			States struct{ Mapped int }
		}
		Playing bool
	}
	if err := json.Unmarshal(text, &state); err != nil {
		return 0, fmt.Errorf("the window's state: %w", err)
	}
	if !state.Playing || len(state.Layers) != 1 || state.Layers[0].States.Mapped != b.long() {
		return 0, fmt.Errorf("the window does not play %d mapped frames: %s", b.long(), text)
	}
	return most, nil
}
