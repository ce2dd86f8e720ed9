// Package cache is the model of a particle cache: one Frame is one object at one
// frame, with its Header and Attributes; a Sequence is the frames of one object in
// one folder.
//
// The package reads no file's contents and uses no cgo. Readers (cache/icecache,
// cache/sih5) run in worker processes, fill the columns of an Index into a mapping
// and hand over the Index; NewFrame checks an Index against a mapping and makes a
// Frame whose columns are slices of it. Nothing is copied.
package cache
