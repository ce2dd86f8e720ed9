package expr

// syntax is a node of an expression as it was written.
type syntax interface{ place() span }

// span is the bytes of the text that a node was read from.
type span struct{ pos, end int }

func (s span) place() span { return s }

func (s span) to(o span) span { return span{s.pos, o.end} }

type (
	numberSyntax struct {
		span
		value float64
		whole bool
	}
	stringSyntax struct {
		span
		value string
	}
	boolSyntax struct {
		span
		value bool
	}
	nameSyntax struct { // an attribute
		span
		name string
	}
	variableSyntax struct { // $index
		span
		name string
	}
	memberSyntax struct { // of.name: a component
		span
		of   syntax
		name string
	}
	indexSyntax struct { // of[at]
		span
		of, at syntax
	}
	listSyntax struct { // [a, b, c]
		span
		items []syntax
	}
	rangeSyntax struct { // from..to in a list
		span
		from, to syntax
	}
	callSyntax struct {
		span
		name string
		at   span // of the name
		args []syntax
	}
	unarySyntax struct { // not, -
		span
		op string
		of syntax
	}
	binarySyntax struct { // and, or, comparisons, arithmetic, in
		span
		op   string
		a, b syntax
	}
)

// walk calls f with a node and all below it.
func walk(s syntax, f func(syntax)) {
	f(s)
	var below []syntax
	switch s := s.(type) {
	case *memberSyntax:
		below = []syntax{s.of}
	case *indexSyntax:
		below = []syntax{s.of, s.at}
	case *listSyntax:
		below = s.items
	case *rangeSyntax:
		below = []syntax{s.from, s.to}
	case *callSyntax:
		below = s.args
	case *unarySyntax:
		below = []syntax{s.of}
	case *binarySyntax:
		below = []syntax{s.a, s.b}
	}
	for _, b := range below {
		walk(b, f)
	}
}
