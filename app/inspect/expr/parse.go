package expr

import (
	"fmt"
	"slices"
	"strings"
)

// maxDepth is how deep an expression may be nested, and maxLength how long it may be in
// bytes: far more than anybody writes, far less than what would exhaust the stack.
const (
	maxDepth  = 200
	maxLength = 64 << 10
)

// Parse reads an expression. The error is an *Error.
func Parse(text string) (*Expr, error) {
	p := &parser{lexer: lexer{text: text}}
	if len(text) > maxLength {
		p.text = text[:0]
		return nil, p.fault(0, 0, "an expression may have at most %d characters", maxLength)
	}
	e := &Expr{text: text}
	if err := p.guarded(func() { e.root = p.whole() }); err != nil {
		return nil, err
	}
	return e, nil
}

// ParseList reads one or more expressions separated by commas, each as if it stood alone.
// The error is an *Error about the whole text.
func ParseList(text string) ([]*Expr, error) {
	p := &parser{lexer: lexer{text: text}}
	var out []*Expr
	if len(text) > maxLength {
		p.text = text[:0]
		return nil, p.fault(0, 0, "a list of expressions may have at most %d characters", maxLength)
	}
	err := p.guarded(func() {
		p.advance()
		if p.tok.kind == tokEnd {
			p.stop(span{0, len(p.text)}, "the expression is empty")
		}
		for {
			from := p.tok.pos
			root := p.or()
			// Positions count from the part's start, so that later messages fit it.
			part, err := Parse(text[from:p.last])
			if err != nil {
				p.stop(root.place(), "%s", err)
			}
			out = append(out, part)
			if p.tok.kind == tokEnd {
				return
			}
			if !p.sign(",") {
				p.unexpected("")
			}
			p.advance()
		}
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

type parser struct {
	lexer
	tok   token
	last  int // end of the token before tok
	depth int
}

// guarded runs f and returns the syntax error that ended it. An error is a panic that ends
// the parse from wherever it is, as the grammar's functions would only pass it on.
func (p *parser) guarded(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			err = e
		}
	}()
	f()
	return nil
}

func (p *parser) whole() syntax {
	p.advance()
	if p.tok.kind == tokEnd {
		p.stop(span{0, len(p.text)}, "the expression is empty")
	}
	root := p.or()
	if p.tok.kind != tokEnd {
		p.unexpected("")
	}
	return root
}

func (p *parser) stop(at span, format string, args ...any) {
	panic(&Error{Text: p.text, Pos: at.pos, End: at.end, Msg: fmt.Sprintf(format, args...)})
}

func (p *parser) advance() {
	p.last = p.tok.end
	tok, err := p.next()
	if err != nil {
		panic(err)
	}
	p.tok = tok
}

// unexpected ends the parse at the current token; wanted says what should stand there, ""
// if that is unknown.
func (p *parser) unexpected(wanted string) {
	at := span{p.tok.pos, p.tok.end}
	switch {
	case p.tok.kind == tokEnd && wanted == "":
		p.stop(at, "something is missing at the end")
	case p.tok.kind == tokEnd:
		p.stop(at, "%s is missing at the end", wanted)
	case wanted == "":
		p.stop(at, "%s does not belong here", p.text[p.tok.pos:p.tok.end])
	}
	p.stop(at, "%s is missing before %s", wanted, p.text[p.tok.pos:p.tok.end])
}

func (p *parser) sign(s ...string) bool {
	return p.tok.kind == tokSign && slices.Contains(s, p.tok.text)
}

func (p *parser) word(w string) bool {
	return p.tok.kind == tokName && p.tok.plain && strings.EqualFold(p.tok.text, w)
}

func (p *parser) expect(s string) {
	if !p.sign(s) {
		p.unexpected(s)
	}
	p.advance()
}

// deeper guards against endless nesting; the function that it returns goes back up.
func (p *parser) deeper() func() {
	if p.depth++; p.depth > maxDepth {
		p.stop(span{p.tok.pos, p.tok.end}, "the expression is nested too deeply")
	}
	return func() { p.depth-- }
}

func joined(op string, a, b syntax) syntax {
	return &binarySyntax{a.place().to(b.place()), op, a, b}
}

func (p *parser) or() syntax {
	defer p.deeper()()
	a := p.and()
	for p.word("or") || p.sign("||") {
		p.advance()
		a = p.chained(joined("or", a, p.and()))
	}
	return a
}

func (p *parser) and() syntax {
	a := p.not()
	for p.word("and") || p.sign("&&") {
		p.advance()
		a = p.chained(joined("and", a, p.not()))
	}
	return a
}

// chained counts the links of long chains, each of which is a level of the tree.
func (p *parser) chained(s syntax) syntax {
	depth := 0
	for b, ok := s.(*binarySyntax); ok; b, ok = b.a.(*binarySyntax) {
		if depth++; depth > 20*maxDepth {
			p.stop(s.place(), "the expression is too long")
		}
	}
	return s
}

func (p *parser) not() syntax {
	if p.word("not") || p.sign("!") {
		defer p.deeper()()
		pos := p.tok.pos
		p.advance()
		of := p.not()
		return &unarySyntax{span{pos, of.place().end}, "not", of}
	}
	return p.comparison()
}

// comparison reads a < b, and a < b < c, which is a < b and b < c.
func (p *parser) comparison() syntax {
	a := p.sum()
	var all syntax
	for {
		var c syntax
		switch {
		case p.sign("==", "=", "!=", "<", "<=", ">", ">="):
			op := strings.Replace(p.tok.text, "=", "==", 1)
			if len(p.tok.text) > 1 {
				op = p.tok.text
			}
			p.advance()
			b := p.sum()
			c = joined(op, a, b)
			a = b
		case p.word("in"):
			p.advance()
			c = joined("in", a, p.sum())
		case p.word("not"):
			pos := p.tok.pos
			p.advance()
			if !p.word("in") {
				p.stop(span{pos, p.last}, "not does not belong here; did you mean not in?")
			}
			p.advance()
			in := joined("in", a, p.sum())
			c = &unarySyntax{in.place(), "not", in}
		default:
			if all == nil {
				return a
			}
			return all
		}
		if all == nil {
			all = c
		} else {
			all = p.chained(joined("and", all, c))
		}
	}
}

func (p *parser) sum() syntax {
	a := p.product()
	for p.sign("+", "-") {
		op := p.tok.text
		p.advance()
		a = p.chained(joined(op, a, p.product()))
	}
	return a
}

func (p *parser) product() syntax {
	a := p.negative()
	for p.sign("*", "/", "%") {
		op := p.tok.text
		p.advance()
		a = p.chained(joined(op, a, p.negative()))
	}
	return a
}

func (p *parser) negative() syntax {
	if p.sign("-", "+") {
		defer p.deeper()()
		pos, op := p.tok.pos, p.tok.text
		p.advance()
		of := p.negative()
		if op == "+" {
			return of
		}
		if n, ok := of.(*numberSyntax); ok {
			return &numberSyntax{span{pos, n.end}, -n.value, n.whole}
		}
		return &unarySyntax{span{pos, of.place().end}, "-", of}
	}
	return p.postfix()
}

func (p *parser) postfix() syntax {
	a := p.primary()
	for {
		switch {
		case p.sign("."):
			p.advance()
			if p.tok.kind != tokName {
				p.unexpected("a component such as x")
			}
			a = &memberSyntax{span{a.place().pos, p.tok.end}, a, p.tok.text}
			p.advance()
		case p.sign("["):
			p.advance()
			at := p.or()
			p.expect("]")
			a = &indexSyntax{span{a.place().pos, p.last}, a, at}
		default:
			return a
		}
		if p.depth++; p.depth > maxDepth {
			p.stop(a.place(), "the expression is nested too deeply")
		}
		defer func() { p.depth-- }()
	}
}

func (p *parser) primary() syntax {
	t := p.tok
	at := span{t.pos, t.end}
	switch {
	case t.kind == tokNumber:
		p.advance()
		return &numberSyntax{at, t.number, t.whole}
	case t.kind == tokString:
		p.advance()
		return &stringSyntax{at, t.text}
	case t.kind == tokVariable:
		p.advance()
		return &variableSyntax{at, t.text}
	case p.word("true") || p.word("false"):
		p.advance()
		return &boolSyntax{at, strings.EqualFold(t.text, "true")}
	case p.word("and") || p.word("or") || p.word("in") || p.word("not"):
		p.unexpected("a value")
	case t.kind == tokName:
		p.advance()
		if t.plain && p.sign("(") {
			return p.call(t)
		}
		return &nameSyntax{at, t.text}
	case p.sign("("):
		p.advance()
		a := p.or()
		p.expect(")")
		return a
	case p.sign("["):
		p.advance()
		items := p.items("]", true)
		return &listSyntax{span{t.pos, p.last}, items}
	}
	p.unexpected("a value")
	return nil
}

func (p *parser) call(name token) syntax {
	p.advance()
	args := p.items(")", false)
	return &callSyntax{span{name.pos, p.last}, strings.ToLower(name.text), span{name.pos, name.end}, args}
}

// items reads the list between brackets, including the closing one.
func (p *parser) items(end string, ranges bool) []syntax {
	var out []syntax
	for !p.sign(end) {
		if len(out) > 0 {
			if !p.sign(",") {
				p.unexpected(", or " + end)
			}
			p.advance()
		}
		a := p.or()
		if ranges && p.sign("..") {
			p.advance()
			b := p.or()
			a = &rangeSyntax{a.place().to(b.place()), a, b}
		}
		out = append(out, a)
	}
	p.advance()
	return out
}
