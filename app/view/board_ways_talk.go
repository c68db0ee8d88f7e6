package view

import (
	"fmt"
	"strings"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// The ways of the phase before the fix, and those of any item.

func (c *nextCard) severityWay() *answer {
	in := c.state.Incident
	var options []kit.Option
	for _, l := range in.Playbook.Levels {
		chip := severityLook(in.Playbook, l.ID)
		options = append(options, kit.Option{ID: l.ID, Word: l.ID, Sub: l.Description, Icon: chip.Icon, IconRole: chip.Fill})
	}
	f := newForm(c.ask, "board.severity", "Set the severity", "Severity decided.", func(value func(string) string) (workflow.Intent, error) {
		if value("severity") == "" {
			return nil, refusal("severity", "Choose a level first. If unsure, take the higher one.")
		}
		return workflow.SetSeverity{Level: value("severity"), Answers: c.state.Incident.Triage.Answers.Get()}, nil
	}, input{name: "severity", options: options, big: true})
	why := kit.NewCaption("").Wrapped()
	ask := kit.NewQuiet("Answer the triage questions", func() { c.ask.Run("incident.severity") }).Icon("triage").Small()
	return c.formAnswer(f, func(st session.State, _ workflow.Next) {
		proposal := st.Incident.Playbook.Propose(st.Incident.Triage.Answers.Get())
		f.Start("severity", proposal.Level)
		says := "If unsure, take the higher one."
		if proposal.Level != "" {
			says = fmt.Sprintf("The answers speak for %s: %s. %s", proposal.Level, proposal.Reason, says)
		}
		why.SetText(says)
	}, why, kit.Row(0, ask))
}

func (c *nextCard) impactWay() *answer {
	f := newForm(c.ask, "board.impact", "Save the impact", "Impact written.", func(value func(string) string) (workflow.Intent, error) {
		if strings.TrimSpace(value("impact")) == "" {
			return nil, refusal("impact", "Write who is hit and what they cannot do. A few words are enough.")
		}
		return workflow.Assess{Field: workflow.Impact, Text: value("impact")}, nil
	}, input{name: "impact", label: "Impact", hint: "All users cannot login", lines: 2})
	return c.formAnswer(f, nil)
}

func (c *nextCard) tellWay(channel workflow.Channel) *answer {
	label, hint := "What the channel was told", "Login is down for everyone. We are on it; next update in 20 min."
	if channel == workflow.StatusPageChannel {
		label, hint = "What the status page says", "Investigating login failures. Next update in 30 min."
	}
	f := newForm(c.ask, "board.tell."+string(channel), "Record update", capital(channel.Told())+".", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Tell{Channel: channel, Text: value("text")}, nil
	}, input{name: "text", label: label, hint: hint, lines: 2, help: "Firebreak sends nothing: post it yourself, then record it here."})
	copyIt := kit.NewQuiet("Copy the assessment to post it", func() { c.ask.Run("incident.assessment") }).Icon("copy").Small()
	more := kit.Wrap(look.Space2, copyIt)
	if channel == workflow.StakeholderChannel {
		onCall := kit.NewQuiet("On-call is notified too", func() {
			c.touched()
			c.ask.DoAndOffer(workflow.Tell{Channel: workflow.OnCallChannel}, "On-call notified.", nil)
		}).Icon("person").Small()
		more.Add(onCall)
		return c.formAnswer(f, func(st session.State, _ workflow.Next) { show(onCall, !told(st.Incident, workflow.OnCallChannel)) }, more)
	}
	return c.formAnswer(f, nil, more)
}

func told(in workflow.Incident, channel workflow.Channel) bool {
	for _, u := range in.SentUpdates() {
		if u.Channel == channel {
			return true
		}
	}
	return false
}

// plainWay settles an item by a person's word: evidence, and the value that
// the item asks for.
func (c *nextCard) plainWay() *answer {
	f := newForm(c.ask, "board.item", "Done", "Step done.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Tick{Item: c.step.Target, Evidence: value("evidence"), Value: strings.TrimSpace(value("value"))}, nil
	},
		input{name: "value", label: "Value"},
		input{name: "evidence", label: "Evidence, if there is any", hint: "A link, a line of output, what was seen", lines: 2})
	a := c.formAnswer(f, func(st session.State, next workflow.Next) {
		item, _ := st.Incident.Item(next.Target)
		if label := capital(item.Asks); item.Asks != "" && f.fields["value"].Visible() {
			f.fields["value"].SetLabel(label)
		}
		show(f.fields["value"], item.Asks != "")
	})
	a.off = func() string {
		item, _ := c.state.Incident.Item(c.step.Target)
		if item.Asks != "" && strings.TrimSpace(f.Value("value")) == "" {
			return "Fill in: " + item.Asks
		}
		return ""
	}
	return a
}

// reopenWay answers a clash of two devices with "it is open".
func (c *nextCard) reopenWay() *answer {
	f := newForm(c.ask, "board.reopen", "It is still open", "Step open again.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Untick{Item: c.step.Target, Reason: value("reason")}, nil
	}, input{name: "reason", label: "Why it is not done", hint: "The status page still shows green"})
	return c.formAnswer(f, nil)
}

func (c *nextCard) skipWay() *answer {
	f := newForm(c.ask, "board.skip", "Skip this step", "Step skipped.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Skip{Item: c.plan.item, Reason: value("reason")}, nil
	}, input{name: "reason", label: "Why is it skipped?", hint: "There is no status page for internal services", help: "The reason goes into the timeline."})
	return c.formAnswer(f, nil)
}

// confirmWay passes a pause: the sentence is read aloud, then the phase is left.
func (c *nextCard) confirmWay() *answer {
	f := newForm(c.ask, "board.confirm", "Confirm", "Confirmed.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.ConfirmPhase{Phase: c.step.Target, Reason: value("reason")}, nil
	}, input{name: "reason", label: "Why it is left with open items", hint: "The status page is down as well"})
	aloud := kit.NewCaption("Read the sentence above aloud. When everybody agrees, confirm.").Wrapped()
	return c.formAnswer(f, func(st session.State, next workflow.Next) {
		show(f.fields["reason"], len(openLines(st.Incident, next.Target)) > 0)
	}, aloud)
}

// finishWay ends a task whose time is over.
func (c *nextCard) finishWay() *answer {
	f := newForm(c.ask, "board.finish", "It is done", "Task done.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.FinishAssignment{ID: workflow.EventID(c.step.Target), Result: value("result")}, nil
	}, input{name: "result", label: "Result, if there is something to say", hint: "The old pattern is back"})
	return c.formAnswer(f, nil)
}

// extendWay ends the task as not done and gives it again with a new time box,
// so that the log shows both.
func (c *nextCard) extendWay() *answer {
	f := newForm(c.ask, "board.extend", "Give more time", "", nil,
		input{name: "box", label: "Time box", hint: "15m"},
		input{name: "owner", label: "Who goes on", beside: true})
	find := func(id string) (workflow.Assignment, bool) {
		for _, a := range c.state.Incident.OpenAssignments() {
			if string(a.ID) == id {
				return a, true
			}
		}
		return workflow.Assignment{}, false
	}
	f.send = func(done func(error)) {
		task, ok := find(c.step.Target)
		box, err := timeBox(strings.TrimSpace(f.Value("box")))
		switch {
		case err != nil:
			done(err)
			return
		case !ok:
			done(refusal("", "That task is done meanwhile. Nothing was changed."))
			return
		}
		again := workflow.Assign{Text: task.Text, Owner: f.Value("owner"), Box: box}
		inOrder(c.ask, done,
			func(next func(error)) { c.ask.Do(again, next, f.drafts()...) },
			func(next func(error)) {
				c.ask.Do(workflow.FinishAssignment{ID: task.ID, Result: "needs more time"}, next)
			})
	}
	return c.formAnswer(f, func(_ session.State, next workflow.Next) {
		if task, ok := find(next.Target); ok {
			f.Start("owner", task.Owner)
		}
	})
}

// leaveWay leads to the screen where the rest is done.
func (c *nextCard) leaveWay() *answer {
	a := c.buttonAnswer("Open the post-mortem", nil, func() {
		switch c.step.Step {
		case workflow.StepExport:
			c.ask.Run("incident.preview")
		case workflow.StepRole:
			c.ask.Run("incident.handoff")
		default:
			c.ask.Run("go.post-mortem")
		}
	})
	a.show = func(_ session.State, next workflow.Next) {
		a.word = "Open the post-mortem"
		if next.Step == workflow.StepExport {
			a.word = "Preview the export"
		}
	}
	return a
}

func (c *nextCard) decideWay() *answer {
	return c.buttonAnswer("Rollback or hotfix", nil, func() { c.ask.Run("incident.decision") })
}
