package proto

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/jobs/task"
)

func TestMessagesRoundTrip(t *testing.T) {
	t.Parallel()
	var buf bytes.Buffer
	sent := []struct {
		kind Kind
		body any
	}{
		{KindHello, Hello{Build: "1", PID: 7}}, {KindQuit, nil}, {KindAlloc, Alloc{Bytes: 1 << 40}},
		{KindAnswer, &Answer{Index: &cache.Index{Columns: []cache.Column{{Name: "é\n", Ranges: []cache.Range{{Min: -1e300, Max: 1e300}}}}}}},
	}
	for i, m := range sent {
		if err := Write(&buf, m.kind, uint64(i), m.body); err != nil {
			t.Fatal(err)
		}
	}
	r := NewReader(&buf)
	for i, want := range sent {
		m, err := r.Read()
		if err != nil || m.Kind != want.kind || m.Job != uint64(i) {
			t.Fatalf("message %d: %v %v", i, m, err)
		}
		if want.kind == KindAnswer {
			var l Answer
			if err := m.Decode(&l); err != nil || l.Index.Columns[0].Name != "é\n" || l.Index.Columns[0].Ranges[0].Max != 1e300 {
				t.Errorf("%+v, %v", l, err)
			}
		}
	}
	if _, err := r.Read(); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
}

// Names in Latin-1 came out of the pipe with other bytes: such files could not be read.
func TestPathsThatAreNoUTF8GoThroughThePipe(t *testing.T) {
	t.Parallel()
	const path = "/d\xe9cor/fum\xe9e_1.icecache"
	var buf bytes.Buffer
	grant := &Grant{Path: path}
	for kind, body := range map[Kind]any{KindJob: Job{Input: task.Input{Source: path, Converted: path}, Held: &Held{Grant: *grant}}, KindAnswer: &Answer{File: &File{Path: path}}, KindFailed: Failed{Text: "gone: " + path}, KindGrant: *grant} {
		buf.Reset()
		if err := Write(&buf, kind, 1, body); err != nil {
			t.Fatal(err)
		}
		m, err := NewReader(&buf).Read()
		if err != nil {
			t.Fatal(err)
		}
		var j Job
		var l Answer
		var f Failed
		var g Grant
		to := map[Kind]any{KindJob: &j, KindAnswer: &l, KindFailed: &f, KindGrant: &g}[kind]
		if err := m.Decode(to); err != nil {
			t.Fatal(err)
		}
		for _, p := range to.(withPaths).paths() {
			if *p != path && *p != "gone: "+path && *p != "" {
				t.Errorf("%v: %q", kind, *p)
			}
		}
	}
	if grant.Path != path {
		t.Errorf("what was sent was changed: %q", grant.Path)
	}
}

func head(n uint32, version, kind byte, rest ...byte) []byte {
	b := make([]byte, headLen)
	binary.LittleEndian.PutUint32(b, n)
	b[4], b[5] = version, kind
	return append(b, rest...)
}

func TestReadRefusesWhatBreaksTheProtocol(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		in   []byte
		want string
	}{
		"half a head":   {head(0, Version, 1)[:9], "ended inside"},
		"half a body":   {head(10, Version, 1, '{'), "ended inside"},
		"other version": {head(0, Version+1, 1), fmt.Sprintf("version %d, want %d", Version+1, Version)},
		"unknown kind":  {head(0, Version, byte(kindEnd)), "unknown message"},
		"kind 0":        {head(0, Version, 0), "unknown message"},
		"over the cap":  {head(MaxBody+1, Version, 1), "over the cap"},
		"dirty head":    {append(head(0, Version, 1)[:6], 1, 0, 0, 0, 0, 0, 0, 0, 0, 0), "damaged head"},
		"a web server":  {[]byte("HTTP/1.1 400 Bad Request\r\n"), "version"},
	} {
		_, err := NewReader(bytes.NewReader(tc.in)).Read()
		var breach *Error
		if !errors.As(err, &breach) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
}

func TestDecodeIsStrict(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"bytes":1,"more":2}`, `{"bytes":-1}`, `{"bytes":1}{}`, ``, `[1]`} {
		var a Alloc
		if err := (Message{Kind: KindAlloc, Body: []byte(body)}).Decode(&a); err == nil {
			t.Errorf("%q was taken", body)
		}
	}
}

func TestWriteRefusesBodiesOverTheCap(t *testing.T) {
	t.Parallel()
	var buf bytes.Buffer
	var breach *Error
	if err := Write(&buf, KindFailed, 1, Failed{Text: strings.Repeat("x", MaxBody)}); !errors.As(err, &breach) || buf.Len() != 0 {
		t.Errorf("%v, %d bytes written", err, buf.Len())
	}
}

func FuzzRead(f *testing.F) {
	f.Add(head(2, Version, byte(KindAlloc), '{', '}'))
	f.Add(head(MaxBody, Version, byte(KindAnswer)))
	f.Fuzz(func(t *testing.T, in []byte) {
		r := NewReader(bytes.NewReader(in))
		for {
			m, err := r.Read()
			if err != nil {
				return
			}
			if len(m.Body) > MaxBody {
				t.Fatal("body over the cap")
			}
			var l Answer
			if m.Decode(&l) == nil && l.Index != nil {
				_ = l.Index.Check(1 << 20)
			}
		}
	})
}
