package outside

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"firebreak/workflow"
)

// What bounds the reading of a page of metrics. Pages are large, and only the
// lines of one metric are kept of them.
const (
	metricsSize = 32 << 20
	lineSize    = 64 << 10
	keptSize    = 4 << 20
)

// metric reads one value from a page in the text format of Prometheus: the sum
// over all series that the selector matches.
func (c *caller) metric(ctx context.Context, p workflow.Probe, limit time.Duration) workflow.Sample {
	want, err := readSelector(p.Metric)
	if err != nil {
		return unknown(err.Error())
	}
	got, fault := c.call(ctx, p, limit)
	if fault != nil {
		return *fault
	}
	defer got.body.Close()
	if got.status < 200 || got.status > 299 {
		return failed(fmt.Sprint(got.status), fmt.Sprintf("The page of metrics answers %s.", statusWords(got.status)))
	}
	lines, err := linesOf(got, want)
	var says refusal
	switch {
	case errors.As(err, &says):
		return unknown(says.Error())
	case err != nil:
		c.transport.CloseIdleConnections()
		return callFault(err, true, limit)
	}
	return want.value(lines)
}

const (
	noMetrics = refusal("This page holds no metrics in the text format of Prometheus. Its address usually ends with /metrics.")
	isHTML    = refusal("This page is HTML, not the text format of Prometheus. Its address usually ends with /metrics.")
	tooLarge  = refusal("The page of metrics is larger than 32 MB, and was not read to its end.")
	longLine  = refusal("A line of the page is longer than 64 KB: this is no page of metrics.")
	tooMany   = refusal("Too many series match. Name labels, such as auth_errors{code=\"500\"}.")
)

// linesOf reads a page line by line and keeps those that are about the metric.
func linesOf(got answer, want selector) ([]byte, error) {
	if strings.Contains(got.kind, "text/html") {
		return nil, isHTML
	}
	limited := &io.LimitedReader{R: got.body, N: metricsSize}
	lines := bufio.NewScanner(limited)
	lines.Buffer(make([]byte, 0, 16<<10), lineSize)
	var kept bytes.Buffer
	some := false
	for lines.Scan() {
		line := bytes.TrimLeft(lines.Bytes(), " \t")
		if !some && len(line) > 0 {
			if some = true; line[0] == '<' {
				return nil, isHTML
			}
		}
		if want.about(line) {
			if kept.Len()+len(line) > keptSize {
				return nil, tooMany
			}
			kept.Write(line)
			kept.WriteByte('\n')
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, longLine
	case err != nil:
		return nil, err
	case limited.N == 0:
		return nil, tooLarge
	case !some:
		return nil, noMetrics
	}
	return kept.Bytes(), nil
}

// about says whether a line belongs to the metric: a value of it, or its type.
func (w selector) about(line []byte) bool {
	if rest, comment := bytes.CutPrefix(line, []byte("#")); comment {
		words := bytes.Fields(rest)
		return len(words) > 2 && string(words[0]) == "TYPE" && (string(words[1]) == w.name || string(words[1]) == w.family)
	}
	if rest, quoted := bytes.CutPrefix(line, []byte(`{"`)); quoted { // a name of any letters stands among the labels
		return bytes.HasPrefix(rest, []byte(w.family))
	}
	end := bytes.IndexAny(line, "{ \t")
	if end < 0 {
		return false
	}
	name := string(line[:end])
	for _, end := range []string{"_count", "_sum", "_bucket"} { // of a histogram, which is read as a whole
		if base, is := strings.CutSuffix(name, end); is && (base == w.family || base == w.name) {
			return true
		}
	}
	return name == w.name || name == w.family
}

// value is the sum over the series of kept lines that the selector matches.
func (w selector) value(lines []byte) workflow.Sample {
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(lines))
	sum, found, counter := 0.0, 0, false
	for name, family := range families {
		part, mine := w.partOf(name, family.GetType())
		if !mine {
			continue
		}
		for _, m := range family.GetMetric() {
			v, ok := part(m, w.labels)
			if ok {
				sum, found = sum+v, found+1
				counter = counter || w.grows(name, family.GetType())
			}
		}
	}
	if found == 0 && err != nil {
		return unknown("The lines of " + w.name + " on this page cannot be read as metrics.")
	}
	if found == 0 {
		return unknown(w.notFound(families))
	}
	if math.IsInf(sum, 0) || math.IsNaN(sum) {
		return unknown(fmt.Sprintf("The value of %s is %v, which tells nothing.", w.name, sum))
	}
	s := passed("")
	s.Value, s.HasValue, s.Counter = sum, true, counter
	return s
}

func (w selector) notFound(families map[string]*dto.MetricFamily) string {
	for name, family := range families {
		if name != w.name || len(family.GetMetric()) == 0 {
			continue
		}
		switch family.GetType() {
		case dto.MetricType_HISTOGRAM, dto.MetricType_SUMMARY:
			return fmt.Sprintf("%s is a histogram or a summary: name one number of it, such as %s_count or %s_sum.", name, name, name)
		default:
			return "No series of " + w.name + " on this page has these labels."
		}
	}
	return "The page holds no " + w.name + ". Where nothing was counted yet there may be none."
}

// grows says whether values of a family only ever grow.
func (w selector) grows(family string, kind dto.MetricType) bool {
	switch kind {
	case dto.MetricType_COUNTER:
		return true
	case dto.MetricType_HISTOGRAM, dto.MetricType_SUMMARY:
		return w.part == "count" || w.part == "sum" || w.part == "bucket"
	case dto.MetricType_UNTYPED:
		return w.part != "" || strings.HasSuffix(family, "_total")
	default:
		return false
	}
}
