package icecache

import "iceexplorer/cache"

// isText reports whether a stream is of the text form.
func isText(b []byte) bool {
	return len(b) > len(magic) && string(b[:len(magic)]) == magic && isSpace(b[len(magic)])
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func textLimit(b []byte, size uint64, opt Options) (uint64, error) {
	return 0, &cache.UnsupportedError{Msg: "text form"}
}
