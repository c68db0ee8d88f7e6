package view

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/workflow"
)

// quietTriage is the screen of the first minute with nothing open.
func quietTriage(t *testing.T) (*fakeAsker, *triage, fyne.Window) {
	t.Helper()
	f := newFakeAsker(t, quietState(t))
	pane, w := stage(t, f, newTriage, 1088, 640)
	pane.Enter()
	return f, pane.(*triage), w
}

// answerTriage answers a triage question as the person would.
func answerTriage(p *triage, question, id string) {
	c := p.declare.asks.choices[question]
	c.Choose(id)
	c.OnChosen(id)
}

func TestATitleAndEnterDeclareAnIncident(t *testing.T) {
	f, _, w := quietTriage(t)

	write(w, "Checkout fails")
	press(w, fyne.KeyReturn)

	got := f.last().(workflow.Declare)
	assert.Equal(t, "Checkout fails", got.Title)
	assert.Equal(t, workflow.Stamp{}, got.Detected, "now")
	assert.Empty(t, got.Severity, "undecided is safe")
	assert.Equal(t, f.state.Policy.Name, got.Playbook.Name)
	assert.Empty(t, f.state.Drafts, "what was typed has become the incident")
	assert.Contains(t, f.fields[0], "app.declare.title")
}

func TestDeclaringWithoutATitleSaysWhatIsMissing(t *testing.T) {
	d := newShellDesk(t, -1, 1280, 800)
	d.run("incident.main")
	assert.Contains(t, named[*kit.Field](t, d.window.Content(), "Title:").Error(), "Give it a title")
	assert.False(t, d.incident().Declared())
}

func TestUndecidedSaysThatItCountsAsTheHighest(t *testing.T) {
	_, p, _ := quietTriage(t)
	assert.True(t, reads(p.Content(), "Undecided counts as SEV1 until decided."))
}

func TestAnswersProposeALevelWithItsReasonAndThePersonTakesIt(t *testing.T) {
	f, p, w := quietTriage(t)
	write(w, "Login fails")
	answerTriage(p, "who", "everyone")
	answerTriage(p, "risk", workflow.Unsure)

	assert.True(t, reads(p.Content(), "everyone is hit"))
	assert.True(t, reads(p.Content(), "3 questions still open"))
	assert.Equal(t, undecidedRow, p.declare.levels.Chosen(), "a proposal decides nothing")
	proposed := f.state.Policy.Propose(p.declare.asks.Answers()).Level
	p.declare.asks.take.Press()
	require.True(t, p.Main())

	got := f.last().(workflow.Declare)
	assert.Equal(t, proposed, got.Severity)
	assert.Equal(t, map[string]string{"who": "everyone", "risk": workflow.Unsure}, got.Answers)
	assert.Empty(t, f.state.Drafts)
}

func TestTheLevelsAreThoseOfTheTeamsPlaybook(t *testing.T) {
	f, p, _ := quietTriage(t)
	f.state.Policy.Levels = []workflow.Level{
		{ID: "P1", Description: "All down", Response: "Now", Flow: workflow.HotfixFlow, Example: "No shop"},
		{ID: "P2", Description: "The rest", Response: "Later", Flow: workflow.NormalFlow, Example: "A typo"},
	}
	f.Show()

	for _, want := range []string{"P1", "All down", "Respond: later", "Undecided counts as P1 until decided."} {
		assert.True(t, reads(p.Content(), want), want)
	}
	assert.False(t, reads(p.Content(), "SEV1"))
}

func TestADetectedTimeIsReadAliveAndRefusedWhenItIsNone(t *testing.T) {
	f, p, w := quietTriage(t)
	write(w, "Login fails")
	at := p.declare.form.fields["at"]
	at.Focus()
	write(w, "-5m")
	assert.True(t, reads(p.Content(), "start the clock at 14:27Z"))
	at.SetText("14:")
	assert.Empty(t, at.Error(), "half a time is no mistake while it is being typed")
	at.SetText("25:99")
	press(w, fyne.KeyReturn)

	assert.Contains(t, at.Error(), "hours go from 00 to 23")
	assert.Empty(t, f.wants)
	assert.Equal(t, "Login fails", p.declare.form.Value("title"), "nothing typed is lost")
}

func TestQuickTimesStayWhatTheyAreWhileTheClockRuns(t *testing.T) {
	f, p, w := quietTriage(t)
	write(w, "Login fails")
	named[*kit.Button](t, p.Content(), "-15m").Press()
	f.state.Now = f.state.Now.Add(4 * time.Minute)
	f.Show()
	require.True(t, p.Main())

	assert.Equal(t, sample.Alert().Add(-15*time.Minute), f.last().(workflow.Declare).Detected.Time)
}

func TestAHalfTypedDeclarationSurvivesAKill(t *testing.T) {
	d := newShellDesk(t, -1, 1280, 800)
	d.write("Login fails")
	p := d.shell.pane(TriageScreen).(*triage)
	p.declare.choose("SEV2")
	answerTriage(p, "who", "everyone")
	d.pump()

	d.open(1280, 800)

	p = d.shell.pane(TriageScreen).(*triage)
	assert.Equal(t, "Login fails", p.declare.form.Value("title"))
	assert.Equal(t, "SEV2", p.declare.level())
	assert.Equal(t, map[string]string{"who": "everyone"}, p.declare.asks.Answers())
	d.run("incident.main")
	assert.Equal(t, "SEV2", d.incident().Triage.Severity.Get())
	assert.Equal(t, BoardScreen, d.shell.Screen(), "the board is the home of an open incident")
	assert.Empty(t, d.shelf.drafts)
}

func TestTheFirstStartOffersTheSampleAndSaysWhereTheDataIs(t *testing.T) {
	d := newShellDesk(t, -1, 1280, 800)
	d.shell.About = About{Version: "1.2.3", Data: "/home/jane/.local/share/firebreak"}
	d.later(time.Second)
	for _, want := range []string{"Open the sample incident", "/home/jane/.local/share/firebreak", "No network, no telemetry."} {
		assert.True(t, d.sees(want), want)
	}
	pastIncidents(d.shelf)
	d.open(1280, 800)
	assert.False(t, d.sees("First time here?"))
}

func TestSimilarIncidentsShareAServiceOrWords(t *testing.T) {
	history := []workflow.Summary{
		{ID: "1", Title: "Login fails for tokens with dashes", Service: "auth"},
		{ID: "2", Title: "Checkout 5xx after release", Service: "checkout"},
		{ID: "3", Title: "Token cache full", Service: "Auth"},
		{ID: "4", Title: "Login down", Service: "auth", Stage: workflow.Cancelled},
	}
	tests := map[string]struct {
		title, service string
		want           []workflow.IncidentID
	}{
		"nothing typed":                {"", "", nil},
		"words that everybody uses":    {"Error after release, users broken", "", nil},
		"the same service":             {"Something else", "AUTH ", []workflow.IncidentID{"1", "3"}},
		"a word and the service first": {"Token errors", "auth", []workflow.IncidentID{"3", "1"}},
		"words alone":                  {"checkout timeouts", "", []workflow.IncidentID{"2"}},
		"itself is not similar":        {"cache", "", []workflow.IncidentID{"3"}},
	}
	for name, tt := range tests {
		var got []workflow.IncidentID
		for _, l := range similar(pastOf(history), "9", tt.title, tt.service) {
			got = append(got, l.row.ID)
			assert.NotEmpty(t, l.shares, name)
		}
		assert.Equal(t, tt.want, got, name)
	}
	assert.Empty(t, similar(pastOf(history), "3", "cache", ""))
}

// assessing is the assessment of the sample so long after the first alert.
func assessing(t *testing.T, after time.Duration) (*fakeAsker, *triage, fyne.Window) {
	t.Helper()
	f := newDesk(t, after)
	pane, w := stage(t, f, newTriage, 1088, 640)
	pane.Enter()
	return f, pane.(*triage), w
}

func TestTheAssessmentIsADraftUntilItIsSaved(t *testing.T) {
	f, p, w := assessing(t, 30*time.Second)
	symptoms := named[*kit.Field](t, p.Content(), "Symptoms:")
	require.True(t, symptoms.Focused(), "the first line that says nothing yet")
	write(w, "500 on login")

	assert.Equal(t, "500 on login", f.state.Drafts["assess.symptoms"].Text)
	assert.Empty(t, f.wants)
	f.state.Now = f.state.Now.Add(10 * time.Minute)
	f.Show()
	assert.Equal(t, "500 on login", symptoms.Text(), "time passing takes nothing from under the hand")
	assert.True(t, symptoms.Focused())
	require.True(t, p.Main())

	assert.Equal(t, workflow.Assess{Field: workflow.Symptoms, Text: "500 on login"}, f.last())
	assert.NotContains(t, f.state.Drafts, "assess.symptoms")
	assert.False(t, p.Main(), "nothing is left to save")
}

func TestATypedAssessmentCanBeTakenBack(t *testing.T) {
	f, p, _ := assessing(t, 4*time.Minute)
	impact := named[*kit.Field](t, p.Content(), "Impact:")
	impact.SetText("")
	named[*kit.Button](t, p.Content(), "Take back").Press()
	assert.Equal(t, "Login broken for all users", impact.Text())
	assert.Empty(t, f.wants)

	impact.SetText("")
	require.True(t, p.Main(), "a line can also be emptied")
	assert.Equal(t, workflow.Assess{Field: workflow.Impact}, f.last())
}

func TestAnotherIncidentShowsItsOwnAssessment(t *testing.T) {
	f, p, _ := assessing(t, 4*time.Minute)
	impact := named[*kit.Field](t, p.Content(), "Impact:")
	impact.SetText("half typed")
	other := newDesk(t, time.Minute).state.Incident
	other.ID = "incident-2"
	f.state.Incident, f.state.Drafts = other, map[string]session.Draft{}
	f.Show()

	assert.Equal(t, "Login broken for all users", impact.Text())
	assert.False(t, p.Main())
}

func TestTheTimeOfDetectionIsCorrectedAndItsFirstVersionStays(t *testing.T) {
	f, p, w := assessing(t, 4*time.Minute)
	at := named[*kit.Field](t, p.Content(), "Detected:")
	at.SetText("")
	at.Focus()
	write(w, "14:29")
	assert.True(t, reads(p.Content(), "Detected: 14:29"))
	press(w, fyne.KeyReturn)

	entry, _ := f.state.Incident.MilestoneEntry(workflow.Detected)
	assert.Equal(t, "14:29", entry.At.Get().Clock(time.UTC))
	assert.Equal(t, "14:32", f.state.Incident.History(entry.ID)[0].At.Clock(time.UTC))

	at.SetText("half past")
	press(w, fyne.KeyReturn)
	assert.NotEmpty(t, at.Error())
}

func TestTheCommunicationLinesAreDoneWithTimesOrCanBeRecorded(t *testing.T) {
	f, p, _ := assessing(t, 4*time.Minute)
	for _, want := range []string{"Posted in the incident channel", "14:36Z, under 1 min ago, by Sam", "Not yet: status page updated", "On-call notified"} {
		assert.True(t, reads(p.Content(), want), want)
	}
	named[*kit.Button](t, p.Content(), "Record:").Press()
	assert.Equal(t, string(workflow.StatusPageChannel), f.state.Drafts[updateChannel].Text)
	assert.Equal(t, []string{"incident.update"}, f.ran)
}

func TestTheEffectiveFlowAndLevelAreMarked(t *testing.T) {
	f, p, _ := assessing(t, 4*time.Minute)
	assert.True(t, reads(p.Content(), "Hotfix flow: this incident"))
	assert.True(t, reads(p.Content(), "Jane set SEV1: everyone is hit; the system is down; money is at risk."))
	f.as("Jane", f.state.Now, workflow.SetSeverity{Level: "SEV3", Reason: "only the old app"})
	f.Show()
	assert.True(t, reads(p.Content(), "Normal flow: this incident"))
	assert.True(t, reads(p.Content(), "Jane set SEV3: only the old app."))
}

func TestRolesAreTakenGivenAndHandedOver(t *testing.T) {
	f, p, _ := assessing(t, 4*time.Minute)
	named[*kit.Button](t, p.Content(), "I take it").Press()
	assert.Equal(t, workflow.Claim{Role: workflow.Approver}, f.last())
	named[*kit.Button](t, p.Content(), "Hand off").Press()
	assert.Equal(t, []string{"incident.handoff"}, f.ran)
	p.assess.roles.rows[workflow.Fixer].give.Press()
	require.Len(t, f.layers, 1)
	named[*kit.Field](t, f.layers[0].Body, "Who:").SetText("Eve")
	f.layers[0].Default.Press()
	assert.Equal(t, workflow.Claim{Role: workflow.Fixer, Person: "Eve"}, f.last())
}

func TestTriageFitsASmallWindowAtLargeText(t *testing.T) {
	for _, after := range []time.Duration{-1, 4 * time.Minute} {
		d := newShellDesk(t, after, 800, 600)
		prefs := d.shell.State().Prefs
		prefs.Scale = 1.5
		d.shell.SetPrefs(prefs, "")
		d.shell.Go(TriageScreen)
		d.pump()
		room := d.shell.stage.Size().Width
		assert.LessOrEqual(t, kit.LeastWidth(d.shell.pane(TriageScreen).(*triage).stage.Objects[0]), room)
	}
}
