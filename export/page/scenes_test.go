package page_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/export"
	"firebreak/export/page"
	"firebreak/workflow"
)

func standard(t testing.TB) workflow.Playbook {
	t.Helper()
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	return p
}

// player decides intents one after the other, as the desk would.
type player struct {
	t   testing.TB
	in  workflow.Incident
	now time.Time
	ids int
}

func newPlayer(t testing.TB) *player {
	return &player{t: t, in: workflow.Fold("incident-1", nil), now: sample.Alert()}
}

func (p *player) decide(actor string, want workflow.Intent) error {
	events, err := workflow.Decide(p.in, want, workflow.Env{
		Now: p.now, Zone: time.UTC, Actor: actor, Device: "device-1",
		NewID: func() workflow.EventID { p.ids++; return workflow.EventID(fmt.Sprintf("event-%06d", p.ids)) },
	})
	if err == nil {
		p.in = p.in.With(events...)
	}
	return err
}

func (p *player) do(wants ...workflow.Intent) {
	p.t.Helper()
	for _, want := range wants {
		require.NoError(p.t, p.decide("Jane", want), "%T", want)
	}
}

// try plays what the workflow lets through; refusing is its own matter.
func (p *player) try(wants ...workflow.Intent) {
	for _, want := range wants {
		_ = p.decide("Jane", want)
	}
}

func played(t testing.TB, until time.Duration) workflow.Incident {
	p := newPlayer(t)
	for _, s := range sample.Script(standard(t), sample.Alert()) {
		if s.After > until {
			break
		}
		p.now = sample.Alert().Add(s.After)
		var want workflow.Intent = workflow.RecordIncrement{ID: "0015-hotfix-auth-outage", Root: "/srv/shop", Path: ".specweave/increments/0015-hotfix-auth-outage", Type: "hotfix"}
		if !s.Increment {
			want = s.Want(p.in)
		}
		require.NoError(t, p.decide(s.Actor, want))
	}
	return p.in
}

func wholeSample(t testing.TB) workflow.Incident { return played(t, 24*time.Hour) }

func on(day, clock string) workflow.Stamp {
	at, err := time.Parse("2006-01-02 15:04", day+" "+clock)
	if err != nil {
		panic(err)
	}
	return workflow.StampAt(at, time.UTC)
}

func about(at workflow.Stamp) workflow.Stamp {
	at.Sure = workflow.About
	return at
}

// threeDays is an outage of three days with two hundred entries, most of what
// the workflow knows, and times of every certainty.
func threeDays(t testing.TB) (workflow.Incident, page.Files) {
	p := newPlayer(t)
	p.now = time.Date(2025, 3, 7, 21, 40, 0, 0, time.UTC)
	p.do(workflow.Declare{
		Title: "Orders are paid twice & “confirmed” once", Severity: "SEV2", Service: "payments", Commander: "Jane", Scribe: "Sam",
		Impact: "Some customers were charged twice", Playbook: standard(t),
	}, workflow.Claim{Role: workflow.Fixer, Person: "Bob"}, workflow.Claim{Role: workflow.Approver, Person: "Ann"})
	p.do(workflow.Mark{Milestone: workflow.ImpactStarted, At: about(on("2025-03-07", "14:10"))})
	p.do(workflow.Mark{Milestone: workflow.Acknowledged, At: on("2025-03-07", "21:46")})
	picture := graph()
	for i := range 200 {
		p.now = p.now.Add(19 * time.Minute)
		text := []string{
			"Looked at the queue of `settlement-worker`: depth **4,812**, rising",
			"Replayed three webhooks by hand; the second came back with\n\n```json\n{\"status\": \"captured\", \"id\": \"pay_2381\", \"retries\": 3, \"a_very_long_key_that_has_to_wrap_somewhere\": \"" + strings.Repeat("x", 90) + "\"}\n```",
			"Support reports 14 more tickets, see https://support.example.org/queues/payments?filter=double-charge&since=2025-03-07",
			"Asked the bank for the list of captures between 14:00 and 22:00 UTC. They need until tomorrow morning, because the file is made by hand and the person who makes it has gone home.",
			"Quiet.",
		}[i%5]
		note := workflow.Note{Text: text, Pinned: i%40 == 0}
		if i == 6 {
			note.Files = []workflow.Attachment{{Name: "double charges.png", Media: "image/png", SHA256: sumOf(picture), Bytes: int64(len(picture))}, {Name: "captures.csv", Media: "text/csv", SHA256: strings.Repeat("ab", 32), Bytes: 48211}}
		}
		p.do(note)
		switch i {
		case 90:
			p.do(workflow.Mark{Milestone: workflow.Mitigated})
		case 120:
			p.do(workflow.Identify{Cause: "The retry of the webhook was not idempotent after PR #977."})
		case 150:
			p.try(workflow.RecordFix{Commit: "f3a91c2", Summary: "Retries carry the first attempt's key."}, workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v4.18.1"}})
			p.try(workflow.Mark{Milestone: workflow.FixDeployed})
		case 170:
			p.try(workflow.RecordCheck{Check: workflow.Check{What: "no capture has a twin", Outcome: workflow.CheckPassed, Before: "31 an hour", After: "0"}})
			p.try(workflow.Mark{Milestone: workflow.FixProven})
		}
	}
	require.NoError(t, p.decide("Jane", workflow.Mark{Milestone: workflow.FixProven}))
	p.try(workflow.Override{Gate: workflow.AllClearGate, By: "Ann", Reason: "the bank has confirmed"})
	p.do(workflow.GiveAllClear{})
	p.do(workflow.WriteSection{Section: workflow.ImpactSection, Text: "| Region | Customers | Charged twice |\n|---|---:|---:|\n| EU | 1,204 | € 81,310.20 |\n| US | 88 | $ 6,011.00 |\n\n> “We were charged twice and the shop says once.”\n\nSee [the list](https://wiki.example.org/payments/incidents/2025-03-07) and ~~the old one~~."})
	p.do(workflow.WriteSection{Section: workflow.WentWrongSection, Text: "### Alerts\n\n1. Nothing measured captures against orders\n   - the dashboard shows sums only\n   - and sums were right\n2. The bank's file comes once a day\n\n#### And then\n\n- [x] asked for a second file\n- [ ] asked for an API\n\n***\n\nThat is <b>all</b>."})
	p.do(workflow.AddAction{Text: "Compare captures with orders every minute", Owner: "Bob", Due: "2025-03-21", Kind: "detect"})
	files := page.Files{Files: export.Files{Folder: "2025-03-07-orders-files", Lost: map[string]bool{}}, Read: func(sha string) ([]byte, error) {
		if sha == sumOf(picture) {
			return picture, nil
		}
		return nil, os.ErrNotExist
	}}
	return p.in, files
}

func graph() []byte {
	img := image.NewNRGBA(image.Rect(0, 0, 640, 200))
	for x := range 640 {
		for y := range 200 {
			c := color.NRGBA{0xf4, 0xf6, 0xf8, 0xff}
			if y > 190-x*x/3000 {
				c = color.NRGBA{0x78, 0x04, 0x08, 0xff}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	_ = png.Encode(&out, img)
	return out.Bytes()
}

func nearlyEmpty(t testing.TB) workflow.Incident {
	p := newPlayer(t)
	p.do(workflow.Declare{Title: "Checkout fails", Playbook: standard(t)})
	return p.in
}

// elsewhere is written from right to left, and in letters that take a square.
func elsewhere(t testing.TB) workflow.Incident {
	p := newPlayer(t)
	p.do(workflow.Declare{Title: "תקלה בכניסה למערכת SEV 障害", Severity: "SEV3", Service: "כניסה", Commander: "דנה", Scribe: "佐藤", Impact: "אף אחד לא מצליח להיכנס", Playbook: standard(t)})
	for i, text := range []string{
		"ההתראה הראשונה הגיעה מ־pager", "ログインの障害を確認しました。影響範囲はすべてのユーザーです。", "استعادة الإصدار السابق `v1.2.2` على الخوادم",
		"מספר 1, אחר כך 2\n\n- שורה ראשונה\n- second line\n- שורה שלישית", "로그인 오류율이 0.1%로 떨어졌습니다", "Emoji 🔥🚒 and zalgo z̶̧a̴͜l̷g̵o̶",
	} {
		p.now = p.now.Add(time.Duration(3+i) * time.Minute)
		p.do(workflow.Note{Text: text})
	}
	p.do(workflow.Mark{Milestone: workflow.Acknowledged}, workflow.Mark{Milestone: workflow.Mitigated, At: workflow.UnknownStamp("אחרי הצהריים")})
	p.now = p.now.Add(20 * time.Minute)
	p.do(workflow.Mark{Milestone: workflow.FixDeployed}, workflow.Mark{Milestone: workflow.FixProven})
	p.do(workflow.WriteSection{Section: workflow.LessonsSection, Text: "1. צריך לבדוק את ההרשאות לפני פריסה\n2. デプロイ前にテストする\n3. اختبار قبل النشر"})
	return p.in
}

// TestPagesForTheEye writes the pages of all scenes, to be looked at and to be
// printed. It runs where FIREBREAK_PAGES names a directory.
func TestPagesForTheEye(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PAGES")
	if dir == "" {
		t.Skip("set FIREBREAK_PAGES to a directory to write the pages")
	}
	require.NoError(t, os.MkdirAll(dir, 0o755))
	long, files := threeDays(t)
	scenes := map[string][]byte{
		"sample": page.Postmortem(wholeSample(t), page.Files{}), "burning": page.Postmortem(played(t, 27*time.Minute), page.Files{}),
		"days": page.Postmortem(long, files), "empty": page.Postmortem(nearlyEmpty(t), page.Files{}), "elsewhere": page.Postmortem(elsewhere(t), page.Files{}),
		"hostile": page.Postmortem(hostileScene(t), page.Files{}),
	}
	for name, content := range scenes {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".html"), content, 0o644))
	}
}
