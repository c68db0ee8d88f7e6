package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"firebreak/export/intake"
	"firebreak/workflow"
)

// How the reading of documents is measured.
const (
	importSize  = 1 << 20
	importPairs = 9
)

// measureImport reads documents of 1 MB beside goldmark, which only parses
// them: one that is a timeline from end to end, and one as people write them.
func measureImport(b bench) ([]number, error) {
	var numbers []number
	for _, document := range []struct {
		what, text string
	}{
		{"import of a 1 MB document / goldmark's parse of it", mixedDocument(importSize)},
		{"import of a 1 MB timeline / goldmark's parse of it", pureTimeline(importSize)},
	} {
		n := number{what: document.what, target: 5}
		var ours, floor []float64
		entries := 0
		for pair := range importPairs + 1 {
			if b.ctx.Err() != nil {
				return numbers, b.ctx.Err()
			}
			start := time.Now()
			reading := intake.Read("incident.md", []byte(document.text), workflow.ReadAs{}, start)
			read := time.Since(start)
			start = time.Now()
			goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader([]byte(document.text)))
			parsed := time.Since(start)
			if entries = len(reading.Lines); pair == 0 { // until everything is warm
				continue
			}
			n.ratios = append(n.ratios, float64(read)/float64(parsed))
			ours, floor = append(ours, micro(read)), append(floor, micro(parsed))
		}
		n.how = fmt.Sprintf("%s beside %s: %d entries found, placed in time and told apart from the rest", micros(median(ours)), micros(median(floor)), entries)
		numbers = append(numbers, n)
	}
	return numbers, nil
}

// pureTimeline is a document of little else than entries.
func pureTimeline(size int) string {
	var out strings.Builder
	out.WriteString("# Outage of 2024-11-25\n\n## Timeline\n\nAll times are in UTC.\n\n")
	for i := 0; out.Len() < size; i++ {
		fmt.Fprintf(&out, "- %02d:%02d - the %d. thing that happened, with some words about it\n", i/60%24, i%60, i+1)
	}
	return out.String()
}

// mixedDocument is a post-mortem as people write them, made long: sections of
// prose, lists and code around timelines in lists and tables.
func mixedDocument(size int) string {
	const prose = "The queue in front of the `checkout` service filled up because a worker held its lock for **too long**; see [the graph](https://example.org/graph) and the notes below.\nNobody noticed at first, as the alert looked at the mean.\n\n"
	var out strings.Builder
	for day := 0; out.Len() < size; day++ {
		at := time.Date(2024, 11, 1+day, 0, 0, 0, 0, time.UTC)
		fmt.Fprintf(&out, "# Outage of %s\n\n## Summary\n\n%s%s## Timeline\n\nAll times in CET.\n\n", at.Format(time.DateOnly), prose, prose)
		for i := range 12 {
			fmt.Fprintf(&out, "- **%02d:%02d** - @sam: restarted worker %d\n  and looked at its log\n", 8+i, i*4, i)
		}
		out.WriteString("\n| Time (UTC) | Event | Who |\n|---|---|---|\n")
		for i := range 6 {
			fmt.Fprintf(&out, "| %s %02d:1%d | deploy %d rolled out | Jane |\n", at.Format(time.DateOnly), 20, i, i)
		}
		out.WriteString("\n## Root cause\n\n" + prose + prose + "```\n2024-11-25 14:32:05 ERROR pool exhausted\n2024-11-25 14:32:06 ERROR pool exhausted\n```\n\n## Action items\n\n- [ ] alert on the longest wait\n- [ ] give the lock a limit\n\n")
	}
	return out.String()
}
