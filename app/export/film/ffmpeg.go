package film

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"

	"iceexplorer/cache/atomicfile"
)

const ffmpegName = "ffmpeg"

// Missing is why films of the kind cannot be made here; "" if they can. It looks at the disk.
func (k *Kind) Missing() string {
	if k.Tool == "" {
		return ""
	}
	if _, err := exec.LookPath(k.Tool); err != nil {
		return fmt.Sprintf("%s needs the program %s, which is not installed", k.Label, k.Tool)
	}
	return ""
}

// Command is what makes the film of pictures that it is handed; nil: no program is needed.
func (k *Kind) Command(o *Options) []string {
	if k.Tool == "" {
		return nil
	}
	return k.command(o, o.Path)
}

// CommandText is Command as a shell takes it.
func (k *Kind) CommandText(o *Options) string {
	var words []string
	for _, w := range k.Command(o) {
		if strings.ContainsAny(w, " \t\n'\"\\$&|;<>()*?[]#~`!{}") || w == "" {
			w = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

// command hands ffmpeg pictures through its standard input. The colours of video are those
// of Rec. 709 in the range that players expect.
func (k *Kind) command(o *Options, to string) []string {
	size := fmt.Sprintf("%dx%d", o.W, o.H)
	args := []string{
		k.Tool, "-hide_banner", "-loglevel", "error", "-y",
		"-f", "rawvideo", "-pixel_format", "rgba", "-video_size", size, "-framerate", strconv.FormatFloat(o.Rate, 'f', -1, 64), "-i", "pipe:0",
		"-vf", "scale=out_color_matrix=bt709:out_range=tv,setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709",
	}
	if !strings.HasPrefix(to, "-") {
		to = "file:" + to // a colon in a name is no protocol
	} else {
		to = "file:./" + to
	}
	return append(append(args, k.encoder(o)...), to)
}

func h264(*Options) []string {
	return []string{"-c:v", "libx264", "-preset", "medium", "-crf", "17", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4"}
}

func proRes(o *Options) []string {
	profile, format := "3", "yuv422p10le" // 422 HQ
	if o.Transparent {
		profile, format = "4", "yuva444p10le" // 4444
	}
	return []string{"-c:v", "prores_ks", "-profile:v", profile, "-vendor", "apl0", "-pix_fmt", format, "-f", "mov"}
}

// ffmpeg is a film that the program makes, of pictures in a pipe.
type ffmpeg struct {
	opt   Options
	name  string // of the file, until it is complete
	cmd   *exec.Cmd
	in    io.WriteCloser
	said  lastLines
	once  sync.Once
	ended chan struct{}
	err   error // of the program, once it has ended
}

func openFfmpeg(k *Kind, o *Options) (Film, error) {
	if why := k.Missing(); why != "" {
		return nil, errors.New(why)
	}
	if w, h := k.Size(o.W, o.H); w != o.W || h != o.H {
		return nil, fmt.Errorf("video of %d x %d pixels: both must be even", o.W, o.H)
	}
	f := &ffmpeg{opt: *o, name: atomicfile.Name(o.Path), ended: make(chan struct{})}
	words := k.command(o, f.name)
	f.cmd = exec.Command(words[0], words[1:]...)
	f.cmd.Stderr = &f.said
	if err := atomicfile.Reserve(f.name, o.Path, o.Of); err != nil {
		return nil, written(err, o.Path)
	}
	var err error
	if f.in, err = f.cmd.StdinPipe(); err == nil {
		err = f.cmd.Start()
	}
	if err != nil {
		_ = os.Remove(f.name)
		return nil, fmt.Errorf("start %s: %w", k.Tool, err)
	}
	go func() {
		f.err = f.cmd.Wait()
		close(f.ended)
	}()
	return f, nil
}

// Add hands a picture on. Where the program has ended that is why there is an error.
func (f *ffmpeg) Add(ctx context.Context, img *image.RGBA) error {
	if err := errors.Join(ctx.Err(), f.opt.fits(img)); err != nil {
		return err
	}
	defer context.AfterFunc(ctx, f.kill)()
	if _, err := f.in.Write(img.Pix); err != nil {
		f.kill() // it may be there, and have closed its input
		<-f.ended
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return f.failure()
	}
	return nil
}

// Finish waits until the program has written the rest.
func (f *ffmpeg) Finish(ctx context.Context) error {
	defer f.Discard()
	stop := context.AfterFunc(ctx, f.kill)
	_ = f.in.Close() // the program tells what came of it
	<-f.ended
	stop()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case f.err != nil:
		return f.failure()
	}
	if st, err := os.Stat(f.name); err != nil || st.Size() == 0 {
		return fmt.Errorf("%s has written nothing%s: %s", ffmpegName, f.said.text(), f.opt.Path)
	}
	return written(atomicfile.Take(f.name, f.opt.Path), f.opt.Path)
}

// failure says in words why the program has ended.
func (f *ffmpeg) failure() error {
	return fmt.Errorf("%s could not make the film%s: %s", ffmpegName, f.said.text(), f.opt.Path)
}

func (f *ffmpeg) kill() { _ = f.cmd.Process.Kill() }

// Discard ends the program, and removes what it has written unless that is complete.
func (f *ffmpeg) Discard() {
	f.once.Do(func() {
		f.kill()
		_ = f.in.Close()
		<-f.ended
		_ = os.Remove(f.name)
	})
}

// lastLines keeps the last lines that a program writes.
type lastLines struct {
	mu   sync.Mutex
	tail []byte
}

const mostTail = 4096

func (l *lastLines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tail = append(l.tail, p...)
	if over := len(l.tail) - mostTail; over > 0 {
		l.tail = append(l.tail[:0], l.tail[over:]...)
	}
	return len(p), nil
}

// text is the last few lines as the end of a sentence.
func (l *lastLines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	const most = 3
	var lines []string
	for _, line := range strings.FieldsFunc(string(l.tail), func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return ": it says " + strconv.Quote(strings.Join(lines[max(len(lines)-most, 0):], "; "))
}
