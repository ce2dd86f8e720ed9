// Package ending ends the program when it is told to from outside: by Ctrl+C, by SIGTERM,
// or because its terminal is gone (SIGHUP). It ends in order if it can, and soon in any
// case.
package ending

import (
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
)

// Watch calls ask at the first signal. If the process is still there after grace, or at a
// second signal, it calls force, which must end it. Signals that were ignored when the
// process began, as under nohup, stay ignored. stop ends the watch.
func Watch(grace time.Duration, ask, force func()) (stop func()) {
	signals := slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}, signal.Ignored)
	come := make(chan os.Signal, 2)
	if len(signals) > 0 { // none would mean all
		signal.Notify(come, signals...)
	}
	done := make(chan struct{})
	go func() {
		select {
		case <-come:
		case <-done:
			return
		}
		go ask()
		select {
		case <-come:
		case <-time.After(grace):
		case <-done:
			return
		}
		force()
	}()
	return func() {
		signal.Stop(come)
		close(done)
	}
}

// Exit ends the process with a status once last has returned, or within some time if it
// does not: it may write to a pipe that nobody reads.
func Exit(status int, within time.Duration, last func()) {
	done := make(chan struct{})
	go func() {
		last()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(within):
	}
	os.Exit(status)
}
