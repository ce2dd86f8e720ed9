// Ps1check says where PowerShell scripts are not well-formed, by tree-sitter's grammar: there is no
// PowerShell on Debian. It is a module of its own, so that the program does not depend on a parser.
package main

import (
	"fmt"
	"os"

	"github.com/alexaandru/go-sitter-forest/powershell"
	sitter "github.com/tree-sitter/go-tree-sitter"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: ps1check FILE...")
		os.Exit(2)
	}
	well := true
	for _, path := range os.Args[1:] {
		faults, err := check(path)
		if err != nil {
			faults = []string{err.Error()}
		}
		for _, f := range faults {
			fmt.Fprintln(os.Stderr, f)
			well = false
		}
	}
	if !well {
		os.Exit(1)
	}
}

// check returns a line for each fault of a script.
func check(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	parser := sitter.NewParser()
	defer parser.Close()
	if err := parser.SetLanguage(sitter.NewLanguage(powershell.GetLanguage())); err != nil {
		return nil, err
	}
	tree := parser.Parse(text, nil)
	defer tree.Close()
	var faults []string
	look(tree.RootNode(), func(n *sitter.Node) {
		what := "syntax error: " + n.Utf8Text(text)
		if n.IsMissing() {
			what = n.Kind() + " is missing"
		}
		at := n.StartPosition()
		faults = append(faults, fmt.Sprintf("%s:%d:%d: %.80s", path, at.Row+1, at.Column+1, what))
	})
	return faults, nil
}

// look calls fault for the outermost nodes that are none of the language.
func look(n *sitter.Node, fault func(*sitter.Node)) {
	if n.IsError() || n.IsMissing() {
		fault(n)
		return
	}
	for i := range n.ChildCount() {
		look(n.Child(i), fault)
	}
}
