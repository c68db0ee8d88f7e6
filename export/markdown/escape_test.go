package markdown_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/export/markdown"
)

func TestOrdinaryTextCarriesNoBackslash(t *testing.T) {
	for _, text := range []string{
		"snake_case_id", "v1.2.3", "/api/auth/login", "#incidents is a channel", "~2,000 users affected",
		"~500 tickets and ~20 calls", "(~2,000 users)", "$5,000", "$5,000 and $6,000", "PR #423", "@lead", "ask @lead",
		"--approved-by=\"@lead\"", "~/bin", "p99 <5ms", "a < b > c", "5 * 3", "C#", "R&D", "AT&T", "a|b",
		"npm test -- --grep auth", "a - b", "-v", "+1", "14:32 - First alert triggered", "1.5 s", "10:30", "{a: 1}",
		"{{ .Values }}", "it's \"quoted\"", "50%", "a = b", "x^2", "wow!", "(see below)", "→ ✅ 🙂", "T-001: fix",
		"dash-containing tokens", "user@host", "C:\\temp", "key: value", "Ünïcode_wörd", "שלום",
	} {
		assert.Equal(t, "- "+text+"\n", bullet(text))
	}
}

func bullet(text string) string {
	d := markdown.New()
	d.Bullets(markdown.Lits(text)...)
	return d.String()
}

func TestTextIsEscapedWhereItWouldMeanSomething(t *testing.T) {
	for name, tc := range map[string]struct{ given, want string }{
		"emphasis":                 {"*a* **b** _c_", `\*a\* \*\*b\*\* \_c\_`},
		"code":                     {"`a`", "\\`a\\`"},
		"a link":                   {"[a](b)", `\[a](b)`},
		"an image":                 {"![a](b)", `!\[a](b)`},
		"struck out":               {"~~a~~ ~b~", `\~\~a\~\~ ~b\~`},
		"a formula":                {"$a$ $$b$$", `$a\$ \$\$b\$\$`},
		"a tag":                    {"<b>x</b> <!-- y", `\<b>x\</b> \<!-- y`},
		"a mail address in angles": {"<1@b.c>", `\<1\@b.c>`},
		"an entity":                {"&amp; &#35; &copy", `\&amp; \&#35; &copy`},
		"a backslash":              {`a\b \* c\`, `a\b \\\* c\\`},
		"a mail address":           {"me@x.co", `me\@x.co`},
		"a web address":            {"see https://x.y/a_b*c.", "see <https://x.y/a_b*c>."},
		"a web address in parens":  {"(https://x.y)", "(<https://x.y>)"},
		"an address with entities": {"https://x.y?a&copy;b", `https\://x.y?a\&copy;b`},
		"a bare host":              {"www.x.y", `www\.x.y`},
		"an unfinished address":    {"http://", `http\://`},
		"a backslash and address":  {`\https://x.y`, `\\<https://x.y>`},
		"a rule":                   {"---", `\---`},
		"stars":                    {"* * *", `\* \* \*`},
		"a bullet":                 {"- a", `\- a`},
		"a plus":                   {"+ a", `\+ a`},
		"only a dash":              {"-", `\-`},
		"a number":                 {"1. a", `1\. a`},
		"a number in parens":       {"12) a", `12\) a`},
		"a quote":                  {"> a", `\> a`},
		"a heading":                {"# a", `\# a`},
		"a box":                    {"[ ] a", `\[ ] a`},
		"equals":                   {"===", `\===`},
		"a table rule":             {":-: | --", `\:-: | --`},
		"a definition":             {"[a]: /u", `\[a]: /u`},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, "- "+tc.want+"\n", bullet(tc.given))
		})
	}
}

func TestEachPlaceIsEscapedForItself(t *testing.T) {
	d := markdown.New()
	d.Heading(2, "Learning C#\n| pipes | ")
	d.Heading(9, "###")
	d.Heading(0, " ")
	d.Text("#channel\n---\n  1. x\n\n\n| a |\n|---|\n")
	d.Table([]string{"A|B", ""}, [][]markdown.Line{
		markdown.Lits("a|b\nc", ""),
		{{}, {markdown.Code("a|b")}, {markdown.Code(`a\|b`)}},
	})
	d.Bullets(markdown.Line{}, markdown.Line{markdown.Lit(" "), markdown.Lit("x ")})
	d.Numbered(markdown.Lits("a", "b")...)
	d.Tasks(markdown.Task{Done: true, Text: markdown.Line{markdown.Lit("[x] a")}}, markdown.Task{})
	d.Tasks(markdown.Task{Text: markdown.Line{markdown.Lit("not [x] "), markdown.Link("X", "a[x]")}})
	assert.Equal(t, strings.Join([]string{
		"## Learning C# | pipes |", "",
		"###### ##\\#", "",
		"# (blank)", "",
		"\\#channel\n\\---\n1\\. x", "",
		"| a |\n\\|---|", "",
		"| A\\|B | | |\n| --- | --- | --- |\n| a\\|b c | | |\n| | `a\\|b` | a\\\\\\|b |", "",
		"- (blank)\n- x", "",
		"1. a\n2. b", "",
		"- [x] \\[x] a\n- [ ] (blank)", "",
		"- [ ] not \\[x\\] [&#88;](<a[x\\]>)", "",
	}, "\n"), d.String())
}

func TestSpansMixMarkupAndText(t *testing.T) {
	for name, tc := range map[string]struct {
		given markdown.Line
		want  string
	}{
		"a field":                    {markdown.Field("Severity", "SEV1"), "**Severity**: SEV1"},
		"a field without a value":    {markdown.Field("Communication", ""), "**Communication**:"},
		"strong text":                {markdown.Line{markdown.Lit("a "), markdown.Strong("b*c"), markdown.Lit(" d")}, `a **b\*c** d`},
		"strong without text":        {markdown.Line{markdown.Strong(" "), markdown.Lit("a")}, "a"},
		"strong beside a letter":     {markdown.Line{markdown.Strong("a:"), markdown.Lit("b")}, "a:b"},
		"strong within a word":       {markdown.Line{markdown.Lit("a"), markdown.Strong("b"), markdown.Lit("c")}, "a**b**c"},
		"strong twice":               {markdown.Line{markdown.Strong("a"), markdown.Strong("b")}, "**ab**"},
		"an address in strong":       {markdown.Line{markdown.Strong("https://x.y"), markdown.Lit("z")}, "<https://x.yz>"},
		"code":                       {markdown.Line{markdown.Code("npm run\nbuild")}, "`npm run build`"},
		"code with backticks":        {markdown.Line{markdown.Code("`a``b")}, "``` `a``b ```"},
		"code without text":          {markdown.Line{markdown.Code(""), markdown.Lit("a")}, "a"},
		"code with a mail address":   {markdown.Line{markdown.Lit("to"), markdown.Code("a@b.co")}, `toa\@b.co`},
		"a link":                     {markdown.Line{markdown.Link("PR [1]", "https://x.y/1")}, `[PR \[1\]](https://x.y/1)`},
		"a link with an address":     {markdown.Line{markdown.Link("https://x.y", "https://x.y")}, `[https\://x.y](https://x.y)`},
		"a link without text":        {markdown.Line{markdown.Link("", "a b.md")}, "[a b.md](<a b.md>)"},
		"a link with entities":       {markdown.Line{markdown.Link("a", "https://x.y?b&copy;&#87654321;<")}, `[a](<https://x.y?b&amp;copy;&amp;#87654321;\<>)`},
		"a link to a script":         {markdown.Line{markdown.Link("a", "javascript:x")}, "a"},
		"a link to nowhere":          {markdown.Line{markdown.Link("a", "")}, "a"},
		"a bang before a link":       {markdown.Line{markdown.Lit("a!"), markdown.Link("b", "c")}, `a\![b](c)`},
		"trusted markup":             {markdown.Line{markdown.Trusted("[x] "), markdown.Lit("[x]")}, `[x] \[x]`},
		"a meaning over the border":  {markdown.Line{markdown.Lit("1"), markdown.Lit(". a")}, `1\. a`},
		"words over the border":      {markdown.Line{markdown.Lit("a_"), markdown.Lit("b")}, "a_b"},
		"a comparison over a border": {markdown.Line{markdown.Lit("<"), markdown.Trusted("b>")}, `\<b>`},
	} {
		t.Run(name, func(t *testing.T) {
			d := markdown.New()
			d.Para(tc.given...)
			assert.Equal(t, tc.want+"\n", d.String())
		})
	}
}
