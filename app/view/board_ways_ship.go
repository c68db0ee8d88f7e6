package view

import (
	"strings"
	"time"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// The ways of the phase after the fix: out, proven, over, remembered.

func (c *nextCard) rollbackWay() *answer {
	f := newForm(c.ask, "board.rollback", "Rollback is ready", "Rollback ready.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.ReadyRollback{Command: value("command"), Version: value("version")}, nil
	},
		input{name: "command", label: "Command that rolls back", mono: true},
		input{name: "version", label: "Back to version", hint: "v1.2.2", mono: true, beside: true})
	return c.formAnswer(f, func(st session.State, _ workflow.Next) {
		f.Start("command", st.Incident.Playbook.Work.RollbackBy)
		f.Start("version", st.Incident.BackTo())
	})
}

func (c *nextCard) approveWay() *answer {
	f := newForm(c.ask, "board.approve", "Approve", "Approved.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Approve{Person: value("person")}, nil
	}, input{name: "person", label: "Approved by"})
	return c.formAnswer(f, func(st session.State, _ workflow.Next) {
		in := st.Incident
		person := in.Holder(workflow.Approver).Person
		if person == "" && st.Actor() != in.FixedBy() {
			person = st.Actor()
		}
		f.Start("person", person)
		help := "One approver is enough, but not the fixer."
		if in.Effective().Flow == workflow.NormalFlow {
			help = "The normal flow asks for several approvals; the gate counts one that is not the fixer's."
		}
		if commit := in.Fix.Change.Get().Commit; commit != "" {
			help += " It holds for commit " + commit + " only."
		}
		f.fields["person"].SetHelp(help)
	})
}

// deployWay records what went out: to staging, to production, or back.
func (c *nextCard) deployWay(w way, d workflow.Deploy) *answer {
	words := map[way][2]string{
		wayStaging: {"Record staging", "Staging recorded."}, wayDeploy: {"Record deploy", "Deploy recorded."}, wayGoBack: {"Record rollback", "Rollback recorded."},
	}[w]
	f := newForm(c.ask, "board."+string(w), words[0], words[1], func(value func(string) string) (workflow.Intent, error) {
		at, err := parseStamp(strings.TrimSpace(value("at")), c.state)
		out := d
		out.Version, out.Commit, out.Command = strings.TrimSpace(value("version")), strings.TrimSpace(value("commit")), strings.TrimSpace(value("command"))
		return workflow.RecordDeploy{Deploy: out, At: at}, err
	},
		input{name: "version", label: "Version", hint: "v1.2.4", mono: true},
		input{name: "commit", label: "Commit", hint: "f3a91c2", mono: true, beside: true},
		input{name: "at", label: "When", hint: "now, 14:58, -5m", beside: true},
		input{name: "command", label: "Command that was run (optional)", mono: true})
	show(f.fields["commit"], !d.Rollback)
	says := kit.NewCaption("").Wrapped()
	set := func(st session.State, _ workflow.Next) {
		in := st.Incident
		if d.Rollback {
			plan := in.Proof.Rollback.Get()
			f.Start("version", in.BackTo())
			f.Start("command", plan.Command)
			if plan.Command == "" {
				f.Start("command", in.Playbook.Work.RollbackBy)
			}
		} else {
			f.Start("commit", in.Fix.Change.Get().Commit)
		}
		says.SetText(flowSays(in))
	}
	here := kit.Row(look.Space2, kit.NewButton(map[way]string{wayStaging: "Deploy it from here…", wayDeploy: "Deploy it from here…", wayGoBack: "Roll back from here…"}[w], func() { c.ask.Run("incident.deploy") }).Key("Ctrl+Shift+Y").Icon("deploy").Small())
	if w != wayDeploy {
		under(f, -1, here)
		return c.formAnswer(f, set)
	}
	under(f, 1, examples(f, "command", c.state.Incident.Playbook.Work.DeployWith))
	under(f, -1, here)
	return c.formAnswer(f, set, says)
}

// endedWay says how a deploy ended that nobody here saw end. While it runs here
// there is nothing to say, and it is shown.
func (c *nextCard) endedWay() *answer {
	f := newForm(c.ask, "board.ended", "Record how it ended", "Recorded.", func(value func(string) string) (workflow.Intent, error) {
		at, err := parseStamp(strings.TrimSpace(value("at")), c.state)
		open, _ := c.state.Incident.OpenDeploy()
		return workflow.EndDeploy{Started: open.Entry, Told: value("told"), At: at}, err
	},
		input{name: "told", big: true, options: []kit.Option{{ID: workflow.TellWent, Word: "It went out"}, {ID: workflow.TellFailed, Word: "It failed"}}},
		input{name: "at", label: "When", hint: "now, 14:58, -5m"})
	says := kit.NewText("").Wrapped()
	watch := kit.NewButton("Show it", func() { c.ask.Run("incident.deploy") }).Key("Ctrl+Shift+Y").Icon("deploy").Small()
	a := c.formAnswer(f, func(st session.State, _ workflow.Next) {
		open, lost := st.LostDeploy()
		text := session.LostWords(open, st.Shown())
		if !lost {
			text = "It runs here, and is recorded by itself when it ends."
		}
		says.SetText(text)
		show(f.inputs, lost)
	})
	a.body = kit.Column(look.Space3, kit.TopRow(look.Space2, kit.Grow(says), watch), f.inputs)
	a.off = func() string {
		switch _, lost := c.state.LostDeploy(); {
		case !lost:
			return "It is recorded by itself when it ends"
		case f.Value("told") == "":
			return "Say whether it went out"
		default:
			return ""
		}
	}
	return a
}

// flowSays is how this deployment goes, in the words of the flow that holds.
func flowSays(in workflow.Incident) string {
	if in.Effective().Flow == workflow.NormalFlow {
		var parts []string
		for _, row := range in.Playbook.Flow {
			parts = append(parts, row.Aspect+": "+lower(row.Normal))
		}
		return "Normal flow. " + strings.Join(parts, " · ")
	}
	return "A hotfix deployment differs: " + lower(strings.Join(in.Playbook.Work.Differs, " · "))
}

// overrideWay opens a gate under a name, with a reason.
func (c *nextCard) overrideWay() *answer {
	f := newForm(c.ask, "board.override", "Override the gate", "Gate overridden.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Override{Gate: c.plan.gate, By: value("by"), Reason: value("reason")}, nil
	},
		input{name: "reason", label: "Why the gate is overridden", hint: "Every minute costs orders, and the lead is asleep", lines: 2, help: "It goes into the timeline and the post-mortem under this name."},
		input{name: "by", label: "By"})
	return c.formAnswer(f, func(st session.State, _ workflow.Next) { f.Start("by", st.Actor()) })
}

func (c *nextCard) checkWay() *answer {
	f := newForm(c.ask, "board.check", "Record check", "Check recorded.", checkOf, checkInputs()...)
	says := kit.NewCaption("").Wrapped()
	open := kit.NewQuiet("Watch production", func() { c.ask.Run("incident.verify") }).Icon("verify").Small()
	return c.formAnswer(f, func(st session.State, _ workflow.Next) {
		says.SetText(checkSays(st))
		show(says, says.Text() != "")
		open.SetWord("Watch production by probes")
		if len(st.Watching.Probes) > 0 {
			open.SetWord("See the probes")
		}
	}, says, kit.Row(0, open))
}

// watchWay is how far the probes are, and leads to them.
func (c *nextCard) watchWay() *answer {
	lines := newLineList(1)
	a := c.buttonAnswer("Verify in production", lines.box, func() { c.ask.Run("incident.verify") })
	a.show = func(st session.State, _ workflow.Next) {
		if lines.Set(probeLines(st)) {
			c.fit()
		}
	}
	return a
}

// probeLines are the probes at a glance: the whole first, then each.
func probeLines(st session.State) []lineOf {
	if len(st.Watching.Probes) == 0 {
		return nil
	}
	lines := []lineOf{{icon: "verify", role: look.Text, text: capital(soakLine(st)), bold: true}}
	for _, p := range st.Watching.Probes {
		f := fateOf(p)
		text := p.Probe.Name
		switch {
		case p.Proven && p.Outcome != workflow.CheckFailed:
		case p.Outcome == workflow.CheckPassed && !p.Series.Deployed().IsZero():
			text += ": " + workflow.SoakWords(p.Soaked, p.Series.Target())
		case f.says != "":
			text += ": " + lower(strings.TrimSuffix(f.says, "."))
		}
		lines = append(lines, lineOf{icon: f.icon, role: f.role, text: text})
	}
	return lines
}

// checkSays is how far the proof is, in one calm line.
func checkSays(st session.State) string {
	if len(st.Watching.Probes) > 0 {
		return capital(soakLine(st)) + "."
	}
	if soak := st.Incident.Playbook.Work.SoakFor; soak > 0 {
		return "Verified means that it stayed green for " + workflow.Words(soak) + "."
	}
	return ""
}

func (c *nextCard) allClearWay() *answer {
	f := newForm(c.ask, "board.allclear", "Declare all-clear", "The fire is out.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.GiveAllClear{Text: value("text")}, nil
	}, input{name: "text", label: "What everyone is told (optional)", hint: "Login works again for everyone. Thank you for your patience.", lines: 2})
	return c.formAnswer(f, nil)
}

func (c *nextCard) scheduleWay() *answer {
	f := newForm(c.ask, "board.schedule", "Schedule post-mortem", "Post-mortem scheduled.", func(value func(string) string) (workflow.Intent, error) {
		at, err := parseStamp(strings.TrimSpace(value("at")), c.state)
		return workflow.Schedule{When: at, Owner: value("owner")}, err
	},
		input{name: "at", label: "When", help: "Empty takes the time shown."},
		input{name: "owner", label: "Who writes it", beside: true})
	hint := ""
	return c.formAnswer(f, func(st session.State, _ workflow.Next) {
		after := st.Incident.Playbook.Review.DueAfter
		if after == 0 {
			after = 24 * time.Hour
		}
		if now := workflow.StampAt(st.Now.Add(after).Truncate(time.Minute), st.Shown()).Full(st.Shown()); now != hint {
			hint = now
			f.fields["at"].Placeholder(hint)
		}
		owner := st.Incident.Holder(workflow.Commander).Person
		if owner == "" {
			owner = st.Actor()
		}
		f.Start("owner", owner)
	})
}

// lower begins words with a small letter, inside a sentence.
func lower(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToLower(s[:1]) + s[1:]
}
