package specweave

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	yaml "go.yaml.in/yaml/v4"
)

var frontPieces = []string{
	"a", "status", "x y", "'", "\"", "''", ":", ": ", " #", "#", " # why", "-", "- ", "[", "]", "{", "}", ",", "&", "*", "!", "|", ">", ">-", "%", "@", "`", "?", "? ", "~", "null", "true", "1", "1.0", "0x1",
	"2026-11-22", "10:30", "é", "ü", "✅", "“", "\u00a0", "\u0085", "\u2028", "\ufeff", "\t", " ", "  ", "\\", "\\n", "/", "(", ")", "=", "<<", "...", "---", "\x01", "\x7f", "🔥", "_", ".", "+", "$", ";",
}

func randomFront(r *rand.Rand) string {
	var out strings.Builder
	for range 1 + r.IntN(4) {
		switch r.IntN(8) {
		case 0:
			out.WriteString("  ")
		case 1:
			out.WriteString("# ")
		default:
			out.WriteString([]string{"a", "status", "b-c", "d_e", "f1", "1", "true", "k k", "'q'"}[r.IntN(9)] + []string{": ", ": ", ": ", ":", ":  "}[r.IntN(5)])
		}
		if r.IntN(3) == 0 {
			out.WriteString([]string{"'it'", "\"it\"", "plain words", "2026-01-02T10:00:00Z", "'x' # y"}[r.IntN(5)])
		} else {
			for range r.IntN(4) {
				out.WriteString(frontPieces[r.IntN(len(frontPieces))])
			}
		}
		out.WriteString([]string{"\n", "\n", "\n", "\r\n"}[r.IntN(4)])
	}
	return out.String()
}

// The cheap reading of front matter is allowed to give up. It must never say
// anything else than the YAML library does.
func TestTheCheapFrontMatterAgreesWithYAML(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	proven := 0
	for range 40000 {
		text := randomFront(r)
		cheap, ok := plainFront([]byte(text))
		if !ok {
			continue
		}
		proven++
		root, says := yamlFront([]byte(text))
		require.Empty(t, says, "%q", text)
		careful := map[string]string{}
		if root != nil {
			for i := 0; i+1 < len(root.Content); i += 2 {
				require.Equal(t, yaml.ScalarNode, root.Content[i+1].Kind, "%q", text)
				careful[root.Content[i].Value] = root.Content[i+1].Value
			}
		}
		require.Equal(t, careful, cheap, "%q", text)
	}
	require.Greater(t, proven, 3000, "the cheap reading must be taken often enough to be tried")
}
