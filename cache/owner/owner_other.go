//go:build !unix

package owner

// Doubt knows of none: what a file's owner and rights mean on Windows is not looked at yet: its folder decides there
// who can write.
func Doubt(string, string) string { return "" }

// Linked reports whether a folder is a link.
func Linked(string) bool { return false }

// share does nothing: a folder has the rights of the one around it.
func share(string) {}
