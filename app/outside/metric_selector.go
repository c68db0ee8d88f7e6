package outside

import (
	"maps"
	"strconv"
	"strings"

	dto "github.com/prometheus/client_model/go"
)

// selector names the series of a metric: auth_errors{code="500"}.
type selector struct {
	name   string
	family string // of a number of a histogram or a summary: the name without its end
	part   string // "count", "sum", "bucket"; empty: the value itself
	labels map[string]string
}

// errSelector is what is wrong with a selector.
const errSelector = refusal(`A metric is named like auth_errors or auth_errors{code="500",path="/login"}: labels with =, in quotes.`)

// readSelector reads a selector. Labels are matched letter by letter; there are
// no patterns.
func readSelector(text string) (selector, error) {
	name, rest, labelled := strings.Cut(strings.TrimSpace(text), "{")
	w := selector{name: strings.TrimSpace(name), labels: map[string]string{}}
	if w.name == "" || strings.ContainsAny(w.name, " \t\"=,}") {
		return w, errSelector
	}
	w.family = w.name
	for _, part := range []string{"count", "sum", "bucket"} {
		if base, ok := strings.CutSuffix(w.name, "_"+part); ok && base != "" {
			w.family, w.part = base, part
		}
	}
	if !labelled {
		return w, nil
	}
	for {
		rest = strings.TrimLeft(rest, " ,")
		if after, closed := strings.CutPrefix(rest, "}"); closed {
			if strings.TrimSpace(after) != "" {
				return w, errSelector
			}
			return w, nil
		}
		label, after, ok := strings.Cut(rest, "=")
		label, after = strings.TrimSpace(label), strings.TrimLeft(after, " ")
		quoted, err := strconv.QuotedPrefix(after)
		if !ok || err != nil || label == "" || strings.ContainsAny(label, "!~\"{} ") || quoted[0] != '"' {
			return w, errSelector
		}
		value, err := strconv.Unquote(quoted)
		if err != nil {
			return w, errSelector
		}
		w.labels[label] = value
		rest = after[len(quoted):]
	}
}

// number takes the wanted number out of a series, where its labels match.
type number func(m *dto.Metric, labels map[string]string) (float64, bool)

// partOf says which number of a family is wanted, if any is.
func (w selector) partOf(family string, kind dto.MetricType) (number, bool) {
	whole := kind != dto.MetricType_HISTOGRAM && kind != dto.MetricType_SUMMARY
	switch {
	case family == w.name && whole:
		return simple, true
	case family == w.family && w.part != "" && !whole:
		return compound(w.part), true
	case family == w.name && kind == dto.MetricType_SUMMARY && w.labels["quantile"] != "":
		return quantile, true
	default:
		return nil, false
	}
}

func simple(m *dto.Metric, labels map[string]string) (float64, bool) {
	if !matches(m, labels) {
		return 0, false
	}
	switch {
	case m.Counter != nil:
		return m.Counter.GetValue(), true
	case m.Gauge != nil:
		return m.Gauge.GetValue(), true
	case m.Untyped != nil:
		return m.Untyped.GetValue(), true
	default:
		return 0, false
	}
}

// compound takes a number of a histogram or of a summary.
func compound(part string) number {
	return func(m *dto.Metric, labels map[string]string) (float64, bool) {
		h, s := m.GetHistogram(), m.GetSummary()
		if part == "bucket" {
			return bucket(m, labels)
		}
		switch {
		case !matches(m, labels):
			return 0, false
		case part == "count" && h != nil:
			return float64(h.GetSampleCount()), true
		case part == "sum" && h != nil:
			return h.GetSampleSum(), true
		case part == "count":
			return float64(s.GetSampleCount()), s != nil
		default:
			return s.GetSampleSum(), s != nil
		}
	}
}

// bucket is the one bucket that le names.
func bucket(m *dto.Metric, labels map[string]string) (float64, bool) {
	rest := maps.Clone(labels)
	le, err := strconv.ParseFloat(labels["le"], 64)
	delete(rest, "le")
	if err != nil || !matches(m, rest) {
		return 0, false
	}
	for _, b := range m.GetHistogram().GetBucket() {
		if b.GetUpperBound() == le {
			return float64(b.GetCumulativeCount()), true
		}
	}
	return 0, false
}

// quantile is the one quantile of a summary that is named.
func quantile(m *dto.Metric, labels map[string]string) (float64, bool) {
	rest := maps.Clone(labels)
	q, err := strconv.ParseFloat(labels["quantile"], 64)
	delete(rest, "quantile")
	if err != nil || !matches(m, rest) {
		return 0, false
	}
	for _, v := range m.GetSummary().GetQuantile() {
		if v.GetQuantile() == q {
			return v.GetValue(), true
		}
	}
	return 0, false
}

func matches(m *dto.Metric, labels map[string]string) bool {
	found := 0
	for _, pair := range m.GetLabel() {
		want, asked := labels[pair.GetName()]
		if asked && want != pair.GetValue() {
			return false
		}
		if asked {
			found++
		}
	}
	return found == len(labels)
}
