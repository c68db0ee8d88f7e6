package outside_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/outside"
	"firebreak/workflow"
)

func newProber() *outside.Prober {
	return outside.NewProber(time.Now, outside.Runner{Steady: func() time.Duration { return 0 }}.Run)
}

func serve(t *testing.T, answer http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.CloseClientConnections)
	t.Cleanup(server.Close)
	return server.URL
}

func look(t *testing.T, p workflow.Probe, values ...string) workflow.Sample {
	t.Helper()
	p.ID = "x"
	if p.Kind == "" {
		p.Kind = workflow.HTTPProbe
	}
	typed := map[string]string{}
	for i := 0; i+1 < len(values); i += 2 {
		typed[values[i]] = values[i+1]
	}
	s := newProber().Look(t.Context(), workflow.LookOrder{Probe: p, Values: typed, Folder: t.TempDir()})
	assert.Equal(t, workflow.ProbeID("x"), s.Probe)
	assert.False(t, s.At.IsZero())
	if s.Outcome != workflow.CheckPassed {
		assert.Regexp(t, `^["\pL\d$].{8,}\.$`, s.Says, "a sentence")
	}
	return s
}

func TestALookSendsWhatThePersonTypedAndJudgesTheAnswer(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != "POST" || string(body) != `{"email":"a"}` || r.Header.Get("Authorization") != "Bearer abc" || r.Header.Get("Content-Type") != "application/json" {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		fmt.Fprint(w, "all well")
	})
	p := workflow.Probe{URL: url + "/login", Method: "POST", Body: `{"email":"a"}`, Headers: []string{"Authorization: Bearer $FIREBREAK_TOKEN"}, Status: 200, Text: "well"}
	s := look(t, p, "FIREBREAK_TOKEN", "abc")
	assert.Equal(t, workflow.CheckPassed, s.Outcome, s.Says)
	assert.Equal(t, "200", s.Answer)
	assert.True(t, s.HasValue, "how long it took is drawn")

	s = look(t, p, "FIREBREAK_TOKEN", "other")
	assert.Equal(t, workflow.CheckFailed, s.Outcome)
	assert.Equal(t, "418", s.Answer)
	assert.Equal(t, "It answers 418 I'm a teapot, not 200.", s.Says)

	s = look(t, p)
	assert.Equal(t, workflow.CheckUnknown, s.Outcome, "nothing was asked")
	assert.Contains(t, s.Says, "$FIREBREAK_TOKEN is not set")

	p.Text = "ill"
	assert.Equal(t, "The answer does not hold the text that it must.", look(t, p, "FIREBREAK_TOKEN", "abc").Says)
	p.Text, p.Within = "", time.Nanosecond
	assert.Contains(t, look(t, p, "FIREBREAK_TOKEN", "abc").Says, "longer than 1ns")
}

func TestWhateverTheOtherSideDoesALookEnds(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("x", 1<<16)
	never := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	trickles := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			fmt.Fprint(w, "x")
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
	var sent atomic.Int64
	huge := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		for range 1 << 14 { // 1 GB
			n, err := io.WriteString(w, big)
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	})
	bomb := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		zip := gzip.NewWriter(w)
		for range 1 << 14 {
			if _, err := io.WriteString(zip, big); err != nil {
				return
			}
		}
		_ = zip.Close()
	})
	circle := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusFound) })
	away := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://elsewhere.example/?token=abc", http.StatusFound)
	})
	cut := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, "half")
	})
	limit := 200 * time.Millisecond
	for name, want := range map[string]struct {
		p      workflow.Probe
		answer string
		says   string
	}{
		"never answers":     {workflow.Probe{URL: never, Limit: limit}, "no answer", "It did not answer within 200ms."},
		"trickles":          {workflow.Probe{URL: trickles, Limit: limit}, "200…", "It did not answer within 200ms."},
		"redirects forever": {workflow.Probe{URL: circle}, "redirects", "It redirects more than 10 times."},
		"redirects away":    {workflow.Probe{URL: away}, "redirect", "It redirects to elsewhere.example, which this probe does not name. Nothing was sent there. Write that address if it is the right one."},
		"sends a gigabyte":  {workflow.Probe{URL: huge, Text: "y"}, "200", "The first megabyte of the answer does not hold the text that it must; the rest was not read."},
		"a bomb":            {workflow.Probe{URL: bomb, Text: "y"}, "200", "The first megabyte of the answer does not hold the text that it must; the rest was not read."},
		"is cut off":        {workflow.Probe{URL: cut}, "200…", "It closed the connection before its answer was complete."},
	} {
		s := look(t, want.p)
		assert.Equal(t, workflow.CheckFailed, s.Outcome, name)
		assert.Equal(t, want.answer, s.Answer, name)
		assert.Equal(t, want.says, s.Says, name)
	}
	assert.Less(t, sent.Load(), int64(64<<20), "what is not read is not sent either")
	assert.Equal(t, workflow.CheckPassed, look(t, workflow.Probe{URL: circle, Status: 302}).Outcome, "a redirect can be the answer that is expected")
}

func TestANetworkThatIsDownIsUnknownAndARefusalIsFailed(t *testing.T) {
	t.Parallel()
	closed := serve(t, func(http.ResponseWriter, *http.Request) {})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	gone := listener.Addr().String()
	require.NoError(t, listener.Close())
	s := look(t, workflow.Probe{URL: "http://" + gone})
	assert.Equal(t, workflow.CheckFailed, s.Outcome)
	assert.Equal(t, "The host refuses the connection: nothing listens there.", s.Says)

	for says, fault := range map[string]error{
		"The network does not reach that host from here.":                        &net.OpError{Op: "dial", Err: syscall.ENETUNREACH},
		"No such host is known here: its name is wrong, or the network is down.": &net.DNSError{Err: "no such host", Name: "api.example.com", IsNotFound: true},
		"The name of the host could not be looked up: the network may be down.":  &net.DNSError{Err: "server misbehaving", Name: "api.example.com"},
		"No connection within 300ms: the network may be down, or the host.":      context.DeadlineExceeded,
		"It could not be called from here.":                                      io.ErrClosedPipe,
		"The proxy of this machine's environment cannot be reached.":             &net.OpError{Op: "proxyconnect", Err: syscall.ECONNREFUSED},
	} {
		p := newProber()
		outside.DialWith(p, func(context.Context, string, string) (net.Conn, error) { return nil, fault })
		s := p.Look(t.Context(), workflow.LookOrder{Probe: workflow.Probe{Kind: workflow.HTTPProbe, URL: closed, Limit: 300 * time.Millisecond}})
		assert.Equal(t, workflow.CheckUnknown, s.Outcome, says)
		assert.Equal(t, says, s.Says)
	}
}

func TestACertificateThatIsWrongFailsAndSaysHow(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(server.Close)
	server.Config.ErrorLog = nil
	s := look(t, workflow.Probe{URL: server.URL})
	assert.Equal(t, workflow.CheckFailed, s.Outcome)
	assert.Equal(t, "The certificate was signed by an authority that this machine does not know.", s.Says)

	p := newProber()
	outside.TrustOf(p, server, "wrong.example")
	s = p.Look(t.Context(), workflow.LookOrder{Probe: workflow.Probe{Kind: workflow.HTTPProbe, URL: server.URL}})
	assert.Equal(t, "The certificate is made out for another name than this host's.", s.Says)
	outside.TrustAt(p, server, time.Now().AddDate(200, 0, 0))
	s = p.Look(t.Context(), workflow.LookOrder{Probe: workflow.Probe{Kind: workflow.HTTPProbe, URL: server.URL}})
	assert.Equal(t, "The certificate has expired, or is not valid yet by this machine's clock.", s.Says)

	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	s = look(t, workflow.Probe{URL: "https" + strings.TrimPrefix(plain, "http")})
	assert.Equal(t, "It does not speak HTTPS at this address.", s.Says)
}

func TestACommandIsWellWhenItExitsWithNothing(t *testing.T) {
	t.Parallel()
	command := func(run string, limit time.Duration) workflow.Sample {
		return look(t, workflow.Probe{Kind: workflow.CommandProbe, Run: run, Limit: limit})
	}
	assert.Equal(t, workflow.CheckPassed, command("true", 0).Outcome)
	s := command("sh -c 'echo secret; exit 3'", 0)
	assert.Equal(t, "exit 3", s.Answer)
	assert.Equal(t, "It exits with 3.", s.Says, "what it prints is nobody's business")
	assert.Equal(t, "It did not end within 100ms.", command("sleep 60", 100*time.Millisecond).Says)
	assert.Equal(t, workflow.CheckUnknown, command("no-such-program", 0).Outcome)
	assert.Equal(t, workflow.CheckUnknown, command("true | false", 0).Outcome, "no shell unless the playbook says so")
}
