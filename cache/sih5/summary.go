package sih5

import (
	"encoding/json"
	"reflect"

	"iceexplorer/cache"
)

// Reading the 18 attributes of each group takes libhdf5 longer than all else of
// opening a file. So the header's attribute "columns" repeats them, but for the
// places of the data. A file without it, or whose groups are not those it names, is
// read group by group.
type summary struct {
	Name       string          `json:"n"`
	Type       cache.DataType  `json:"t"`
	Structure  cache.Structure `json:"s"`
	Context    cache.Context   `json:"x"`
	Category   cache.Category  `json:"c"`
	DatabaseID uint32          `json:"i,omitempty"`
	BlobTypes  []string        `json:"b,omitempty"`
	Locator    uint32          `json:"l,omitempty"`
	Constant   bool            `json:"k,omitempty"`
	NonTrivial bool            `json:"nt,omitempty"`
	Ranges     []cache.Range   `json:"r,omitempty"`
	Lengths    cache.Lengths   `json:"m,omitzero"` // files of version 0.1.0 have none
}

// maxSummary is what fits an attribute in its object's header.
const maxSummary = 60 << 10

// summarize is the text of a summary, empty if it is too long or would not come back
// as it is: names can be any bytes, JSON's strings cannot.
func summarize(columns []cache.Column) string {
	list := make([]summary, len(columns))
	for i := range columns {
		c := &columns[i]
		list[i] = summary{c.Name, c.Type, c.Structure, c.Context, c.Category, c.DatabaseID, c.BlobTypes, c.Locator,
			c.Constant, c.NonTrivial, c.Ranges, c.Lengths}
	}
	b, err := json.Marshal(list)
	var back []summary
	if err != nil || len(b) > maxSummary || json.Unmarshal(b, &back) != nil || !reflect.DeepEqual(back, list) {
		return ""
	}
	return string(b)
}

// expand makes of a summary of n columns what the groups of those say that are wanted; ok is false if it is
// none of so many.
func expand(text string, n uint, wants func(name string) bool) (columns []rawColumn, ok bool) {
	var list []summary
	if text == "" || json.Unmarshal([]byte(text), &list) != nil || uint(len(list)) != n {
		return nil, false
	}
	taken := map[string]int{}
	for i, s := range list {
		link := linkName(s.Name, taken)
		if !wants(s.Name) {
			continue
		}
		c := cache.Column{Name: s.Name, Type: s.Type, Structure: s.Structure, Context: s.Context, Category: s.Category,
			DatabaseID: s.DatabaseID, BlobTypes: s.BlobTypes, Locator: s.Locator, Constant: s.Constant,
			NonTrivial: s.NonTrivial, Ranges: s.Ranges, Lengths: s.Lengths}
		columns = append(columns, rawColumn{link: link, meta: columnMeta(&c, link, i), blobTypes: s.BlobTypes})
	}
	return columns, true
}
