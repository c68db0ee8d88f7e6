package view

import (
	"fmt"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// commsBox is the communication block: who has been told, and when.
type commsBox struct {
	content fyne.CanvasObject
	rows    map[workflow.Channel]*commsRow
}

type commsRow struct {
	icon  *kit.Icon
	word  *kit.Text
	facts *kit.Text
	tell  *kit.Button
}

func newCommsBox(ask Asker) *commsBox {
	c := &commsBox{rows: map[workflow.Channel]*commsRow{}}
	column := kit.Column(look.Space3)
	for _, channel := range workflow.Channels() {
		row := &commsRow{icon: kit.NewIcon("step-open"), word: kit.NewText("").Bold().Wrapped(), facts: kit.NewCaption("").Wrapped()}
		row.tell = kit.NewButton("Record", func() {
			ask.Draft(updateChannel, string(channel))
			ask.Run("incident.update")
		})
		c.rows[channel] = row
		column.Add(kit.Row(look.Space3, row.icon, kit.Grow(kit.Column(1, row.word, row.facts)), row.tell))
	}
	c.content = kit.NewPanel("Communication", column)
	return c
}

// Show reports whether the height may have changed.
func (c *commsBox) Show(st session.State) bool {
	last := map[workflow.Channel]workflow.Update{}
	for _, u := range st.Incident.SentUpdates() {
		last[u.Channel] = u
	}
	changed := false
	for channel, row := range c.rows {
		u, told := last[channel]
		word, facts, button := "Not yet: "+channel.Told(), "", "Record"
		if told {
			word, button = capital(channel.Told()), "Record another"
			facts = fmt.Sprintf("%s, %s, by %s", clockOf(u.At, st), ago(u.At.Time, st.Now), u.By)
			if u.Text != "" {
				facts += ": " + firstLineOf(u.Text)
			}
			row.icon.Set("step-done", look.SuccessText)
		} else {
			row.icon.Set("step-open", look.Muted)
		}
		changed = changed || word != row.word.Text() || (facts == "") != (row.facts.Text() == "")
		row.word.SetText(word)
		row.facts.SetText(facts)
		show(row.facts, facts != "")
		row.tell.SetWord(button)
	}
	return changed
}

// clocksBox is the response clock and the update clock.
type clocksBox struct {
	content  fyne.CanvasObject
	response *kit.Meter
	update   *kit.Meter
}

func newClocksBox() *clocksBox {
	c := &clocksBox{response: kit.NewMeter(), update: kit.NewMeter()}
	c.content = kit.NewPanel("Clocks", kit.Column(look.Space3, c.response, c.update)).Tight()
	return c
}

// Show follows the clock.
func (c *clocksBox) Show(st session.State) {
	in := st.Incident
	r := in.Response(st.Now)
	words, used, how := responseWords(in, r)
	c.response.Set(words, used, how)
	c.response.WordsOnly(used == 0)
	cadence := in.Cadence(st.Now)
	words, how = updateWords(in, st.Now)
	if how == kit.Neutral && !cadence.Due.IsZero() {
		words = "Next update in " + short(cadence.Due.Sub(st.Now))
	}
	used = 0
	if !cadence.Due.IsZero() {
		used = float32(st.Now.Sub(cadence.Last)) / float32(cadence.Every)
	}
	c.update.Set(words, used, how)
	c.update.WordsOnly(cadence.Due.IsZero())
}

// responseWords is the response clock in words, and the share of it that is used.
func responseWords(in workflow.Incident, r workflow.Response) (string, float32, kit.Tone) {
	switch {
	case r.Met:
		return "Acknowledged", 0, kit.Good
	case !in.Open():
		return "The incident is over", 0, kit.Neutral
	case r.Within == 0:
		return "No response limit at " + in.Effective().ID, 0, kit.Neutral
	case r.Since >= r.Within:
		return "Acknowledge: late by " + short(r.Since-r.Within), 1, kit.Bad
	default:
		return "Acknowledge within " + short(r.Within-r.Since), float32(r.Since) / float32(r.Within), tone(r.Urgency)
	}
}
