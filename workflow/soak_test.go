package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

var (
	loginProbe = workflow.Probe{ID: "login", Name: "Login answers 200", Kind: workflow.HTTPProbe, URL: "https://api.example.com/login", Status: 200}
	errorProbe = workflow.Probe{ID: "errors", Name: "Errors fall", Kind: workflow.MetricProbe, URL: "https://api.example.com/metrics", Metric: "auth_errors"}
)

// deployAt is the moment of the deploy in these tests.
var deployAt = alert.Add(26 * time.Minute)

// soaking plays looks: "+" is well, "-" failed, "?" nobody can tell, "z" sleeps
// for an hour; each five seconds after the one before, from the deploy on.
func soaking(looks string) workflow.Series {
	s := workflow.NewSeries(loginProbe, 5*time.Second, 30*time.Second).Since(deployAt)
	at := deployAt
	for _, c := range looks {
		sample := workflow.Sample{Probe: "login", At: at, Answer: "200", Outcome: workflow.CheckPassed}
		switch c {
		case 'z':
			at = at.Add(time.Hour)
			continue
		case '-':
			sample.Outcome, sample.Answer = workflow.CheckFailed, "500"
		case '?':
			sample.Outcome, sample.Answer = workflow.CheckUnknown, "unknown"
		}
		s = s.With(sample)
		at = at.Add(5 * time.Second)
	}
	return s
}

func TestASoakCountsOnlyWhatWasSeen(t *testing.T) {
	t.Parallel()
	for looks, want := range map[string]struct {
		seconds int
		proven  bool
		again   int
	}{
		"":                {0, false, 0},
		"+":               {0, false, 0},
		"++":              {5, false, 0},
		"+++++++":         {30, true, 0},
		"++++++-":         {0, false, 1},
		"+++-+++":         {10, false, 1},
		"-+++":            {10, false, 0},
		"---":             {0, false, 0},
		"+++?+++":         {20, false, 0}, // the time around what nobody could tell does not count
		"+++????+++":      {20, false, 0},
		"+++z+++":         {20, false, 0}, // neither does that of a laptop that slept
		"+-+-+-":          {0, false, 3},
		"+++++++-":        {0, false, 1}, // also after it was proven
		"?":               {0, false, 0},
		"++?++?++?++":     {20, false, 0},
		"+++++++++++++++": {70, true, 0},
	} {
		s := soaking(looks)
		assert.Equal(t, time.Duration(want.seconds)*time.Second, s.Soaked(), looks)
		assert.Equal(t, want.proven, s.Proven(), looks)
		assert.Equal(t, want.again, s.Again(), looks)
		assert.Equal(t, max(0, 30*time.Second-s.Soaked()), s.Left(), looks)
	}
}

func TestASlowAnswerIsNoHole(t *testing.T) {
	t.Parallel()
	s := workflow.NewSeries(loginProbe, time.Second, time.Minute).Since(deployAt)
	at := deployAt
	for range 5 {
		s = s.With(workflow.Sample{At: at, Took: 9 * time.Second, Outcome: workflow.CheckPassed})
		at = at.Add(10 * time.Second)
	}
	assert.Equal(t, 40*time.Second, s.Soaked())
}

func TestASeriesIsAValueAndForgetsWhatIsOld(t *testing.T) {
	t.Parallel()
	s := soaking("+++")
	a := s.With(workflow.Sample{At: deployAt.Add(15 * time.Second), Outcome: workflow.CheckFailed, Answer: "a"})
	b := s.With(workflow.Sample{At: deployAt.Add(15 * time.Second), Outcome: workflow.CheckPassed, Answer: "b"})
	assert.Equal(t, "a", a.Now())
	assert.Equal(t, "b", b.Now())
	assert.Len(t, s.Looks(), 3)
	for i := range 2000 {
		s = s.With(workflow.Sample{At: deployAt.Add(time.Duration(20+5*i) * time.Second), Outcome: workflow.CheckPassed})
	}
	assert.LessOrEqual(t, len(s.Looks()), 360)
	assert.Greater(t, s.Soaked(), 2*time.Hour, "what was counted stays counted")
}

func TestADeployRecordedLaterIsJudgedOverWhatWasSeen(t *testing.T) {
	t.Parallel()
	s := workflow.NewSeries(loginProbe, 5*time.Second, 30*time.Second)
	for i, answer := range []string{"500", "500", "200", "200", "200"} {
		outcome := workflow.CheckPassed
		if answer == "500" {
			outcome = workflow.CheckFailed
		}
		s = s.With(workflow.Sample{At: deployAt.Add(time.Duration(5*i) * time.Second), Answer: answer, Outcome: outcome})
	}
	assert.Zero(t, s.Soaked(), "before a deploy nothing is proven")
	s = s.Since(deployAt.Add(10 * time.Second))
	assert.Equal(t, 10*time.Second, s.Soaked())
	assert.Equal(t, "500", s.Before())
	assert.Equal(t, "200", s.Now())
}

// measuring plays the values of a metric, five seconds apart, the first n of
// them before the deploy.
func measuring(p workflow.Probe, counter bool, before int, values ...float64) (verdicts string, last workflow.Look) {
	s := workflow.NewSeries(p, 5*time.Second, time.Minute).Since(deployAt)
	for i, v := range values {
		at := deployAt.Add(time.Duration(5*(i-before)) * time.Second)
		s = s.With(workflow.Sample{At: at, Outcome: workflow.CheckPassed, Value: v, HasValue: true, Counter: counter})
		last, _ = s.Last()
		verdicts += map[workflow.Outcome]string{workflow.CheckPassed: "+", workflow.CheckFailed: "-", workflow.CheckUnknown: "?"}[last.Verdict]
	}
	return verdicts, last
}

func TestWhatAMetricMeansDependsOnTheLooksBefore(t *testing.T) {
	t.Parallel()
	falling, below, both := errorProbe, errorProbe, errorProbe
	falling.Falling, below.Below = true, "5"
	both.Falling, both.Below = true, "5"
	for name, c := range map[string]struct {
		p       workflow.Probe
		counter bool
		before  int
		values  []float64
		want    string
	}{
		"a gauge is below or not":               {below, false, 0, []float64{9, 5, 4.9, 0, 5}, "--++-"},
		"a gauge falls":                         {falling, false, 0, []float64{10, 9, 8, 8, 3, 0}, "?+++++"},
		"a gauge that stays has not fallen":     {falling, false, 0, []float64{10, 10, 10, 9.8}, "????"},
		"a gauge rises above its first":         {falling, false, 0, []float64{10, 12}, "?-"},
		"a gauge rises again":                   {falling, false, 0, []float64{10, 4, 6, 6, 5}, "?+-++"},
		"a wobble of a twentieth is none":       {falling, false, 0, []float64{10, 4, 4.4, 4.1}, "?+++"},
		"nothing is as low as it goes":          {falling, false, 0, []float64{0, 0, 0}, "+++"},
		"before the deploy it says nothing":     {falling, false, 4, []float64{5, 5, 4, 6}, "????"},
		"what was before does not count after":  {falling, false, 2, []float64{30, 40, 10, 9}, "???+"},
		"a counter that stands still":           {falling, true, 0, []float64{100, 100, 100}, "?++"},
		"a counter that grows as before":        {falling, true, 0, []float64{100, 150, 200, 250}, "????"},
		"a counter that grows less":             {falling, true, 0, []float64{100, 200, 220, 230, 230}, "??+++"},
		"a counter that grows more":             {falling, true, 0, []float64{100, 110, 180}, "??-"},
		"a counter that began again at nothing": {below, true, 0, []float64{1000, 1010, 4, 4}, "?+++"},
		"a counter's rate is below":             {below, true, 0, []float64{1000, 1100, 1105}, "?--"},
		"both must hold":                        {both, false, 0, []float64{10, 6, 4, 3}, "--++"},
	} {
		got, _ := measuring(c.p, c.counter, c.before, c.values...)
		assert.Equal(t, c.want, got, name)
	}
	_, last := measuring(falling, true, 0, 100000, 100300, 100330)
	assert.Equal(t, "33/s", last.Words, "over the last minute")
	assert.Equal(t, "100,330 in all", last.InAll())
	_, last = measuring(below, false, 0, 9.25)
	assert.Equal(t, "9.25 is not below 5.", last.Why)
}

func TestTheWordsOfAProbeAreFew(t *testing.T) {
	t.Parallel()
	s := under(t, func(p *workflow.Playbook) { p.Work.SoakFor = time.Minute }).do(workflow.AddProbe{Probe: loginProbe})
	s.do(workflow.Override{Gate: workflow.DeployGate, Reason: "now"})
	series := s.in.SeriesFor(loginProbe)
	look := func(c rune) {
		s.now = s.now.Add(5 * time.Second)
		sample := workflow.Sample{Probe: "login", At: s.now, Answer: "200", Outcome: workflow.CheckPassed}
		if c == '-' {
			sample.Outcome, sample.Answer = workflow.CheckFailed, "500"
		}
		if c == '?' {
			sample.Outcome = workflow.CheckUnknown
		}
		series = series.For(s.in, loginProbe).With(sample)
		if check, worth := s.in.WordOf(series); worth {
			s.do(workflow.RecordCheck{Check: check})
			s.refuses(workflow.RecordCheck{Check: check}, "check.same")
		}
	}
	play := func(looks string) (said []string) {
		had := len(s.in.Proof.Checks)
		for _, c := range looks {
			look(c)
		}
		for _, c := range s.in.Proof.Checks[had:] {
			said = append(said, string(c.Outcome)+" "+c.Before+"/"+c.After)
		}
		return said
	}
	assert.Equal(t, []string{"failed 500/"}, play("?---"))
	s.do(workflow.RecordDeploy{})
	assert.Equal(t, []string{"failed 500/500"}, play("--"), "the fix did not help yet")
	assert.Equal(t, []string(nil), play("+-+-+-+-"), "what flickers is told once")
	assert.Equal(t, []string{"passed 500/200"}, play("+++"))
	assert.Equal(t, "Watch production: Login answers 200 must stay green for 1 minute", s.in.Find(workflow.FixVerified).Missing)
	assert.Equal(t, []string{"passed 500/200"}, play("+++++++++++++"), "the end of the soak")
	assert.True(t, s.in.Holds(workflow.FixVerified))
	assert.Equal(t, "Verified fix in production", s.last().Text.Get())
	assert.Contains(t, s.in.Find(workflow.FixVerified).Says, "Login answers 200, green for 1 minute, seen by Jane")
	assert.Contains(t, s.in.Draft(workflow.VerificationSection), "- Login answers 200: passed (green for 1 minute; try 2; before 500, after 200)")

	assert.Equal(t, []string{"failed 500/500"}, play("-"))
	assert.Equal(t, workflow.Verifying, s.in.Stage(), "a later failure opens it again")
	s.refuses(workflow.GiveAllClear{}, "gate.closed")
	s.do(workflow.DropProbe{ID: "login", Reason: "another service"}, checked("login", workflow.CheckPassed))
	assert.True(t, s.in.Holds(workflow.FixVerified), "what was dropped does not count")
}

func TestWhatIsMissingSaysHowFarTheSoakIs(t *testing.T) {
	t.Parallel()
	s := shipped(t).do(workflow.AddProbe{Probe: loginProbe})
	missing := func(now workflow.Soaking) string {
		return s.in.Watched(map[workflow.ProbeID]workflow.Soaking{"login": now}).Find(workflow.FixVerified).Missing
	}
	assert.Equal(t, "Login answers 200: green for 2 min of 5", missing(workflow.Soaking{Outcome: workflow.CheckPassed, Green: 130 * time.Second}))
	assert.Equal(t, "Login answers 200: failed, it answers 500", missing(workflow.Soaking{Outcome: workflow.CheckFailed, Says: "It answers 500."}))
	assert.Equal(t, "Login answers 200: nobody can tell, the network is down", missing(workflow.Soaking{Outcome: workflow.CheckUnknown, Says: "The network is down."}))
	assert.NotEqual(t, s.in.Revision(), s.in.Watched(map[workflow.ProbeID]workflow.Soaking{"login": {}}).Revision(), "a screen notices")
	assert.Equal(t, s.in.Revision(), s.in.Watched(nil).Revision())
}
