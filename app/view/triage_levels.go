package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// levelTable is the table of levels, with the one that holds marked.
type levelTable struct {
	content fyne.CanvasObject
	rows    map[string]*levelLine
	holds   string
}

type levelLine struct {
	ground *kit.Ground
	mark   *kit.Text
}

func newLevelTable(p workflow.Playbook) *levelTable {
	t := &levelTable{rows: map[string]*levelLine{}}
	column := kit.Column(look.Space1)
	for _, l := range p.Levels {
		line := &levelLine{mark: kit.NewCaption("").In(look.Primary).Bold()}
		facts := kit.Column(1,
			kit.Row(look.Space2, kit.Grow(kit.NewText(l.Description).Bold().Wrapped()), line.mark),
			kit.NewCaption("Respond: "+inSentence(l.Response)).Wrapped(),
			kit.NewCaption("Such as: "+inSentence(l.Example)).Wrapped())
		line.ground = kit.NewGround(look.Panel, kit.Inset(look.Space2, look.Space2,
			kit.TopRow(look.Space2, kit.Fixed(72, kit.Row(0, kit.NewChip(l.ID, severityLook(p, l.ID)))), kit.Grow(facts))))
		t.rows[l.ID] = line
		column.Add(line.ground)
	}
	t.content = kit.NewPanel("Levels", kit.Column(look.Space2, column,
		kit.NewCaption(flowRule(p)+"If unsure, choose the higher.").Wrapped())).Tight()
	return t
}

// flowRule says which levels need the hotfix flow.
func flowRule(p workflow.Playbook) string {
	var names []string
	for _, l := range p.Levels {
		if l.Flow == workflow.HotfixFlow {
			names = append(names, l.ID)
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0] + " needs the hotfix flow. "
	default:
		return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1] + " need the hotfix flow. "
	}
}

// Show marks the level that holds, with a word for it.
func (t *levelTable) Show(level, word string) {
	if t.holds == level+word {
		return
	}
	t.holds = level + word
	for id, line := range t.rows {
		fill, says := look.Panel, ""
		if id == level {
			fill, says = look.Selected, word
		}
		line.ground.SetRole(fill)
		line.mark.SetText(says)
	}
	t.content.Refresh()
}

// flowTable is "hotfix against normal flow", with the one that holds marked.
type flowTable struct {
	content        fyne.CanvasObject
	normal, hotfix []*kit.Text
	holds          workflow.Flow
}

func newFlowTable(p workflow.Playbook) *flowTable {
	t := &flowTable{}
	t.normal = append(t.normal, kit.NewText("Normal flow").Wrapped())
	t.hotfix = append(t.hotfix, kit.NewText("Hotfix flow").Wrapped())
	column := kit.Column(look.Space2, kit.Grid(look.Space3, 3, kit.NewText("").Wrapped(), t.hotfix[0], t.normal[0]), kit.NewRule())
	for _, row := range p.Flow {
		normal, hotfix := kit.NewText(row.Normal).Wrapped(), kit.NewText(row.Hotfix).Wrapped()
		t.normal, t.hotfix = append(t.normal, normal), append(t.hotfix, hotfix)
		column.Add(kit.Grid(look.Space3, 3, kit.NewText(row.Aspect).In(look.Muted).Wrapped(), hotfix, normal))
	}
	t.content = kit.NewPanel("What this flow asks for", column)
	return t
}

// Show marks the flow of the level that holds.
func (t *flowTable) Show(flow workflow.Flow) {
	if t.holds == flow {
		return
	}
	t.holds = flow
	mark := func(texts []*kit.Text, holds bool, name string) {
		for i, text := range texts {
			text.SetBold(holds)
			text.SetRole(look.Muted)
			if holds {
				text.SetRole(look.Text)
			}
			if i == 0 && holds {
				name += ": this incident"
				text.SetRole(look.Primary)
			}
		}
		texts[0].SetText(name)
	}
	mark(t.hotfix, flow == workflow.HotfixFlow, "Hotfix flow")
	mark(t.normal, flow != workflow.HotfixFlow, "Normal flow")
	t.content.Refresh()
}
