package repo

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSlugNamesAnIncidentFromItsTitle(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Auth token":                                      "auth-token",
		"  Checkout fails: 500s (EU)!  ":                  "checkout-fails-500s-eu",
		"Can't log in — it’s down":                        "cant-log-in-its-down",
		"Größe überläuft / Straße":                        "grosse-uberlauft-strasse",
		"Crème brûlée Œuvre":                              "creme-brulee-oeuvre",
		"Cre\u0300me bru\u0302le\u0301e":                  "creme-brulee",
		"Łódź đakovo þing øre æon":                        "lodz-dakovo-thing-ore-aeon",
		"Đăng nhập thất bại":                              "dang-nhap-that-bai",
		"İstanbul ISIK ışık":                              "istanbul-isik-isik",
		"ＡＰＩ５００":                                          "api500",
		"Оплата не работает":                              "incident",
		"Оплата API не работает":                          "api",
		"支払いが失敗":                                          "incident",
		"🔥🔥🔥":                                             "incident",
		"":                                                "incident",
		"../../etc/passwd":                                "etc-passwd",
		"Reports":                                         "reports-incident",
		"active increment":                                "active-increment-incident",
		"new":                                             "new-incident",
		"new checkout":                                    "new-checkout",
		"a\x00b\nc":                                       "a-b-c",
		"\xff\xfebroken":                                  "broken",
		strings.Repeat("x", 60):                           strings.Repeat("x", 40),
		strings.Repeat("x", 40) + " y":                    strings.Repeat("x", 40),
		strings.Repeat("abcd ", 8) + "e":                  "abcd-abcd-abcd-abcd-abcd-abcd-abcd-abcd",
		"one two three four five six seven eight":         "one-two-three-four-five-six-seven-eight",
		"payments are rejected for every customer abroad": "payments-are-rejected-for-every-customer",
		strings.Repeat("a", 39) + "ß":                     strings.Repeat("a", 39) + "s",
	} {
		assert.Equal(t, want, Slug(title), "%q", title)
		assert.Equal(t, "hotfix-"+want, HotfixSlug(title))
	}
}

func FuzzSlug(f *testing.F) {
	for _, seed := range []string{"Auth token", "", "---", "ß", "İ", "ǅ", "ＡＺ", "́", "temp", strings.Repeat("ß", 50), "a\u00adb", "K"} {
		f.Add(seed)
	}
	strict := regexp.MustCompile(`^[0-9]{4}-[a-z0-9]+(-[a-z0-9]+)*$`)
	f.Fuzz(func(t *testing.T, title string) {
		slug := Slug(title)
		require.Regexp(t, strict, "0001-"+slug)
		require.LessOrEqual(t, len(slug), slugLimit)
		require.False(t, slices.Contains(reserved[:], slug), slug)
		require.Regexp(t, strict, "0001-"+HotfixSlug(title))
		require.Equal(t, Slug(slug), slug, "a slug stays as it is")
	})
}
