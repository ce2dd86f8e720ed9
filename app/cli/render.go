package cli

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/app/export/film"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/look"
	"iceexplorer/app/sessionfile"
	"iceexplorer/app/stage"
	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/gfx"
	"iceexplorer/gfx/style"
)

func renderVerb() verb {
	return verb{
		name: "render", args: "PATH...",
		short: "draw frames as pictures or as a film, without a window",
		long: `
Draws the frames of PATH as the window's scene shows them, with the name, the frame
and a legend, and writes a PNG picture of each, or an OpenEXR file with depths and IDs
for compositing (.exr). Several frames need a FILE with a place for the number, such as
frame_%04d.png, or become a film, as its ending says: .gif, .apng, or .mp4 (H.264) and
.mov (ProRes), which ffmpeg makes where it is installed; --dry-run shows its command.
Several sequences are drawn together in one picture. What exists is replaced, by what
is complete.

If PATH is a session, FILE.iceview, its pictures are those that the window would save: of
all sequences as they lie in time, in their order and with their looks, by the session's
camera and filter, from its in to its out point, at its rate. What flags say comes first.
All of its sequences must be where it says, or nothing is drawn and the exit status is 1.

All pictures of one run share the camera and, unless --range frame is given, the colour
range, so that they make a film: both fit all frames of the sequence, drawn or not, or
just the one frame if only one is drawn. On Linux this needs EGL with its surfaceless
platform, as Mesa has it, but neither X nor a graphics card.

Frames that lack the attribute of --color-by get one colour, and a warning names them;
the exit status is 0. If no frame of the sequence has it, nothing is drawn and the exit
status is 1. Of frames that lack what --where asks for no points are drawn; a
warning names them too.`,
		flags: func(f *flags) {
			f.output("FILE", "picture to write, .png or .exr; %d or %04d stands for the frame;\nor a film, .gif, .apng, .mp4 or .mov (required); its folder is made\nif it is missing")
			f.string("film", "KIND", "write a film of this kind: "+film.Names()+"; an APNG\nmay be called .png")
			f.bool("dry-run", "say what would be drawn and written, with the command of\nffmpeg, and do nothing")
			f.string("frames", "FRAMES", "only these, such as 12, 1-48, -10..-1, 1-48x2 (every second\none) or 1,5.25,10-20; 1-20x0.25 draws what\nlies between frames, too")
			f.string("missing", "WHAT", "what a number between frames gives that no file has: skip, no\npicture; hold, one of the frame before it; empty, one without\npoints (default skip)")
			f.string("size", "WxH", "size in pixels (default 1280x720)")
			f.string("look", "FILE", "draw and colour with settings that the window has saved (action\nsave-display); other options override them")
			f.string("color-by", "EXPR", "Color, constant, an attribute such as Age or PointVelocity.mag, or\nan expression such as 'Age / AgeLimit' (default Color)")
			f.string("where", "EXPR", "draw only the points for which this holds, such as 'Age > 1'")
			f.string("fps", "N", "frames per second, for $time in expressions, velocities between\nframes, and films (default 24)")
			f.string("colormap", "NAME", "one of "+strings.Join(style.Colormaps(), ", ")+", or\ncolours of your own such as '0:000000 0.5:ff8800 1:ffffff'")
			f.string("range", "A:B", "values at the ends of the colormap, such as 0:2.5 or, reversed,\n2.5:0; 1%:99%: percentiles of each frame; all:1%:99%: of all\nframes; frame: the range of each frame; all: that of all frames\n(default: see --measure)")
			f.string("measure", "WHICH", "which frames set the camera and, without --range, the colours: all\nof the sequence, or drawn (default all, but drawn for one picture)")
			f.string("view", "VIEW", "perspective, top, bottom, front, back, left, right, YAW,PITCH in\ndegrees, or FILE.iceview: the camera of a session (default\nperspective, or that of the session that is drawn)")
			f.string("camera", "COURSE", "how the camera moves over the pictures: turntable,\nturntable:DEGREES, bookmarks (through the cameras remembered in\nthe session of --view), or bookmarks:NAME@FRAME,NAME@FRAME")
			f.bool("straight", "between bookmarks straight, and not on a curve that begins and\nends slowly")
			f.bool("ortho", "draw without perspective, whatever the view")
			f.bool("turntable", "the same as --camera turntable")
			f.number("points", "PX", 1, "diameter of every point in pixels, instead of its Size")
			f.bool("shapes", "draw particles by their Shape")
			f.bool("z-up", "Z is up instead of Y")
			f.string("background", "RRGGBB", "one colour, or transparent")
			f.bool("plain", "draw only the particles: no grid, text or legend")
			poolFlags(f)
		},
		run: render,
	}
}

// picture is what the flags of render ask for.
type picture struct {
	out     export.Pattern
	pic     stage.PictureOptions
	frames  []cache.FrameSpan // nil: all
	desk    *look.Desk
	view    gfx.View
	colorBy string       // "": Color
	where   *expr.Expr   // nil: all points
	fps     float64      // for $time and films
	film    *film.Kind   // nil: each picture is a file
	image   *export.Kind // of pictures that are files
	course  stage.Course
	cameras []look.Viewpoint // that a session remembers
	placed  bool             // the camera is where it is to be
	absent  stage.Missing    // what numbers without a file give
	measure string           // all, drawn or, as suits the number of pictures, ""

	session bool // is drawn

	arg  string // the first path, as it was written
	seqs []*sequence

	files *export.Plan
	of    *atomicfile.Sources // of what is drawn
	all   bool                // camera and range fit frames that are not drawn, too
	whole bool                // the range does, whatever the camera fits
}

// parsePicture reads the flags; of is the session that is drawn, nil if paths are.
func parsePicture(f *flags, of *sessionfile.File) (*picture, error) {
	p := &picture{
		pic:  stage.PictureOptions{W: 1280, H: 720, Plain: f.isSet("plain")},
		desk: look.NewDesk(), view: gfx.DefaultView(), session: of != nil,
	}
	var err error
	if err := p.parseTarget(f); err != nil {
		return nil, err
	}
	if s := f.text("frames"); s != "" {
		if p.frames, err = parseFrames(s); err != nil {
			return nil, err
		}
	}
	if err = p.parseMissing(f); err != nil {
		return nil, err
	}
	if s := f.text("size"); s != "" {
		if p.pic.W, p.pic.H, err = stage.ParseSize(s); err != nil {
			return nil, usagef("--size %v", err)
		}
	}
	base := (*look.Look)(nil)
	if of != nil {
		base = &of.Look
	}
	if err := p.parseLook(f, base); err != nil {
		return nil, err
	}
	if p.measure = f.text("measure"); p.measure != "" && p.measure != "all" && p.measure != "drawn" {
		return nil, usagef("--measure %q: want all or drawn", p.measure)
	}
	p.view.Camera.ZUp = f.isSet("z-up")
	if of != nil {
		p.see(of, !f.isGiven("view"))
	}
	if s := f.text("view"); sessionfile.Is(s) {
		if err := p.setView(s); err != nil {
			return nil, err
		}
	} else if s != "" {
		if err := setCamera(&p.view.Camera, s); err != nil {
			return nil, err
		}
	}
	if err := p.parseCourse(f); err != nil {
		return nil, err
	}
	if f.isSet("ortho") || p.course.Degrees != 0 && p.view.Camera.Ortho {
		p.view.Camera.SetOrtho(true) // also of an axis view that is turned
	}
	return p, nil
}

// parseLook sets how things are drawn and coloured: as in base, unless that is nil, but for
// what flags say.
func (p *picture) parseLook(f *flags, base *look.Look) error {
	if p.desk.RangeOf(true); base != nil {
		if err := p.desk.Put(*base); err != nil {
			return err
		}
		p.desk.Prefer(float64(base.PointSize))
	}
	if path := f.text("look"); path != "" {
		l, err := look.Open(path)
		if err != nil {
			return err
		}
		if err := p.desk.Put(l); err != nil {
			return err
		}
		p.desk.Prefer(float64(l.PointSize))
	}
	if err := p.parseColors(f); err != nil {
		return err
	}
	if m := p.desk.Now().RangeMode; f.text("range") != "" || f.text("look") != "" {
		p.whole = m == look.RangeSequence || m == look.RangePercentAll
	}
	var err error
	if p.where, err = expression(f, "where"); err != nil {
		return err
	}
	if p.fps, err = rate(f); err != nil {
		return err
	}
	if n := f.num("points"); n > 0 {
		p.desk.Set(look.Diameter, float64(n))
	}
	if f.isSet("shapes") {
		p.desk.Turn(look.Shapes, true)
	}
	if s := f.text("background"); s != "" {
		if err := p.setBackground(s); err != nil {
			return err
		}
	}
	return nil
}

func (p *picture) parseColors(f *flags) error {
	if l := p.desk.Now(); l.ColorMode == style.ColorScalar {
		p.colorBy = l.ColorBy()
	}
	switch s := f.text("color-by"); s {
	case "":
	case stage.OwnColor:
		p.colorBy = ""
		p.desk.ColorByAttribute()
	case stage.OneColor:
		p.colorBy = ""
		p.desk.ColorByConstant()
	default:
		p.colorBy = s
	}
	if s := f.text("colormap"); s != "" && p.desk.SetColormap(s) != nil {
		if style.IsStops(s) {
			return usagef("--colormap: %v", p.desk.SetColormap(s))
		}
		return usagef("--colormap %q: want one of %s", s, strings.Join(style.Colormaps(), ", "))
	}
	s := f.text("range")
	switch s {
	case "":
		return nil
	case "frame", "all":
		p.desk.RangeOf(s == "all")
	default:
		lo, hi, percent, all, err := parseRange(s)
		switch {
		case err == nil && percent:
			if p.desk.Percent(lo, hi, all) != nil {
				err = usagef("--range %q: percentiles rise from 0%% to 100%%", s)
			}
		case err == nil:
			err = p.desk.Fix(lo, hi)
		}
		if err != nil {
			return err
		}
	}
	if p.colorBy == "" && !p.session {
		return usagef("--range needs an attribute: add --color-by")
	}
	return nil
}

// parseRange reads two values, or with a percent sign behind each two percentiles, which
// after all: are those of all frames.
func parseRange(s string) (lo, hi float64, percent, all bool, err error) {
	of, all := strings.CutPrefix(s, "all:")
	a, b, ok := strings.Cut(of, ":")
	if strings.HasSuffix(a, "%") && strings.HasSuffix(b, "%") {
		a, b, percent = strings.TrimSuffix(a, "%"), strings.TrimSuffix(b, "%"), true
	}
	lo, errLo := strconv.ParseFloat(a, 64)
	hi, errHi := strconv.ParseFloat(b, 64)
	if !ok || errLo != nil || errHi != nil || lo == hi || math.IsNaN(hi-lo) || math.IsInf(hi-lo, 0) || all && !percent {
		return 0, 0, false, false, usagef("--range %q: want two different numbers such as 0:2.5 or 2.5:0, percentiles such as 1%%:99%% or all:1%%:99%%, frame or all", s)
	}
	return lo, hi, percent, all, nil
}

func setCamera(c *gfx.Camera, s string) error {
	if p, ok := gfx.ParsePreset(s); ok {
		c.SetPreset(p)
		return nil
	}
	a, b, ok := strings.Cut(s, ",")
	yaw, errYaw := strconv.ParseFloat(a, 64)
	pitch, errPitch := strconv.ParseFloat(b, 64)
	if !ok || errYaw != nil || errPitch != nil || math.Abs(pitch) > 90 || !(math.Abs(yaw) <= 360) || math.IsNaN(pitch) {
		return usagef("--view %q: want perspective, top, bottom, front, back, left, right or yaw,pitch such as 30,-10", s)
	}
	c.Yaw, c.Pitch = yaw*math.Pi/180, pitch*math.Pi/180
	return nil
}

func (p *picture) setBackground(s string) error {
	if s == "transparent" {
		p.pic.Transparent = true
		return nil
	}
	hex := strings.TrimPrefix(s, "#")
	v, err := strconv.ParseUint(hex, 16, 24)
	if err != nil || len(hex) != 6 {
		return usagef("--background %q: want six hexadecimal digits such as 20242b, or transparent", s)
	}
	c := [3]float32{float32(v>>16) / 255, float32(v>>8&255) / 255, float32(v&255) / 255}
	p.desk.Paint(look.BackgroundTop, c)
	p.desk.Paint(look.BackgroundBottom, c)
	return nil
}

// parseFrames reads 12, 1-48, -10..-1, 1-48x2, 1-48:2 and lists of those.
func parseFrames(s string) ([]cache.FrameSpan, error) {
	spans, ok := cache.ParseFrames(s)
	if !ok {
		return nil, usagef("--frames %q: want frames such as 12, 1-48, -10..-1, 1-48x2 or 1,5.25,10-20, each rising", s)
	}
	return spans, nil
}

// wants reports whether a frame is asked for.
func (p *picture) wants(frame cache.Number) bool {
	return p.frames == nil || slices.ContainsFunc(p.frames, func(s cache.FrameSpan) bool { return s.Contains(frame) })
}

func render(ctx context.Context, f *flags, env Env) error {
	if len(f.args) == 0 {
		return usagef("render needs a file or folder")
	}
	if slices.ContainsFunc(f.args, sessionfile.Is) {
		return renderSession(ctx, f, env)
	}
	p, err := parsePicture(f, nil)
	if err != nil {
		return err
	}
	shots, err := p.plan(f.args, env.Stderr)
	if err != nil {
		return err
	}
	p.settleFilm(env)
	if f.isSet("dry-run") {
		return p.tellPlan(env)
	}
	if err := p.missing(); err != nil {
		return err
	}
	if err := p.files.Prepare(); err != nil {
		return err
	}
	return p.draw(ctx, f, env, shots)
}
