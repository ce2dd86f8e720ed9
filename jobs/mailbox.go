package jobs

import "sync"

// mailbox calls functions one after the other on a goroutine of its own, so that
// results can be posted under the pool's lock and their receivers may call the pool.
// The goroutine lives while there is something to call.
type mailbox struct {
	mu      sync.Mutex
	idle    *sync.Cond
	queue   []func()
	running bool
}

func newMailbox() *mailbox {
	m := &mailbox{}
	m.idle = sync.NewCond(&m.mu)
	return m
}

// post queues f.
func (m *mailbox) post(f func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.queue = append(m.queue, f)
	if !m.running {
		m.running = true
		go m.run()
	}
}

func (m *mailbox) run() {
	for {
		m.mu.Lock()
		batch := m.queue
		m.queue = nil
		if len(batch) == 0 {
			m.running = false
			m.idle.Broadcast()
			m.mu.Unlock()
			return
		}
		m.mu.Unlock()
		for _, f := range batch {
			f()
		}
	}
}

// wait returns when everything posted has been called.
func (m *mailbox) wait() {
	m.mu.Lock()
	for m.running {
		m.idle.Wait()
	}
	m.mu.Unlock()
}
