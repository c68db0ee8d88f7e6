package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"

	"firebreak/app/outside"
	"firebreak/app/session"
	"firebreak/workflow"
)

// What is looked at: ten probes, one look of each every second.
const (
	probesWatched = 10
	probesFor     = 20 * time.Second
	probesTurns   = 3
	// shopVariable makes this program the production that is looked at, so that
	// its work is not counted.
	shopVariable = "FIREBREAK_BENCH_SHOP"
)

// measureProbes takes the processor time of looking at production.
func measureProbes(b bench) ([]number, error) {
	address, stop, err := openShop(b)
	if err != nil {
		return nil, err
	}
	defer stop()
	var shares []float64
	for range probesTurns {
		share, err := watchShop(b, address)
		if err != nil {
			return nil, err
		}
		shares = append(shares, share)
	}
	return []number{{
		what: "ten probes at one look a second, in % of a core", ratios: shares, target: 1,
		how: fmt.Sprintf("processor time of this program over the time that passed, %s each; production is another program on loopback", probesFor),
	}}, nil
}

// openShop starts the production.
func openShop(b bench) (address string, stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, err
	}
	cmd := exec.CommandContext(b.ctx, self)
	cmd.Env = append(os.Environ(), shopVariable+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	stop = func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		return "", nil, err
	}
	return "http://" + line[:len(line)-1], stop, nil
}

// serveShop is the production: a page, and a page of metrics.
func serveShop() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(listener.Addr())
	var page []byte
	for i := range 500 {
		page = fmt.Appendf(page, "# TYPE other_%d counter\nother_%d{code=\"500\"} %d\n", i, i, i)
	}
	page = append(page, "# TYPE auth_errors counter\nauth_errors 12\n"...)
	_ = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/metrics" {
			_, _ = w.Write(page)
		}
	}))
}

// watchShop looks for a while, as the desk does, and answers the share of a core.
func watchShop(b bench, address string) (float64, error) {
	clock := session.WallClock{}
	prober := outside.NewProber(clock.Now, outside.Runner{Steady: clock.Steady}.Run)
	series := make([]workflow.Series, probesWatched)
	for i := range series {
		p := workflow.Probe{ID: fmt.Sprint(i), Name: fmt.Sprint("Probe ", i), Kind: workflow.HTTPProbe, URL: address + "/login", Method: "POST", Body: "{}", Status: 200}
		if i%2 == 1 {
			p = workflow.Probe{ID: fmt.Sprint(i), Name: fmt.Sprint("Probe ", i), Kind: workflow.MetricProbe, URL: address + "/metrics", Metric: "auth_errors", Falling: true}
		}
		series[i] = workflow.NewSeries(p, time.Second, 5*time.Minute).Since(clock.Now().Add(-time.Second))
	}
	began := clock.Steady()
	before, err := spent()
	if err != nil {
		return 0, err
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for clock.Steady()-began < probesFor {
		var looks sync.WaitGroup
		for i := range series {
			looks.Go(func() {
				series[i] = series[i].With(prober.Look(b.ctx, workflow.LookOrder{Probe: series[i].Probe()}))
			})
		}
		looks.Wait()
		select {
		case <-tick.C:
		case <-b.ctx.Done():
			return 0, b.ctx.Err()
		}
	}
	for _, s := range series {
		if last, _ := s.Last(); last.Outcome != workflow.CheckPassed {
			return 0, fmt.Errorf("a look did not work: %s", last.Says)
		}
	}
	after, err := spent()
	return 100 * float64(after-before) / float64(clock.Steady()-began), err
}
