package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Trust is which commands a person has accepted for one repository on this
// machine. It is no part of an incident: another machine asks again.
type Trust struct {
	Root     string            `json:"root"` // top of the repository, with links resolved
	Commands []AcceptedCommand `json:"commands"`
}

// AcceptedCommand is a command that somebody has seen in full and accepted.
type AcceptedCommand struct {
	PlaybookCommand
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// Allows says whether a command of a playbook may run: that very command, for
// that very use, with or without a shell as it was when it was accepted.
func (t Trust) Allows(c PlaybookCommand) bool {
	return c.Run != "" && slices.ContainsFunc(t.Commands, func(a AcceptedCommand) bool { return a.PlaybookCommand == c })
}

// Accepting is the trust with more commands accepted; those from before stay.
func (t Trust) Accepting(by string, at time.Time, commands ...PlaybookCommand) Trust {
	t.Commands = slices.Clone(t.Commands)
	for _, c := range commands {
		if !t.Allows(c) && c.Run != "" {
			t.Commands = append(t.Commands, AcceptedCommand{c, by, at.UTC()})
		}
	}
	return t
}

// AskedCommand is a command of a playbook that nobody has accepted yet.
type AskedCommand struct {
	PlaybookCommand
	Was *PlaybookCommand `json:"was,omitempty"` // what was accepted in its place before; nil: it is new
}

// TrustView is how a playbook stands to what was accepted.
type TrustView struct {
	Asked    []AskedCommand
	Accepted []AcceptedCommand // of this playbook, in its order
	Gone     []AcceptedCommand // accepted once, and not in this playbook
}

// Look compares a playbook with what was accepted. The order of commands means
// nothing: what was accepted stays so wherever it stands.
func (t Trust) Look(p Playbook) TrustView {
	var view TrustView
	commands := p.Commands()
	for _, a := range t.Commands {
		if !slices.Contains(commands, a.PlaybookCommand) {
			view.Gone = append(view.Gone, a)
		}
	}
	free := slices.Clone(view.Gone)
	for _, c := range commands {
		if i := slices.IndexFunc(t.Commands, func(a AcceptedCommand) bool { return a.PlaybookCommand == c }); i >= 0 {
			view.Accepted = append(view.Accepted, t.Commands[i])
			continue
		}
		asked := AskedCommand{PlaybookCommand: c}
		if i := likest(free, c); i >= 0 {
			was := free[i].PlaybookCommand
			asked.Was, free = &was, slices.Delete(free, i, i+1)
		}
		view.Asked = append(view.Asked, asked)
	}
	return view
}

// likest finds which accepted command a new one seems to have come from: of the
// same use, beginning and ending most alike. It only helps a person to see what
// changed; nothing is allowed by it.
func likest(gone []AcceptedCommand, c PlaybookCommand) int {
	best, most := -1, 0
	for i, g := range gone {
		if g.Use != c.Use {
			continue
		}
		if alike := sameStart(g.Run, c.Run) + sameEnd(g.Run, c.Run); alike > most && 2*alike >= len(c.Run) {
			best, most = i, alike
		}
	}
	return best
}

func sameStart(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func sameEnd(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// Commands lists what is asked for, as the playbook has it.
func (v TrustView) Commands() []PlaybookCommand {
	out := make([]PlaybookCommand, len(v.Asked))
	for i, a := range v.Asked {
		out[i] = a.PlaybookCommand
	}
	return out
}

// Sum is a short fingerprint of what is asked for: who accepts by it accepts
// exactly what they were shown. It is "" when nothing is asked for.
func (v TrustView) Sum() string {
	if len(v.Asked) == 0 {
		return ""
	}
	sum := sha256.New()
	for _, c := range v.Commands() {
		fmt.Fprintf(sum, "%d %s %d %s %t\n", len(c.Use), c.Use, len(c.Run), c.Run, c.Shell)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

// Words say how a playbook stands: "2 commands wait to be accepted".
func (v TrustView) Words() string {
	waits := fmt.Sprintf("%d commands wait to be accepted", len(v.Asked))
	if len(v.Asked) == 1 {
		waits = "1 command waits to be accepted"
	}
	switch asked, have := len(v.Asked), len(v.Accepted); {
	case asked+have == 0:
		return "This playbook runs no commands."
	case asked == 0:
		return "Every command of this playbook is accepted on this machine."
	case have == 0:
		return waits + ". Nothing of this playbook runs before that."
	default:
		return fmt.Sprintf("%s. The other %d may run.", waits, have)
	}
}

// ShownCommand is a command for a screen, whole and on one line: line ends and
// signs that nobody could see, or that turn the text around, are written out.
func ShownCommand(run string) string {
	var out strings.Builder
	for _, r := range run {
		switch {
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case r == '\r':
			out.WriteString(`\r`)
		case r != ' ' && (unicode.IsSpace(r) || !unicode.IsPrint(r)):
			fmt.Fprintf(&out, `\u{%04X}`, r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
