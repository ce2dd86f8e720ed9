package sih5

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"iceexplorer/cache/sih5/check"
)

// madeUp is an HDF5 file that is made byte by byte, as neither this program nor libhdf5 would. It has
// the attribute Age of three points, unless links says otherwise.
type madeUp struct {
	b []byte

	flags   byte                               // of the superblock
	summary string                             // of the columns
	dataset func([]message) []message          // changes the messages of Data
	group   func(*madeUp, []message) []message // those of the attribute's group
	links   func(group uint64) []message       // those in /ATTRIBS
	ordered bool                               // it knows in which order they were made
}

// message is one of an object's header.
type message struct {
	kind, flags byte
	body        []byte
}

func joined(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// number is v in n bytes.
func number(n int, v uint64) []byte { return binary.LittleEndian.AppendUint64(nil, v)[:n] }

func withChecksum(b []byte) []byte { return append(b, number(4, uint64(check.Checksum(b)))...) }

// put adds to the file and says where that is.
func (m *madeUp) put(b []byte) uint64 {
	at := uint64(len(m.b))
	m.b = append(append(m.b, b...), make([]byte, -len(b)&7)...)
	return at
}

func (m *madeUp) object(messages []message) uint64 {
	var body []byte
	for _, x := range messages {
		body = append(append(body, x.kind, byte(len(x.body)), byte(len(x.body)>>8), x.flags), x.body...)
	}
	return m.put(withChecksum(joined([]byte("OHDR\x02\x02"), number(4, uint64(len(body))), body)))
}

// groupOf are the messages of a group, but for its links.
func groupOf(ordered bool, more ...message) []message {
	info := []byte{0, 0}
	if ordered {
		info = append([]byte{0, 1}, make([]byte, 8)...)
	}
	none := number(8, nowhere)
	return append([]message{{2, 0, joined(info, none, none)}, {0x15, 0, joined([]byte{0, 0}, none, none)}}, more...)
}

// linkTo is a hard link; order is -1 if it does not say.
func linkTo(name string, at uint64, order int64) message {
	flags, made := byte(0), []byte(nil)
	if order >= 0 {
		flags, made = 4, number(8, uint64(order))
	}
	return message{6, 0, joined([]byte{1, flags}, made, []byte{byte(len(name))}, []byte(name), number(8, at))}
}

var (
	madeUpInt   = []byte{0x10, 8, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0}
	madeUpFloat = []byte("\x11\x20\x1f\x00\x04\x00\x00\x00\x00\x00\x20\x00\x17\x08\x00\x17\x7f\x00\x00\x00")
)

func factOf(name string, typ, value []byte) message {
	return message{0x0c, 0, joined([]byte{3, 0}, number(2, uint64(len(name)+1)), number(2, uint64(len(typ))), number(2, 4), []byte{0},
		[]byte(name), []byte{0}, typ, []byte{2, 0, 0, 0}, value)}
}

func facts(values map[string]int64) (list []message) {
	for name, v := range values {
		list = append(list, factOf(name, madeUpInt, number(8, uint64(v))))
	}
	return list
}

// write makes the file.
func (m *madeUp) write(t *testing.T) string {
	t.Helper()
	m.b = make([]byte, 48)
	data := m.put(make([]byte, 3*4))
	one := joined([]byte{2, 2, 0, 1}, number(8, 3), number(8, 1))
	dataset := []message{{1, 0, one}, {3, 1, madeUpFloat}, {5, 0, []byte{3, 0x0a}}, {8, 0, joined([]byte{3, 1}, number(8, data), number(8, 12))}}
	if m.dataset != nil {
		dataset = m.dataset(dataset)
	}
	group := groupOf(false, append(facts(map[string]int64{"datatype": 4, "structtype": 1, "contexttype": 2}), linkTo("Data", m.object(dataset), -1))...)
	if m.group != nil {
		group = m.group(m, group)
	}
	age := m.object(group)
	ordered, links := true, []message{linkTo("Age_", age, 0)}
	if m.links != nil {
		ordered, links = m.ordered, m.links(age)
	}
	header := facts(map[string]int64{"version": 103, "type": 0, "particle_count": 3, "edge_count": 0, "polygon_count": 0, "sample_count": 0, "substeps_count": 1, "layout": layoutVersion})
	if m.summary != "" {
		header = append(header, factOf("columns", joined([]byte{0x13, 1, 0, 0}, number(4, uint64(len(m.summary)))), []byte(m.summary)))
	}
	root := m.object(groupOf(false, linkTo("HEADER", m.object(groupOf(false, header...)), -1),
		linkTo("ATTRIBS", m.object(groupOf(ordered, links...)), -1)))
	copy(m.b, withChecksum(joined(signature, []byte{2, 8, 8, m.flags}, number(8, 0), number(8, nowhere), number(8, uint64(len(m.b))), number(8, root))))
	path := filepath.Join(t.TempDir(), "made_up.sih5")
	if err := os.WriteFile(path, m.b, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// What libhdf5 refuses was opened without it: a file that somebody is writing, among others.
func TestWhatTheLibraryRefusesIsNotOpenedWithoutIt(t *testing.T) {
	t.Parallel()
	add := func(x message) func([]message) []message {
		return func(list []message) []message { return append(list, x) }
	}
	with := func(i int, x message) func([]message) []message {
		return func(list []message) []message { list[i] = x; return list }
	}
	for name, m := range map[string]*madeUp{
		"as it should be":                {},
		"open for writing":               {flags: 1},
		"unknown flags":                  {flags: 0x80},
		"a list of no filters":           {dataset: add(message{0x0b, 0, []byte{2, 0}})},
		"a fill value of no bytes":       {dataset: with(2, message{5, 0, []byte{3, 0x20, 0, 0, 0, 0}})},
		"a message that was not known":   {dataset: with(2, message{5, 0x20, []byte{3, 0x0a}})},
		"values past the end":            {dataset: with(3, message{8, 0, joined([]byte{3, 1}, number(8, 1<<40), number(8, 12))})},
		"values before the file's begin": {dataset: with(3, message{8, 0, joined([]byte{3, 1}, number(8, nowhere-7), number(8, 12))})},
	} {
		t.Run(name, func(t *testing.T) {
			path := m.write(t)
			f, err := Open(path, Options{})
			if err != nil {
				if _, asked := Open(path, Options{asked: true}); asked == nil || asked.Error() != err.Error() {
					t.Errorf("%v; libhdf5 says: %v", err, asked)
				}
				return
			}
			defer f.Close()
			if whole := name == "as it should be"; f.sighted() != whole {
				t.Errorf("opened without libhdf5: %v", f.sighted())
			}
		})
	}
}

// Attributes came in another order than libhdf5 gives them, where links tell one that their group does not.
func TestAttributesComeInTheOrderOfTheLibrary(t *testing.T) {
	t.Parallel()
	for _, ordered := range []bool{false, true} {
		for _, orders := range [][3]int64{{0, 1, 2}, {2, 1, 0}, {1, 1, 0}, {-1, 1, 0}, {-1, -1, -1}} {
			m := madeUp{ordered: ordered, links: func(age uint64) []message {
				return []message{linkTo("B", age, orders[0]), linkTo("A", age, orders[1]), linkTo("C", age, orders[2])}
			}}
			f, err := Open(m.write(t), Options{})
			if err != nil {
				t.Fatal(ordered, orders, err)
			}
			defer f.Close()
			if err := agrees(f); err != nil {
				t.Errorf("ordered: %v, %v: %v", ordered, orders, err)
			}
		}
	}
}

// A file of 60 KB whose summary has 20,000 columns of one name kept a worker busy for 48 s, and 4,000 links to a
// group of 20,000 links did libhdf5 for 11 s. They take milliseconds now.
func TestASmallFileKeepsNoWorkerBusy(t *testing.T) {
	t.Parallel()
	many := func(n int, one func(i int) message) func(*madeUp, []message) []message {
		return func(m *madeUp, list []message) []message {
			for i := range n {
				list = append(list, one(i))
			}
			return list
		}
	}
	four := func(age uint64) (list []message) {
		for i := range 4000 {
			list = append(list, linkTo(fmt.Sprintf("%04d", i), age, -1))
		}
		return list
	}
	fact := func(i int) message { return factOf(fmt.Sprintf("%05d", i), madeUpInt, make([]byte, 8)) }
	for name, m := range map[string]*madeUp{
		"columns of one name":            {summary: "[" + string(bytes.Repeat([]byte("{},"), 20000)) + "{}]"},
		"links to a group of many facts": {links: four, group: many(30000, fact)},
		"links to a group of many links": {links: four, group: many(20000, func(i int) message { return linkTo(fmt.Sprintf("%05d", i), 48, -1) })},
	} {
		t.Run(name, func(t *testing.T) {
			path := m.write(t)
			start := time.Now()
			f, err := Open(path, Options{})
			if err == nil {
				f.Close()
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%v: %v", took, err)
			}
		})
	}
}
