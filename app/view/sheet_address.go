package view

import (
	"net"
	"net/url"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
)

const addressSheet = "address"

// askToOpen shows where a link leads before anything is opened: text can come
// from somebody else, and what a link says need not be where it goes. Copying is
// the default, because it does nothing.
func askToOpen(ask Asker, address string) {
	to := readAddress(address)
	copying := kit.NewPrimary("Copy", func() {
		ask.CloseSheet(addressSheet)
		ask.Copy(address, "The address is copied. Nothing was opened.")
	}).Icon("copy").Key("Enter")
	word := "Open in browser"
	if to.mail {
		word = "Write a mail"
	}
	opening := kit.NewButton(word, func() {
		ask.CloseSheet(addressSheet)
		ask.OpenAddress(address)
	})
	if !to.opens {
		opening.SetOff("Only web and mail addresses are opened")
	}
	parts := []fyne.CanvasObject{
		kit.Column(look.Space1, kit.NewCaption(to.leads), kit.NewHeading(to.host).Wrapped()),
		kit.NewPanel("The whole address", kit.Inset(look.Space3, look.Space3, kit.NewMono(to.whole).Wrapped())),
	}
	for _, odd := range to.odd {
		parts = append(parts, kit.TopRow(look.Space2, kit.NewIcon("warning").Edge(16).In(look.WarningText), kit.Grow(kit.NewText(odd).Wrapped())))
	}
	parts = append(parts, kit.NewCaption("Nothing was opened yet.").Wrapped())
	ask.Layer(Sheet{
		ID: addressSheet, Title: "Where this link leads", Body: kit.NewScroller(kit.Column(look.Space4, parts...)).Fitted(),
		First: copying, Width: 560, Actions: []*kit.Button{copying, opening}, Default: copying,
	})
}

// addressRead is an address as a person should see it.
type addressRead struct {
	leads string // what kind of place it is
	host  string // whose it is
	whole string // with nothing hidden in it
	odd   []string
	opens bool
	mail  bool
}

// readAddress looks for what makes an address other than it seems.
func readAddress(address string) addressRead {
	r := addressRead{leads: "It leads to", whole: laidBare(address)}
	to, err := url.Parse(address)
	if err != nil {
		r.host = "an address that cannot be read"
		return r
	}
	if strings.EqualFold(to.Scheme, "mailto") {
		r.leads, r.mail, r.opens = "It writes to", true, to.Opaque != ""
		who, err := url.PathUnescape(to.Opaque)
		if err != nil {
			who = to.Opaque
		}
		r.host = laidBare(who)
		r.odd = oddHost(who[strings.LastIndexByte(who, '@')+1:])
		return r
	}
	host := to.Hostname()
	r.host = laidBare(host)
	if host == "" {
		r.host = "no host"
	}
	r.opens = host != "" && (strings.EqualFold(to.Scheme, "http") || strings.EqualFold(to.Scheme, "https"))
	if port := to.Port(); port != "" {
		r.host += ", port " + port
	}
	if to.User != nil {
		r.odd = append(r.odd, "What stands before the @ is not the host: it is a name that is sent along, “"+laidBare(to.User.String())+"”.")
	}
	r.odd = append(r.odd, oddHost(host)...)
	if strings.EqualFold(to.Scheme, "http") {
		r.odd = append(r.odd, "The connection is not encrypted (http).")
	}
	return r
}

// oddHost says in which ways a host may be taken for another.
func oddHost(host string) []string {
	var odd []string
	if net.ParseIP(host) != nil {
		odd = append(odd, "The host is a number, not a name.")
	}
	for label := range strings.SplitSeq(strings.ToLower(host), ".") {
		if strings.HasPrefix(label, "xn--") {
			odd = append(odd, "“"+label+"” is a name in other letters, written in code (punycode). A browser may show it so that it looks like a name you know.")
		}
	}
	if letters := foreignLetters(host); letters != "" {
		odd = append(odd, "The host has letters that can look like others: "+letters+".")
	}
	return odd
}

// foreignLetters names the characters of a host beyond plain ones.
func foreignLetters(host string) string {
	var found []string
	seen := map[rune]bool{}
	for _, r := range host {
		if r < 0x80 || seen[r] {
			continue
		}
		seen[r] = true
		found = append(found, "“"+laidBare(string(r))+"”"+scriptOf(r))
	}
	return strings.Join(found, ", ")
}

// scriptOf names the scripts whose letters look most like Latin ones.
func scriptOf(r rune) string {
	switch {
	case unicode.Is(unicode.Cyrillic, r):
		return " (Cyrillic)"
	case unicode.Is(unicode.Greek, r):
		return " (Greek)"
	case unicode.Is(unicode.Latin, r):
		return " (an unusual Latin letter)"
	}
	return ""
}

// laidBare shows characters that do not show, or that turn text around, as what
// they are.
func laidBare(text string) string {
	var out strings.Builder
	for _, r := range text {
		if r != unicode.ReplacementChar && (unicode.IsPrint(r) || r == '\u00a0') && !unicode.Is(unicode.Mn, r) {
			out.WriteRune(r)
			continue
		}
		out.WriteString(strings.ToUpper(url.PathEscape(string(r))))
	}
	return out.String()
}
