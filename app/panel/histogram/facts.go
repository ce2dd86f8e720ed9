package histogram

import (
	"fmt"
	"math"
	"strings"

	"iceexplorer/app/inspect/charts"
	"iceexplorer/app/inspect/distribution"
	"iceexplorer/cache/unit"
	"iceexplorer/cache/value"
)

// facts are the numbers below the plots.
func (v *view) facts(r *charts.Result) [][2]string {
	s := &r.Summary
	if math.IsNaN(s.Min) {
		return [][2]string{{"values", notFinite(s.NonFinite, "none")}}
	}
	rows := [][2]string{
		{"range", value.Short(s.Min) + " to " + value.Short(s.Max)},
		{"mean", value.Short(s.Mean)},
		{"deviation", value.Short(s.Deviation)},
	}
	if s.NonFinite > 0 {
		rows = append(rows, [2]string{"not finite", unit.Plural(s.NonFinite, "point")})
	}
	if n := r.Counts.Below + r.Counts.Above; n > 0 {
		rows = append(rows, [2]string{"outside", unit.Plural(n, "point")})
	}
	if r.Percentiles == nil {
		return append(rows, [2]string{"percentiles", "..."})
	}
	var names, values []string
	for i, p := range distribution.Parts {
		names, values = append(names, fmt.Sprintf("%g", math.Round(p*100))), append(values, value.Short(r.Percentiles[i]))
	}
	for i := 0; i < len(names); i += 4 {
		end := min(i+4, len(names))
		rows = append(rows, [2]string{strings.Join(names[i:end], ", ") + " %", strings.Join(values[i:end], ", ")})
	}
	return rows
}

func notFinite(n uint64, none string) string {
	if n == 0 {
		return none
	}
	return unit.Plural(n, "point") + ", not one finite"
}
