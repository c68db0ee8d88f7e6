package main

import (
	"fmt"
	"io"
	"slices"
)

// number is one ratio and what it is held to.
type number struct {
	what   string
	ratios []float64 // one for each pair
	target float64   // the median is to be at most this
	how    string    // one line: what was put beside what
}

const row = "%-58s %8s %16s %8s  %s\n"

func printHead(out io.Writer) {
	fmt.Fprintf(out, row, "ratio", "median", "range", "at most", "")
}

func (n number) print(out io.Writer) {
	held := "held"
	middle := median(n.ratios)
	if middle > n.target {
		held = "MISSED"
	}
	fmt.Fprintf(out, "\n"+row, n.what, fmt.Sprintf("%.2f", middle),
		fmt.Sprintf("%.2f to %.2f", slices.Min(n.ratios), slices.Max(n.ratios)), fmt.Sprintf("%.1f", n.target), held)
	fmt.Fprintf(out, "  %s\n", n.how)
}

// median needs at least one value.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
