package save

import "testing"

// `save-sequence film=gif` without a file asked with the answers of before.
func TestTheDialogBeginsWithWhatIsGiven(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		given   Given
		pattern string
		how     int
		degrees string
	}{
		{Given{}, "/a/frame_%04d.png", stays, "360"},
		{Given{Film: "gif", Camera: "turntable"}, "/a/film.gif", turntable, "360"},
		{Given{Film: "nothing", Camera: "turntable:90"}, "/a/frame_%04d.png", turntable, "90"},
		{Given{Camera: "bookmarks:a@1,b@2"}, "/a/frame_%04d.png", bookmarks, "360"},
	} {
		f := form{pattern: "/a/frame_%04d.png", course: course{degrees: "360"}}
		f.take(tc.given)
		if f.pattern != tc.pattern || f.course.how != tc.how || f.course.degrees != tc.degrees {
			t.Errorf("%+v: %s, course %+v", tc.given, f.pattern, f.course)
		}
	}
}

// A kind that is chosen gives the name its ending, and a name its kind.
func TestTheKindOfPicturesIsThatOfTheName(t *testing.T) {
	t.Parallel()
	f := form{path: "/a/picture.png", pattern: "/a/100%%/frame_%04d.png"}
	for _, step := range []struct{ film, ext, pattern string }{
		{"", ".exr", "/a/100%%/frame_%04d.exr"},
		{"gif", ".gif", "/a/100%/film.gif"},
		{"", ".exr", "/a/100%%/frame_%04d.exr"},
		{"", ".png", "/a/100%%/frame_%04d.png"},
	} {
		if f.become(step.film, step.ext); f.pattern != step.pattern {
			t.Errorf("%+v: %s", step, f.pattern)
		}
	}
	for _, step := range []struct {
		ext, path string
		kind      int
	}{{".exr", "/a/picture.exr", 1}, {".exr", "/a/picture.exr", 1}, {".png", "/a/picture.png", 0}} {
		if f.turnInto(step.ext); f.path != step.path || picture(f.path) != step.kind {
			t.Errorf("%+v: %s of kind %d", step, f.path, picture(f.path))
		}
	}
	f.path = "/a/shot.v2"
	if f.turnInto(".exr"); f.path != "/a/shot.v2.exr" || picture("/a/A.EXR") != 1 {
		t.Errorf("%s, %d", f.path, picture("/a/A.EXR"))
	}
}
