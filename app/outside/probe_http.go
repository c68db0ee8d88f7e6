package outside

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"firebreak/workflow"
)

// What bounds a call, whatever the other side does.
const (
	pageSize   = 1 << 20 // of an answer that is read, after it was unpacked
	headSize   = 64 << 10
	redirects  = 10
	idleFor    = 30 * time.Second
	idlePer    = 2
	agent      = "firebreak-probe"
	strangeEnd = "…"
)

// caller makes HTTP calls. Connections are kept for a moment, so that a look a
// second costs next to nothing; a look that fails begins with a new one.
type caller struct{ transport *http.Transport }

func newCaller() *caller {
	return &caller{&http.Transport{
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: headSize,
		MaxIdleConnsPerHost: idlePer, MaxIdleConns: 32, IdleConnTimeout: idleFor, DisableCompression: false,
	}}
}

// answer is what came back: the status, and the body that is still to be read.
type answer struct {
	status int
	kind   string // content type
	body   io.ReadCloser
}

// errElsewhere ends a redirect to a host that the probe does not name.
type errElsewhere struct{ host string }

func (e errElsewhere) Error() string { return "redirect to " + e.host }

var errCircle = errors.New("too many redirects")

// call sends a probe's request. What went wrong is a sample: failed when the
// host gave it, unknown when nothing reached the host.
func (c *caller) call(ctx context.Context, p workflow.Probe, limit time.Duration) (answer, *workflow.Sample) {
	var reached atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn:      func(httptrace.GotConnInfo) { reached.Store(true) },
		ConnectDone:  func(_, _ string, err error) { reached.Store(reached.Load() || err == nil) },
		WroteRequest: func(httptrace.WroteRequestInfo) { reached.Store(true) },
	})
	method := p.Method
	if method == "" {
		method = http.MethodGet
		if p.Body != "" {
			method = http.MethodPost
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, p.URL, bytes.NewReader([]byte(p.Body)))
	if err != nil {
		s := unknown("This address cannot be called. Write a whole one, such as https://api.example.com/health.")
		return answer{}, &s
	}
	if p.Body == "" {
		request.Body, request.ContentLength = http.NoBody, 0
	}
	setHeaders(request, p)
	client := http.Client{Transport: c.transport, CheckRedirect: follow(p)}
	response, err := client.Do(request)
	if err != nil {
		c.transport.CloseIdleConnections()
		s := callFault(err, reached.Load(), limit)
		return answer{}, &s
	}
	return answer{response.StatusCode, response.Header.Get("Content-Type"), response.Body}, nil
}

func setHeaders(request *http.Request, p workflow.Probe) {
	request.Header.Set("User-Agent", agent)
	if p.Kind == workflow.MetricProbe {
		request.Header.Set("Accept", "text/plain;version=0.0.4")
	}
	if text := strings.TrimSpace(p.Body); text != "" {
		kind := "application/x-www-form-urlencoded" // as curl -d does
		if text[0] == '{' || text[0] == '[' {
			kind = "application/json"
		}
		request.Header.Set("Content-Type", kind)
	}
	for _, line := range p.Headers {
		name, value, _ := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch {
		case strings.EqualFold(name, "host"):
			request.Host = value
		case strings.EqualFold(name, "accept-encoding"): // we unpack what we read, so we ask for it ourselves
		default:
			request.Header.Set(name, value)
		}
	}
}

// follow lets a redirect lead on the same host, also from http to https. A
// probe that expects a redirect as its answer gets it.
func follow(p workflow.Probe) func(*http.Request, []*http.Request) error {
	return func(next *http.Request, before []*http.Request) error {
		switch {
		case p.Status >= 300 && p.Status < 400:
			return http.ErrUseLastResponse
		case !strings.EqualFold(next.URL.Hostname(), before[0].URL.Hostname()):
			return errElsewhere{next.URL.Host}
		case before[len(before)-1].URL.Scheme == "https" && next.URL.Scheme != "https":
			return errElsewhere{next.URL.Scheme + "://" + next.URL.Host}
		case len(before) > redirects:
			return errCircle
		}
		return nil
	}
}

// page judges an answer by its status and its text.
func (c *caller) page(ctx context.Context, p workflow.Probe, limit time.Duration) workflow.Sample {
	got, fault := c.call(ctx, p, limit)
	if fault != nil {
		return *fault
	}
	defer got.body.Close()
	text, err := io.ReadAll(io.LimitReader(got.body, pageSize))
	status := strconv.Itoa(got.status)
	if err != nil {
		c.transport.CloseIdleConnections()
		s := callFault(err, true, limit)
		s.Answer = status + strangeEnd
		return s
	}
	switch {
	case p.Status != 0 && got.status != p.Status:
		return failed(status, fmt.Sprintf("It answers %s, not %d.", statusWords(got.status), p.Status))
	case p.Status == 0 && (got.status < 200 || got.status > 299):
		return failed(status, fmt.Sprintf("It answers %s.", statusWords(got.status)))
	case p.Text != "" && !bytes.Contains(text, []byte(p.Text)):
		says := "The answer does not hold the text that it must."
		if len(text) == pageSize {
			says = "The first megabyte of the answer does not hold the text that it must; the rest was not read."
		}
		return failed(status, says)
	}
	return passed(status)
}

// statusWords is a status as people know it: "500 Internal Server Error".
func statusWords(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}
