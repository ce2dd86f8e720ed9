package scratch

import "sync"

// Mappings counts the mappings of this process that hold frames: on Linux a process may have
// some 65,530 of all kinds, and crashes when the runtime, a driver or a library gets none. It
// is safe for concurrent use.
type Mappings struct {
	mu     sync.Mutex
	used   int
	most   int
	limit  int // of the system, for the whole process; 0: most is given
	looked int // used when the process's were counted
}

const (
	// An eighth of the process's mappings is for those that come later and are not
	// counted here: threads, the heap, drivers.
	reservedShare = 8
	// After each sixteenth the process's own are counted again.
	lookShare = 16
	// leastMappings are allowed whatever the count says.
	leastMappings = 64
)

// NewMappings counts up to most; 0: as many as the system allows, beside those that
// are there.
func NewMappings(most int) *Mappings {
	m := &Mappings{most: most}
	if most <= 0 {
		m.limit = mappingLimit()
		m.look()
	}
	return m
}

// look counts what the process has. It takes milliseconds where that is many.
func (m *Mappings) look() {
	all := mappingCount()
	m.mu.Lock()
	m.most = max(m.limit-m.limit/reservedShare-max(all-m.used, 0), leastMappings)
	m.mu.Unlock()
}

// Take counts one more; false: there may be no more.
func (m *Mappings) Take() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.used >= m.most {
		return false
	}
	m.used++
	if m.limit > 0 && m.used-m.looked >= m.limit/lookShare {
		m.looked = m.used
		go m.look()
	}
	return true
}

// Give counts one less.
func (m *Mappings) Give() {
	m.mu.Lock()
	m.used--
	m.mu.Unlock()
}

// Usage is how many there are, and how many there may be.
func (m *Mappings) Usage() (used, most int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.used, m.most
}
