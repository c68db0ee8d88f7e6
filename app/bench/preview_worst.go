package main

import (
	"strings"
	"time"
)

// pathological are texts that take a markdown parser time which grows with the
// square of their length, and plain ones of a size that nobody writes.
func pathological() map[string]string {
	return map[string]string{
		"links that never close":     strings.Repeat("[a](b", 20_000),
		"links just below the limit": strings.Repeat("[a](b", 2_400),
		"many of those":              strings.Repeat(strings.Repeat("[a](b", 1_500)+"\n\n", 130),
		"nested brackets":            strings.Repeat("[", 160_000),
		"definitions":                strings.Repeat(strings.Repeat("[a]: <b ", 700)+"\n\n", 180),
		"short definitions":          strings.Repeat("[a]: /b\n", 130_000),
		"nested quotes":              strings.Repeat("> ", 80_000),
		"nested quotes and lists":    strings.Repeat("> - ", 20_000),
		"nested numbers":             strings.Repeat("1. ", 20_000),
		"a deep list":                deepList(2_000),
		"emphasis":                   strings.Repeat("*a_", 40_000),
		"emphasis far apart":         strings.Repeat("a_b_ "+strings.Repeat("x ", 50), 500),
		"tags":                       strings.Repeat("<a ", 40_000),
		"ticks":                      strings.Repeat("`a``b", 40_000),
		"a wide table":               strings.Repeat("|a", 11_000) + "\n" + strings.Repeat("|-", 11_000) + "\n" + strings.Repeat("|a\n", 1_000),
		"a table below the limit":    strings.Repeat("|a", 19) + "\n" + strings.Repeat("|-", 19) + "\n" + strings.Repeat(strings.Repeat("|a", 19)+"\n", 900),
		"one list of a megabyte":     strings.Repeat("- [ ] `task` with **words** and a [link](https://example.com)\n", 16_000),
		"a list below the limit":     strings.Repeat("- [ ] `task` with **words** and a [link](https://example.com)\n", 8_000),
		"a comment below the limit":  "<!--\n" + strings.Repeat("word\n\n", 42_000),
		"one code of a megabyte":     "```go\n" + strings.Repeat("return errors.New(\"no more\") // 1\n", 30_000),
		"one line of a megabyte":     strings.Repeat("word ", 200_000),
		"a comment of a megabyte":    "<!--\n" + strings.Repeat("word\n\n", 170_000),
		"code to be coloured":        strings.Repeat("```java\\n"+strings.Repeat(strings.Repeat("((a)", 29)+"\\n", 28)+"```\\n\\n", 60),
		"footnotes":                  strings.Repeat("[^a] [^b]: c\n\n[^a]: b\n\n", 40_000),
	}
}

func deepList(depth int) string {
	var out strings.Builder
	for i := range depth {
		out.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return out.String()
}

// worstHold finds how long any one deed with such a text holds the window: its
// first look, keys at its top and at its end, a fence around all of it and the
// fence taken away, the way to its end.
func worstHold() (worst time.Duration, name string, err error) {
	for what, text := range pathological() {
		view, window := shownPreview()
		view.SetMarkdown("before\n\nafter\n")
		deeds := []struct {
			what string
			do   func()
		}{
			{"put in", func() { view.Edit(0, len("before\n\n"), 0, text) }},
			{"key above", func() { view.Edit(0, 0, 0, "x") }},
			{"key in its top", func() { view.Edit(0, len("xbefore\n\n"), 0, "y") }},
			{"key at its end", func() { view.Edit(0, len("xbefore\n\ny")+len(text), 0, "z\n\n") }},
			{"fenced", func() { view.Edit(0, 0, 0, "```\n") }},
			{"open again", func() { view.Edit(0, 0, len("```\n"), "") }},
			{"its end", func() { view.Reveal(0, 1<<30) }},
			{"taken out", func() { view.SetMarkdown("before\n\nafter\n") }},
			{"shown anew", func() { view.SetMarkdown(text) }},
		}
		for _, deed := range deeds {
			took, err := cost(deed.do)
			if err != nil {
				window.Close()
				return worst, name, err
			}
			if took > worst {
				worst, name = took, what+", "+deed.what
			}
		}
		window.Close()
	}
	return worst, name, nil
}
