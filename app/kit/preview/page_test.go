package preview

import (
	"fmt"
	"image"
	"math/rand/v2"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/look"
)

func TestAnEditInAMegabyteSetsOneBlock(t *testing.T) {
	view := page600(t)
	view.SetMarkdown(megabyte())
	view.scrollTo(5000)
	words := reads(view)
	at := strings.Index(megabyte(), "strong")
	before := view.built
	view.Edit(0, at, 0, "very ")
	assert.Equal(t, before, view.built, "what is out of sight is not laid out")
	assert.Equal(t, words, reads(view), "and what is in sight stays")
	view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	before = view.built
	view.Edit(0, at, 0, "very ")
	assert.Equal(t, before+1, view.built)
	assert.Contains(t, strings.Join(reads(view), " "), "very very")
	view.Edit(7, 0, 0, "x")
	assert.Equal(t, before+1, view.built, "there is no such text")
}

func TestNoSourceChangesHowAnotherReads(t *testing.T) {
	view := page600(t)
	view.SetSources(
		Source{Markdown: "# Title"}, Source{Markdown: "```\nnever closed\n\n[r]: https://x.example\n", Below: 2},
		Source{Markdown: "## Next"}, Source{Markdown: "# Low [a][r]", Below: 2},
	)
	var all []string
	for _, d := range view.Documents() {
		all = append(all, outline(d))
	}
	assert.Equal(t, []string{"h1 Title", "code() \"never closed\\n\\n[r]: https://x.example\"", "h2 Next", "h3 Low [a][r]"}, all)
	before := view.built
	view.Edit(1, 4, 5, "always")
	assert.Equal(t, before+1, view.built)
	view.SetSources(Source{Markdown: "only"})
	assert.Equal(t, []string{"only"}, reads(view))
}

func TestAnEditKeepsThePlaceInALongList(t *testing.T) {
	view := page600(t)
	var text strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&text, "- item %d\n", i)
	}
	view.SetMarkdown(text.String() + "- the one\n" + text.String())
	view.Reveal(0, text.Len()+3)
	view.scrollTo(view.scroll.Offset.Y) // settles
	at := topOf(t, view, "the one")
	assert.Greater(t, at, float32(0))
	assert.Less(t, at, float32(400))
	for _, edit := range []string{"- more\n", "- more\n- and more\n"} {
		view.Edit(0, 0, 0, edit)
		assert.InDelta(t, at, topOf(t, view, "the one"), 1)
	}
	y := view.scroll.Offset.Y
	view.Reveal(0, text.Len()+3)
	assert.InDelta(t, y, view.scroll.Offset.Y, 1, "what is in sight is not moved")
}

// requireInStep holds the places on the page against the pieces of the text.
func requireInStep(t *testing.T, view *View) {
	t.Helper()
	i := 0
	for _, d := range view.docs {
		for _, p := range d.pieces {
			require.Less(t, i, len(view.slots))
			require.Same(t, p, view.slots[i].text, "place %d", i)
			i++
		}
	}
	require.Len(t, view.slots, i)
	require.Len(t, view.places.heights, i)
}

func TestFrontMatterThatIsTypedIsFollowedKeyByKey(t *testing.T) {
	view := page600(t)
	view.SetMarkdown("# Title\n\ntext\n")
	for i, key := range "---\na: 1\n---\n" {
		view.Edit(0, i, 0, string(key))
		requireInStep(t, view)
	}
	assert.Equal(t, []string{"Front matter, 1 line. ", "Show", "Title", "text"}, reads(view))
	for range 4 {
		view.Edit(0, 0, 1, "")
		requireInStep(t, view)
	}
	assert.Equal(t, "a: 1", reads(view)[0])
}

func TestAViewStaysInStepWithItsTexts(t *testing.T) {
	view := page600(t)
	fragments := append(tricky(), heavyFragments()...)
	for round := range uint64(12) {
		r := rand.New(rand.NewPCG(9, round))
		texts := []string{draws(r, fragments, 20), draws(r, fragments, 10)}
		view.SetSources(Source{Markdown: texts[0]}, Source{Markdown: texts[1], Below: 2})
		for range 30 {
			which := r.IntN(2)
			at, removed, inserted := anEdit(r, texts[which], fragments)
			texts[which] = texts[which][:at] + inserted + texts[which][at+removed:]
			if r.IntN(3) == 0 {
				view.SetSources(Source{Markdown: texts[0]}, Source{Markdown: texts[1], Below: 2})
			} else {
				view.Edit(which, at, removed, inserted)
			}
			requireInStep(t, view)
			view.TypedKey(&fyne.KeyEvent{Name: []fyne.KeyName{fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyRight, fyne.KeyLeft, fyne.KeyHome}[r.IntN(5)]})
		}
		fresh := page600(t)
		fresh.SetSources(Source{Markdown: texts[0]}, Source{Markdown: texts[1], Below: 2})
		fresh.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
		assert.Equal(t, reads(fresh), reads(view), "round %d: what was edited reads like what is shown anew", round)
	}
}

// drawnImages are the pictures on show.
func drawnImages(view *View) (out []*canvas.Image) {
	drawn(view, func(o fyne.CanvasObject, _ fyne.Position) {
		if i, ok := o.(*canvas.Image); ok {
			out = append(out, i)
		}
	})
	return out
}

func TestAPictureIsAskedOfTheOwnerAndBounded(t *testing.T) {
	view := page600(t)
	var asked []string
	var picture image.Image
	view.Images = func(address string) image.Image { asked = append(asked, address); return picture }
	view.SetMarkdown("![graph](attachment:0123456789ab)\n\n![remote](https://x.example/y.png) ![local](/etc/passwd)")
	assert.Equal(t, []string{"attachment:0123456789ab"}, asked, "nothing else is ever asked for")
	assert.Empty(t, drawnImages(view))
	assert.Contains(t, strings.Join(reads(view), " "), "image: graph (attachment:0123456789ab)")

	picture = image.NewRGBA(image.Rect(0, 0, 4000, 3000))
	view.Redraw("attachment:ffffffffffff")
	assert.Empty(t, drawnImages(view))
	view.Redraw("attachment:0123456789ab")
	require.Len(t, drawnImages(view), 1)
	size := drawnImages(view)[0].Size()
	assert.LessOrEqual(t, size.Width, view.textWidth())
	assert.LessOrEqual(t, size.Height, highestPicture*view.ink.pitch())
	assert.InDelta(t, 4.0/3, size.Width/size.Height, 0.01)
	assert.Contains(t, reads(view), "graph", "its words stand below")

	picture = image.NewRGBA(image.Rect(0, 0, 20, 10))
	view.Redraw("attachment:0123456789ab")
	assert.Equal(t, fyne.NewSize(20, 10), drawnImages(view)[0].Size(), "a small one is not blown up")
}

func TestTheChosenBlockIsCopied(t *testing.T) {
	view := page600(t)
	view.SetMarkdown("# Title\n\nsome **bold** [words](https://x.example)\n\n```sh\n" + strings.Repeat("ls -l\n", 100) + "```\n\n|a|b|\n|-|-|\n|1|2|\n\n---\n\nlast")
	var got []string
	view.OnCopy = func(text, what string) { got = append(got, what+": "+text) }
	assert.False(t, view.Copy(), "nothing is chosen")
	key := func(name fyne.KeyName) { view.TypedKey(&fyne.KeyEvent{Name: name}) }
	copyIt := func() string {
		got = nil
		view.TypedShortcut(&fyne.ShortcutCopy{})
		return strings.Join(got, "\n")
	}
	code := "code: " + strings.TrimSuffix(strings.Repeat("ls -l\n", 100), "\n")
	key(fyne.KeyRight)
	assert.Equal(t, "text: Title", copyIt())
	key(fyne.KeyRight)
	assert.Equal(t, "text: some bold words", copyIt())
	key(fyne.KeyRight)
	assert.Equal(t, code, copyIt(), "code is copied whole")
	key(fyne.KeyRight)
	assert.Equal(t, code, copyIt(), "from each of its pieces")
	key(fyne.KeyRight)
	assert.Equal(t, "table: a\tb\n1\t2", copyIt())
	assert.Positive(t, view.scroll.Offset.Y, "the chosen block is brought into sight")
	key(fyne.KeyRight)
	key(fyne.KeyRight)
	assert.Equal(t, "text: last", copyIt(), "a rule has nothing to copy")
	key(fyne.KeyRight)
	assert.Equal(t, "text: last", copyIt())
	key(fyne.KeyEscape)
	assert.Empty(t, copyIt())

	key(fyne.KeyHome)
	view.Tapped(&fyne.PointEvent{Position: fyne.NewPos(40, topOf(t, view, "Title")+4)})
	assert.Equal(t, "text: Title", copyIt())
	var word *link
	drawn(view, func(o fyne.CanvasObject, _ fyne.Position) {
		if l, ok := o.(*link); ok && l.text.Text == "Copy" {
			word = l
		}
	})
	require.NotNil(t, word, "the chosen block offers it")
	got = nil
	test.Tap(word)
	assert.Equal(t, []string{"text: Title"}, got)
	view.SetMarkdown("")
	assert.Empty(t, copyIt())
}

func TestAPressedFootnoteIsBroughtIntoSight(t *testing.T) {
	view := page600(t)
	view.SetMarkdown("a[^Far] b\n\n" + strings.Repeat("some words\n\n", 300) + "[^far]: the note\n\n" + strings.Repeat("more words\n\n", 300))
	var mark *link
	drawn(view, func(o fyne.CanvasObject, _ fyne.Position) {
		if l, ok := o.(*link); ok {
			mark = l
		}
	})
	require.NotNil(t, mark)
	assert.Equal(t, "Footnote Far", mark.AccessibilityLabel())
	view.OnLink = func(address string) { assert.Fail(t, "a footnote is no address", address) }
	test.Tap(mark)
	at := topOf(t, view, "the note")
	assert.Greater(t, at, float32(0))
	assert.Less(t, at, float32(400))
}

func TestFrontMatterUnfoldsWhenItIsPressed(t *testing.T) {
	view := page600(t)
	view.SetMarkdown("---\na: 1\nb: 2\n---\n# Title")
	assert.Equal(t, []string{"Front matter, 2 lines. ", "Show", "Title"}, reads(view))
	var word *link
	drawn(view, func(o fyne.CanvasObject, _ fyne.Position) {
		if l, ok := o.(*link); ok {
			word = l
		}
	})
	test.Tap(word)
	assert.Equal(t, []string{"Front matter, 2 lines. ", "Fold", "a: 1", "b: 2", "Title"}, reads(view))
}

func TestCodeIsColouredByWhatItIs(t *testing.T) {
	t.Parallel()
	blocks := Parse("```Go\nfunc f() int { return 7 } // why\ns := \"x\"\n```").Blocks()
	require.Len(t, blocks, 1)
	text, roles := blocks[0].Code.Text, map[string]Role{}
	for _, ink := range blocks[0].Code.Inks {
		roles[strings.TrimSpace(text[ink.Start:ink.End])] = ink.Role
	}
	for part, role := range map[string]Role{
		"func": KeywordRole, "return": KeywordRole, "7": NumberRole, "// why": CommentRole, "\"x\"": StringRole, "f": NameRole,
	} {
		assert.Equal(t, role, roles[part], part)
	}
	for name, plain := range map[string]string{
		"an unknown language": "```brainfuck\n+++\n```", "no language": "```\nfunc\n```", "indented": "    func",
		"too many lines":  "```go\n" + strings.Repeat("x := 1\n", mostInkLines+1) + "```",
		"too many bytes":  "```go\n" + strings.Repeat(strings.Repeat("x := 1;", 100)+"\n", 40) + "```",
		"a line too long": "```go\n" + strings.Repeat("x := 1;", 200) + "\n```",
	} {
		for _, b := range Parse(plain).Blocks() {
			assert.Empty(t, b.Code.Inks, name)
		}
	}
}

func TestEveryLanguageIsOneThatTheLibraryKnows(t *testing.T) {
	t.Parallel()
	for _, info := range []string{
		"go", "sh", "console", "python", "js", "ts", "java", "kotlin", "scala", "c", "cpp", "c#", "rust", "ruby", "php", "swift", "elixir",
		"sql", "yaml", "json", "toml", "ini", "xml", "html", "css", "dockerfile", "hcl", "nginx", "makefile", "promql", "graphql", "proto",
		"powershell", "http",
	} {
		require.NotEmpty(t, languageOf(info), info)
		assert.NotNil(t, inksOf(info, "# \"text\" 12 <b> GET / HTTP/1.1\n// x\n/* y */ SELECT 1; return"), info)
	}
}

func TestColoursOfCodeFollowTheTheme(t *testing.T) {
	view := page600(t)
	view.SetMarkdown("```go\nreturn 7\n```")
	for _, mode := range []look.Mode{look.Light, look.Contrast, look.Dark} {
		now := look.New(mode, 1)
		test.ApplyTheme(t, now)
		drawn(view, func(o fyne.CanvasObject, _ fyne.Position) {
			if text, ok := o.(*canvas.Text); ok && text.Text == "return" {
				assert.Equal(t, now.Color(look.CodeKeyword, 0), text.Color)
			}
		})
		assert.Contains(t, reads(view), "return")
	}
}
