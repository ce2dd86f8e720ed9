// Package proto holds the messages between the pool and its workers, their form on
// the pipe, and how either end maps the file that one of them tells of. README.md beside it describes the sequences.
//
// A message is a 16-byte head - u32 length of the body, u8 version, u8 kind, u16
// zero, u64 job - and a JSON body. All little-endian. Both ends check the head
// before they read on, cap the body, and refuse bodies with fields they do not
// know: the two ends are the same build.
package proto

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
)

// Version of the protocol. Both ends must have the same.
const Version = 3

// MaxBody bounds a message's body in bytes.
const MaxBody = 1 << 20

const headLen = 16

// Kind of a message.
type Kind uint8

const (
	KindHello   Kind = iota + 1 // worker: I am here
	KindWelcome                 // pool: accepted
	KindJob                     // pool: do this
	KindAlloc                   // worker: I need n bytes
	KindGrant                   // pool: here they are
	KindBeat                    // worker: still at it
	KindLoaded                  // worker: the job is done, here is the index
	KindFailed                  // worker: the job is done for
	KindCancel                  // pool: stop the job
	KindForget                  // pool: unmap a scratch file
	KindQuit                    // pool: end
	kindEnd
)

func (k Kind) String() string {
	names := []string{"hello", "welcome", "job", "alloc", "grant", "beat", "loaded", "failed", "cancel", "forget", "quit"}
	if k == 0 || k >= kindEnd {
		return fmt.Sprintf("kind %d", uint8(k))
	}
	return names[k-1]
}

// Hello is a worker's first message.
type Hello struct {
	Build string `json:"build"` // must equal the pool's: index and protocol change together
	PID   int    `json:"pid"`
}

// Welcome answers Hello.
type Welcome struct {
	BeatMillis int `json:"beat_ms"` // how often a working worker beats
}

// Job is what a worker is to do with one file. The kinds of job are the pool's.
type Job struct {
	Task      Task   `json:"task"`
	Source    string `json:"source,omitempty"`    // .icecache; "" if only the converted file is there
	Converted string `json:"converted,omitempty"` // .sih5: read if fresh, written by convert
	Target    string `json:"target,omitempty"`    // export: the file to write
	Format    string `json:"format,omitempty"`    // export: icecache or sih5
	Version   uint32 `json:"version,omitempty"`   // export: version of the .icecache, 0: 103
	MaxBytes  uint64 `json:"max_bytes"`           // most memory the job may ask for
	Threads   int    `json:"threads"`             // the job may keep busy: its share of the cores
	Checksums bool   `json:"checksums,omitempty"` // measure: SHA-256 of each attribute
	Foreign   bool   `json:"foreign,omitempty"`   // load: do not look for a converted file
	// Scratch, if not nil, already holds the decoded frame: convert only writes.
	Scratch *Grant       `json:"scratch,omitempty"`
	Index   *cache.Index `json:"index,omitempty"`
	IndexAt cache.Span   `json:"index_at,omitzero"` // instead of a large Index: where in Scratch it lies
	Stamp   cache.Stamp  `json:"stamp,omitzero"`    // of the source when it was decoded
}

// Task is a kind of job.
type Task uint8

const (
	TaskLoad    Task = iota + 1 // make the frame drawable: index a fresh .sih5, else decode
	TaskIndex                   // index a fresh .sih5, fail if there is none
	TaskConvert                 // write the .sih5 and index it
	TaskExport                  // write the frame to another format
	TaskMeasure                 // answer with the index, in which all is measured, and checksums
	taskEnd
)

func (t Task) String() string {
	names := []string{"load", "index", "convert", "export", "measure"}
	if t == 0 || t >= taskEnd {
		return fmt.Sprintf("task %d", uint8(t))
	}
	return names[t-1]
}

// Alloc asks for scratch memory; a job asks once at most.
type Alloc struct {
	Bytes uint64 `json:"bytes"`
}

// Grant names a scratch file for both ends to map. ID tells a worker that has
// mapped it before.
type Grant struct {
	ID   uint64 `json:"id"`
	Path string `json:"path"`
	Size uint64 `json:"size"`           // of the mapping: at least what was asked for
	Deny string `json:"deny,omitempty"` // why there is none
	Code Code   `json:"code,omitempty"`
}

// Beat says how far a worker is, so that a stuck one is told from a slow one.
type Beat struct {
	Progress uint64 `json:"progress"`        // rises with every step of the job
	Doing    Doing  `json:"doing,omitempty"` // with what from now on; "": as before
}

// Doing is which of a job's files a worker is about to read or write, so that one that
// it dies of is known.
type Doing string

const (
	ReadingConverted Doing = "reading converted"
	ReadingSource    Doing = "reading source"
	Writing          Doing = "writing"
)

// Loaded ends a job well.
type Loaded struct {
	Index   *cache.Index `json:"index,omitempty"`
	IndexAt cache.Span   `json:"index_at,omitzero"` // instead of a large Index: where in the granted memory it lies
	// File says that the index is of this file rather than of the scratch memory.
	File      string      `json:"file,omitempty"`
	FileStamp cache.Stamp `json:"file_stamp,omitzero"`
	Decoded   bool        `json:"decoded,omitempty"` // the source was gunzipped
	Written   bool        `json:"written,omitempty"` // convert: File was, rather than found to be up to date
	Source    cache.Stamp `json:"source,omitzero"`
	Bytes     uint64      `json:"bytes,omitempty"`  // decoded bytes, for the rate
	SHA256    []string    `json:"sha256,omitempty"` // measure: per attribute, in order
}

// Code sorts failures for those who act on them.
type Code string

const (
	CodeFormat      Code = "format"      // the file is broken
	CodeUnsupported Code = "unsupported" // the file uses what is not known
	CodeCanceled    Code = "canceled"
	CodeNoSpace     Code = "no space"  // disk or memory full
	CodeReadOnly    Code = "read only" // the folder cannot be written
	CodeGone        Code = "gone"      // no such file
	CodeChanged     Code = "changed"   // the file changes while it is read
	CodeStale       Code = "stale"     // index: there is no fresh converted file
	CodeInternal    Code = "internal"
)

// Failed ends a job.
type Failed struct {
	Code Code   `json:"code"`
	Text string `json:"text"`
}

// Forget names scratch files to unmap.
type Forget struct {
	IDs []uint64 `json:"ids"`
}

// Error is a breach of the protocol.
type Error struct{ Msg string }

func (e *Error) Error() string { return "protocol: " + e.Msg }

// Errorf makes an Error.
func Errorf(format string, args ...any) error { return &Error{Msg: fmt.Sprintf(format, args...)} }

// Message is one message as read.
type Message struct {
	Kind Kind
	Job  uint64
	Body []byte // valid until the next Read
}

// Decode reads the body into v strictly.
func (m Message) Decode(v any) error {
	d := json.NewDecoder(bytes.NewReader(m.Body))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return Errorf("%v: %v", m.Kind, err)
	}
	if d.More() {
		return Errorf("%v: more than one body", m.Kind)
	}
	if b, ok := v.(withPaths); ok {
		for _, p := range b.paths() {
			*p = pathname.Decode(*p)
		}
	}
	return nil
}

// withPaths are bodies that hold paths, or text with paths in it: bytes, of which
// JSON would replace those that are no UTF-8.
type withPaths interface{ paths() []*string }

func (j *Job) paths() []*string {
	p := []*string{&j.Source, &j.Converted, &j.Target}
	if j.Scratch != nil {
		p = append(p, j.Scratch.paths()...)
	}
	return p
}

func (g *Grant) paths() []*string  { return []*string{&g.Path, &g.Deny} }
func (l *Loaded) paths() []*string { return []*string{&l.File} }
func (f *Failed) paths() []*string { return []*string{&f.Text} }

// encoded is a body as it is written: a copy, with its paths as UTF-8.
func encoded(body any) any {
	var out withPaths
	switch b := body.(type) {
	case Job:
		if b.Scratch != nil {
			g := *b.Scratch
			b.Scratch = &g
		}
		out = &b
	case Grant:
		out = &b
	case Loaded:
		out = &b
	case *Loaded:
		l := *b
		out = &l
	case Failed:
		out = &b
	default:
		return body
	}
	for _, p := range out.paths() {
		*p = pathname.Encode(*p)
	}
	return out
}

// Write sends one message in one write, so that messages of two goroutines that
// hold no lock would still not be cut up by a partial head. body may be nil.
func Write(w io.Writer, kind Kind, job uint64, body any) error {
	msg := make([]byte, headLen, 512)
	if body != nil {
		b, err := json.Marshal(encoded(body))
		if err != nil {
			return fmt.Errorf("encode %v: %w", kind, err)
		}
		msg = append(msg, b...)
	}
	n := len(msg) - headLen
	if n > MaxBody {
		return Errorf("%v of %d bytes is over the cap of %d", kind, n, MaxBody)
	}
	binary.LittleEndian.PutUint32(msg, uint32(n))
	msg[4], msg[5] = Version, byte(kind)
	binary.LittleEndian.PutUint64(msg[8:], job)
	_, err := w.Write(msg)
	return err
}

// Reader reads messages; it is not safe for concurrent use.
type Reader struct {
	r    io.Reader
	head [headLen]byte
	body []byte
}

// NewReader reads messages from r.
func NewReader(r io.Reader) *Reader { return &Reader{r: r} }

// Read waits for the next message. io.EOF means that the other end closed between
// two messages; a breach of the protocol is an *Error.
func (r *Reader) Read() (Message, error) {
	if _, err := io.ReadFull(r.r, r.head[:]); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return Message{}, Errorf("the pipe ended inside a message")
		}
		return Message{}, err
	}
	n := binary.LittleEndian.Uint32(r.head[:])
	m := Message{Kind: Kind(r.head[5]), Job: binary.LittleEndian.Uint64(r.head[8:])}
	switch {
	case r.head[4] != Version:
		return Message{}, Errorf("version %d, want %d", r.head[4], Version)
	case m.Kind == 0 || m.Kind >= kindEnd:
		return Message{}, Errorf("unknown message %d", r.head[5])
	case r.head[6] != 0 || r.head[7] != 0:
		return Message{}, Errorf("damaged head")
	case n > MaxBody:
		return Message{}, Errorf("%v of %d bytes is over the cap of %d", m.Kind, n, MaxBody)
	}
	if uint32(cap(r.body)) < n {
		r.body = make([]byte, n, max(n, 4096))
	}
	m.Body = r.body[:n]
	if _, err := io.ReadFull(r.r, m.Body); err != nil {
		return Message{}, Errorf("the pipe ended inside a message")
	}
	return m, nil
}
