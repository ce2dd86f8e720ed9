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
