// Package palette is the search over all actions, without a window: typing finds
// actions, and the values that an action needs are asked for one by one.
package palette

import (
	"slices"
	"strings"

	"iceexplorer/app/action"
)

// Palette is one search. The zero value is not ready: use New.
type Palette struct {
	actions *action.Registry

	query  string
	pick   int
	chosen *action.Action // whose values are asked for; nil: none yet
	values []string       // given so far, as scripts write them
	wrong  string         // why the value typed last was refused
	brief  bool           // optional values are not asked for
}

// New begins a search.
func New(actions *action.Registry) *Palette { return &Palette{actions: actions} }

// Ask asks for the values that an action needs, and not for those that it may do without.
func (p *Palette) Ask(a *action.Action) { *p = Palette{actions: p.actions, chosen: a, brief: true} }

// Row is a line that can be chosen: an action, or a value for one.
type Row struct {
	Label, Key, Help string
	Icon             string

	action *action.Action
	words  []string // of action, if they are given
	value  string
}

// Prompt is what is asked now.
func (p *Palette) Prompt() string {
	q := p.param()
	if q == nil {
		return "What do you want to do?"
	}
	text := strings.ToUpper(q.Name[:1]) + q.Name[1:]
	if q.Help != "" {
		text = q.Help
	}
	if q.Optional {
		text += " (optional)"
	}
	return text
}

// Title names the action whose values are asked for, with those given so far; ""
// while an action is looked for.
func (p *Palette) Title() string {
	if p.chosen == nil {
		return ""
	}
	return strings.TrimSpace(strings.TrimSuffix(p.chosen.Label, "...") + "  " + strings.Join(p.values, " "))
}

// Wrong says why the last value was refused; "" if it was accepted.
func (p *Palette) Wrong() string { return p.wrong }

// Query is what is typed.
func (p *Palette) Query() string { return p.query }

// SetQuery takes what is typed now.
func (p *Palette) SetQuery(text string) {
	if text != p.query {
		p.query, p.pick, p.wrong = text, 0, ""
	}
}

// Pick is the row that Enter chooses, -1 if there is none.
func (p *Palette) Pick() int {
	return min(p.pick, len(p.Rows())-1)
}

// Move goes to another row.
func (p *Palette) Move(by int) {
	p.pick = max(min(p.Pick()+by, len(p.Rows())-1), 0)
}

// Rows are what fits the query.
func (p *Palette) Rows() []Row {
	if p.chosen == nil {
		return p.found()
	}
	var rows []Row
	q := p.param()
	if q == nil {
		return nil
	}
	words := strings.Fields(strings.ToLower(p.query))
	for _, v := range q.Completions() {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(strings.ToLower(v), w) }) {
			rows = append(rows, Row{Label: v, value: v})
		}
	}
	return rows
}

// found are the actions that fit the query, and the one that it gives values as a script
// does: behind those that it may be the name of, such as "Close all", or else first.
func (p *Palette) found() []Row {
	var rows []Row
	named := 0
	for _, a := range p.actions.Search(p.query) {
		if !a.Available() {
			continue
		}
		rows = append(rows, rowOf(a))
		if strings.HasPrefix(strings.ToLower(a.Label), strings.ToLower(strings.TrimSpace(p.query))) {
			named = len(rows)
		}
	}
	verb, text, err := action.Verb(p.query)
	if err != nil || text == "" {
		return rows
	}
	a, words, err := p.actions.Line(verb, text)
	if err != nil || len(words) == 0 || !a.Available() {
		return rows
	}
	if _, err := a.Parse(words); err == nil {
		r := rowOf(a)
		r.Label, r.words = strings.TrimSuffix(a.Label, "...")+"  "+text, words
		rows = slices.Insert(rows, named, r)
	}
	return rows
}

func rowOf(a *action.Action) Row {
	return Row{Label: a.Label, Key: a.Key(), Icon: a.Icon, Help: a.Help + "\nIn scripts: " + a.Usage(), action: a}
}

// param is the parameter asked for now, nil if none is: an action is looked for, or
// has all it needs.
func (p *Palette) param() *action.Param {
	if p.chosen == nil || len(p.values) == len(p.chosen.Params) {
		return nil
	}
	return &p.chosen.Params[len(p.values)]
}

// Choose takes a row. Once no value is missing, run is the action to carry out, with its
// words.
func (p *Palette) Choose(r Row) (run *action.Action, words []string) {
	if r.action == nil {
		return p.give(r.value)
	}
	if r.words != nil || !r.action.Needs() {
		return r.action, r.words
	}
	p.chosen, p.query, p.pick = r.action, "", 0
	return nil, nil
}

// Enter takes the picked row; where none is picked, or the text is itself a valid value,
// it takes the text.
func (p *Palette) Enter() (run *action.Action, words []string) {
	rows := p.Rows()
	text := strings.TrimSpace(p.query)
	q := p.param()
	if q != nil && q.Kind == action.Expression && p.pick == 0 && strings.ContainsAny(text, " <>=!&|+-*/(\"'") {
		return p.give(text) // more than the beginning of a name
	}
	if q != nil && (len(rows) == 0 || text == "" && q.Optional && p.pick == 0) {
		return p.give(text)
	}
	if i := slices.IndexFunc(rows, func(r Row) bool { return q != nil && r.value == text }); i >= 0 {
		return p.give(text)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return p.Choose(rows[p.Pick()])
}

// give takes a value of the parameter asked for.
func (p *Palette) give(text string) (run *action.Action, words []string) {
	q := p.param()
	if text == "" {
		if !q.Optional {
			p.wrong = "A value is needed"
			return nil, nil
		}
		return p.chosen, p.values // what follows an optional one is optional too
	}
	if err := q.Check(text); err != nil {
		p.wrong = err.Error()
		return nil, nil
	}
	p.values = append(p.values, q.Name+"="+text)
	p.query, p.pick, p.wrong = "", 0, ""
	if q := p.param(); q != nil && !(p.brief && q.Optional) {
		return nil, nil
	}
	return p.chosen, p.values
}

// Back takes the last value back, or the action; false if there is neither.
func (p *Palette) Back() bool {
	if p.chosen == nil {
		return false
	}
	p.query, p.pick, p.wrong = "", 0, ""
	if len(p.values) > 0 {
		p.values = p.values[:len(p.values)-1]
	} else {
		p.chosen = nil
	}
	return true
}
