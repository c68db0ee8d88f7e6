package view

import (
	"fmt"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// backupCard is what is known of the backups, and the ways to make one and to
// bring one back.
type backupCard struct {
	ask     Asker
	fit     func()
	icon    *kit.Icon
	last    *kit.Text
	more    *kit.Text
	trouble *kit.Text
	panel   fyne.CanvasObject // around the trouble
	meter   *kit.Meter
	running fyne.CanvasObject
	now     *kit.Button
	restore *kit.Button
	cancel  *kit.Button
}

func newBackups(ask Asker, fit func()) *settingGroup {
	c := &backupCard{
		ask: ask, fit: fit, icon: kit.NewIcon("backup").Edge(18), last: kit.NewText("").Bold().Wrapped(),
		more: kit.NewCaption("").Wrapped(), trouble: kit.NewText("").Wrapped(), meter: kit.NewMeter(),
	}
	c.now = kit.NewButton("Back up now", func() { ask.Run("backup.now") }).Icon("backup")
	c.restore = kit.NewButton("Restore…", func() { ask.Run("backup.restore") }).Icon("history")
	c.cancel = kit.NewQuiet("Give it up", func() { ask.CancelBackup() })
	c.panel = kit.NewPanel("", kit.TopRow(look.Space2, kit.NewIcon("warning").Edge(18).In(look.WarningText), kit.Grow(c.trouble))).
		Filled(look.WarningFill, look.WarningText)
	c.running = kit.Row(look.Space2, kit.Grow(c.meter), c.cancel)
	return &settingGroup{
		id: "backups", title: "Backups", words: "restore copy safe recover history disk damaged every 15 minutes", side: true,
		body: kit.Column(look.Space2, kit.TopRow(look.Space2, c.icon, kit.Grow(c.last)), c.panel, c.running, c.more, kit.Wrap(look.Space2, c.now, c.restore)),
		show: c.Show, tick: c.tick,
	}
}

// Show brings the card in line with a state.
func (c *backupCard) Show(st session.State) {
	b := st.Backups
	busy := b.Running || b.Restoring
	show(c.panel, b.Trouble != "")
	c.trouble.SetText(b.Trouble)
	show(c.running, busy)
	show(c.cancel, b.Running)
	if busy {
		word := "Backing up: "
		if b.Restoring {
			word = "Restoring: "
		}
		c.meter.Set(word+shareWords(b), share(b), kit.Neutral)
	}
	c.now.SetOff(canBackUp(st))
	c.restore.SetOff(canRestore(st))
	c.more.SetText(backupsMore(b))
	c.tick(st)
	c.fit()
}

// tick moves the age on.
func (c *backupCard) tick(st session.State) {
	b := st.Backups
	icon, role, says := "step-done", look.SuccessText, ""
	switch {
	case !b.On:
		icon, role, says = "info", look.Primary, "There are no backups here."
	case b.Last.IsZero() && b.Known:
		icon, role, says = "info", look.Primary, "There is no backup yet. The first is made within a minute after something is written."
	case b.Last.IsZero():
		icon, role, says = "clock", look.Muted, "Looking for backups…"
	default:
		says = fmt.Sprintf("Last %s, %s, %s", whenMade(b.Last, st), ago(b.Last, st.Now), newestVerdict(b))
		if b.Changed && st.Now.Sub(b.Last) > backupLate {
			icon, role = "warning", look.WarningText
		}
	}
	c.icon.Set(icon, role)
	c.last.SetText(says)
}

func newestVerdict(b session.Backups) string {
	if len(b.List) == 0 {
		return "compared"
	}
	return verdictWords(b.List[0])
}

// backupsMore is how it goes on by itself, and what is kept where.
func backupsMore(b session.Backups) string {
	says := "Made by itself every 15 minutes in which something is written, on quit, and before an update or a restore. Each is read back and compared. 48 are kept: all of the last hours, then one an hour, one a day, one a week."
	if len(b.List) == 0 {
		return says
	}
	var bytes int64
	for _, one := range b.List {
		bytes += one.Bytes
	}
	return says + fmt.Sprintf(" There are %d now, %s together; the folder is named under Data.", len(b.List), sizeSays(bytes))
}

// backupsAlike says whether two states look the same on the card, but for the
// time.
func backupsAlike(a, b session.Backups) bool {
	newest := func(b session.Backups) session.Backup {
		if len(b.List) == 0 {
			return session.Backup{}
		}
		return b.List[0]
	}
	return a.On == b.On && a.Known == b.Known && a.Last.Equal(b.Last) && a.Changed == b.Changed && a.Trouble == b.Trouble &&
		a.Running == b.Running && a.Restoring == b.Restoring && a.Done == b.Done && a.All == b.All &&
		len(a.List) == len(b.List) && newest(a).Path == newest(b).Path
}

// canBackUp says why no backup can be made now.
func canBackUp(st session.State) string {
	switch {
	case !st.Backups.On:
		return "There is no place for backups here"
	case st.Backups.Restoring:
		return "A backup is being restored"
	case st.Backups.Running:
		return "A backup is being made"
	default:
		return ""
	}
}

// canRestore says why no backup can be restored now.
func canRestore(st session.State) string {
	if why := canBackUp(st); why != "" {
		return why
	}
	if len(st.Backups.List) == 0 {
		return "There is no backup yet"
	}
	return ""
}
