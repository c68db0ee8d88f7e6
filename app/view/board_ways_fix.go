package view

import (
	"fmt"
	"strings"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// The ways of the phase of the fix: increment, cause, change, tests.

// incrementWay writes the one page of the increment, then the files.
func (c *nextCard) incrementWay() *answer {
	f := newForm(c.ask, "board.increment", "Create increment", "", nil,
		input{name: "problem", label: "Problem", hint: "Users receive a 500 error on login after the v1.2.3 deploy.", lines: 2},
		input{name: "fix", label: "Fix", hint: "Revert token validation to the previous behaviour.", lines: 2},
		input{name: "rollback", label: "How to go back, if it makes things worse (optional)", hint: "Deploy v1.2.2 again"})
	f.send = func(done func(error)) { c.createIncrement(f, done) }
	where := newLineList(1)
	decide := kit.NewQuiet("Rollback or hotfix?", func() { c.ask.Run("incident.decision") }).Icon("decision").Key("Ctrl+Shift+D").Small()
	enable := kit.NewButton("Enable SpecWeave here", func() {
		c.ask.EnableSpecWeave(func(err error) {
			if err != nil {
				f.refuse(err)
			}
		})
	}).Small()
	notice := kit.Row(look.Space2, kit.NewIcon("warning").Edge(18).In(look.WarningText),
		kit.Grow(kit.NewText(noSpecWeave).In(look.WarningText).Wrapped()), enable)
	under(f, -1, notice) // before anything is typed in vain
	link := kit.NewQuiet("Link one that is there…", func() { c.ask.Run("incident.link") }).Icon("link").Small()
	return c.formAnswer(f, func(st session.State, _ workflow.Next) {
		fix := st.Incident.Fix
		problem := fix.Problem.Get()
		if problem == "" {
			problem = st.Incident.Assessment(workflow.Symptoms)
		}
		f.Start("problem", problem)
		f.Start("fix", fix.Plan.Get())
		f.Start("rollback", fix.Rollback.Get())
		show(decide, fix.Choice().Option == "")
		show(link, st.Repo.Root != "")
		can := canEnable(st)
		moved := can != notice.Visible()
		show(notice, can)
		if where.Set(whereLines(st)) || moved {
			c.fit()
		}
	}, where.box, kit.Wrap(look.Space2, link, decide))
}

// createIncrement records what the texts say now, then has the files written.
func (c *nextCard) createIncrement(f *form, done func(error)) {
	if strings.TrimSpace(f.Value("problem")) == "" {
		done(refusal("problem", "Say in a sentence what the problem is. The increment starts with it."))
		return
	}
	fix := c.state.Incident.Fix
	texts := []struct {
		which workflow.Text
		now   string
	}{{workflow.ProblemText, fix.Problem.Get()}, {workflow.FixText, fix.Plan.Get()}, {workflow.RollbackText, fix.Rollback.Get()}}
	var wants []func(func(error))
	for _, text := range texts {
		typed := strings.TrimSpace(f.Value(string(text.which)))
		if typed != text.now {
			wants = append(wants, func(next func(error)) {
				c.ask.Do(workflow.WriteText{Which: text.which, Text: typed}, next, f.draft(string(text.which)))
			})
		}
	}
	inOrder(c.ask, done, append(wants, c.ask.CreateIncrement)...)
}

// whereLines say where the increment's files will go, before they are written.
func whereLines(st session.State) []lineOf {
	if st.RepoSays != "" || st.Repo.Root == "" {
		says := st.RepoSays
		if says == "" {
			says = "No repository is chosen yet. Choose one in Settings; nothing is written elsewhere."
		}
		return []lineOf{{icon: "warning", role: look.WarningText, text: says}}
	}
	kind := "as a hotfix"
	if st.Incident.Effective().Flow == workflow.NormalFlow {
		kind = fmt.Sprintf("as a %s: full spec, plan and tasks", st.Incident.Playbook.Work.NormalType)
	}
	to := st.Repo.Name
	if st.Repo.Branch != "" {
		to += ", branch " + st.Repo.Branch
	}
	lines := []lineOf{{icon: "folder", role: look.Muted, text: fmt.Sprintf("One page goes to %s: the next free number in %s, %s.", to, st.Repo.Root, kind)}}
	if says := needsReports(st); says != "" {
		lines = append(lines, lineOf{icon: "info", role: look.Muted, text: says})
	}
	if st.Repo.Warning != "" {
		lines = append(lines, lineOf{icon: "warning", role: look.WarningText, text: st.Repo.Warning})
	}
	return lines
}

func (c *nextCard) elsewhereWay() *answer {
	f := newForm(c.ask, "board.elsewhere", "Record increment", "Increment recorded.", func(value func(string) string) (workflow.Intent, error) {
		kind := "hotfix"
		if c.state.Incident.Effective().Flow == workflow.NormalFlow {
			kind = c.state.Incident.Playbook.Work.NormalType
		}
		return workflow.RecordIncrement{ID: value("id"), Type: kind}, nil
	}, input{name: "id", label: "Increment", hint: "0015-hotfix-auth-token", mono: true, help: "It was written by somebody else: only its name is recorded."})
	return c.formAnswer(f, nil)
}

func (c *nextCard) causeWay() *answer {
	f := newForm(c.ask, "board.cause", "Record root cause", "Root cause recorded.", func(value func(string) string) (workflow.Intent, error) {
		at, err := parseStamp(strings.TrimSpace(value("at")), c.state)
		return workflow.Identify{Cause: value("cause"), At: at}, err
	},
		input{name: "cause", label: "Root cause", hint: "Regex pattern in token validation was changed in PR #423.", lines: 2},
		input{name: "at", label: "Identified", hint: "now, or 14:42, or -5m"})
	return c.formAnswer(f, func(st session.State, _ workflow.Next) {
		help := ""
		if guess := st.Incident.Assessment(workflow.Hypothesis); guess != "" {
			help = "The hypothesis was: " + guess
		}
		f.fields["cause"].SetHelp(help)
	})
}

func (c *nextCard) fixWay() *answer {
	f := newForm(c.ask, "board.fix", "Record the fix", "Fix recorded.", func(value func(string) string) (workflow.Intent, error) {
		if strings.TrimSpace(value("commit")+value("summary")) == "" {
			return nil, refusal("commit", "Give the commit, or say in a line what was changed.")
		}
		return workflow.RecordFix{Commit: value("commit"), Summary: value("summary")}, nil
	},
		input{name: "commit", label: "Commit", hint: "f3a91c2", mono: true, help: "Tests and the approval count for this commit only."},
		input{name: "summary", label: "What was changed, in one line", hint: "Token validation reverted to the previous pattern."})
	rules := kit.Wrap(look.Space2)
	for _, p := range c.state.Incident.Playbook.Work.Principles {
		rules.Add(kit.NewChip(p, kit.ChipLook{Icon: "resolved"}))
	}
	where := newLineList(2)
	return c.formAnswer(f, func(st session.State, _ workflow.Next) {
		change := newestFix(st)
		f.Start("commit", change.Commit)
		f.Start("summary", change.Summary)
		if where.Set(groundLines(st)) {
			c.fit()
		}
	}, where.box, rules)
}

func (c *nextCard) testsWay() *answer {
	in := c.state.Incident
	suites := []kit.Option{{ID: string(workflow.CriticalSuite), Word: "Critical paths"}, {ID: string(workflow.RegressionSuite), Word: "Regression test"}}
	for _, s := range in.Playbook.Work.NotNow {
		suites = append(suites, kit.Option{ID: s.ID, Word: s.Name})
	}
	hint := ""
	if len(in.Playbook.Work.CriticalRun) > 0 {
		hint = in.Playbook.Work.CriticalRun[0]
	}
	f := newForm(c.ask, "board.tests", "Record test run", "Test run recorded.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.RecordTest{Run: workflow.TestRun{
			Command: value("command"), Suite: workflow.Suite(value("suite")), Passed: value("result") == "passed",
			Output: value("output"), Override: value("override"),
		}}, nil
	},
		input{name: "command", label: "Command", hint: hint, mono: true},
		input{name: "result", label: "Result", options: []kit.Option{{ID: "passed", Word: "Passed"}, {ID: "failed", Word: "Failed"}}, start: "passed"},
		input{name: "suite", label: "Suite", options: suites, start: string(workflow.CriticalSuite), beside: true},
		input{name: "override", label: "Why this suite is needed now", hint: "The fix changes the build"},
		input{name: "output", label: "Last lines of the output (optional)", hint: "38 passing", mono: true, lines: 2})
	f.fields["override"].Hide()
	f.changed = func(name string) {
		if (name == "suite" || name == "command") && c.suiteChosen(f) {
			c.fit()
		}
	}
	under(f, 0, examples(f, "command", in.Playbook.Work.CriticalRun))
	here := newRunCard(c.ask, f.refuse)
	under(f, -1, here.box)
	missing := kit.NewCaption("").Wrapped()
	return c.formAnswer(f, func(st session.State, _ workflow.Next) {
		c.suiteChosen(f)
		says := "Asked for as well: " + lower(st.Incident.Find(workflow.RegressionTestAdded).Missing) + "."
		if st.Incident.Holds(workflow.RegressionTestAdded) {
			says = ""
		}
		missing.SetText(says)
		show(missing, says != "")
		if here.Show(st) {
			c.fit()
		}
	}, missing)
}

// suiteChosen asks for the reason where a hotfix does not run the suite.
func (c *nextCard) suiteChosen(f *form) bool {
	why := ""
	in := c.state.Incident
	for _, s := range in.Playbook.Work.NotNow {
		if s.ID == f.Value("suite") && in.Effective().Flow == workflow.HotfixFlow {
			why = fmt.Sprintf("A hotfix does not run it: %s.", s.Why)
		}
	}
	if _, err := in.MayRun(f.Value("command"), c.state.Delta.Touched(), ""); why == "" && f.Value("command") != "" && err != nil {
		why = err.Error()
	}
	f.fields["override"].SetHelp(why)
	if f.fields["override"].Visible() == (why != "") {
		return false
	}
	show(f.fields["override"], why != "")
	return true
}
