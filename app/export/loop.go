package export

import "sync"

// Loop is what a verb has in the place of a window's loop: functions that are posted to
// it are called one after the other, on the goroutine that is in Until.
type Loop struct {
	mu    sync.Mutex
	posts []func()
	wake  chan struct{}
}

// NewLoop makes a loop, which Until runs.
func NewLoop() *Loop { return &Loop{wake: make(chan struct{}, 1)} }

// Post has f called by the loop. It does not wait.
func (l *Loop) Post(f func()) {
	l.mu.Lock()
	l.posts = append(l.posts, f)
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Until runs the loop until a run has ended.
func (l *Loop) Until(ended func() bool) {
	for !ended() {
		l.mu.Lock()
		posts := l.posts
		l.posts = nil
		l.mu.Unlock()
		if len(posts) == 0 {
			<-l.wake
		}
		for _, f := range posts {
			f()
		}
	}
}
