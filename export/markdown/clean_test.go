package markdown_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/export/markdown"
)

func TestCleanLeavesOnlyWhatATextFileMayHold(t *testing.T) {
	for name, tc := range map[string]struct{ given, want string }{
		"plain text":             {"a\tb\nc", "a\tb\nc"},
		"other writing":          {"é שלום 🙂", "é שלום 🙂"},
		"line ends of Windows":   {"a\r\nb\rc", "a\nb\nc"},
		"line ends of few":       {"a\u0085b\u2028c\u2029d", "a\nb\nc\nd"},
		"a byte order mark":      {"\ufeffa\ufeffb", "ab"},
		"no text at all":         {"a\x00b\x1bc\x7fd\u0090e", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe"},
		"broken UTF-8":           {"a\xff\xfeb\xe2\x28", "a\uFFFDb\uFFFD("},
		"what is no character":   {"a\ufffeb\U0001ffffc", "a\uFFFDb\uFFFDc"},
		"nothing":                {"", ""},
		"a form feed and a bell": {"\f\a", "\uFFFD\uFFFD"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, tc.want, markdown.Clean(tc.given))
			assert.Equal(t, tc.want, markdown.Clean(tc.want), "clean text stays as it is")
		})
	}
}

func TestOneLineFoldsBlanks(t *testing.T) {
	assert.Equal(t, "a b c", markdown.OneLine(" \n a\t\n b  c\r\n"))
	assert.Equal(t, "a\u00a0b", markdown.OneLine("\u00a0a\u00a0b\u3000"))
	assert.Empty(t, markdown.OneLine("\n \t"))
}

func TestParagraphsSplitAtEmptyLines(t *testing.T) {
	assert.Equal(t, [][]string{{"a", "b c"}, {"d"}}, markdown.Paragraphs("\n\n  a \nb\tc\n \n\n\td\n"))
	assert.Nil(t, markdown.Paragraphs(" \n"))
}
