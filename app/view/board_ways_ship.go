package view

import (
	"strings"
	"time"

	"firebreak/app/kit"
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
	if w != wayDeploy {
		return c.formAnswer(f, set)
	}
	under(f, 1, examples(f, "command", c.state.Incident.Playbook.Work.DeployWith))
	return c.formAnswer(f, set, says)
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
	f := newForm(c.ask, "board.check", "Record check", "Check recorded.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.RecordCheck{Check: workflow.Check{
			What: value("what"), Outcome: workflow.Outcome(value("outcome")),
			Before: strings.TrimSpace(value("before")), After: strings.TrimSpace(value("after")),
		}}, nil
	},
		input{name: "what", label: "What was checked in production", hint: "POST /api/auth/login answers 200"},
		input{name: "outcome", label: "Outcome", options: []kit.Option{
			{ID: string(workflow.CheckPassed), Word: "Passed"}, {ID: string(workflow.CheckFailed), Word: "Failed"}, {ID: string(workflow.CheckUnknown), Word: "Unknown"},
		}, start: string(workflow.CheckPassed)},
		input{name: "before", label: "Before", hint: "500", beside: true},
		input{name: "after", label: "After", hint: "200", beside: true})
	says := kit.NewCaption("").Wrapped()
	return c.formAnswer(f, func(st session.State, _ workflow.Next) {
		text := ""
		if soak := st.Incident.Playbook.Work.SoakFor; soak > 0 {
			text = "Verified means that it stayed green for " + workflow.Words(soak) + "."
		}
		says.SetText(text)
		show(says, text != "")
	}, says)
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
