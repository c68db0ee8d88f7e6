package preview

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/look"
)

func page600(t *testing.T) *View {
	t.Helper()
	return onScreen(t, look.New(look.Dark, 1), fyne.NewSize(600, 400))
}

// drawn walks everything that the view shows.
func drawn(view *View, visit func(fyne.CanvasObject, fyne.Position)) {
	var walk func(fyne.CanvasObject, fyne.Position)
	walk = func(o fyne.CanvasObject, at fyne.Position) {
		at = at.Add(o.Position())
		visit(o, at)
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, at)
			}
		case *sideways:
			walk(o.Content, at)
		case *link:
			walk(o.text, at)
		}
	}
	walk(view.column, fyne.NewPos(0, 0))
}

// reads is the text on show, run by run.
func reads(view *View) []string {
	var out []string
	drawn(view, func(o fyne.CanvasObject, _ fyne.Position) {
		if text, ok := o.(*canvas.Text); ok {
			out = append(out, text.Text)
		}
	})
	return out
}

// livePieces counts the blocks that are laid out, wherever they are.
func livePieces(view *View) int {
	n := 0
	for _, s := range view.slots {
		for _, p := range s.pieces {
			if p != nil {
				n++
			}
		}
	}
	return n
}

// topOf is where a text stands in the view.
func topOf(t *testing.T, view *View, text string) float32 {
	t.Helper()
	y := float32(-1e9)
	drawn(view, func(o fyne.CanvasObject, at fyne.Position) {
		if drawn, ok := o.(*canvas.Text); ok && drawn.Text == text {
			y = at.Y
		}
	})
	require.Greater(t, y, float32(-1e9), "%q is not on show", text)
	return y
}

func TestAMegabyteHoldsOnlyWhatIsInSight(t *testing.T) {
	view := page600(t)
	view.SetMarkdown(megabyte())
	assert.Less(t, view.docs[0].parsed, 40_000, "only what is in sight is parsed")
	assert.Less(t, view.built, 120)
	for _, key := range []fyne.KeyName{fyne.KeyPageDown, fyne.KeyEnd, fyne.KeyUp, fyne.KeyHome} {
		view.TypedKey(&fyne.KeyEvent{Name: key})
		assert.Less(t, livePieces(view), 60)
		assert.Len(t, view.column.Objects, livePieces(view))
	}
	assert.Zero(t, view.scroll.Offset.Y)
	assert.Less(t, view.built, 400)
}

func TestATypedCharacterRebuildsOneBlock(t *testing.T) {
	view := page600(t)
	text := "# Title\n\nfirst\n\nsecond\n\n- a\n- b\n\n`code`"
	view.SetMarkdown(text)
	before := view.built
	view.SetMarkdown(strings.Replace(text, "second", "seconds", 1))
	assert.Equal(t, before+1, view.built)
	assert.Contains(t, reads(view), "seconds")
	assert.NotContains(t, reads(view), "second")

	view.SetMarkdown(strings.Replace(text, "second", "seconds", 1))
	assert.Equal(t, before+1, view.built, "the same text is not laid out again")
}

func TestAnEditAboveDoesNotMoveWhatIsRead(t *testing.T) {
	view := page600(t)
	var text strings.Builder
	for i := range 200 {
		fmt.Fprintf(&text, "paragraph %d\n\n", i)
	}
	view.SetMarkdown(text.String())
	view.scrollTo(2000)
	words := reads(view)
	middle := words[len(words)/2]
	y := topOf(t, view, middle)

	view.SetMarkdown("new\n\nand new\n\n" + text.String())
	assert.InDelta(t, y, topOf(t, view, middle), 1)
	view.SetMarkdown(text.String())
	assert.InDelta(t, y, topOf(t, view, middle), 1)
}

func TestScrollingUpIntoUnmeasuredTextDoesNotJump(t *testing.T) {
	view := page600(t)
	// The guess is far off for text of wide letters.
	view.SetMarkdown(strings.Repeat(strings.Repeat("W", 70)+" m\n\n- i\n\n", 300))
	view.scrollTo(view.height() / 2)
	for range 30 {
		before := map[fyne.CanvasObject]float32{}
		drawn(view, func(o fyne.CanvasObject, at fyne.Position) { before[o] = at.Y })
		view.scrollTo(view.scroll.Offset.Y - 50)
		drawn(view, func(o fyne.CanvasObject, at fyne.Position) {
			if was, ok := before[o]; ok && o != fyne.CanvasObject(view.column) {
				assert.InDelta(t, was+50, at.Y, 1)
			}
		})
	}
}

func TestKeysScrollToBothEnds(t *testing.T) {
	view := page600(t)
	view.SetMarkdown("top\n\n" + strings.Repeat("some words\n\n", 300) + "bottom")
	view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	assert.Less(t, topOf(t, view, "bottom"), float32(400))
	view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	assert.InDelta(t, margin, topOf(t, view, "top"), 10)
	view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	assert.Zero(t, view.scroll.Offset.Y)
	view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	assert.Positive(t, view.scroll.Offset.Y)
}

func TestNothingStandsOutsideThePageAtAnyWidth(t *testing.T) {
	view := page600(t)
	view.SetMarkdown(strings.ReplaceAll(megabyte()[:4000], "code", "longer-code-span/with/a/path"))
	for _, width := range []float32{900, 600, 300, 140} {
		view.Resize(fyne.NewSize(width, 400))
		drawn(view, func(o fyne.CanvasObject, at fyne.Position) {
			if text, ok := o.(*canvas.Text); ok {
				assert.LessOrEqual(t, at.X+text.MinSize().Width, width, "%v: %q", width, text.Text)
			}
		})
	}
	assert.Equal(t, fyne.NewSize(80, 48), view.MinSize())
}

func TestLinesAreNoLongerThanReadsWell(t *testing.T) {
	view := onScreen(t, look.New(look.Light, 1), fyne.NewSize(2000, 400))
	view.SetMarkdown(strings.Repeat("ordinary words of some length follow each other ", 20))
	for _, line := range reads(view) {
		assert.Less(t, len(line), 100)
	}
}

func TestColoursFollowTheTheme(t *testing.T) {
	view := page600(t)
	view.SetMarkdown("words and [link](https://x.example)\n\n```\ncode\n```")
	for _, mode := range []look.Mode{look.Light, look.Contrast, look.Dark} {
		now := look.New(mode, 1)
		fyne.CurrentApp().Settings().SetTheme(now)
		test.ApplyTheme(t, now)
		drawn(view, func(o fyne.CanvasObject, _ fyne.Position) {
			if text, ok := o.(*canvas.Text); ok && text.Text == "code" {
				assert.Equal(t, now.Color(look.Text, theme.VariantDark), text.Color)
			}
			if l, ok := o.(*link); ok {
				assert.Equal(t, now.Color(theme.ColorNameHyperlink, theme.VariantDark), l.text.Color)
			}
		})
	}
}

func TestAPressedLinkIsToldAndNotOpened(t *testing.T) {
	view := page600(t)
	view.SetMarkdown("[page](https://x.example/a) [script](javascript:x) me@x.example")
	var links []*link
	drawn(view, func(o fyne.CanvasObject, _ fyne.Position) {
		if l, ok := o.(*link); ok {
			links = append(links, l)
		}
	})
	require.Len(t, links, 2)
	test.Tap(links[0]) // nobody listens, nothing happens

	var told []string
	view.OnLink = func(address string) { told = append(told, address) }
	test.Tap(links[0])
	links[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Equal(t, []string{"https://x.example/a", "mailto:me@x.example"}, told)
	assert.Equal(t, fyne.AccessibleRoleLink, links[0].AccessibilityRole())
	assert.Equal(t, "page", links[0].AccessibilityLabel())
}

func TestALinkOverTwoLinesIsOneStopOfTheKeyboard(t *testing.T) {
	view := page600(t)
	view.SetMarkdown("[" + strings.Repeat("many words ", 20) + "](https://x.example)")
	var stops, parts int
	drawn(view, func(o fyne.CanvasObject, _ fyne.Position) {
		if l, ok := o.(*link); ok {
			parts++
			assert.Contains(t, l.AccessibilityLabel(), "many words many words")
			if !l.Disabled() {
				stops++
			}
		}
	})
	assert.Greater(t, parts, 1)
	assert.Equal(t, 1, stops)
}

func TestNothingIsFetched(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	view := page600(t)
	view.SetMarkdown("![graph](" + server.URL + "/g.png)\n\n<img src=\"" + server.URL + "/h.png\">")
	assert.Contains(t, strings.Join(reads(view), " "), "image: graph (http://")
	assert.Zero(t, asked.Load())
}

func TestPathologicalTextIsShownWithItsReason(t *testing.T) {
	view := page600(t)
	view.SetMarkdown(strings.Repeat("> ", 50_000))
	all := strings.Join(reads(view), " ")
	assert.Contains(t, all, "Shown as typed")
	assert.Contains(t, all, "> > > >")
	assert.Less(t, livePieces(view), 10)
}

func TestHostileTextIsDrawnAtAnyWidth(t *testing.T) {
	view := page600(t)
	fragments := []string{
		"# ", "- [ ] ", "- ", "1. ", "> ", "    ", "\t", "```\n", "|a|b|\n|-|-|\n", "|x|", "**", "*", "_", "`", "~~", "[a](", "https://x.example/", ")",
		"![", "]", "<b>", "<!--", "&amp;", "\\", "\n", "\n\n", "---\n", "word", "שלום", "漢字", "e\u0301", "\u200d", "🙂", "\x00", "\xff", " ", "  \n",
		strings.Repeat("w", 300), strings.Repeat("|c", 40), "999999999. ",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		var text strings.Builder
		for range random.IntN(40) {
			text.WriteString(fragments[random.IntN(len(fragments))])
		}
		view.SetMarkdown(text.String())
		view.Resize(fyne.NewSize(60+float32(random.IntN(600)), 400))
		assert.False(t, math.IsNaN(float64(view.height())), "%q", text.String())
	}
}

func TestADocumentCanBeShownAndReplaced(t *testing.T) {
	view := page600(t)
	view.SetMarkdown("one")
	assert.Equal(t, []string{"one"}, reads(view))
	view.SetMarkdown("")
	assert.Empty(t, reads(view))
	view.SetMarkdown("two")
	assert.Equal(t, []string{"two"}, reads(view))
	assert.Len(t, view.Documents()[0].Blocks(), 1)
}

func TestAViewWithoutAWindowDoesNotPanic(t *testing.T) {
	test.NewTempApp(t)
	fyne.CurrentApp().Settings().SetTheme(theme.DefaultTheme())
	view := New()
	view.SetMarkdown("# a\n\nb")
	view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	view.Tapped(nil)
	view.Resize(fyne.NewSize(300, 200))
	assert.Equal(t, []string{"a", "b"}, reads(view))
}
