package settings

import (
	"fmt"
	"reflect"
	"testing"
	"time"
)

func TestWhatTheSpreadsheetRemembersIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, err := Load(dir)
	if err != nil || s.Spreadsheet.Decimals != -1 {
		t.Fatal(s.Spreadsheet, err)
	}
	for i := range MaxFilters + 5 {
		s.Spreadsheet.Filtered(fmt.Sprint("Age > ", i))
	}
	s.Spreadsheet.Filtered("Age > 20")
	s.Spreadsheet.Columns, s.Spreadsheet.Decimals, s.Spreadsheet.Hex = []string{"ID", "v.mag"}, 3, true
	s.Spreadsheet.SetWidth("ID", 1e9)
	s.Spreadsheet.SetWidth("v.mag", 150)
	s.SetShown("Spreadsheet", true)
	k := NewKeeper()
	if err := s.Save(k); err != nil {
		t.Fatal(err)
	}
	if err := k.Flush(time.Minute); err != nil {
		t.Fatal(err)
	}
	again, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := again.Spreadsheet
	if len(got.Filters) != MaxFilters || got.Filters[0] != "Age > 20" || got.Filters[1] != "Age > 24" {
		t.Error(got.Filters)
	}
	if got.Decimals != 3 || !got.Hex || !reflect.DeepEqual(got.Columns, []string{"ID", "v.mag"}) || got.Widths["ID"] != MaxColumn || got.Widths["v.mag"] != 150 {
		t.Errorf("%+v", got)
	}
	if !reflect.DeepEqual(again.Opened, []string{"Spreadsheet"}) {
		t.Error(again.Opened)
	}
}

func TestSettingsOutsideOfTheirLimitsArePutBack(t *testing.T) {
	t.Parallel()
	s := Spreadsheet{Decimals: 99, Widths: map[string]float64{"a": -5}, Filters: make([]string, 100)}
	s.clamp()
	if s.Decimals != 12 || s.Widths["a"] != MinColumn || len(s.Filters) != MaxFilters {
		t.Errorf("%+v", s)
	}
}
