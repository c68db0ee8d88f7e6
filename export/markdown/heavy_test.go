package markdown_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/export/markdown"
)

func TestHeavyMarkdownIsSeenBeforeItIsParsed(t *testing.T) {
	for name, tc := range map[string]struct {
		given string
		want  bool
	}{
		"nothing":                {"", false},
		"a long rule":            {strings.Repeat("-", 5000), false},
		"a long spaced rule":     {strings.Repeat("* ", 5000), false},
		"long prose":             {strings.Repeat("A sentence of a report.\n\n", 50000), false},
		"a table of 500 rows":    {strings.Repeat("| a | b | c |\n", 500), false},
		"a page of links":        {strings.Repeat("[a](https://x.y)\n", 400), false},
		"many quotes on a line":  {strings.Repeat("> ", 50000) + "a", true},
		"many items on a line":   {strings.Repeat("> - ", 30000) + "a", true},
		"many numbers on a line": {strings.Repeat("1. - ", 30000) + "a", true},
		"only numbers":           {strings.Repeat("1. ", 5000), true},
		"only pluses":            {strings.Repeat("+ ", 5000), true},
		"a line of dots":         {strings.Repeat(".", 5000), false},
		"many addresses":         {strings.Repeat("http://x.y/a_b*c", 20000), false},
		"many tables":            {strings.Repeat("\n| x |\n|---|\n| y |\n", 20000), false},
		"many open brackets":     {strings.Repeat("[", 160000), true},
		"many open links":        {strings.Repeat("[a](b", 20000), true},
		"a wide table":           {strings.Repeat("|a", 300) + "\n" + strings.Repeat("|-", 300) + "\n" + strings.Repeat("|\n", 300), true},
		"one endless paragraph":  {strings.Repeat("word\n", 200000), true},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, tc.want, markdown.Heavy(tc.given))
			assert.NotEmpty(t, markdown.Contain(tc.given+"x", 2), "takes a moment, not minutes, either way")
		})
	}
}
