package cache

import "bytes"

// Content is the kind of a file as told by its first bytes.
type Content string

const (
	ContentUnknown  Content = ""
	ContentIcecache Content = "icecache" // not compressed
	ContentGzip     Content = "gzip"
	ContentHDF5     Content = "HDF5"
	ContentZlib     Content = "zlib"
	ContentZip      Content = "zip"
	ContentBzip2    Content = "bzip2"
	ContentXZ       Content = "xz"
	ContentZstd     Content = "zstd"
	ContentLZ4      Content = "lz4"
	Content7z       Content = "7z"
	ContentAlembic  Content = "Alembic"
)

// ContentOf looks at the start of a file; 16 bytes are enough.
func ContentOf(start []byte) Content {
	for _, s := range []struct {
		start   string
		content Content
	}{
		{"ICECACHE", ContentIcecache}, {"\x1f\x8b\x08", ContentGzip}, {"\x89HDF\r\n\x1a\n", ContentHDF5},
		{"\x78\x01", ContentZlib}, {"\x78\x5e", ContentZlib}, {"\x78\x9c", ContentZlib}, {"\x78\xda", ContentZlib},
		{"PK\x03\x04", ContentZip}, {"BZh", ContentBzip2}, {"\xfd7zXZ\x00", ContentXZ}, {"\x28\xb5\x2f\xfd", ContentZstd},
		{"\x04\x22\x4d\x18", ContentLZ4}, {"7z\xbc\xaf\x27\x1c", Content7z}, {"Ogawa", ContentAlembic},
	} {
		if bytes.HasPrefix(start, []byte(s.start)) {
			return s.content
		}
	}
	return ContentUnknown
}

// String says what the content is in a sentence: "the file is ...".
func (c Content) String() string {
	switch c {
	case ContentIcecache:
		return "an .icecache"
	case ContentHDF5:
		return "an HDF5 file"
	case ContentZip, Content7z:
		return "a " + string(c) + " archive"
	case ContentAlembic:
		return "an Alembic file"
	case ContentUnknown:
		return "of an unknown kind"
	}
	return "compressed with " + string(c)
}
