package workflow

import (
	"fmt"
	"strings"
)

// settleNames keeps a change of names only where one name was given up for
// another in several places, one of which makes it. Else it is a change like any
// other: a call of one function instead of another is often the fix itself.
func (l *scopeLook) settleNames() {
	type pair struct{ from, to string }
	times, made := map[pair]int{}, map[pair]bool{}
	some := false
	l.eachGroup(func(_ *scopeFile, g *changeGroup) {
		if g.kind == nameChange {
			some = true
			times[pair{g.from, g.to}] += g.times
			made[pair{g.from, g.to}] = made[pair{g.from, g.to}] || g.declares
		}
	})
	if !some {
		return
	}
	gone, fresh := l.declaredNames()
	l.eachGroup(func(_ *scopeFile, g *changeGroup) {
		p := pair{g.from, g.to}
		if g.kind == nameChange && (times[p] < 2 || !made[p] && !(gone[p.from] && fresh[p.to] && !fresh[p.from])) {
			g.kind = realChange
		}
	})
}

// declaredNames are the names of types and functions that are declared in removed
// lines, and in added ones: where one got another name, its declaration may have
// changed otherwise as well.
func (l *scopeLook) declaredNames() (gone, fresh map[string]bool) {
	gone, fresh = map[string]bool{}, map[string]bool{}
	l.eachGroup(func(f *scopeFile, g *changeGroup) {
		if !f.style.code {
			return
		}
		for _, line := range g.removed {
			gone[declaredName(line.Text)] = true
		}
		for _, line := range g.added {
			fresh[declaredName(line.Text)] = true
		}
	})
	return gone, fresh
}

// declaredName is the name of the type or function that a line begins; "" where it
// begins none.
func declaredName(line string) string {
	word, rest, _ := strings.Cut(strings.TrimLeft(line, " \t"), " ")
	switch word {
	case "func", "type", "class", "def", "fn", "function", "interface", "struct", "enum":
	default:
		return ""
	}
	if strings.HasPrefix(rest, "(") { // the receiver of a method
		_, rest, _ = strings.Cut(rest, ") ")
	}
	end := 0
	for end < len(rest) && isWord(rest[end]) {
		end++
	}
	return rest[:end]
}

// askNames asks about names of the code that are others now.
func (l *scopeLook) askNames() {
	type renamed struct{ path, from, to string }
	lines := map[renamed][]ScopeLine{}
	var order []renamed
	l.eachGroup(func(f *scopeFile, g *changeGroup) {
		if g.kind != nameChange || f.class == documentFile {
			return
		}
		r := renamed{f.Path, g.from, g.to}
		if lines[r] == nil {
			order = append(order, r)
		}
		lines[r] = append(lines[r], g.excerpt()...)
	})
	for _, r := range order {
		l.find(ScopeFinding{
			Rule: RenameRule, Path: r.path, Says: fmt.Sprintf("%s is called %s now", r.from, r.to), Lines: lines[r], Mild: l.classes.of(r.path) == testFile,
			Why: "A better name ends no incident, and each place that has it can be missed. Leave it for later.",
		})
	}
}
