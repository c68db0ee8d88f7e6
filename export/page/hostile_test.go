package page_test

import (
	"crypto/sha256"
	"encoding/hex"
	"math/rand"
	"strings"
	"testing"
	"time"

	"firebreak/workflow"
)

func sumOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// fragments are what breaks pages: markup, scripts, addresses, letters that
// change direction, bytes that are no text.
func fragments() []string {
	return []string{
		"<script>alert(1)</script>", "</script><script src=//evil.example/x.js>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
		"</style><style>*{display:none}", "</title>", "</section></main></body></html>", "<!-- never closed", "-->", "<![CDATA[", "]]>", "<?php", "<iframe srcdoc='<p>'>",
		"<a href=\"javascript:alert(1)\">x</a>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](<java script:alert(1)>)", "[x](data:text/html,<script>)",
		"[x](//evil.example/)", "[x](\\\\evil\\share)", "[x](vbscript:x)", "[x](file:///etc/passwd)", "[x](&#106;avascript:alert(1))", "[x](java\tscript:1)",
		"![x](https://evil.example/a.png)", "![x](javascript:1)", "![](data:image/svg+xml,<svg onload=1>)", "![a\"b](x.png \"t'\")", "<https://evil.example/\"onmouseover=1>",
		"[a](https://example.org/?a=1&b=2 \"title \\\" onclick=1\")", "[ref]\n\n[ref]: javascript:alert(1)", "<mailto:a@b.c>", "a@example.org", "https://example.org/(a)_b?x=<y>",
		"\" onmouseover=\"alert(1)", "' onfocus='x", "`code <b>`", "``` \"><script>\n</code></pre>\n```", "~~~\nopen", "    indented <i>", "| a | b |\n|---|:-:|\n| <b> | \\| |",
		"- [ ] task\n- [x] done", "1. one\n   - two\n     - three", "> quote\n> > deeper", "# Heading\n## Root Cause\nSetext\n===", "---\n", "***bold*** ~~gone~~ _em_",
		"\x00\x07\x1b[31m", "\u202eevil\u202c \u2067x\u2069", "שלום", "مرحبا", "日本語", "🙂", "z̶̧a̴͜", "\xff\xfe\xc3(", "\ufeff", "\u2028\u2029\u0085", "a\r\nb\rc",
		"&lt;script&gt;", "&#60;script&#62;", "&amp;lt;", "&nbsp;", "&bogus;", "\\<b\\>", "\\&lt;", "{{.}}", "${x}", "%s", "\\", strings.Repeat("long", 40), "", " ", "≈13:30", "- 14:32 - forged",
	}
}

func mixed(lots *rand.Rand) string {
	all := fragments()
	var b strings.Builder
	for range 1 + lots.Intn(6) {
		b.WriteString(all[lots.Intn(len(all))])
		b.WriteString([]string{" ", "\n", "\n\n", "", " - "}[lots.Intn(5)])
	}
	return b.String()
}

// hostileIncident has mixed fragments in every field, and times of every kind.
func hostileIncident(t testing.TB, book workflow.Playbook, lots *rand.Rand) workflow.Incident {
	p := newPlayer(t)
	say := func() string { return mixed(lots) }
	line := func() string {
		words := strings.Join(strings.Fields(strings.ToValidUTF8(say(), "?")), " ")
		return string([]rune("x " + words)[:min(120, len([]rune("x "+words)))])
	}
	for i := range book.Milestones {
		if lots.Intn(4) == 0 {
			book.Milestones[i].Name = say()
		}
	}
	p.try(workflow.Declare{Title: line(), Severity: []string{"SEV1", "SEV2", "SEV3", "SEV4", ""}[lots.Intn(5)], Service: say(), Commander: line(), Scribe: line(), Impact: say(), FirstLine: say(), Playbook: book})
	p.try(workflow.Claim{Role: workflow.Fixer, Person: line()}, workflow.Identify{Cause: say()}, workflow.RecordIncrement{ID: line(), Root: "/srv", Path: "x", Type: "hotfix"})
	for range lots.Intn(6) {
		p.try(workflow.Note{Text: say(), Pinned: lots.Intn(2) == 0, Links: []string{say(), "https://example.org/a?b=1"}, At: stamp(lots), Files: []workflow.Attachment{{Name: line(), Media: "image/png", SHA256: sumOf([]byte(line())), Bytes: 9}}})
	}
	for _, m := range workflow.KnownMilestones() {
		if lots.Intn(3) > 0 {
			p.try(workflow.Mark{Milestone: m, Text: say(), At: stamp(lots)})
		}
	}
	p.try(workflow.Override{Gate: workflow.AllClearGate, By: line(), Reason: say()}, workflow.GiveAllClear{Text: say()})
	for _, s := range workflow.KnownSections() {
		if lots.Intn(3) == 0 {
			p.try(workflow.WriteSection{Section: s, Text: say() + "\n" + say()})
		}
	}
	p.try(workflow.AddAction{Text: line(), Owner: line(), Due: line(), Kind: line()})
	if lots.Intn(8) == 0 {
		p.try(workflow.Cancel{Reason: say()})
	}
	return p.in
}

func hostileScene(t testing.TB) workflow.Incident {
	return hostileIncident(t, standard(t), rand.New(rand.NewSource(7)))
}

// stamp is a time of any kind: exact, about, a range, unknown, years away.
func stamp(lots *rand.Rand) workflow.Stamp {
	now := newPlayer(nil).now
	at := workflow.StampAt(now.Add(time.Duration(lots.Int63n(int64(4*24*time.Hour)))), time.UTC)
	switch lots.Intn(8) {
	case 0:
		return workflow.UnknownStamp(mixed(lots))
	case 1:
		at.Sure = workflow.About
	case 2:
		at.End = at.Time.Add(time.Hour)
	case 3:
		at.Sure, at.End = workflow.Unknown, at.Time.Add(time.Hour)
	case 4:
		at.Time = now
	case 5:
		if lots.Intn(10) == 0 {
			at.Time = at.Time.AddDate(-900+lots.Intn(1000), 0, 0)
		}
	}
	return at
}
