package workflow

import (
	"fmt"
	"strings"

	"firebreak/workflow/words"
)

// SplitCommand splits a command into its words as a shell would: blanks part
// them, quotes and backslashes keep together. Nothing is expanded. A sign that
// would make a shell do more (a pipe, a variable, a pattern) is refused outside
// of quotes rather than given to a program that does not expect it.
func SplitCommand(line string) ([]string, error) {
	var s splitter
	rest := []rune(line)
	for i := 0; i < len(rest); i++ {
		r := rest[i]
		next := rune(0)
		if i+1 < len(rest) {
			next = rest[i+1]
		}
		taken, err := s.take(r, next)
		if err != nil {
			return nil, err
		}
		i += taken
	}
	switch {
	case s.quote != 0:
		return nil, refuseField("command.quote", "command", "A quote (%c) in the command is not closed. Nothing was run. Close it, or take it out.", s.quote)
	case s.begun:
		s.words = append(s.words, s.word.String())
	}
	if len(s.words) == 0 {
		return nil, refuseField("command.missing", "command", "Say what is to be run.")
	}
	return s.words, nil
}

// splitter is how far a command has been split.
type splitter struct {
	words []string
	word  strings.Builder
	begun bool // a word, possibly an empty one
	quote rune // that is open
}

// take takes one sign, and says how many of the next it took as well.
func (s *splitter) take(r, next rune) (int, error) {
	switch {
	case s.quote == '\'' || s.quote == '"' && r == '"':
		if r == s.quote {
			s.quote = 0
			return 0, nil
		}
	case s.quote == '"':
		switch {
		case r == '\\' && next == '\n':
			return 1, nil
		case r == '\\' && next != 0 && strings.ContainsRune("\"\\$`", next):
			s.word.WriteRune(next)
			return 1, nil
		case r == '$' && expands(next) || r == '`':
			return 0, needsShell(r)
		}
	case r == '\'' || r == '"':
		s.quote, s.begun = r, true
		return 0, nil
	case r == '\\' && next == '\n':
		return 1, nil
	case r == '\\' && next != 0:
		s.word.WriteRune(next)
		s.begun = true
		return 1, nil
	case r == ' ' || r == '\t':
		if s.begun {
			s.words = append(s.words, s.word.String())
			s.word.Reset()
			s.begun = false
		}
		return 0, nil
	case s.shellSign(r, next):
		return 0, needsShell(r)
	}
	s.word.WriteRune(r)
	s.begun = true
	return 0, nil
}

// shellSign says whether a shell would do something about a sign outside of
// quotes. Patterns of files are left alone where a program takes them itself
// ("./..."), and so is {commit}, which is filled in before anything runs.
func (s *splitter) shellSign(r, next rune) bool {
	switch r {
	case '|', '&', ';', '<', '>', '(', ')', '`', '*', '?', '\n', '\r':
		return true
	case '$':
		return expands(next) || next == '\'' || next == '"'
	case '#', '~':
		return !s.begun
	case '=':
		return len(s.words) == 0 && words.IsVariable(s.word.String())
	default:
		return false
	}
}

// expands says whether a dollar in front of a sign stands for a value.
func expands(next rune) bool {
	return next == '_' || next == '{' || next == '(' || isDigit(next) || isLetter(next) || strings.ContainsRune("?!$#@*-", next)
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func needsShell(r rune) error {
	sign := fmt.Sprintf("%q", string(r))
	if r == '\n' || r == '\r' {
		sign = "a second line"
	}
	return refuseField("command.shell", "command", "The command holds %s, which only a shell understands, and commands are run as words without one. Nothing was run. Put it in quotes if it is meant as it stands; or write the command into the playbook under work, with shell: true.", sign)
}

// JoinCommand writes words as they would be typed, with quotes where they are
// needed: SplitCommand gives the same words.
func JoinCommand(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quoteWord(w)
	}
	return strings.Join(quoted, " ")
}

func quoteWord(word string) string {
	name, _, assigns := strings.Cut(word, "=")
	plain := word != "" && !(assigns && words.IsVariable(name)) && !strings.ContainsFunc(word, func(r rune) bool {
		return !isDigit(r) && !isLetter(r) && !strings.ContainsRune("%+,-./:=@_^", r)
	})
	switch {
	case plain:
		return word
	case !strings.ContainsAny(word, "\"\\$`\n\r!"):
		return `"` + word + `"`
	default:
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
}
