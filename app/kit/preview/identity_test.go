package preview

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func ids(markdown string) []uint64 {
	var out []uint64
	for _, b := range Parse(markdown).Blocks() {
		out = append(out, b.ID)
	}
	return out
}

// fresh counts the blocks of after that before did not have.
func fresh(before, after string) int {
	had := map[uint64]bool{}
	for _, id := range ids(before) {
		had[id] = true
	}
	n := 0
	for _, id := range ids(after) {
		if !had[id] {
			n++
		}
	}
	return n
}

func TestAnEditChangesOnlyTheBlocksItTouches(t *testing.T) {
	t.Parallel()
	const text = "# Title\n\nfirst\n\nsame\n\nsame\n\n- a\n- b\n\n```\ncode\n```\n\n|x|y|\n|-|-|\n|1|2|\n\nlast"
	cases := map[string]struct {
		from, to string
		fresh    int
	}{
		"a typed character":          {"first", "firsts", 1},
		"an item":                    {"- b", "- bc", 1},
		"a code line":                {"code", "codes", 1},
		"a paragraph put in between": {"same\n\nsame", "same\n\nnew\n\nsame", 1},
		"one more of the same":       {"same\n\nsame", "same\n\nsame\n\nsame", 0},
		"one less of the same":       {"same\n\nsame", "same", 0},
		"a wider cell moves columns": {"|1|2|", "|1|22|", 2},
		"nothing":                    {"last", "last", 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.fresh, fresh(text, strings.Replace(text, c.from, c.to, 1)))
		})
	}
}

func TestIdentitiesAreRepeatable(t *testing.T) {
	t.Parallel()
	text := megabyte()[:100_000]
	assert.Equal(t, ids(text), ids(text))
}

func TestALinkDefinitionFarAwayChangesTheBlockThatUsesIt(t *testing.T) {
	t.Parallel()
	assert.Equal(t, 1, fresh("[a][r]\n\nb\n\n[r]: https://one.example", "[a][r]\n\nb\n\n[r]: https://two.example"))
}
