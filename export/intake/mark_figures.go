package intake

import (
	"time"

	"firebreak/workflow"
)

// figureDay reads 25.11.2024, 11/25/2024, 24/07/25, 11/25 and 12-05. Of the
// two figures one must be able to be a month.
func (s *scan) figureDay(d *day) bool {
	first, ok := s.figures(1, 2)
	separator := s.takeAny("/", ".", "-")
	if !ok || separator == "" {
		return false
	}
	second, ok := s.figures(1, 2)
	if !ok {
		return false
	}
	d.kind, d.first, d.second = figureDay, value(first), value(second)
	d.figures = true
	withYear := s.try(func() bool {
		if !s.take(separator) {
			return false
		}
		year, ok := s.figures(2, 4)
		if !ok || len(year) == 3 || len(year) == 4 && !isYear(year) {
			return false
		}
		if d.year = value(year); len(year) == 2 {
			d.year += 2000
		}
		d.figures = false
		return true
	})
	switch {
	case !withYear && (separator == "." && !s.take(".") || len(first) != 2 || len(second) != 2) && separator != "/":
		return false
	case separator == ".":
		d.kind, d.month, d.day = wholeDay, time.Month(d.second), d.first
		if !withYear {
			d.kind = yearlessDay
		}
		return d.exists()
	case separator == "-" && !withYear: // 12-05 is the ISO form without its year
		d.kind, d.month, d.day = yearlessDay, time.Month(d.first), d.second
		return d.exists()
	}
	d.settle()
	return d.kind != figureDay || realDate(2024, time.Month(d.second), d.first) || realDate(2024, time.Month(d.first), d.second)
}

// settle makes a date of figures plain where only one reading is possible.
func (d *day) settle() {
	dayFirst := realDate(2024, time.Month(d.second), d.first)
	monthFirst := realDate(2024, time.Month(d.first), d.second)
	switch {
	case dayFirst && d.first == d.second:
		*d = d.read(true)
	case dayFirst && !monthFirst:
		*d = d.read(true)
		d.order = workflow.DayFirst
	case monthFirst && !dayFirst:
		*d = d.read(false)
		d.order = workflow.MonthFirst
	}
}

// read is a date of figures in one of the orders.
func (d day) read(dayFirst bool) day {
	if d.kind != figureDay {
		return d
	}
	d.month, d.day = time.Month(d.first), d.second
	if dayFirst {
		d.month, d.day = time.Month(d.second), d.first
	}
	d.kind = wholeDay
	if d.year == 0 {
		d.kind = yearlessDay
	}
	return d
}
