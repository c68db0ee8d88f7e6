package preview

import (
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// What is coloured at most. A lexer is a heap of regular expressions, and a key
// in the code runs it anew.
const (
	mostInkBytes = 20 << 10
	mostInkLines = 400
	mostInkLine  = 120 // bytes of one line: minified code is not read by eye
	// mostInkWork is how much the squares of the lines' lengths may add up to: some
	// expressions look ahead to the end of the line from each of its characters.
	mostInkWork = 400_000
)

// Role is what a part of code is, as far as it has a colour of its own.
type Role uint8

const (
	// PlainRole is code without a colour of its own.
	PlainRole Role = iota
	// KeywordRole is a word of the language.
	KeywordRole
	// StringRole is quoted text.
	StringRole
	// NumberRole is a number or another constant.
	NumberRole
	// CommentRole is a remark.
	CommentRole
	// NameRole is what is declared, called, or the name of a key.
	NameRole
)

// Ink colours the bytes of a snippet from Start to End.
type Ink struct {
	Start, End int
	Role       Role
}

// languageOf is the lexer's name for what people write behind a fence: what a
// post-mortem quotes, and no more, so that no rarer lexer is ever run on text
// from elsewhere. Differences have colours of their own.
func languageOf(info string) string {
	switch info {
	case "go", "golang":
		return "Go"
	case "sh", "bash", "shell", "zsh":
		return "Bash"
	case "console", "shell-session", "shellsession":
		return "Bash Session"
	case "py", "python":
		return "Python"
	case "js", "javascript", "jsx", "mjs":
		return "JavaScript"
	case "ts", "typescript", "tsx":
		return "TypeScript"
	case "java":
		return "Java"
	case "kt", "kotlin":
		return "Kotlin"
	case "scala":
		return "Scala"
	case "c", "h":
		return "C"
	case "cpp", "c++", "hpp":
		return "C++"
	case "cs", "csharp", "c#":
		return "C#"
	case "rs", "rust":
		return "Rust"
	case "rb", "ruby":
		return "Ruby"
	case "php":
		return "PHP"
	case "swift":
		return "Swift"
	case "ex", "elixir":
		return "Elixir"
	}
	return configurationOf(info)
}

// configurationOf is languageOf for what programs are set up and asked with.
func configurationOf(info string) string {
	switch info {
	case "sql", "postgres", "postgresql", "mysql":
		return "SQL"
	case "yaml", "yml":
		return "YAML"
	case "json", "jsonc":
		return "JSON"
	case "toml":
		return "TOML"
	case "ini", "properties", "conf", "cfg", "env":
		return "INI"
	case "xml":
		return "XML"
	case "html":
		return "HTML"
	case "css", "scss":
		return "CSS"
	case "dockerfile", "docker":
		return "Docker"
	case "hcl", "terraform", "tf":
		return "Terraform"
	case "nginx":
		return "Nginx configuration file"
	case "make", "makefile":
		return "Makefile"
	case "promql":
		return "PromQL"
	case "graphql":
		return "GraphQL"
	case "proto", "protobuf":
		return "Protocol Buffer"
	case "powershell", "ps1":
		return "PowerShell"
	case "http":
		return "HTTP"
	}
	return ""
}

// inksOf colours code; nothing when the language is not known or the code too
// long. A lexer that fails leaves the code plain.
func inksOf(language, text string) (inks []Ink) {
	name := languageOf(language)
	if name == "" || tooLongToColour(text) {
		return nil
	}
	defer func() {
		if recover() != nil {
			inks = nil
		}
	}()
	lexer := lexers.Get(name)
	if lexer == nil {
		return nil
	}
	next, err := lexer.Tokenise(nil, text)
	if err != nil {
		return nil
	}
	at := 0
	for token := next(); token != chroma.EOF; token = next() {
		end := at + len(token.Value)
		if end > len(text) { // lexers may add a last line end
			end = len(text)
		}
		inks = addInk(inks, Ink{at, end, roleOf(token.Type)})
		at = end
	}
	return inks
}

func tooLongToColour(text string) bool {
	if len(text) > mostInkBytes || strings.Count(text, "\n") >= mostInkLines {
		return true
	}
	work := 0
	for line := range strings.SplitSeq(text, "\n") {
		if work += len(line) * len(line); len(line) > mostInkLine || work > mostInkWork {
			return true
		}
	}
	return false
}

// addInk joins neighbours of one colour.
func addInk(inks []Ink, ink Ink) []Ink {
	if ink.Role == PlainRole || ink.Start == ink.End {
		return inks
	}
	if last := len(inks) - 1; last >= 0 && inks[last].End == ink.Start && inks[last].Role == ink.Role {
		inks[last].End = ink.End
		return inks
	}
	return append(inks, ink)
}

// within gives the inks of a part of the text, counted from its start.
func within(inks []Ink, start, end int) []Ink {
	var out []Ink
	for _, ink := range inks {
		if ink.Start >= end {
			break
		}
		ink.Start, ink.End = max(ink.Start, start)-start, min(ink.End, end)-start
		if ink.Start < ink.End {
			out = append(out, ink)
		}
	}
	return out
}

func roleOf(kind chroma.TokenType) Role {
	switch {
	case kind.InCategory(chroma.Comment) && kind != chroma.CommentPreproc && kind != chroma.CommentPreprocFile:
		return CommentRole
	case kind.InSubCategory(chroma.LiteralString):
		return StringRole
	case kind.InCategory(chroma.Literal), kind == chroma.KeywordConstant, kind == chroma.NameConstant:
		return NumberRole
	case kind.InCategory(chroma.Keyword), kind == chroma.CommentPreproc, kind == chroma.OperatorWord, kind == chroma.GenericPrompt:
		return KeywordRole
	case kind == chroma.NameFunction, kind == chroma.NameClass, kind == chroma.NameTag, kind == chroma.NameAttribute,
		kind == chroma.NameBuiltin, kind == chroma.NameDecorator, kind == chroma.NameProperty:
		return NameRole
	}
	return PlainRole
}
