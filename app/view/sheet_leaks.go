package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// leaksSheet lists what the incident would give away, before any of it leaves:
// each finding with its places and the words around it, masked, and what was
// decided. A decision is one key.
type leaksSheet struct {
	s     *Shell
	layer *kit.Layer
	said  *planNote
	list  *kit.Rows
	found *leakFacts
	none  *kit.Text
	both  fyne.CanvasObject

	redact, keep, blot, anyway *kit.Button
	addresses, phones          *kit.Check

	rows  map[string]workflow.Leak
	shown leaksShown
	some  bool // the list has something to show
}

// leaksShown says what is on the sheet, so that a tick of the clock costs
// nothing.
type leaksShown struct {
	of      workflow.Revision
	looked  bool
	looking bool
	says    string
	prefs   session.Prefs
	count   int
}

const leaksLayer = "leaks"

func (s *Shell) openLeaks() {
	l := newLeaksSheet(s)
	s.FindLeaks(nil)
	s.openSheet(l.layer, l.Show)
}

func newLeaksSheet(s *Shell) *leaksSheet {
	l := &leaksSheet{
		s: s, said: newPlanNote("info", look.Primary), found: newLeakFacts(), rows: map[string]workflow.Leak{},
		none: kit.NewText("").In(look.Muted).Wrapped(),
	}
	l.list = kit.NewRows(newLeakRow, func(id string, o fyne.CanvasObject) { showLeakRow(o.(*fyne.Container), l.rows[id]) })
	l.list.OnSelect = func(string) { l.choose() }
	l.list.OnRune = l.letter
	l.redact = kit.NewPrimary("Redact in exports", func() { l.judge(workflow.RedactLeak) }).Icon("hide").Key("R")
	l.keep = kit.NewButton("Keep", func() { l.judge(workflow.KeepLeak) }).Key("K")
	l.blot = kit.NewButton("Blot out of the log…", l.askBlot).Key("B").As(kit.Danger)
	l.anyway = kit.NewButton("Export anyway…", l.askAnyway)
	also := func(change func(*session.LookFor, bool)) func(bool) {
		return func(on bool) {
			prefs := s.state.Prefs
			change(&prefs.LookFor, on)
			s.SetPrefs(prefs, "")
			s.FindLeaks(nil)
		}
	}
	l.addresses = kit.NewCheck("IP addresses too", also(func(f *session.LookFor, on bool) { f.Addresses = on }))
	l.phones = kit.NewCheck("Telephone numbers too", also(func(f *session.LookFor, on bool) { f.Phones = on }))
	l.layer = &kit.Layer{
		ID: leaksLayer, Title: "Before this leaves the laptop", Body: l.arrange(), First: l.list, Width: 960, Place: kit.Top,
		Actions: []*kit.Button{l.redact, l.keep, l.blot, l.anyway}, Default: l.redact,
	}
	return l
}

func (l *leaksSheet) arrange() fyne.CanvasObject {
	details := kit.NewScroller(l.found.content)
	l.both = kit.NewResponsive(720,
		kit.FullRow(look.Space4, kit.Fixed(360, l.list), kit.NewRuleDown(), kit.Grow(details)),
		kit.Column(look.Space2, kit.Grow(l.list), kit.NewRule(), kit.Grow(details)))
	return kit.Column(look.Space2,
		l.said.box, l.none, kit.Grow(atLeast(330, l.both)),
		kit.FullRow(look.Space2, kit.Grow(l.addresses), kit.Grow(l.phones)))
}

// Show brings the sheet in line with a state.
func (l *leaksSheet) Show(st session.State) {
	leaks := st.Leaks
	if !leaks.Looking && (leaks.Looked || leaks.Says != "") && leaks.Of != st.Incident.Revision() {
		l.s.FindLeaks(nil) // somebody has written since
		return
	}
	now := leaksShown{leaks.Of, leaks.Looked, leaks.Looking, leaks.Says, st.Prefs, len(leaks.List)}
	if now == l.shown {
		return
	}
	l.shown = now
	l.list.SetSingleKeys(st.Prefs.SingleKeys)
	l.addresses.Set(st.Prefs.LookFor.Addresses || st.Incident.Playbook.Review.Redaction.Addresses)
	l.phones.Set(st.Prefs.LookFor.Phones || st.Incident.Playbook.Review.Redaction.Phones)
	l.fill(leaks)
	l.say(leaks)
	l.s.layers.Refresh()
	if some := len(leaks.List) > 0; some != l.some {
		if l.some = some; some && l.s.layers.IsOpen(leaksLayer) {
			l.list.Focus() // it was not there to take the focus when the sheet opened
		}
	}
}

func (l *leaksSheet) fill(leaks session.Leaks) {
	items := make([]kit.Item, len(leaks.List))
	chosen := l.list.Selected()
	next := ""
	l.rows = map[string]workflow.Leak{}
	for i, one := range leaks.List {
		id := string(one.Fingerprint)
		items[i] = kit.Item{ID: id}
		l.rows[id] = one
		if next == "" && !one.Judgement.Verdict.Settled() {
			next = id
		}
	}
	l.list.SetItems(items)
	for id := range l.rows {
		l.list.Update(id)
	}
	if was, still := l.rows[chosen]; !still || was.Judgement.Verdict.Settled() && next != "" {
		chosen = next // what was decided makes room for what was not
	}
	if chosen == "" && len(items) > 0 {
		chosen = items[0].ID
	}
	if chosen != "" {
		l.list.Select(chosen)
	}
	l.choose()
}

// say tells what the list comes to.
func (l *leaksSheet) say(leaks session.Leaks) {
	some := len(leaks.List) > 0
	switch {
	case leaks.Says != "":
		l.none.SetText(leaks.Says)
	case !leaks.Looked:
		l.none.SetText("Looking…")
	case !some:
		l.none.SetText("Nothing was found that should not leave. The contents of attached files are not looked into.")
	default:
		l.none.SetText("")
	}
	l.said.text.SetText(leaksWords(leaks.List))
	show(l.said.box, some)
	show(l.none, l.none.Text() != "")
	show(l.both, some)
	for _, b := range []*kit.Button{l.redact, l.keep, l.blot} {
		show(b, some)
	}
	show(l.anyway, len(heldSecrets(leaks.List)) > 0)
}

// leaksWords sum findings up: what holds the export back, and what does not.
func leaksWords(leaks []workflow.Leak) string {
	held, open, settled := len(workflow.Held(leaks)), 0, 0
	for _, one := range leaks {
		switch {
		case one.Judgement.Verdict.Settled() && !one.Lost:
			settled++
		case !one.Holds():
			open++
		}
	}
	var parts []string
	switch {
	case held == 1:
		parts = append(parts, "1 finding holds the export back until you decide.")
	case held > 1:
		parts = append(parts, fmt.Sprintf("%d findings hold the export back until you decide.", held))
	default:
		parts = append(parts, "Nothing holds the export back.")
	}
	if open > 0 {
		parts = append(parts, plural(open, "more is only pointed out.", "more are only pointed out."))
	}
	if settled > 0 {
		parts = append(parts, plural(settled, "is decided.", "are decided."))
	}
	return strings.Join(parts, " ")
}

// heldSecrets are those that can be let through: what is lost cannot be named.
func heldSecrets(leaks []workflow.Leak) (out []workflow.Leak) {
	for _, l := range workflow.Held(leaks) {
		if !l.Lost {
			out = append(out, l)
		}
	}
	return out
}

func (l *leaksSheet) chosen() (workflow.Leak, bool) {
	one, ok := l.rows[l.list.Selected()]
	return one, ok
}

func (l *leaksSheet) choose() {
	one, ok := l.chosen()
	l.found.Show(one, ok)
	why := ""
	if one.Lost {
		why = "The rules do not recognise it any more, so its words cannot be found"
	}
	l.redact.SetOff(why)
	l.blot.SetOff(why)
}

func (l *leaksSheet) letter(_ string, letter rune) bool {
	switch letter {
	case 'r', 'R':
		l.redact.Press()
	case 'k', 'K':
		l.keep.Press()
	case 'b', 'B':
		l.blot.Press()
	default:
		return false
	}
	return true
}

// judge decides about the chosen finding, and goes on to the next.
func (l *leaksSheet) judge(verdict workflow.LeakVerdict) {
	one, ok := l.chosen()
	if !ok {
		return
	}
	says := one.Secret.Name + ": a marker stands in its place in all that leaves."
	if verdict == workflow.KeepLeak {
		says = one.Secret.Name + ": kept, and not asked about again."
	}
	l.s.DoAndOffer(workflow.Judge{Leak: one, Verdict: verdict}, says, nil)
}
