package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

func newLeakRow() fyne.CanvasObject {
	return kit.Inset(look.Space3, look.Space2, kit.TopRow(look.Space3,
		kit.NewIcon("lock").Edge(18),
		kit.Grow(kit.Column(2, kit.NewText("").Bold().Cut(), kit.NewCaption("").Cut(), kit.NewCaption("").Cut()))))
}

func showLeakRow(o *fyne.Container, l workflow.Leak) {
	line := o.Objects[0].(*fyne.Container)
	icon, role, verdict := leakFate(l)
	line.Objects[0].(*kit.Icon).Set(icon, role)
	texts := line.Objects[1].(*fyne.Container).Objects[0].(*fyne.Container)
	texts.Objects[0].(*kit.Text).SetText(capital(l.Secret.Name) + "  " + l.Secret.Mask())
	texts.Objects[1].(*kit.Text).SetText(leakWhere(l))
	last := texts.Objects[2].(*kit.Text)
	last.SetText(verdict)
	last.SetRole(role)
}

// leakFate is what becomes of a finding: by shape, word and colour.
func leakFate(l workflow.Leak) (icon string, role fyne.ThemeColorName, words string) {
	switch {
	case l.Lost:
		return "error", look.ErrorText, "Holds the export back: not recognised any more"
	case l.Judgement.Verdict == workflow.RedactLeak:
		return "hide", look.SuccessText, "Redacted in exports"
	case l.Judgement.Verdict == workflow.KeepLeak:
		return "step-done", look.Muted, "Kept"
	case l.Holds():
		return "lock", look.ErrorText, "Holds the export back"
	case !l.Leaves():
		return "info", look.Muted, "Only in the log, does not leave"
	case l.Kind == workflow.PersonalLeak:
		return "person", look.WarningText, "Leaves as it is"
	default:
		return "warning", look.WarningText, "Not decided"
	}
}

func leakWhere(l workflow.Leak) string {
	switch len(l.Places) {
	case 0:
		return ""
	case 1:
		return l.Places[0].Where
	default:
		return fmt.Sprintf("%s, and %s", l.Places[0].Where, plural(len(l.Places)-1, "more place", "more places"))
	}
}

// placesShown bounds the places that are listed: a word that stands in every
// line is understood after a few.
const placesShown = 12

// leakFacts are the places of the chosen finding, with the words around it.
type leakFacts struct {
	content *fyne.Container
	what    *kit.Text
	verdict *kit.Text
	places  []*leakPlace
	more    *kit.Text
}

type leakPlace struct {
	box    *fyne.Container
	where  *kit.Text
	around *kit.Text
}

func newLeakFacts() *leakFacts {
	f := &leakFacts{what: kit.NewText("").Bold().Wrapped(), verdict: kit.NewText("").In(look.Muted).Wrapped(), more: kit.NewCaption("").Wrapped()}
	f.content = kit.Column(look.Space3, kit.Column(2, f.what, f.verdict))
	for range placesShown {
		p := &leakPlace{where: kit.NewCaption("").Bold().Wrapped(), around: kit.NewMono("").Wrapped()}
		p.box = kit.Column(2, p.where, p.around)
		f.places = append(f.places, p)
		f.content.Add(p.box)
	}
	f.content.Add(f.more)
	return f
}

// Show shows a finding; without one there is nothing to see.
func (f *leakFacts) Show(l workflow.Leak, some bool) {
	show(f.content, some)
	f.what.SetText(capital(l.Secret.Name) + "  " + l.Secret.Mask())
	f.verdict.SetText(leakStory(l))
	for i, p := range f.places {
		show(p.box, i < len(l.Places))
		if i >= len(l.Places) {
			continue
		}
		at := l.Places[i]
		where := fmt.Sprintf("%s, line %d", at.Where, at.Line)
		if !at.Stands {
			where += " · only in the log"
		}
		p.where.SetText(where)
		p.around.SetText("…" + strings.TrimLeft(at.Before, " ") + l.Secret.Mask() + strings.TrimRight(at.After, " ") + "…")
	}
	show(f.more, len(l.Places) > placesShown)
	f.more.SetText(fmt.Sprintf("And %s.", plural(len(l.Places)-placesShown, "more place", "more places")))
	f.content.Refresh()
}

// leakStory says what is known and decided, in a sentence or two.
func leakStory(l workflow.Leak) string {
	says := ""
	switch {
	case l.Lost:
		return "It was to be redacted, and the rules of this version do not find it any more. Blot out the entry that holds it, or keep the finding."
	case l.Judgement.Verdict == workflow.RedactLeak:
		says = "Redacted in everything that leaves, on the word of " + l.By + "."
	case l.Judgement.Verdict == workflow.KeepLeak:
		says = "Kept, on the word of " + l.By + ": it leaves as it is."
	case l.Judgement.Verdict == workflow.LetThrough:
		says = "Nobody has decided. It left once, on the word of " + l.By + "."
	case l.Kind == workflow.SecretLeak:
		says = "A secret. Nobody has decided yet. If it was real, change it where it opens something: that it stood here cannot be taken back."
	default:
		says = "Personal data. Nobody has decided yet; it leaves as it is."
	}
	if l.Judgement.Why != "" {
		says += " Because: " + l.Judgement.Why + "."
	}
	return says + " Found by the rule " + l.Rule + ", fingerprint " + string(l.Fingerprint) + "."
}
