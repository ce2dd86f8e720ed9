module iceexplorer-ps1check

go 1.26

require (
	github.com/alexaandru/go-sitter-forest/powershell v1.9.4
	github.com/tree-sitter/go-tree-sitter v0.25.0
)

require github.com/mattn/go-pointer v0.0.1 // indirect
