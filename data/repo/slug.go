package repo

import (
	"slices"
	"strings"
	"unicode"
)

// slugLimit keeps folder names short enough for a terminal line and for
// Windows' path limit.
const slugLimit = 40

// slugFallback names an incident whose title has no letter that we can write.
const slugFallback = "incident"

// latin rows give the plain letters for the accented ones after them. It is a
// table and not a decomposition, because letters such as ø and ł do not
// decompose, and the standard library has no normaliser.
var latin = [...]struct{ plain, accented string }{
	{"a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặª"},
	{"ae", "æǽǣ"},
	{"b", "ḃḅḇƀ"},
	{"c", "çćĉċčḉ"},
	{"d", "ďđðḋḍḏḑḓ"},
	{"e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"},
	{"f", "ḟƒ"},
	{"g", "ĝğġģǧǵḡ"},
	{"h", "ĥħȟḣḥḧḩḫẖ"},
	{"i", "ìíîïĩīĭįıǐȉȋḭḯỉị"},
	{"ij", "ĳ"},
	{"j", "ĵǰ"},
	{"k", "ķĸǩḱḳḵ"},
	{"l", "ĺļľŀłḷḹḻḽ"},
	{"m", "ḿṁṃ"},
	{"n", "ñńņňŉŋǹṅṇṉṋ"},
	{"o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợº"},
	{"oe", "œ"},
	{"p", "ṕṗ"},
	{"r", "ŕŗřȑȓṙṛṝṟ"},
	{"s", "śŝşšșṡṣṥṧṩſ"},
	{"ss", "ß"},
	{"t", "ţťŧțṫṭṯṱẗ"},
	{"th", "þ"},
	{"u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"},
	{"v", "ṽṿ"},
	{"w", "ŵẁẃẅẇẉẘ"},
	{"x", "ẋẍ"},
	{"y", "ýÿŷȳẏẙỳỵỷỹ"},
	{"z", "źżžẑẓẕ"},
}

// reserved are the names that SpecWeave refuses as an increment's name, or as
// its whole id.
var reserved = [...]string{
	"reports", "backup", "backups", "temp", "tmp", "logs", "scripts", "docs", "documentation",
	"archive", "abandoned", "paused", "config", "cache", "state",
	"active", "backlog", "completed", "current", "latest", "new", "test", "active-increment",
}

// Slug makes the name part of an increment's folder out of any title: lower
// case words of a-z and 0-9 joined by single hyphens, at most 40 characters,
// cut at a word. Accented Latin letters lose their accents; a title in another
// script keeps what Latin it has, or becomes "incident". Names that SpecWeave
// reserves get "-incident" behind them.
func Slug(title string) string {
	slug := cutAtWord(hyphenated(title))
	if slug == "" {
		return slugFallback
	}
	if slices.Contains(reserved[:], slug) {
		return slug + "-" + slugFallback
	}
	return slug
}

// HotfixSlug is Slug for a hotfix, whose folder is called NNNN-hotfix-slug.
func HotfixSlug(title string) string { return "hotfix-" + Slug(title) }

// hyphenated writes the title's words, and stops soon after the limit because
// the rest would be cut anyway.
func hyphenated(title string) string {
	var out strings.Builder
	gap := false
	for _, letter := range title {
		if out.Len() > slugLimit {
			break
		}
		plain, joins := plainLetters(letter)
		switch {
		case joins:
		case plain == "":
			gap = out.Len() > 0
		default:
			if gap {
				out.WriteByte('-')
				gap = false
			}
			out.WriteString(plain)
		}
	}
	return out.String()
}

// plainLetters gives the a-z and 0-9 for one character. joins is true for what
// vanishes inside a word: an apostrophe, an accent written on its own, a soft hyphen.
func plainLetters(letter rune) (plain string, joins bool) {
	if 0xFF01 <= letter && letter <= 0xFF5E { // full-width forms of ASCII
		letter -= 0xFEE0
	}
	letter = unicode.ToLower(letter)
	switch {
	case 'a' <= letter && letter <= 'z', '0' <= letter && letter <= '9':
		return string(letter), false
	case strings.ContainsRune("'’ʼ\u00ad", letter), unicode.Is(unicode.Mn, letter):
		return "", true
	case letter < 0x80:
		return "", false
	}
	for _, row := range latin {
		if strings.ContainsRune(row.accented, letter) {
			return row.plain, false
		}
	}
	return "", false
}

func cutAtWord(slug string) string {
	if len(slug) <= slugLimit {
		return slug
	}
	if end := strings.LastIndexByte(slug[:slugLimit+1], '-'); end > 0 {
		return slug[:end]
	}
	return slug[:slugLimit]
}
