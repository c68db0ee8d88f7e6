package view

import (
	"fmt"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

func (s *Shell) backUpNow() { s.BackUp(nil) }

// openRestore lists the backups; Enter looks at one.
func (s *Shell) openRestore() {
	rows := map[string]session.Backup{}
	list := kit.NewRows(newBackupRow, func(id string, o fyne.CanvasObject) {
		showBackupRow(o.(*fyne.Container), rows[id], s.state)
	})
	fill := func(st session.State) {
		var items []kit.Item
		for _, b := range st.Backups.List {
			rows[b.Path] = b
			items = append(items, kit.Item{ID: b.Path})
		}
		list.SetItems(items)
		if list.Selected() == "" && len(items) > 0 {
			list.Select(items[0].ID)
		}
	}
	choose := kit.NewPrimary("Look at this backup", func() { s.openBackup(rows[list.Selected()]) })
	list.OnActivate = func(id string) { s.openBackup(rows[id]) }
	fill(s.state)
	body := kit.Column(look.Space3,
		kit.NewText("Choose a backup. You see first what it holds and what would be missing; nothing is restored yet.").In(look.Muted).Wrapped(),
		kit.Grow(atLeast(360, list)),
		kit.NewCaption("Enter looks at one   Up and Down choose   Esc closes").Cut())
	seen := s.state.Backups
	s.openSheet(&kit.Layer{
		ID: "restore", Title: "Restore a backup", Body: body, First: list, Place: kit.Top, Width: 720, Actions: []*kit.Button{choose}, Default: choose,
	}, func(st session.State) {
		if !backupsAlike(seen, st.Backups) {
			seen = st.Backups
			fill(st)
		}
	})
}

func newBackupRow() fyne.CanvasObject {
	return kit.Inset(look.Space3, look.Space2, kit.Row(look.Space3,
		kit.NewIcon("step-done").Edge(18),
		kit.Grow(kit.Column(2, kit.NewText("").Bold().Cut(), kit.NewCaption("").Cut())),
		kit.NewCaption("")))
}

func showBackupRow(o *fyne.Container, b session.Backup, st session.State) {
	line := o.Objects[0].(*fyne.Container)
	icon, role := "step-done", look.SuccessText
	if b.Damaged != "" {
		icon, role = "error", look.ErrorText
	}
	line.Objects[0].(*kit.Icon).Set(icon, role)
	texts := line.Objects[1].(*fyne.Container).Objects[0].(*fyne.Container)
	texts.Objects[0].(*kit.Text).SetText(whenMade(b.At, st) + ", " + ago(b.At, st.Now))
	texts.Objects[1].(*kit.Text).SetText(backupHolds(b) + " · " + whyBackup(b.Why))
	line.Objects[2].(*kit.Text).SetText(verdictWords(b))
}

// openBackup says what one backup holds and what would be missing. Keeping what
// is there is the key's answer; to restore takes a press of its own.
func (s *Shell) openBackup(b session.Backup) {
	if b.Path == "" {
		return
	}
	compared := kit.NewText("Comparing it with what is there now…").Wrapped()
	after := kit.NewCaption("What is there now is backed up first and kept, so there is a way back. Half-typed text stays in its field, and your settings stay as they are.").Wrapped()
	facts := kit.Column(look.Space1,
		kit.NewText(whenMade(b.At, s.state)+", "+ago(b.At, s.state.Now)).Bold().Wrapped(),
		kit.NewText(capital(backupHolds(b))+". Made "+whyBackup(b.Why)+", "+verdictWords(b)+".").Wrapped(),
		kit.NewMono(b.Path).In(look.Muted).Wrapped())
	keep := kit.NewPrimary("Keep what is there now", func() { s.CloseLayer("restore-one") })
	bring := kit.NewButton("Restore this backup", func() {
		s.CloseLayer("restore-one")
		s.CloseLayer("restore")
		s.Restore(b.Path, nil)
	}).As(kit.Danger)
	if b.Damaged != "" {
		bring.SetOff("This backup is damaged: " + b.Damaged)
		compared.SetText("This backup is damaged: " + b.Damaged + ". What can be read of it, firebreak doctor can fetch.")
	}
	s.openSheet(&kit.Layer{
		ID: "restore-one", Title: "Restore this backup?", Width: 620, Actions: []*kit.Button{keep, bring}, Default: keep,
		Body: kit.NewScroller(kit.Column(look.Space4, facts, compared, after)).Fitted(), First: keep,
	}, nil)
	if b.Damaged != "" {
		return
	}
	s.Compare(b.Path, func(d session.Difference, err error) {
		if err != nil {
			compared.SetText(err.Error())
		} else {
			compared.SetText(differenceWords(d))
		}
		s.layers.Refresh()
	})
}

// differenceWords say what a restore would take and bring.
func differenceWords(d session.Difference) string {
	says := "It lacks nothing that is there now."
	if d.Lacks > 0 {
		says = fmt.Sprintf("It lacks %s of now", plural(d.Lacks, "change", "changes"))
		if d.Incidents > 0 {
			says += fmt.Sprintf(", %s among them", plural(d.Incidents, "whole incident", "whole incidents"))
		}
		says += "."
	}
	if d.Adds > 0 {
		says += fmt.Sprintf(" It adds %s.", plural(d.Adds, "change", "changes"))
	}
	return says
}
