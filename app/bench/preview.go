package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/kit/preview"
	"firebreak/app/look"
)

// What the preview is held to, in processor time.
const (
	keyMedian   = 2 * time.Millisecond
	keyWorst    = 16 * time.Millisecond // for 99 keys of 100
	firstLook   = 20 * time.Millisecond
	longestHold = 200 * time.Millisecond
	overFyne    = 300

	previewBytes  = 1 << 20
	previewPlaces = 60
	previewLooks  = 9
)

// measurePreview measures the preview of a document of a megabyte in a window of
// 600 by 700, laid out without being painted.
func measurePreview(bench) ([]number, error) {
	if _, err := spent(); err != nil {
		return nil, err
	}
	app := test.NewApp()
	defer app.Quit()
	app.Settings().SetTheme(look.New(look.Dark, 1))
	text := longMarkdown(previewBytes)
	looks, err := firstLooks(text)
	if err != nil {
		return nil, err
	}
	edited, err := keyCosts(text, func(v *preview.View, at, removed int, inserted, _ string) { v.Edit(0, at, removed, inserted) })
	if err != nil {
		return nil, err
	}
	given, err := keyCosts(text, func(v *preview.View, _, _ int, _, whole string) { v.SetMarkdown(whole) })
	if err != nil {
		return nil, err
	}
	fynes, err := cost(func() {
		page := widget.NewRichText()
		page.ParseMarkdown(text)
	})
	if err != nil {
		return nil, err
	}
	held, name, err := worstHold()
	if err != nil {
		return nil, err
	}
	key, worst, whole := rank(edited, 50), rank(edited, 99), rank(given, 50)
	how := "%.2f ms of processor time over %v; %d keys at %d places of 1 MB, parsed and laid out, the collector with it, without painting"
	return []number{
		{"key in the preview of 1 MB, median", []float64{over(key, keyMedian)}, 1, fmt.Sprintf(how, ms(key), keyMedian, len(edited), previewPlaces)},
		{"key in the preview of 1 MB, 99 of 100", []float64{over(worst, keyWorst)}, 1, fmt.Sprintf(how, ms(worst), keyWorst, len(edited), previewPlaces)},
		{"the same, given the whole text with each key", []float64{over(whole, keyMedian)}, 1, fmt.Sprintf(how, ms(whole), keyMedian, len(given), previewPlaces)},
		{
			fmt.Sprintf("%d keys in it over Fyne's RichText.ParseMarkdown of it", overFyne),
			[]float64{overFyne * over(key, fynes)},
			1,
			fmt.Sprintf("%.0f ms for Fyne's own, the same 1 MB, parsed once without laying it out: %.0f times a key", ms(fynes), over(fynes, key)),
		},
		{
			"first look at the preview of 1 MB", ratios(looks, firstLook), 1,
			fmt.Sprintf("%.1f ms over %v: cut, parsed where it is in sight, laid out; the fonts were loaded before", ms(rank(looks, 50)), firstLook),
		},
		{
			"longest hold by a pathological text",
			[]float64{over(held, longestHold)},
			1,
			fmt.Sprintf("%.0f ms over %v: %s", ms(held), longestHold, name),
		},
	}, nil
}

func over(a, b time.Duration) float64 { return float64(a) / float64(b) }

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func ratios(costs []time.Duration, to time.Duration) []float64 {
	out := make([]float64, len(costs))
	for i, c := range costs {
		out[i] = over(c, to)
	}
	return out
}

// rank gives the cost that a share of all stays below.
func rank(costs []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(costs))
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}

// cost is the processor time that a deed takes.
func cost(deed func()) (time.Duration, error) {
	before, err := spent()
	if err != nil {
		return 0, err
	}
	deed()
	after, err := spent()
	return after - before, err
}

// shownPreview is a preview in a window.
func shownPreview() (*preview.View, fyne.Window) {
	view := preview.New()
	window := test.NewWindow(view)
	window.SetPadded(false)
	window.Resize(fyne.NewSize(600, 700))
	return view, window
}

func firstLooks(text string) ([]time.Duration, error) {
	out := make([]time.Duration, 0, previewLooks)
	for i := range previewLooks + 1 {
		view, window := shownPreview()
		took, err := cost(func() { view.SetMarkdown(text) })
		window.Close()
		if err != nil {
			return nil, err
		}
		if i > 0 { // the first loads the fonts
			out = append(out, took)
		}
	}
	return out, nil
}

// keyCosts types at places all over the text, and takes back what would change
// the rest of it for good.
func keyCosts(text string, edit func(v *preview.View, at, removed int, inserted, whole string)) ([]time.Duration, error) {
	view, window := shownPreview()
	defer window.Close()
	view.SetMarkdown(text)
	var out []time.Duration
	for place := range previewPlaces {
		at := strings.IndexByte(text[place*(len(text)-2000)/previewPlaces:], '\n') + place*(len(text)-2000)/previewPlaces + 1
		view.Reveal(0, at) // a person looks at a place before typing there
		for _, key := range typedKeys() {
			removed, inserted := 0, key
			if key == "\b" {
				removed, inserted = 1, ""
				at--
			}
			text = text[:at] + inserted + text[at+removed:]
			took, err := cost(func() { edit(view, at, removed, inserted, text) })
			if err != nil {
				return nil, err
			}
			out = append(out, took)
			at += len(inserted)
		}
	}
	return out, nil
}

// typedKeys are words, a list, a fence that is opened and taken back, a link.
func typedKeys() []string {
	keys := strings.Split("The pool ran out, and **nobody** saw `it`.\n\n- one\n- [ ] two\n\n```\b\b\b[the log](https://example.com/a)\n\n", "")
	return append(keys, "> ", "a", "\n", "\n")
}

// longMarkdown is an ordinary document: every construct, in the proportions of a
// post-mortem, and no two sections alike.
func longMarkdown(size int) string {
	var out strings.Builder
	for i := 0; out.Len() < size; i++ {
		fmt.Fprintf(&out, "## Section %d\n\nAt %02d:%02d the error rate of `service-%d` rose to **%d %%**, as [the dashboard](https://example.com/d/%d) showed. "+
			"Nobody was paged, because the alert looked at another region; the on-call engineer saw it by chance and declared the incident.\n\n",
			i, i%24, i%60, i%17, i%100, i)
		fmt.Fprintf(&out, "- first item %d with some words\n- second item with *emphasis*\n  - nested, and ~~not~~ so\n- third\n\n", i)
		switch i % 4 {
		case 0:
			fmt.Fprintf(&out, "| Service | Errors |\n| :-- | --: |\n| api-%d | %d |\n| web | 3 |\n\n", i, i*7)
		case 1:
			fmt.Fprintf(&out, "```go\nfunc retry%d(n int) error {\n\treturn errors.New(\"no more\") // %d\n}\n```\n\n", i, i)
		case 2:
			fmt.Fprintf(&out, "> It was said %d times that the cache is cold.\n> It was.\n\n1. one\n2. two\n\n", i)
		}
	}
	return out.String()
}
