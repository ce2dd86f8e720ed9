// Package proto holds the messages between the pool and its workers, their form on
// the pipe, and how either end maps the file that a message names. README.md beside it describes
// the sequences.
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
	"iceexplorer/jobs/task"
)

// Version of the protocol. Both ends must have the same.
const Version = 4

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
	KindAnswer                  // worker: the job is done
	KindFailed                  // worker: the job is done for
	KindCancel                  // pool: stop the job
	KindForget                  // pool: unmap a scratch file
	KindQuit                    // pool: end
	kindEnd
)

func (k Kind) String() string {
	names := []string{"hello", "welcome", "job", "alloc", "grant", "beat", "answer", "failed", "cancel", "forget", "quit"}
	if k == 0 || k >= kindEnd {
		return fmt.Sprintf("kind %d", uint8(k))
	}
	return names[k-1]
}

// Hello is a worker's first message.
type Hello struct {
	Build string `json:"build"` // must equal the pool's: index and protocol change together
	PID   int    `json:"pid"`
	Lacks string `json:"lacks,omitempty"` // what it is not confined by
}

// Welcome answers Hello.
type Welcome struct {
	BeatMillis int `json:"beat_ms"` // how often a working worker beats
}

// Job is what a worker is to do with one frame.
type Job struct {
	Task       string `json:"task"`
	task.Input        // read; what is written is a matter of the task
	SourceOnly bool   `json:"source_only,omitempty"` // the pool was asked to leave the converted file alone
	Distrusted bool   `json:"distrusted,omitempty"`  // the converted file killed a worker, or could not be read
	MaxBytes   uint64 `json:"max_bytes"`             // most memory the job may ask for at a time
	Threads    int    `json:"threads"`               // the job may keep busy: its share of the cores

	Params json.RawMessage `json:"params,omitempty"` // the task's own
	Held   *Held           `json:"held,omitempty"`

	// Others are the folders of other jobs, with a worker's first job: it can be confined to
	// all of them, so that it is of use for those too.
	Others *Folders `json:"others,omitempty"`
}

// Folders are those that jobs read from, those that they have written to, and those that jobs
// in the queue will write to, which may have to be made.
type Folders struct {
	Read  []pathname.Text `json:"read,omitempty"`
	Write []pathname.Text `json:"write,omitempty"`
	Next  []pathname.Text `json:"next,omitempty"`
}

// Held is a decoded frame in scratch memory.
type Held struct {
	Grant
	Index   *cache.Index `json:"index,omitempty"`
	IndexAt cache.Span   `json:"index_at,omitzero"` // instead of a large Index: where it lies
	Source  cache.Stamp  `json:"source,omitzero"`   // of the source when it was decoded
}

// Alloc asks for scratch memory, for columns or for rows: a job asks at most once for
// either.
type Alloc struct {
	Bytes uint64 `json:"bytes"`
}

// Grant names a scratch file for both ends to map. ID tells a worker that has
// mapped it before.
type Grant struct {
	ID   uint64 `json:"id"`
	Path string `json:"path,omitempty"` // "" where the file itself is handed over
	Size uint64 `json:"size"`           // of the mapping: at least what was asked for
	Deny string `json:"deny,omitempty"` // why there is none
	Code Code   `json:"code,omitempty"`
}

// Beat says how far a worker is, so that a stuck one is told from a slow one.
type Beat struct {
	Progress uint64 `json:"progress"`        // rises with every step of the job
	Doing    Doing  `json:"doing,omitempty"` // with what from now on; "": as before

	Made []pathname.Text `json:"made,omitempty"` // folders for what will be written, the innermost first

	Frames int    `json:"frames,omitempty"` // that are written of a file that holds several; 0: as before
	Bytes  uint64 `json:"bytes,omitempty"`  // of their values
}

// Doing is which of a job's files a worker is about to read or write, so that the one that
// kills it is known.
type Doing string

const (
	ReadingConverted Doing = "reading converted"
	ReadingSource    Doing = "reading source"
	Writing          Doing = "writing"
)

// Answer ends a job that succeeded. It describes the frame that was read, and hands over the
// task's kind of result and nothing else.
type Answer struct {
	Index   *cache.Index `json:"index,omitempty"`
	IndexAt Place        `json:"index_at,omitzero"` // instead of a large Index: where it lies
	Source  cache.Stamp  `json:"source,omitzero"`
	Decoded bool         `json:"decoded,omitempty"` // the source was gunzipped
	Bytes   uint64       `json:"bytes,omitempty"`   // decoded, for the rate
	Doubt   string       `json:"doubt,omitempty"`   // why the converted file is not believed: the source was read

	File    *File           `json:"file,omitempty"`    // a frame: the index is of this file, rather than of the granted memory
	Written bool            `json:"written,omitempty"` // a file was, rather than found to be up to date
	Rows    *Rows           `json:"rows,omitempty"`
	Own     json.RawMessage `json:"own,omitempty"` // what the task itself says
}

// Rows are rows of data of one size, the one after the other.
type Rows struct {
	Count uint64 `json:"count"`
	Size  uint64 `json:"size"` // bytes of a row
	At    Place  `json:"at,omitzero"`
}

// Place is a part of a scratch file that the job was granted.
type Place struct {
	Scratch uint64 `json:"scratch"`
	cache.Span
}

// Code sorts failures for those who act on them.
type Code string

const (
	CodeFormat      Code = "format"      // the file is broken
	CodeUnsupported Code = "unsupported" // the file uses something unknown
	CodeCanceled    Code = "canceled"
	CodeNoSpace     Code = "no space"  // disk or memory full
	CodeReadOnly    Code = "read only" // the folder cannot be written
	CodeGone        Code = "gone"      // no such file
	CodeChanged     Code = "changed"   // the file changes while it is read
	CodeStale       Code = "stale"     // index: there is no converted file that is up to date
	CodeOutside     Code = "outside"   // the worker can no longer reach the file: it is another's
	CodeInternal    Code = "internal"
)

// Failed ends a job.
type Failed struct {
	Code Code   `json:"code"`
	Text string `json:"text"`
	// Further are those of more frames of the job.
	Further []string `json:"further,omitempty"`
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

// withPaths are bodies that hold paths, or text with paths in it. Paths are bytes, and JSON
// would replace those that are not UTF-8.
type withPaths interface{ paths() []*string }

func (j *Job) paths() []*string {
	p := []*string{&j.Source, &j.Converted}
	if j.Held != nil {
		p = append(p, j.Held.paths()...)
	}
	return p
}

func (a *Answer) paths() []*string {
	if a.File == nil {
		return nil
	}
	return []*string{&a.File.Path}
}

func (g *Grant) paths() []*string  { return []*string{&g.Path, &g.Deny} }
func (f *Failed) paths() []*string { return []*string{&f.Text} }

// encoded is a body as it is written: a copy, with its paths as UTF-8.
func encoded(body any) any {
	var out withPaths
	switch b := body.(type) {
	case Job:
		if b.Held != nil {
			h := *b.Held
			b.Held = &h
		}
		out = &b
	case Grant:
		out = &b
	case *Answer:
		a := *b
		if a.File != nil {
			f := *a.File
			a.File = &f
		}
		out = &a
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

// Write sends one message in one write, so that even goroutines without a lock never
// interleave a head with another message. body may be nil.
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
