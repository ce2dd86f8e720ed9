package bench

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"iceexplorer/jobs/pipe"
	"iceexplorer/jobs/proto"
)

// least is a program that does nothing and is on every machine.
var least = map[bool][]string{false: {"true"}, true: {"cmd", "/c", "exit"}}[runtime.GOOS == "windows"]

// starting measures how long processes take to come up.
func (b *bench) starting(ctx context.Context) error {
	const section = "Starting"
	best, err := b.turns(ctx, 3*time.Second,
		way{"another program", func() error { return exec.CommandContext(ctx, least[0], least[1:]...).Run() }},
		way{"verb", func() error { return b.verb(ctx, allCores, "--version") }},
		way{"worker", func() error { return b.startWorker(ctx) }})
	if err != nil {
		return err
	}
	b.add(
		Row{ID: "start-true", Section: section, What: "another program (" + strings.Join(least, " ") + "): from exec to exit", Seconds: best[0].Seconds()},
		Row{ID: "start-verb", Section: section, What: "a verb (--version): from exec to exit", Seconds: best[1].Seconds(), Goal: atMost(ofSeconds, 0.025)},
		Row{ID: "start-worker", Section: section, What: "a worker: from exec to its hello", Seconds: best[2].Seconds(), Goal: atMost(ofSeconds, 0.020)})
	return b.startWindow(ctx, section)
}

// startWorker waits for a worker's first message.
func (b *bench) startWorker(ctx context.Context) error {
	server, err := pipe.Listen(b.dir)
	if err != nil {
		return err
	}
	defer server.Close()
	argv := append(append([]string{}, b.opt.Worker...), server.Name())
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	if err := cmd.Start(); err != nil {
		return err
	}
	conn, err := server.Conn()
	if err == nil {
		var m proto.Message
		if m, err = proto.NewReader(conn).Read(); err == nil && m.Kind != proto.KindHello {
			err = fmt.Errorf("%v instead of a hello", m.Kind)
		}
	}
	// The worker ends when its pipe does; waiting for that is not part of the time.
	return errors.Join(err, cmd.Process.Kill(), ignoreKilled(cmd.Wait()))
}

func ignoreKilled(err error) error {
	var e *exec.ExitError
	if errors.As(err, &e) {
		return nil
	}
	return err
}
