package view

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
)

func TestAnAddressIsReadAsWhereItReallyLeads(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		address, host string
		odd           []string // what each warning is about
		opens, mail   bool
	}{
		"a plain one":        {"https://status.example.com/a?b=1", "status.example.com", nil, true, false},
		"a port":             {"https://x.example:8443/", "x.example, port 8443", nil, true, false},
		"without encryption": {"http://x.example/", "x.example", []string{"not encrypted"}, true, false},
		"a name before it":   {"https://bank.example.com@evil.example/", "evil.example", []string{"before the @"}, true, false},
		"punycode":           {"https://xn--80ak6aa92e.example/", "xn--80ak6aa92e.example", []string{"punycode"}, true, false},
		"a Cyrillic letter":  {"https://%D0%B0pple.example/", "аpple.example", []string{"“а” (Cyrillic)"}, true, false},
		"a number":           {"https://203.0.113.7/", "203.0.113.7", []string{"a number"}, true, false},
		"turned around":      {"https://x.example%E2%80%AEmoc/", "x.example%E2%80%AEmoc", []string{"can look like others: “%E2%80%AE”"}, true, false},
		"a mail":             {"mailto:me@xn--x.example", "me@xn--x.example", []string{"punycode"}, true, true},
		"another scheme":     {"ftp://x.example/", "x.example", nil, false, false},
		"no address":         {"https://%zz", "an address that cannot be read", nil, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := readAddress(c.address)
			assert.Equal(t, c.host, got.host)
			assert.Equal(t, c.opens, got.opens)
			assert.Equal(t, c.mail, got.mail)
			require.Len(t, got.odd, len(c.odd), "%q", got.odd)
			for i, about := range c.odd {
				assert.Contains(t, got.odd[i], about)
			}
		})
	}
}

func TestALinkIsShownWholeBeforeAnythingIsOpened(t *testing.T) {
	d := newShellDesk(t, 7, 1280, 800)
	const address = "https://bank.example.com@evil.example/a/long/path?with=a&query"
	askToOpen(d.shell, address)
	d.pump()
	assert.True(t, d.sees(address), "the whole address")
	assert.True(t, d.sees("evil.example"), "and its host")
	assert.True(t, d.sees("What stands before the @ is not the host"))
	assert.Empty(t, d.opened)
	assert.Empty(t, d.copied)

	assert.Equal(t, "Copy", focusedWord(d), "what does nothing is the default")
	d.press(fyne.KeyReturn)
	assert.Equal(t, address, d.copied)
	assert.Empty(t, d.opened)
	assert.False(t, d.shell.layers.IsOpen(addressSheet))

	askToOpen(d.shell, address)
	d.pump()
	d.window.Canvas().FocusNext()
	assert.Equal(t, "Open in browser", focusedWord(d))
	d.press(fyne.KeyReturn)
	assert.Equal(t, []string{address}, d.opened)
	assert.False(t, d.shell.layers.IsOpen(addressSheet))

	askToOpen(d.shell, address)
	d.pump()
	d.press(fyne.KeyEscape)
	assert.Len(t, d.opened, 1, "Escape opens nothing")
}

func TestAnAddressOfAnotherProgramIsOnlyCopied(t *testing.T) {
	d := newShellDesk(t, 7, 1280, 800)
	askToOpen(d.shell, "ftp://x.example/")
	d.pump()
	assert.NotEmpty(t, named[*kit.Button](t, d.window.Content(), "Open in browser").Off())
}
