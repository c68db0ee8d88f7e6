package workflow

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// keptNameLimit is how many bytes of a name the log keeps. No file system has
// longer ones; a command line can.
const keptNameLimit = 1024

// unnamed is what a file without a name is called.
const unnamed = "attachment"

// keptName is a name as the log keeps it: as it was typed, as long as it is
// text and has an end.
func keptName(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	if strings.TrimSpace(name) == "" {
		return unnamed
	}
	return shortened(name, keptNameLimit)
}

// shortened cuts the middle out of a long name: its beginning says what it is,
// and its end which kind of file.
func shortened(name string, limit int) string {
	if len(name) <= limit {
		return name
	}
	const cut = "…"
	ending := path.Ext(name)
	if len(ending) > 16 {
		ending = ""
	}
	head := limit - len(cut) - len(ending)
	for head > 0 && !utf8.RuneStart(name[head]) {
		head--
	}
	return name[:head] + cut + ending
}

// shownNameLimit is how much of a name stands on a screen.
const shownNameLimit = 80

// Shown is the name as a person may read it: on one line, and without the
// characters that would turn its reading direction around, because
// "invoice\u202Egpj.exe" reads as a picture.
func (a Attachment) Shown() string {
	name := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return '·'
		default:
			return r
		}
	}, strings.ToValidUTF8(a.Name, "\uFFFD"))
	if strings.TrimSpace(name) == "" {
		return unnamed
	}
	return shortened(name, shownNameLimit)
}

// fileNameLimit is how many bytes a file name of ours has at most: every file
// system takes it, also with a number behind it.
const fileNameLimit = 120

// FileName is a name that any file system takes and that stays inside its
// folder: no separators, no control, direction or reserved characters, no
// device names of Windows, nothing hidden. It is meant for copies; the stored
// file has no name but its checksum.
func (a Attachment) FileName() string {
	name := a.Name[strings.LastIndexAny(a.Name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u2028', r == '\u2029':
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		case unicode.IsSpace(r):
			return ' '
		default:
			return r
		}
	}, name)
	name = shortened(strings.Trim(name, ". "), fileNameLimit)
	name = strings.Trim(strings.ReplaceAll(name, "…", "_"), ". ")
	if stem, _, _ := strings.Cut(name, "."); reserved(strings.TrimSpace(stem)) {
		name = "_" + name
	}
	if name == "" {
		return unnamed
	}
	return name
}

// reserved says whether Windows takes a name for a device, whatever its
// ending.
func reserved(stem string) bool {
	stem = strings.ToUpper(stem)
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	number, is := strings.CutPrefix(stem, "COM")
	if !is {
		number, is = strings.CutPrefix(stem, "LPT")
	}
	return is && utf8.RuneCountInString(number) == 1 && strings.ContainsAny(number, "0123456789¹²³")
}

// FileNames gives each attachment a file name of its own in one folder, also
// where the file system does not tell "A" from "a". Equal bytes under an equal
// name share one. The same attachments in the same order get the same names.
func FileNames(all []Attachment) []string {
	names := make([]string, len(all))
	taken := map[string]string{} // folded name → checksum
	for i, a := range all {
		name := a.FileName()
		ending := path.Ext(name)
		stem := strings.TrimSuffix(name, ending)
		for n := 2; ; n++ {
			sha, used := taken[strings.ToLower(name)]
			if !used || sha == a.SHA256 {
				break
			}
			name = fmt.Sprintf("%s-%d%s", stem, n, ending)
		}
		taken[strings.ToLower(name)] = a.SHA256
		names[i] = name
	}
	return names
}

// SizeWords is a number of bytes for a person: "812 bytes", "120 KB", "25 MB".
func SizeWords(bytes int64) string {
	switch {
	case bytes == 1:
		return "1 byte"
	case bytes < 1<<10:
		return fmt.Sprintf("%d bytes", bytes)
	case bytes < 1<<20:
		return fmt.Sprintf("%d KB", (bytes+1<<9)>>10)
	case bytes < 10<<20 && bytes%(1<<20) != 0:
		return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
	default:
		return fmt.Sprintf("%d MB", (bytes+1<<19)>>20)
	}
}

// NamesOf names files in a sentence, the first few of them: "graph.png,
// trace.txt, heap.gz and 2 more".
func NamesOf(files []Attachment) string {
	const few = 3
	var names []string
	for i, f := range files {
		if i == few {
			return fmt.Sprintf("%s and %d more", strings.Join(names, ", "), len(files)-few)
		}
		names = append(names, f.Shown())
	}
	return strings.Join(names, ", ")
}
