package jobs

import "sync"

// mailbox calls functions one after the other on a goroutine of its own, so that
// results can be posted under the pool's lock and their receivers may call the pool.
type mailbox struct {
	mu    sync.Mutex
	some  *sync.Cond
	queue []func()
	shut  bool
	ended chan struct{}
}

func newMailbox() *mailbox {
	m := &mailbox{ended: make(chan struct{})}
	m.some = sync.NewCond(&m.mu)
	return m
}

// post has f called; after close on a goroutine of its own.
func (m *mailbox) post(f func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.shut {
		go func() {
			<-m.ended
			f()
		}()
		return
	}
	m.queue = append(m.queue, f)
	m.some.Signal()
}

func (m *mailbox) run() {
	defer close(m.ended)
	for {
		m.mu.Lock()
		for len(m.queue) == 0 && !m.shut {
			m.some.Wait()
		}
		batch := m.queue
		m.queue = nil
		m.mu.Unlock()
		if len(batch) == 0 {
			return
		}
		for _, f := range batch {
			f()
		}
	}
}

// close waits until everything posted has been called.
func (m *mailbox) close() {
	m.mu.Lock()
	m.shut = true
	m.mu.Unlock()
	m.some.Signal()
	<-m.ended
}
