package workflow_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestACommandIsSplitAsAShellWould(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		`npm test -- --grep "auth"`:                    {"npm", "test", "--", "--grep", "auth"},
		`npm run deploy:production --hotfix`:           {"npm", "run", "deploy:production", "--hotfix"},
		`--approved-by="@lead"`:                        {"--approved-by=@lead"},
		`go test ./... -run 'TestA|TestB'`:             {"go", "test", "./...", "-run", "TestA|TestB"},
		`a\ b "c \"d\" \x" '' "$" 5$ e'f'"g"`:          {"a b", `c "d" \x`, "", "$", "5$", "efg"},
		"one \\\n two":                                 {"one", "two"},
		`curl -w "%{http_code}" {commit} x={version}`:  {"curl", "-w", "%{http_code}", "{commit}", "x={version}"},
		`  spaced	tab  `:                               {"spaced", "tab"},
		`a#b c~d`:                                      {"a#b", "c~d"},
		`échec "日本" "a=b"`:                             {"échec", "日本", "a=b"},
		`make V=1`:                                     {"make", "V=1"},
		"'it'\\''s' \"a\\\nb\" '$HOME' \"\\$x\" '\\n'": {"it's", "ab", "$HOME", "$x", `\n`},
	} {
		got, err := workflow.SplitCommand(line)
		require.NoError(t, err, line)
		assert.Equal(t, want, got, line)
	}
}

func TestWhatNeedsAShellIsRefusedInASentence(t *testing.T) {
	t.Parallel()
	for line, says := range map[string]string{
		"npm test | tee log": `holds "|"`, "a && b": `holds "&"`, "a; b": `holds ";"`, "echo $HOME": `holds "$"`,
		"echo `id`": "holds \"`\"", `echo "$(id)"`: `holds "$"`, "echo \"`id`\"": "shell", "rm *": `holds "*"`,
		"a > b": `holds ">"`, "CI=1 npm test": `holds "="`, "ls ~": `holds "~"`, "a # b": `holds "#"`, "a\nb": "a second line",
		`a "b`: "not closed", "a 'b": "not closed", "": "Say what", "   ": "Say what", "(a)": "shell", "a & ": "shell",
	} {
		_, err := workflow.SplitCommand(line)
		assert.ErrorContains(t, err, says, line)
	}
}

// A line is read here as sh reads it, or it is refused: never otherwise.
func FuzzASplitCommandIsWhatAShellMakesOfIt(f *testing.F) {
	for _, seed := range []string{`a "b c" d\ e`, `'' "\"" '\'`, "x\\\ny", `"\$" "\a" $ "$"`, `[ab] {a} a{b,c} !x`, "^ % = a=b", "\\", `"$"`, "a\tb", "é\\é"} {
		f.Add(seed)
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		f.Skip("there is no sh here to compare with")
	}
	f.Fuzz(func(t *testing.T, line string) {
		words, err := workflow.SplitCommand(line)
		if err != nil || strings.ContainsRune(line, 0) || strings.ToValidUTF8(line, "") != line {
			return
		}
		folder := t.TempDir() // where no pattern has a match
		cmd := exec.Command(shell, "-c", `for w in `+line+`
do printf '%s\0' "$w"; done`)
		cmd.Dir = folder
		out, err := cmd.Output()
		if err != nil {
			return // a shell refuses more
		}
		assert.Equal(t, strings.Join(words, "\x00")+"\x00", string(out), "%q", line)
	})
}

func TestWordsThatAreJoinedAreSplitAgain(t *testing.T) {
	t.Parallel()
	for _, words := range [][]string{
		{"npm", "test", "--", "--grep", "auth"}, {"a b", "", "it's", `"`, `\`, "$x", "`", "a\nb", "*", "~", "#", "=", "x=1"}, {"x=1", "y"}, {"é", "!"},
	} {
		line := workflow.JoinCommand(words)
		again, err := workflow.SplitCommand(line)
		require.NoError(t, err, line)
		assert.Equal(t, words, again, line)
	}
	assert.Equal(t, `npm test -- --grep auth "a b"`, workflow.JoinCommand([]string{"npm", "test", "--", "--grep", "auth", "a b"}))
}
