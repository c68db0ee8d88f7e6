package workflow

import (
	"slices"
	"strings"
	"unicode"
)

// DeployValues are what the places of a deploy command are filled in with.
type DeployValues struct {
	Commit    string // {commit}
	Version   string // {version}, the one that goes out
	Branch    string // {branch} of the fix
	Approver  string // {approver} of this commit
	Increment string // {increment}
	Previous  string // {previous}, the version to go back to
}

// DeployValues answers what the incident knows of them. The version is the
// person's to say.
func (in Incident) DeployValues(version string) DeployValues {
	change := in.Fix.Change.Get()
	v := DeployValues{
		Commit: change.Commit, Version: strings.TrimSpace(version), Branch: change.Branch,
		Increment: in.Fix.Increment.Get().ID, Previous: in.Proof.Rollback.Get().Version,
	}
	if a, ok := in.ApprovedBy(); ok {
		v.Approver = a.Person
	}
	return v
}

// DeployPlace is one place of a command that is filled in.
type DeployPlace struct {
	Name     string // "version"
	Variable string // "FIREBREAK_VERSION"
	Value    string
}

// Places lists all of them, also those that are empty.
func (v DeployValues) Places() []DeployPlace {
	places := []DeployPlace{
		{Name: "commit", Value: v.Commit},
		{Name: "version", Value: v.Version},
		{Name: "branch", Value: v.Branch},
		{Name: "approver", Value: v.Approver},
		{Name: "increment", Value: v.Increment},
		{Name: "previous", Value: v.Previous},
	}
	for i := range places {
		places[i].Variable = "FIREBREAK_" + strings.ToUpper(places[i].Name)
	}
	return places
}

// FillCommand makes an order of a command: its words with the places filled in,
// and the values beside it in the environment. A value stays one word, whatever
// is in it. With a shell the command holds variables in quotes instead, so that
// the shell never reads a value as a part of the command.
func FillCommand(line string, shell bool, v DeployValues) (RunOrder, error) {
	line = strings.TrimSpace(line)
	if line == "" {
		return RunOrder{}, refuseField("command.missing", "command", "Say what is to be run.")
	}
	order := RunOrder{Shell: shell}
	var replace []string
	for _, p := range v.Places() {
		named := strings.Contains(line, "{"+p.Name+"}")
		if err := p.fits(named); err != nil {
			if named {
				return RunOrder{}, err
			}
			continue
		}
		if p.Value != "" {
			order.Env = append(order.Env, p.Variable+"="+p.Value)
		}
		replace = append(replace, "{"+p.Name+"}", p.Value)
	}
	if shell {
		filled, err := shellPlaces(line, v)
		order.Line = filled
		return order, err
	}
	words, err := SplitCommand(line)
	if err != nil {
		return RunOrder{}, err
	}
	fill := strings.NewReplacer(replace...) // in one pass: a value that looks like a place stays as it is
	for i := range words {
		words[i] = fill.Replace(words[i])
	}
	order.Words, order.Line = words, JoinCommand(words)
	return order, nil
}

// fits refuses a value that a command asks for and that is not there, and one
// that some script on the way could take for more than a value.
func (p DeployPlace) fits(asked bool) error {
	if p.Value == "" {
		if asked {
			return refuseField("deploy.no-"+p.Name, p.Name, "The command asks for {%s}, and it is not known. Nothing was run. %s", p.Name, p.remedy())
		}
		return nil
	}
	bad, found := '-', strings.HasPrefix(p.Value, "-")
	if !found {
		i := strings.IndexFunc(p.Value, func(r rune) bool { return !p.plain(r) })
		if found = i >= 0; found {
			bad = []rune(p.Value[i:])[0]
		}
	}
	if found {
		return refuseField("deploy.odd-"+p.Name, p.Name, "The %s %q holds %q at a place where a script could take it for more than a value. Nothing was run. Write the command yourself, or change the %s.", p.Name, p.Value, bad, p.Name)
	}
	return nil
}

// plain says whether a sign means nothing to a shell. People have blanks and
// apostrophes in their names; commits, versions and branches do without.
func (p DeployPlace) plain(r rune) bool {
	if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune("._-/+:@,=^%", r) {
		return true
	}
	return p.Name == "approver" && (r == ' ' || r == '\'' || r == '’')
}

func (p DeployPlace) remedy() string {
	switch p.Name {
	case "version":
		return "Write the version that goes out."
	case "previous":
		return "Say which version to go back to, where the rollback is made ready."
	case "approver":
		return "Get the approval for this commit first."
	case "increment":
		return "Write the increment first."
	case "branch":
		return "Record the fix with its branch."
	default:
		return "Record the fix with its commit."
	}
}

// shellPlaces puts a quoted variable in each place of a command for a shell.
// Inside of quotes of the playbook's own the variable is quoted to fit. Where a
// shell would read text anew, in a command inside of the command, a place is
// refused: nothing could be promised of it.
func shellPlaces(line string, v DeployValues) (string, error) {
	var out strings.Builder
	quote, places, nested := rune(0), false, strings.Contains(line, "$(") || strings.Contains(line, "`") || strings.Contains(line, "<<")
	for i := 0; i < len(line); {
		if p, ok := placeAt(line[i:], v); ok {
			places = true
			variable := "${" + p.Variable + "}"
			switch quote {
			case 0:
				variable = `"` + variable + `"`
			case '\'':
				variable = `'"` + variable + `"'`
			}
			out.WriteString(variable)
			i += len(p.Name) + len("{}")
			continue
		}
		switch c := rune(line[i]); {
		case c == '\\' && quote != '\'' && i+1 < len(line):
			out.WriteByte(line[i])
			i++
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		}
		out.WriteByte(line[i])
		i++
	}
	if places && nested {
		return "", refuseField("deploy.nested", "command", "The command runs another one inside of it, so Firebreak cannot promise what its places come to. Nothing was run. Use the variables themselves there, such as \"$FIREBREAK_COMMIT\", and no {commit}.")
	}
	return out.String(), nil
}

func placeAt(rest string, v DeployValues) (DeployPlace, bool) {
	if rest[0] != '{' {
		return DeployPlace{}, false
	}
	places := v.Places()
	i := slices.IndexFunc(places, func(p DeployPlace) bool { return strings.HasPrefix(rest, "{"+p.Name+"}") })
	if i < 0 {
		return DeployPlace{}, false
	}
	return places[i], true
}
