package preview

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// parsedBy is how many bytes an edit made the document parse, when the whole of
// it is looked at.
func parsedBy(d *Document, edit func()) int {
	d.Blocks()
	before := d.parsed
	edit()
	d.Blocks()
	return d.parsed - before
}

func TestAKeyInAMegabyteParsesOnePiece(t *testing.T) {
	t.Parallel()
	d := Parse(megabyte())
	at := strings.Index(d.Text()[500_000:], "strong") + 500_000
	assert.Less(t, parsedBy(d, func() { d.Edit(at, 0, "x") }), 400)
	assert.Less(t, parsedBy(d, func() { d.Edit(at, 1, "") }), 400)
	assert.Less(t, parsedBy(d, func() { d.Set(strings.Replace(d.Text(), "nested", "nest", 1)) }), 400)
	assert.Zero(t, parsedBy(d, func() { d.Set(d.Text()) }))
	assert.Equal(t, megabyte()[:1000], strings.Replace(d.Text()[:1200], "nest\n", "nested\n", 1)[:1000])
}

// numbered is a list of so many different items.
func numbered(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, "1. entry %d of the timeline, as it was written down\n", i)
	}
	return out.String()
}

func TestALongListIsOneListAndEditedByPieces(t *testing.T) {
	t.Parallel()
	text := numbered(3000)
	d := Parse(text)
	assert.Greater(t, len(d.pieces), 20)
	assert.Less(t, parsedBy(d, func() { d.Edit(80_003, 0, "x") }), 20*longList)
	blocks := d.Blocks()
	assert.Equal(t, 3000, blocks[2999].Marker.Number)
	for _, b := range blocks {
		assert.Equal(t, 4, b.Frames[0].Digits, "all numbers have the same room")
	}
	before := len(d.pieces)
	d.Edit(3, 0, "one more in front\n1. ")
	assert.InDelta(t, before, len(d.pieces), 3)
	assert.Less(t, parsedBy(d, func() { d.Edit(3, 0, "x") }), 40*longList, "the cuts below stay where they are")
	d.Edit(len(d.Text()), 0, "\n\n3. [ ] a task\n")
	for _, b := range d.Blocks()[1:] {
		assert.True(t, b.Frames[0].Boxed, "a box at the end makes room in every item")
		assert.InDelta(t, leadParagraph, b.Lead, 0.01, "and the empty line before it sets all items apart")
	}
}

func TestADefinitionThatChangesIsReadAgainWhereItIsUsed(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("some words\n\n", 500)
	d := Parse("[a][r] and [^n]\n\n" + filler + "[r]: https://one.example\n")
	assert.Contains(t, outline(d), "{→https://one.example:a} and [^n]")
	at := strings.Index(d.Text(), "one.example")
	assert.Less(t, parsedBy(d, func() { d.Edit(at, 3, "two") }), 100, "the lines between are not looked at again")
	assert.Contains(t, outline(d), "{→https://two.example:a} and [^n]")
	d.Edit(len(d.Text()), 0, "\n[^n]: a note\n")
	assert.Contains(t, outline(d), "and {^:n}")
	d.Edit(at-12, len(d.Text()), "")
	assert.Contains(t, outline(d), "[a][r] and [^n]")
}

func TestEditsOutsideOfTheTextAreBroughtInside(t *testing.T) {
	t.Parallel()
	d := Parse("ab")
	d.Edit(-3, -1, "x")
	d.Edit(99, 99, "y")
	d.Edit(1, 99, "z")
	assert.Equal(t, "xz", d.Text())
	d.Edit(0, 99, "")
	assert.Empty(t, d.Text())
	assert.Empty(t, d.Blocks())
	d.Edit(0, 0, "# a")
	assert.Equal(t, "h1 a", outline(d))
}

func TestARemarkThatOpensFarAboveIsFollowed(t *testing.T) {
	t.Parallel()
	d := Parse("a\n\n" + strings.Repeat("b\n\n", 1000) + "```\n\nc\n")
	d.Edit(0, 0, "```\n")
	assert.Len(t, d.pieces, 2)
	assert.True(t, strings.HasSuffix(outline(d), "p c"))
	d.Edit(0, 4, "")
	assert.Len(t, d.pieces, 1002)
}

func TestOneHeavyParagraphLeavesTheRestLaidOut(t *testing.T) {
	t.Parallel()
	heavyText := strings.Repeat("[a](b", 20_000)
	d := Parse("# a\n\n" + heavyText + "\n\n- b\n")
	says := "note " + saysHeavy
	lines := strings.Split(outline(d), "\n")
	assert.Equal(t, "h1 a", lines[0])
	assert.Equal(t, says, lines[1])
	assert.Equal(t, ".• p b", lines[len(lines)-1])

	d.Edit(len("# a\n\n"), len(heavyText), "light")
	assert.Equal(t, "h1 a\np light\n.• p b", outline(d))
	d.Edit(len("# a\n\n"), 0, strings.Repeat("> ", 50))
	assert.Contains(t, outline(d), says)
	d.Edit(len("# a\n\n"), 2*40, "")
	assert.NotContains(t, outline(d), says)
}
