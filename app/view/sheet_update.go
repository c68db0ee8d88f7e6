package view

import (
	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// updateChannel is the draft that chooses the channel of the update sheet;
// whoever wants another one chosen writes it before the sheet is opened.
const updateChannel = "update.channel"

func channelName(c workflow.Channel) string {
	return map[workflow.Channel]string{
		workflow.StakeholderChannel: "Incident channel", workflow.StatusPageChannel: "Status page", workflow.OnCallChannel: "On-call",
	}[c]
}

func channelOptions(st session.State) []kit.Option {
	var out []kit.Option
	for _, c := range workflow.Channels() {
		sub := "not told yet"
		for _, u := range st.Incident.SentUpdates() {
			if u.Channel == c && u.At.Known() {
				sub = "told " + ago(u.At.Time, st.Now)
			}
		}
		out = append(out, kit.Option{ID: string(c), Word: channelName(c), Sub: sub})
	}
	return out
}

func (s *Shell) openUpdate() {
	f := newForm(s, "update", "Record the update", "Update recorded.", func(value func(string) string) (workflow.Intent, error) {
		at, err := s.typedStamp("update.at", value("at"))
		return workflow.Tell{Channel: workflow.Channel(value("channel")), Text: value("text"), At: at}, err
	},
		input{name: "channel", label: "Where", options: channelOptions(s.state), big: true, start: string(workflow.StakeholderChannel)},
		input{name: "text", label: "What was said", lines: 3, hint: "Login is down for everyone. We are on it; next update at 15:00."},
		input{name: "at", label: "When", hint: "now", help: "Empty is now. 14:32, -5m and yesterday 23:50 work too."},
	)
	due := kit.NewText("").Wrapped()
	s.openForm(formSheet{
		id: "update", title: "Record an update", form: f, width: 640, first: "text",
		above: textsOf(due),
		follow: func(st session.State) {
			words, how := updateWords(st.Incident, st.Now)
			due.SetText(words + ". Nothing is sent from here: this writes down who was told what.")
			due.SetRole(look.Muted)
			if how != kit.Neutral {
				due.SetRole(how.Role())
			}
		},
	})
}
