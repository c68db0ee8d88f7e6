package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"firebreak/app/stage"
	"firebreak/workflow"
)

// shopWay is how production answers after so long since the deploy.
type shopWay func(after time.Duration) (status int, errorsASecond float64)

func failing(time.Duration) (int, float64) { return http.StatusInternalServerError, 11 }

func healed(after time.Duration) (int, float64) {
	return http.StatusOK, max(0, 9-after.Seconds()/20)
}

// relapsed fails once more on its way.
func relapsed(after time.Duration) (int, float64) {
	if after > 60*time.Second && after < 80*time.Second {
		return http.StatusInternalServerError, 14
	}
	return healed(after)
}

// gone cannot be found any more: nobody can tell how it is.
func gone(time.Duration) (int, float64) { return 0, 0 }

// probing adds three probes, watches production from before the deploy, and
// looks for so long after it.
func probing(deployed bool, way shopWay, watched time.Duration) func(*stage.Stage, string) error {
	return func(s *stage.Stage, _ string) error {
		var since time.Time
		total, last := 1200.0, s.Desk.State().Now
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			now := s.Clock.Now()
			status, rate := failing(0)
			if !since.IsZero() {
				status, rate = way(now.Sub(since))
			}
			total, last = total+rate*now.Sub(last).Seconds(), now
			if r.URL.Path == "/metrics" {
				fmt.Fprintf(w, "# TYPE auth_errors counter\nauth_errors %.0f\n", total)
				return
			}
			w.WriteHeader(status)
		}))
		defer server.Close()
		address := server.URL
		ask := func(wants ...workflow.Intent) (failed error) {
			for _, want := range wants {
				s.Desk.Do(want, func(err error) { failed = errors.Join(failed, err) })
				s.Pump()
			}
			return failed
		}
		err := ask(
			workflow.AddProbe{Probe: workflow.Probe{Kind: workflow.HTTPProbe, Name: "Login answers 200", URL: address + "/api/auth/login", Method: "POST", Body: `{"email":"test@example.com"}`, Status: 200}},
			workflow.AddProbe{Probe: workflow.Probe{Kind: workflow.MetricProbe, Name: "Auth errors are decreasing", URL: address + "/metrics", Metric: "auth_errors", Falling: true}},
			workflow.AddProbe{Probe: workflow.Probe{Kind: workflow.PersonProbe, Name: "Log in on the shop with a phone"}},
		)
		if watched == 0 {
			return err
		}
		s.Desk.Watch(true, func(failed error) { err = errors.Join(err, failed) })
		s.Pass(time.Minute)
		if deployed {
			since = s.Clock.Now()
			_ = ask(workflow.Override{Gate: workflow.DeployGate, Reason: "every minute costs orders"})
			err = errors.Join(err, ask(workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v1.2.4"}}))
			if status, _ := way(0); status == 0 {
				server.Close()
				s.Desk.Do(workflow.AddProbe{Probe: workflow.Probe{Kind: workflow.HTTPProbe, Name: "The shop answers", URL: "http://shop.invalid/"}}, nil)
			}
		}
		s.Pass(watched)
		if proven := watched > 5*time.Minute; proven {
			for _, p := range s.Desk.State().Incident.Probes() {
				if p.Kind == workflow.PersonProbe {
					err = errors.Join(err, ask(workflow.RecordCheck{Check: workflow.Check{What: p.Name, Outcome: workflow.CheckPassed}}))
				}
			}
		}
		return err
	}
}
