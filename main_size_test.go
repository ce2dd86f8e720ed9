package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a reader can hold in mind at a time. Decoders of inflate are loops whose state lives in registers: a call in them costs time.
const (
	longestFunction = 80  // lines, of any function but inflate's
	longestFile     = 400 // lines, of any file of the window and the verbs, tests too
)

func TestFunctionsAndFilesStayShort(t *testing.T) {
	t.Parallel()
	var long []string
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if path != "." && strings.HasPrefix(e.Name(), ".") {
				return fs.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		over, err := overlong(path)
		long = append(long, over...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(long) > 0 {
		t.Errorf("split these by subject:\n%s", strings.Join(long, "\n"))
	}
}

// overlong lists what is too long in a file: the file itself, and its functions.
func overlong(path string) ([]string, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	slash := filepath.ToSlash(path)
	var long []string
	if n := bytes.Count(src, []byte("\n")); n > longestFile && strings.HasPrefix(slash, "app/") {
		long = append(long, fmt.Sprintf("%s: %d lines, the most is %d", slash, n, longestFile))
	}
	if strings.HasSuffix(path, "_test.go") || strings.HasPrefix(slash, "cache/inflate/") {
		return long, nil
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		first, last := set.Position(f.Pos()).Line, set.Position(f.End()).Line
		if n := last - first + 1; n > longestFunction {
			long = append(long, fmt.Sprintf("%s:%d: %s has %d lines, the most is %d", slash, first, f.Name.Name, n, longestFunction))
		}
	}
	return long, nil
}
