package main

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/stage"
	"firebreak/workflow"
)

// write puts every construct that the preview knows into the summary, with a
// picture that is attached to the timeline.
func write(s *stage.Stage, folder string) error {
	if err := attach(s, folder); err != nil {
		return err
	}
	in := s.Desk.State().Incident
	sum := ""
	for _, f := range in.Attachments() {
		if f.Image() {
			sum = f.SHA256[:12]
		}
	}
	failed := errors.New("the summary was not written")
	s.Desk.Do(workflow.WriteSection{Section: workflow.SummarySection, Text: rich(sum)}, func(err error) { failed = err })
	s.Pass(time.Second)
	return failed
}

// rich is markdown of every kind, about the sample's own incident.
func rich(sum string) string {
	return strings.NewReplacer("SUM", sum, "'''", "```").Replace(`Every token with a dash was *refused*, so that **nobody** could log in[^who]; see [the runbook](http://runbook.example.com@xn--rnbook-3sa.example/auth).

# What it hit

| Service | Errors | Seen |
| :-- | --: | --- |
| ` + "`auth-api`" + ` | 12,480 | Every login; retries made it worse |
| gateway | 310 | [Timeouts](https://bank.example.com@evil.example/) |

![Errors per minute](attachment:SUM)

> [!WARNING]
> The cache was cold for an hour.

> It was ~~never~~ tested with a dash.

- [x] Rolled forward
- [ ] Pattern tested
  1. with dashes
  2. without
- The pool
  - 100 connections
    - 30 s each

'''go
// valid says whether a token may pass.
func valid(token string) bool {
	return pattern.MatchString(token) // 7 ms
}
'''

'''diff
-pattern: "^[a-z]+$"
+pattern: "^[a-z-]+$"
'''

---

<details>Raw HTML is shown, never run.</details>

[^who]: Some 2,000 people, as ` + "`auth-api`" + ` counted them.
`)
}

// mostTabs is how far something is looked for by keyboard.
const mostTabs = 200

// tabTo goes by keyboard to what has a name, and presses it. In some sizes it is
// not there.
func tabTo(s *stage.Stage, name string) {
	for range mostTabs {
		s.Key(fyne.KeyTab)
		if on, ok := s.Win.Canvas().Focused().(fyne.Accessible); ok && on.AccessibilityLabel() == name {
			s.Key(fyne.KeyReturn)
			return
		}
	}
}
