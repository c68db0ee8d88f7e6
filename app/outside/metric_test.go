package outside_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

const metricsPage = `# HELP auth_errors Logins that failed.
# TYPE auth_errors counter
auth_errors{code="500",path="/login"} 12
auth_errors{code="500",path="/token"} 3
auth_errors{code="401",path="/login \"x\""} 100
# TYPE auth_errors_other gauge
auth_errors_other 7
# TYPE queue gauge
queue -2.5
# TYPE took histogram
took_bucket{le="0.1"} 4
took_bucket{le="+Inf"} 9
took_sum 1.5
took_count 9
# TYPE lag summary
lag{quantile="0.99"} 0.2
lag_sum 8
lag_count 40
untyped_total 5
plain 6
nothing NaN
`

func TestAMetricIsTheSumOfTheSeriesThatMatch(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, metricsPage) })
	for metric, want := range map[string]struct {
		value   float64
		counter bool
	}{
		"auth_errors":                              {115, true},
		`auth_errors{code="500"}`:                  {15, true},
		`auth_errors{path="/login \"x\""}`:         {100, true},
		`auth_errors{ code="500", path="/token" }`: {3, true},
		"auth_errors_other":                        {7, false},
		"queue":                                    {-2.5, false},
		"took_count":                               {9, true},
		"took_sum":                                 {1.5, true},
		`took_bucket{le="0.1"}`:                    {4, true},
		"lag_count":                                {40, true},
		`lag{quantile="0.99"}`:                     {0.2, false},
		"untyped_total":                            {5, true},
		"plain":                                    {6, false},
	} {
		s := look(t, workflow.Probe{Kind: workflow.MetricProbe, URL: url, Metric: metric})
		assert.True(t, s.HasValue, "%s: %s", metric, s.Says)
		assert.InDelta(t, want.value, s.Value, 1e-9, metric)
		assert.Equal(t, want.counter, s.Counter, metric)
		assert.Equal(t, workflow.CheckPassed, s.Outcome, metric)
	}
	for metric, says := range map[string]string{
		"auth_error":               "The page holds no auth_error. Where nothing was counted yet there may be none.",
		`auth_errors{code="404"}`:  "No series of auth_errors on this page has these labels.",
		"took":                     "took is a histogram or a summary: name one number of it, such as took_count or took_sum.",
		"nothing":                  "The value of nothing is NaN, which tells nothing.",
		`auth_errors{code=~"5.*"}`: `A metric is named like auth_errors or auth_errors{code="500",path="/login"}: labels with =, in quotes.`,
	} {
		s := look(t, workflow.Probe{Kind: workflow.MetricProbe, URL: url, Metric: metric})
		assert.Equal(t, workflow.CheckUnknown, s.Outcome, metric)
		assert.Equal(t, says, s.Says)
	}
}

func TestAPageThatIsNoPageOfMetricsIsASentence(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1<<17)
	for name, page := range map[string]struct {
		answer http.HandlerFunc
		says   string
	}{
		"html": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "\n<!doctype html><p>auth_errors 5")
		}, "This page is HTML, not the text format of Prometheus. Its address usually ends with /metrics."},
		"empty":    {func(http.ResponseWriter, *http.Request) {}, "This page holds no metrics in the text format of Prometheus. Its address usually ends with /metrics."},
		"one line": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, long) }, "A line of the page is longer than 64 KB: this is no page of metrics."},
		"a gigabyte": {func(w http.ResponseWriter, _ *http.Request) {
			page := strings.Repeat("other 1\n", 1<<14)
			for range 1 << 13 {
				if _, err := io.WriteString(w, page); err != nil {
					return
				}
			}
		}, "The page of metrics is larger than 32 MB, and was not read to its end."},
		"garbled": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "auth_errors five\n") }, "The lines of auth_errors on this page cannot be read as metrics."},
	} {
		s := look(t, workflow.Probe{Kind: workflow.MetricProbe, URL: serve(t, page.answer), Metric: "auth_errors"})
		assert.Equal(t, workflow.CheckUnknown, s.Outcome, name)
		assert.Equal(t, page.says, s.Says, name)
	}
	gone := look(t, workflow.Probe{Kind: workflow.MetricProbe, URL: serve(t, http.NotFound), Metric: "auth_errors"})
	assert.Equal(t, workflow.CheckFailed, gone.Outcome)
	assert.Equal(t, "The page of metrics answers 404 Not Found.", gone.Says)
}
