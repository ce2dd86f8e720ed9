package panel

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// The design's rule that panels do not know each other: a type named ...Panel is
// used in the files of its own panel and in panel.go, which puts them together.
func TestPanelsDoNotKnowEachOther(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	home := map[string]string{} // type to the file that declares it
	uses := map[string]map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if strings.HasSuffix(n.Name.Name, "Panel") {
					home[n.Name.Name] = name
				}
			case *ast.Ident:
				if strings.HasSuffix(n.Name, "Panel") {
					if uses[n.Name] == nil {
						uses[n.Name] = map[string]bool{}
					}
					uses[n.Name][name] = true
				}
			}
			return true
		})
	}
	if len(home) < 4 {
		t.Fatalf("found only the panels %v", home)
	}
	for typ, file := range home {
		stem := strings.TrimSuffix(file, ".go")
		for user := range uses[typ] {
			if user != "panel.go" && !strings.HasPrefix(user, stem) {
				t.Errorf("%s of %s is used in %s", typ, file, user)
			}
		}
	}
}
