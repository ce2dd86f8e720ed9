package charts

import (
	"context"
	"strings"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/distribution"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/stats"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/cache/value"
)

// sparkBins is how many bins the small histograms have at most.
const sparkBins = 24

// Spark is what is found out of an attribute of a frame beside the session's goroutine.
type Spark struct {
	Bins []uint64 // of its values, of vectors of the magnitude; nil: it has no such numbers
	Text string   // the one value that there is, where it is text
}

// Sparks are those of the frame that is shown. Only what was asked for since the last
// picture is counted, one after the other.
type Sparks struct {
	session *session.Session
	post    func(func())

	of     uint64 // key of the frame
	found  map[string]*Spark
	before map[string]*Spark // of the frame before
	wanted []string
	job    *sparking
}

type sparking struct {
	key    uint64
	cancel context.CancelFunc
}

// Of is what is known of an attribute of the active layer's shown frame; nil: nothing yet,
// and it will be looked for. current is false if it is of an earlier frame.
func (s *Sparks) Of(sh session.Shown, name string) (spark *Spark, current bool) {
	if s.turn(sh.Key); s.found[name] != nil {
		return s.found[name], true
	}
	s.wanted = append(s.wanted, name)
	return s.before[name], false
}

// turn begins with another frame.
func (s *Sparks) turn(key uint64) {
	if s.of == key {
		return
	}
	if len(s.found) > 0 {
		s.before = s.found
	}
	s.of, s.found = key, map[string]*Spark{}
}

func (s *Sparks) stop() {
	if s.job != nil {
		s.job.cancel()
		s.job = nil
	}
}

// update begins with the first that was asked for. While frames are played none is: they
// would be gone before they are counted.
func (s *Sparks) update() {
	wanted := s.wanted
	s.wanted = nil
	l := s.session.Active()
	if s.job != nil && (s.job.key != s.of || l == nil) {
		s.stop()
	}
	if s.job != nil || len(wanted) == 0 || l == nil || s.session.Playing() {
		return
	}
	sh, acquire := s.session.Inspect(l)
	if sh.Frame == nil || sh.Key != s.of {
		return
	}
	release := acquire()
	ctx, cancel := context.WithCancel(context.Background())
	j := &sparking{s.of, cancel}
	s.job = j
	frame := frameOf(s.session, sh.Frame, sh.Number)
	go func() {
		defer release()
		for _, name := range wanted {
			spark := sparkOf(ctx, frame, name)
			if ctx.Err() != nil {
				break
			}
			s.post(func() {
				if s.job == j {
					s.found[name] = spark
				}
			})
		}
		s.post(func() {
			cancel()
			if s.job == j {
				s.job = nil
			}
		})
	}()
}

// sparkOf counts the values of an attribute, within the range that its index knows.
func sparkOf(ctx context.Context, f expr.Frame, name string) *Spark {
	spark := &Spark{}
	a := f.Attribute(name)
	if a == nil || !a.HasData() {
		return spark
	}
	if a.NumRows() == 1 && a.Type.Variable() {
		_ = fault.Guard(func() { spark.Text = firstText(a) }) // what is gone has no text
		return spark
	}
	r := a.Lengths
	if a.Type.Components() == 1 && len(a.Ranges) == 1 {
		r = cache.Lengths{Min: a.Ranges[0].Min, Max: a.Ranges[0].Max, Finite: a.Ranges[0].Finite}
	}
	if a.NumRows() <= 1 || r.Finite == 0 || a.Structure != cache.Single || a.Type == cache.TypeShape {
		return spark
	}
	text := expr.Quote(cache.TrimPadding(name))
	if a.Type.Components() > 1 {
		text = "length(" + text + ")"
	}
	e, err := expr.Parse(text)
	if err != nil {
		return spark
	}
	// What cannot be computed with has no histogram: that is no fault.
	_ = fault.Guard(func() {
		p, err := e.Bind(f)
		if err != nil || p.Type() == expr.String {
			return
		}
		span := inspect.Span{Lo: r.Min, Hi: r.Max}
		step, err := distribution.Step(ctx, p, 0, nil, span)
		if err != nil {
			return
		}
		lo, hi, bins := distribution.Axis(span, step, sparkBins)
		if h, err := stats.Count(ctx, p, 0, nil, lo, hi, bins); err == nil {
			spark.Bins = h.Bins
		}
	})
	return spark
}

// firstText is a value that is text, as it is shown in a line.
func firstText(a *cache.Attribute) string {
	const most = 80
	values := value.OfRow(nil, a, 0)
	var texts []string
	for _, v := range values {
		texts = append(texts, value.Text(v))
		if len(texts) > 8 {
			break
		}
	}
	text := []rune(strings.Join(texts, ", "))
	if len(text) > most {
		text = append(text[:most], []rune("...")...)
	}
	return string(text)
}
