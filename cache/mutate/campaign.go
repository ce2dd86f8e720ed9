package mutate

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// Outcome is what became of one damaged file.
type Outcome string

const (
	Read    Outcome = "read"
	Refused Outcome = "refused"
	Wrong   Outcome = "wrong" // read, and what came of it contradicts itself
	Crash   Outcome = "crash"
	Hang    Outcome = "hang"
)

// Tally counts outcomes, and has the numbers of those that are faults.
type Tally struct {
	Count  map[Outcome]int
	Faults []string
}

func (t *Tally) String() string {
	n := 0
	for _, c := range t.Count {
		n += c
	}
	return fmt.Sprintf("%d files: %d read, %d refused, %d wrong, %d crashes, %d hangs", n,
		t.Count[Read], t.Count[Refused], t.Count[Wrong], t.Count[Crash], t.Count[Hang])
}

func (t *Tally) add(i int, o Outcome, detail string) {
	t.Count[o]++
	if o != Read && o != Refused {
		t.Faults = append(t.Faults, strings.TrimSpace(fmt.Sprintf("%d: %s %s", i, o, detail)))
	}
}

// Run tries the damaged files from one number to another in processes that command makes, and
// that call Serve. One that ends, or takes longer than limit for a file, is replaced; a file
// that took so long hangs if it takes four times as long alone.
func Run(ctx context.Context, from, to int, limit time.Duration, command func(ctx context.Context, from, to int) *exec.Cmd) (*Tally, error) {
	t := &Tally{Count: map[Outcome]int{}}
	for from < to {
		next, hung, err := t.batch(ctx, from, to, limit, command)
		if hung && err == nil {
			if _, hung, err = t.batch(ctx, next, next+1, 4*limit, command); hung {
				t.add(next, Hang, "")
			}
			next++
		}
		if err != nil {
			return t, err
		}
		from = next
	}
	return t, nil
}

var errHung = errors.New("it takes too long")

// batch runs one process, and returns the number that the next begins with, or the one that
// it hung at.
func (t *Tally) batch(ctx context.Context, from, to int, limit time.Duration, command func(context.Context, int, int) *exec.Cmd) (next int, hung bool, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	cmd := command(ctx, from, to)
	var said strings.Builder
	cmd.Stderr = &firstLines{to: &said, left: 2000}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return from, false, err
	}
	if err := cmd.Start(); err != nil {
		return from, false, err
	}
	watch := time.AfterFunc(10*limit, func() { cancel(errHung) }) // it starts, too
	doing := from
	for lines := bufio.NewScanner(out); lines.Scan(); {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		n, detail, _ := strings.Cut(rest, " ")
		i, err := strconv.Atoi(n)
		if err != nil {
			continue // of the test binary
		}
		if word == "begin" {
			doing = i
		} else {
			t.add(i, Outcome(word), detail)
			doing = i + 1
		}
		watch.Reset(limit)
	}
	watch.Stop()
	err = cmd.Wait()
	switch {
	case doing >= to:
		return to, false, nil
	case context.Cause(ctx) == errHung:
		return doing, true, nil
	case err == nil || ctx.Err() != nil:
		return doing, false, fmt.Errorf("a process ended at %d of %d: %w: %s", doing, to, cmp.Or(context.Cause(ctx), errors.New("too early")), said.String())
	}
	first, _, _ := strings.Cut(said.String(), "\n")
	t.add(doing, Crash, first)
	return doing + 1, false, nil
}

// firstLines keeps the begin of what a process says.
type firstLines struct {
	to   io.Writer
	left int
}

func (f *firstLines) Write(p []byte) (int, error) {
	n := min(len(p), f.left)
	f.left -= n
	_, err := f.to.Write(p[:n])
	return len(p), err
}

// Serve does, in a process of Run, what try does with each damaged file, and tells of it.
func Serve(from, to int, try func(i int) (Outcome, string)) {
	for i := from; i < to; i++ {
		fmt.Fprintf(os.Stdout, "begin %d\n", i)
		outcome, detail := try(i)
		fmt.Fprintf(os.Stdout, "%s %d %s\n", outcome, i, strings.ReplaceAll(detail, "\n", " "))
	}
}
