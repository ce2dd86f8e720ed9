package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"iceexplorer/cache/unit"
)

// cells are a row as it is printed: points, what, time or memory, rate, ratio, goal.
func (r *Row) cells() [6]string {
	c := [6]string{"", r.What}
	if r.Points > 0 {
		c[0] = unit.Count(r.Points)
	}
	if r.Skipped != "" {
		c[2], c[4] = "-", "skipped: "+r.Skipped
		return c
	}
	switch {
	case r.Seconds > 0:
		c[2] = duration(r.Seconds)
	case r.Memory > 0:
		c[2] = unit.Bytes(uint64(r.Memory))
	}
	if r.Bytes > 0 && r.Seconds > 0 {
		c[3] = unit.Rate(float64(r.Bytes), r.Seconds)
	}
	if r.Ratio > 0 {
		c[4] = fmt.Sprintf("%.2f x %s", r.Ratio, r.Of)
	}
	if g := r.Goal; g != nil {
		c[5] = g.text()
	}
	return c
}

func (g *Goal) text() string {
	limit := strconv.FormatFloat(g.Limit, 'g', 3, 64)
	switch g.Of {
	case ofSeconds:
		limit = duration(g.Limit)
	case ofMemory:
		limit = fmt.Sprintf("%.0f MB", g.Limit/1e6)
	}
	how, verdict := "at most ", "missed"
	if g.Least {
		how = "at least "
	}
	if g.Met {
		verdict = "met"
	}
	return how + limit + ": " + verdict
}

// duration is a time in seconds.
func duration(s float64) string { return unit.Duration(time.Duration(s * 1e9)) }

// headLines say when, where and on what the figures were measured.
func (r *Report) headLines() []string {
	m := r.Machine
	machine := fmt.Sprintf("%s, %d cores", m.CPU, m.Cores)
	if m.Memory > 0 {
		machine += fmt.Sprintf(", %.0f GB of memory", float64(m.Memory)/1e9)
	}
	machine += ", " + m.System
	if m.Load != "" {
		machine += ", load " + m.Load + " at the start"
	}
	return []string{
		"Date: " + r.Date.UTC().Format("2006-01-02 15:04 MST"),
		"Machine: " + machine,
		fmt.Sprintf("Program: iceexplorer %s, %s", r.Version, m.Go),
		"Data: " + r.Data,
		"Times are the best of several turns in one run.",
	}
}

// sections groups the rows.
func (r *Report) sections(each func(name string, rows []Row)) {
	for from := 0; from < len(r.Rows); {
		to := from
		for to < len(r.Rows) && r.Rows[to].Section == r.Rows[from].Section {
			to++
		}
		each(r.Rows[from].Section, r.Rows[from:to])
		from = to
	}
}

// WriteJSON writes the report as JSON.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// WriteText writes the report as one table for a terminal.
func (r *Report) WriteText(w io.Writer) error {
	var out bytes.Buffer
	for _, l := range r.headLines() {
		fmt.Fprintln(&out, l)
	}
	var width [6]int
	for i := range r.Rows {
		for k, c := range r.Rows[i].cells() {
			if k != 4 || r.Rows[i].Skipped == "" {
				width[k] = max(width[k], utf8.RuneCountInString(c))
			}
		}
	}
	r.sections(func(name string, rows []Row) {
		fmt.Fprintf(&out, "\n%s\n", name)
		for i := range rows {
			var line strings.Builder
			for k, c := range rows[i].cells() {
				pad := strings.Repeat(" ", max(width[k]-utf8.RuneCountInString(c), 0))
				if k == 0 || k == 2 || k == 3 {
					c = pad + c
				} else {
					c += pad
				}
				line.WriteString("  " + c)
			}
			fmt.Fprintln(&out, strings.TrimRight(line.String(), " "))
		}
	})
	_, err := w.Write(out.Bytes())
	return err
}
