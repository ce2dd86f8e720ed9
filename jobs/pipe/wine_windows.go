package pipe

import (
	"io"
	"sync"
	"time"

	"github.com/Microsoft/go-winio"
	"golang.org/x/sys/windows"
)

// OnWine says that this is not Windows but Wine, where our tests run: the program that they test is the
// one that is handed out, so that this is part of it.
var OnWine = sync.OnceValue(func() bool {
	return windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil
})

// occupy takes the first instance of a pipe on Wine; nil elsewhere. go-winio makes that one to own
// the name, not to be connected: Windows connects no client to it, Wine does, and the client waits
// for ever.
func occupy(name string) io.Closer {
	if !OnWine() {
		return nil
	}
	timeout := time.Second
	c, err := winio.DialPipe(name, &timeout)
	if err != nil {
		return nil
	}
	return c
}
