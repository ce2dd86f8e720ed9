// Package inflate decompresses a whole gzip file held in memory into one
// buffer.
//
// There are two decoders behind one function. Gunzip uses libdeflate where the
// program is built with cgo (and without the tag nolibdeflate); Pure is written
// in Go and is always there: it decodes where libdeflate can't be had, where
// the size of the output isn't known beforehand, and it looks again at whatever
// libdeflate refuses, for libdeflate says neither where the damage is nor what
// stood before it.
//
// Nothing in a file is trusted: the size in a gzip trailer is only a hint, and
// no more is allocated for it than the compressed size makes likely.
package inflate
