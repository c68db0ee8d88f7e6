//go:build !nogui

package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"firebreak/app/house"
	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/data"
)

// question is what the window asks when the database is missing although there
// are traces of it. No answer deletes anything.
type question struct {
	page                 fyne.CanvasObject
	trouble              *kit.Text
	restore, empty, quit *kit.Button
	first                *kit.Button // has the focus: the answer that leads back to the data
}

// newQuestion lays the question out.
func newQuestion(missing *data.Missing, restore, empty, quit func()) *question {
	q := &question{
		trouble: kit.NewText("").In(look.ErrorText).Wrapped(),
		restore: kit.NewPrimary("Restore the newest backup", restore).Icon("backup"),
		empty:   kit.NewButton("Start empty", empty), quit: kit.NewButton("Quit", quit),
	}
	q.trouble.Hide()
	q.first = q.restore
	ways := []fyne.CanvasObject{
		way(q.restore, newestWords(missing.Newest)),
		way(q.empty, "Nothing is deleted: backups and what is left of the old database are kept, and can be restored later."),
		way(q.quit, "Look for the file first, or connect the disk that it lies on. Nothing is changed."),
	}
	if missing.Newest == nil {
		ways = ways[1:]
		q.quit.As(kit.Primary)
		q.first = q.quit
	}
	body := kit.Column(look.Space4,
		kit.NewHeading("The incidents are not where they were"),
		kit.NewText(fmt.Sprintf("There is no database in %s, but there was one: %s.", filepath.Dir(missing.Path), strings.Join(missing.Traces, ", "))).Wrapped(),
		q.trouble,
		kit.Column(look.Space4, ways...))
	q.page = kit.NewGround(look.Background, kit.Inset(look.Space6, look.Space6, kit.NewScroller(body)))
	return q
}

// way is an answer, and what it leads to.
func way(button *kit.Button, leads string) fyne.CanvasObject {
	return kit.Column(look.Space1, kit.Row(0, button), kit.NewText(leads).In(look.Muted).Wrapped())
}

func newestWords(newest *data.Copy) string {
	if newest == nil {
		return ""
	}
	incidents := fmt.Sprintf("%d incidents", newest.Incidents)
	if newest.Incidents == 1 {
		incidents = "1 incident"
	}
	return fmt.Sprintf("Of %s: %s, %d changes. What else can be read here is added to it.",
		newest.At.UTC().Format("2006-01-02 15:04 UTC"), incidents, newest.Events)
}

// busy says that an answer is being carried out.
func (q *question) busy(says string) {
	for _, b := range []*kit.Button{q.restore, q.empty, q.quit} {
		b.SetOff(says)
	}
}

// failed says why an answer could not be carried out, and asks again.
func (q *question) failed(err error) {
	q.trouble.SetText(err.Error())
	q.trouble.Show()
	q.busy("")
	q.page.Refresh()
}

// errQuestionBroke stands for a fault of ours while an answer was carried out.
var errQuestionBroke = &data.Trouble{
	Says: "Something inside Firebreak failed.", Safe: "Nothing of the data was thrown away.", Do: "Try again, or run firebreak doctor in a terminal.",
}

// askAboutMissing asks in a window of its own what to do, and goes on as the
// answer says.
func askAboutMissing(ctx context.Context, missing *data.Missing, opts WindowOptions, r *thisRun) int {
	fmt.Fprintln(os.Stderr, missing)
	fyneapp.SetMetadata(fyne.AppMetadata{ID: appID, Name: "Firebreak", Version: opts.Version})
	w := &window{app: fyneapp.NewWithID(appID), run: r}
	w.app.Settings().SetTheme(look.New(look.System, 1))
	asking := w.app.NewWindow("Firebreak")
	w.win = asking
	var q *question
	begin := func(empty bool) {
		home, err := house.Build(ctx, house.Named{Places: opts.Places, Clock: machineClock{}, Log: r.log, StartEmpty: empty, Live: true})
		if err == nil {
			w.house, w.win = home, w.app.NewWindow("Firebreak")
			err = w.open(ctx, opts)
		}
		if err != nil {
			q.failed(err)
			return
		}
		w.win.Show()
		w.started(opts)
		asking.Close()
	}
	hands := threads(func(fault any, stack []byte) {
		r.survived(fault, stack)
		onUI(func() { q.failed(errQuestionBroke) })
	})
	q = newQuestion(missing, func() {
		q.busy("The newest backup is being restored")
		hands.Work(func() {
			_, err := data.Repair(ctx, data.RepairWish{Path: missing.Path, Clock: machineClock{}.Now})
			hands.UI(func() {
				if err != nil {
					q.failed(err)
					return
				}
				begin(false)
			})
		})
	}, func() { begin(true) }, w.app.Quit)
	asking.SetContent(q.page)
	asking.SetPadded(false)
	asking.Resize(fyne.NewSize(680, 520))
	asking.CenterOnScreen()
	w.app.Lifecycle().SetOnStarted(func() { kit.Focus(q.first) })
	exit := w.untilClosed()
	if w.house == nil {
		return exitMissing
	}
	w.house.Close()
	return exit
}
