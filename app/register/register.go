// Package register has the system open caches and sessions with this program, for the user who
// asks for it and for nobody else, and takes that back.
package register

// Kind is a kind of files that the program opens.
type Kind struct {
	Ext  string // with its dot
	Name string // for people
	ID   string // for the system: without spaces
}

// Kinds are those that are opened by this program alone. Files called .h5 and .hdf5 are other
// programs' as well.
var Kinds = []Kind{
	{".icecache", "ICE particle cache", "ICEExplorer.icecache"},
	{".sih5", "ICE particle cache (converted)", "ICEExplorer.sih5"},
	{".iceview", "ICE Explorer session", "ICEExplorer.iceview"},
}

// value is one of the values that Windows' registry needs, below the user's classes.
type value struct {
	key, name, text string
	shared          bool // the key may hold what others have put there
}

// values are what registers a program whose file is exe.
func values(exe string) []value {
	const app = `Applications\iceexplorer.exe`
	open := `"` + exe + `" "%1"`
	all := []value{
		{key: app, name: "FriendlyAppName", text: "ICE Explorer"},
		{key: app + `\shell\open\command`, text: open},
		{key: app + `\DefaultIcon`, text: exe + ",0"},
	}
	for _, k := range Kinds {
		all = append(all,
			value{key: app + `\SupportedTypes`, name: k.Ext},
			value{key: k.ID, text: k.Name},
			value{key: k.ID + `\DefaultIcon`, text: exe + ",0"},
			value{key: k.ID + `\shell\open\command`, text: open},
			value{key: k.Ext + `\OpenWithProgids`, name: k.ID, shared: true},
			value{key: k.Ext, text: k.ID, shared: true})
	}
	return all
}
