package workflow_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestAHostileNameIsShownPlainlyAndMakesASafeFile(t *testing.T) {
	for name, c := range map[string]struct{ typed, shown, file string }{
		"an ordinary one":          {"graph.png", "graph.png", "graph.png"},
		"with blanks and letters":  {"Fehler große Übersicht.log", "Fehler große Übersicht.log", "Fehler große Übersicht.log"},
		"a way up":                 {"../../.ssh/authorized_keys", "../../.ssh/authorized_keys", "authorized_keys"},
		"a way up on Windows":      {`..\..\boot.ini`, `..\..\boot.ini`, "boot.ini"},
		"a drive":                  {`C:\x\report.pdf`, `C:\x\report.pdf`, "report.pdf"},
		"a stream":                 {"a.txt:b.exe", "a.txt:b.exe", "a.txt_b.exe"},
		"only dots":                {"..", "..", "attachment"},
		"a folder":                 {"logs/", "logs/", "attachment"},
		"hidden":                   {".bashrc", ".bashrc", "bashrc"},
		"an end that Windows eats": {"a.txt. . ", "a.txt. . ", "a.txt"},
		"a device":                 {"con", "con", "_con"},
		"a device with an ending":  {"NUL .tar.gz", "NUL .tar.gz", "_NUL .tar.gz"},
		"a port":                   {"com1.log", "com1.log", "_com1.log"},
		"no port":                  {"com10.log", "com10.log", "com10.log"},
		"a NUL":                    {"a\x00b.png", "a·b.png", "ab.png"},
		"lines":                    {"a\nb\r\tc.png", "a·b··c.png", "abc.png"},
		"a direction mark":         {"invoice\u202egnp.exe", "invoicegnp.exe", "invoicegnp.exe"},
		"a pattern":                {`a*b?"<c>|.txt`, `a*b?"<c>|.txt`, "a_b__" + "_c__.txt"},
		"nothing":                  {"", "attachment", "attachment"},
		"blanks":                   {" \t", "attachment", "attachment"},
		"no text":                  {"a\xff\xfe.png", "a\uFFFD.png", "a.png"},
	} {
		a := workflow.Attachment{Name: c.typed}
		if name != "blanks" && name != "no text" {
			assert.Equal(t, c.shown, a.Shown(), name)
		}
		assert.Equal(t, c.file, a.FileName(), name)
	}
}

func TestALongNameKeepsItsBeginningAndItsEnding(t *testing.T) {
	a := workflow.Attachment{Name: strings.Repeat("ü", 4000) + ".png"}
	s := fire(t).do(workflow.Note{Text: "x", Files: []workflow.Attachment{{Name: a.Name, SHA256: sumOf('a')}}})
	kept := s.in.Attachments()[0].Name
	assert.LessOrEqual(t, len(kept), 1024)
	for _, name := range []string{kept, a.Shown(), a.FileName()} {
		assert.True(t, strings.HasPrefix(name, "üü") && strings.HasSuffix(name, ".png"), name)
		assert.True(t, utf8.ValidString(name))
	}
	assert.LessOrEqual(t, len(a.FileName()), 120)
}

func TestEachFileOfAFolderHasANameOfItsOwn(t *testing.T) {
	all := []workflow.Attachment{
		{Name: "a.png", SHA256: sumOf('1')},
		{Name: "A.PNG", SHA256: sumOf('2')},
		{Name: "x/a.png", SHA256: sumOf('3')},
		{Name: "a.png", SHA256: sumOf('1')},
		{Name: "a-2.png", SHA256: sumOf('4')},
		{Name: "", SHA256: sumOf('5')},
		{Name: "..", SHA256: sumOf('6')},
	}
	assert.Equal(t, []string{"a.png", "A-2.PNG", "a-3.png", "a.png", "a-2-2.png", "attachment", "attachment-2"}, workflow.FileNames(all))
}

func TestSizesAreSaidInAFewWords(t *testing.T) {
	for bytes, words := range map[int64]string{
		0: "0 bytes", 1: "1 byte", 812: "812 bytes", 1 << 10: "1 KB", 120 << 10: "120 KB", 3<<20 + 200<<10: "3.2 MB", 25 << 20: "25 MB", 31<<20 + 1: "31 MB",
	} {
		assert.Equal(t, words, workflow.SizeWords(bytes))
	}
}

func FuzzAFileNameStaysInItsFolder(f *testing.F) {
	for _, seed := range []string{"a.png", "../x", "CON", "\u202e", "a\x00", "…", strings.Repeat("é", 300) + ".tar.gz", "con.\u00a0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		a := workflow.Attachment{Name: typed}
		name := a.FileName()
		assert.True(t, filepath.IsLocal(name) && filepath.Base(name) == name, "%q", name)
		assert.False(t, strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "), "%q", name)
		assert.False(t, strings.ContainsAny(name, "/\\:*?\"<>|\x00"), "%q", name)
		assert.Less(t, len(name), 130)
		for _, text := range []string{name, a.Shown()} {
			assert.True(t, utf8.ValidString(text))
			assert.False(t, strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }), "%q", text)
		}
	})
}
