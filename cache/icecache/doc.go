// Package icecache reads and writes Softimage's .icecache files: one object at one
// frame, in versions 100 to 103, as gzip (of one or several members), uncompressed,
// or as the white-space separated text that XSI_CACHE_ASCII asks for.
//
// # Layouts
//
// Programs disagree on details of the data, and nothing in a file says which one
// wrote it. A Decoder therefore tries layouts, the most likely first, until one uses
// the stream to its last byte and meets only flags of 0 and 1. Trying looks at flags
// and counts alone. Choices that a reading never came upon are not tried, so an
// ordinary file costs one attempt. Index.Dialect is "plain" for the layout that
// Softimage, B. Gabe's icecache.py and this package write, or names what differs:
//
//	no trailing chunk     no empty chunk after an exact multiple of 4000 (partio)
//	1-byte bools          bools are one byte, not four
//	constants once        later chunks of a constant are only flags (partio)
//	bare positions        no flag before PointPosition (partio)
//	padded name lengths   a name's length counts its padding
//	8-byte longs          Python 2 on 64-bit Linux, see wide.go
//	four floats in Color  declared float (partio), see several.go
//
// and some that no known program writes, listed in layout.go.
//
// # Damage
//
// Where the data end early, the attributes that are whole are kept; where a gzip
// checksum is wrong and a layout fits all the same, all are kept, and values may be
// wrong. Either adds a warning. All other faults are a *cache.FormatError, or a
// *cache.UnsupportedError for what keeps the format but isn't known here.
package icecache
