package intake_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/intake"
	"firebreak/workflow"
)

var now = time.Date(2026, 11, 29, 14, 0, 0, 0, time.UTC)

// TestTheCorpusIsReadAsByEye needs the folder of real documents, which is not
// part of the project: FIREBREAK_CORPUS names it.
func TestTheCorpusIsReadAsByEye(t *testing.T) {
	folder := os.Getenv("FIREBREAK_CORPUS")
	if folder == "" {
		t.Skip("FIREBREAK_CORPUS names no folder")
	}
	index, err := os.ReadFile(filepath.Join(folder, "index.tsv"))
	require.NoError(t, err)
	for _, text := range strings.Split(strings.TrimSpace(string(index)), "\n")[1:] {
		row := strings.Split(text, "\t")
		t.Run(row[0][:3], func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join(folder, row[0]))
			require.NoError(t, err)
			want, err := strconv.Atoi(row[5])
			require.NoError(t, err)
			reading := intake.Read(row[0], content, workflow.ReadAs{}, now)
			if os.Getenv("FIREBREAK_CORPUS_SHOW") != "" {
				fmt.Print(show(reading))
			}
			assert.Len(t, reading.Lines, want)
		})
	}
}

// show prints a reading for the eye.
func show(r workflow.Reading) string {
	var out strings.Builder
	fmt.Fprintf(&out, "=== %s [%s] %q sev %q\n", r.Source, r.Form, r.Title, r.Severity)
	for _, n := range r.Notes {
		fmt.Fprintf(&out, "  note: %s\n", n)
	}
	for _, l := range r.Lines {
		at := "-"
		if !l.At.Time.IsZero() {
			at = l.At.Time.Format("2006-01-02T15:04:05.999Z")
		}
		if !l.At.End.IsZero() {
			at += " .. " + l.At.End.Format("2006-01-02T15:04:05Z")
		}
		fmt.Fprintf(&out, "%4d %s %s %s {%s} day:%s zone:%s/%s %s who:%q mile:%s kind:%s links:%d\n       %q\n", l.Line, at, l.At.Sure, l.At.Zone, l.At.Typed, l.Day.From, l.Zone.From, l.At.Zone, l.Sure, l.Who, l.Milestone, l.Kind, len(l.Links), l.Text)
		for _, n := range l.Notes {
			fmt.Fprintf(&out, "       ! %s\n", n)
		}
	}
	for _, s := range r.Sections {
		fmt.Fprintf(&out, "  section %d %q -> %q (%d bytes)\n", s.Line, s.Heading, s.Section, len(s.Text))
	}
	for _, u := range r.Rest {
		fmt.Fprintf(&out, "  rest %d (%s) %.100q\n", u.Line, u.Why, u.Text)
	}
	return out.String()
}
