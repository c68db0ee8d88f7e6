package ahead

import "strings"

// Line is a command line of firebreak run.
type Line struct {
	Flags map[string]string // what was given, by name; a switch has "true"
	Words []string          // the command to run
}

// Read reads a command line that is plainly one of firebreak run. Whatever is
// unusual, wrong or a question is left to the commands: then it answers false.
func Read(args []string) (line Line, plain bool) {
	line.Flags = map[string]string{}
	flags, named := Common, false
	for len(args) > 0 {
		arg, rest := args[0], args[1:]
		switch {
		case arg == "run" && !named:
			named, flags = true, append(flags[:len(flags):len(flags)], Run...)
		case arg == "--":
			line.Words = rest
			return line, named && line.sound()
		case !strings.HasPrefix(arg, "-"):
			line.Words = args
			return line, named && line.sound()
		default:
			if rest, plain = line.take(flags, arg, rest); !plain {
				return line, false
			}
		}
		args = rest
	}
	return line, false
}

// sound leaves to the commands what they complain about.
func (l Line) sound() bool {
	return len(l.Words) > 0 && l.Words[0] != "" && !(l.has("utc") && l.has("local"))
}

func (l Line) has(flag string) bool { return l.Flags[flag] != "" }

// take reads a flag, and answers what is left behind it.
func (l Line) take(flags []Flag, arg string, rest []string) (left []string, plain bool) {
	name, value, with := strings.Cut(arg, "=")
	for _, f := range flags {
		long := name == "--"+f.Name
		switch {
		case !long && (f.Short == "" || arg != "-"+f.Short):
		case f.Switch:
			l.Flags[f.Name] = "true"
			return rest, !with
		case with:
			l.Flags[f.Name] = value
			return rest, true
		case len(rest) > 0:
			l.Flags[f.Name] = rest[0]
			return rest[1:], true
		}
	}
	return rest, false
}
