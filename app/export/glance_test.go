package export

import "testing"

func TestAGlanceKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	posts, asked, answer := make(chan func()), make(chan string), make(chan bool)
	g := Glance{Post: func(f func()) { posts <- f }, Exists: func(path string) bool {
		asked <- path
		return <-answer
	}}
	unknown := func(path string) {
		t.Helper()
		if exists, known := g.At(path); exists || known {
			t.Fatalf("%s: exists %v, known %v", path, exists, known)
		}
	}
	unknown("a")
	unknown("a")
	if path := <-asked; path != "a" {
		t.Fatalf("looked at %s", path)
	}
	unknown("ab") // typed on
	unknown("abc")
	answer <- true
	(<-posts)()
	unknown("abc")
	if path := <-asked; path != "abc" { // and not ab
		t.Fatalf("looked at %s", path)
	}
	answer <- true
	(<-posts)()
	for range 2 { // the answer is kept
		if exists, known := g.At("abc"); !exists || !known {
			t.Errorf("exists %v, known %v", exists, known)
		}
	}
	g.Forget()
	unknown("abc")
	<-asked
	answer <- false
	(<-posts)()
	if exists, known := g.At("abc"); exists || !known {
		t.Errorf("after it went: exists %v, known %v", exists, known)
	}
}
