package action

import (
	"strings"
	"testing"
)

func TestKeysThatAnotherActionHasAreRefused(t *testing.T) {
	t.Parallel()
	r := NewRegistry()
	nothing := func(Args) error { return nil }
	if err := r.Add(Action{ID: "one", Label: "One", Keys: []string{"Ctrl+O"}, Do: nothing}, Action{ID: "two", Label: "Two", Do: nothing}); err != nil {
		t.Fatal(err)
	}
	err := r.Bind("two", []string{"F2", "Ctrl+O"})
	if err == nil || !strings.Contains(err.Error(), "One (one)") || len(r.Find("two").Shortcuts()) != 0 {
		t.Errorf("%v: %v", err, r.Find("two").Shortcuts())
	}
	for _, step := range []struct {
		id   string
		keys []string
		want string
	}{{"one", []string{}, ""}, {"two", []string{"Ctrl+O"}, "Ctrl+O"}, {"two", nil, ""}, {"one", nil, "Ctrl+O"}} {
		if err := r.Bind(step.id, step.keys); err != nil || r.Find(step.id).Key() != step.want {
			t.Errorf("%+v: %v, %q", step, err, r.Find(step.id).Key())
		}
	}
	if s, _ := ParseShortcut("Ctrl+O"); r.ByShortcut(s) != r.Find("one") {
		t.Error("the key fires another action")
	}
	if r.Bind("three", nil) == nil || r.Bind("one", []string{"Hyper+Q"}) == nil {
		t.Error("what is not there was taken")
	}
}
