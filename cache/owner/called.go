package owner

import (
	"os/user"
	"strconv"
	"sync"
	"time"

	"iceexplorer/cache/lazy"
)

// number is how Doubt calls a user: a worker, which is confined, cannot ask for names.
var number = lazy.Regexp(`another user \(number ([0-9]+)\)`)

// names are those of users, by their numbers as text: "" if there is none.
var names sync.Map

// WithNames has a doubt, or a text with one, name a user where the system knows a name. A system that
// asks others for it and has no answer yet is not waited for.
func WithNames(text string) string {
	return number().ReplaceAllStringFunc(text, func(s string) string {
		if name := called(number().FindStringSubmatch(s)[1]); name != "" {
			return "another user (" + name + ")"
		}
		return s
	})
}

func called(uid string) string {
	if name, ok := names.Load(uid); ok {
		return name.(string)
	}
	if _, err := strconv.ParseUint(uid, 10, 32); err != nil {
		return ""
	}
	const patience = 300 * time.Millisecond
	found := make(chan string, 1)
	go func() {
		name := ""
		if u, err := user.LookupId(uid); err == nil {
			name = u.Username
		}
		names.Store(uid, name)
		found <- name
	}()
	select {
	case name := <-found:
		return name
	case <-time.After(patience):
		return ""
	}
}
