package page_test

import (
	"bytes"
	"flag"
	"math/rand"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"

	"firebreak/export"
	"firebreak/export/page"
	"firebreak/workflow"
)

var pages = flag.Int("pages", 1000, "how many hostile incidents become pages")

// parsed is what a browser makes of a page. It must not have had to mend
// anything: written again, the tree gives the same page.
func parsed(t *testing.T, content []byte) *html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(content))
	require.NoError(t, err)
	return root
}

func each(n *html.Node, see func(*html.Node)) {
	see(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, see)
	}
}

func attributes(n *html.Node) map[string]string {
	out := map[string]string{}
	for _, a := range n.Attr {
		out[strings.ToLower(a.Key)] = a.Val
	}
	return out
}

// tags are all that a page may hold.
var tags = strings.Fields(`html head meta title style body header nav main section footer p h1 h2 h3 h4 h5 h6 ul ol li div span dl dt dd bdi b br hr
	strong em del code pre blockquote a img table thead tbody tr th td figure figcaption svg desc rect circle path text`)

// harmless checks that nothing of a page can run, load or lead astray.
func harmless(t *testing.T, root *html.Node) {
	t.Helper()
	each(root, func(n *html.Node) {
		if n.Type == html.CommentNode {
			t.Errorf("a comment: %q", n.Data)
		}
		if n.Type != html.ElementNode {
			return
		}
		assert.Contains(t, tags, n.Data)
		at := attributes(n)
		for key, value := range at {
			switch {
			case strings.HasPrefix(key, "on"), key == "style", key == "srcdoc", key == "action", key == "formaction", key == "srcset", key == "background" && n.Data == "td":
				t.Errorf("<%s %s=%q>", n.Data, key, value)
			case key == "src":
				assert.Regexp(t, `^data:image/(png|jpeg|gif|webp);base64,`, value)
			case key == "href":
				assert.True(t, n.Data == "a", n.Data)
				leads(t, value)
			}
		}
		if n.Data == "meta" && at["http-equiv"] != "" {
			assert.Equal(t, "Content-Security-Policy", at["http-equiv"])
		}
	})
}

func leads(t *testing.T, href string) {
	t.Helper()
	to, err := url.Parse(href)
	if err != nil {
		t.Errorf("%q is no address: %v", href, err)
		return
	}
	assert.Contains(t, []string{"", "http", "https", "mailto"}, to.Scheme, href)
	if to.Scheme == "" {
		assert.Empty(t, to.Host, href)
	}
	assert.NotContains(t, href, `\`)
}

// wellNested checks that every tag was closed where it was opened: a parser that
// is as strict as XML's finds an end for each beginning.
func wellNested(t *testing.T, content []byte) {
	t.Helper()
	var open []string
	empty := []string{"meta", "br", "hr", "img"}
	tokens := html.NewTokenizer(bytes.NewReader(content))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			assert.Empty(t, open)
			return
		case html.StartTagToken:
			name, _ := tokens.TagName()
			if !slices.Contains(empty, string(name)) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Errorf("</%s> closes %v", name, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

// wordsOf is text without what lies between words.
func wordsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == 0xFFFD {
			return -1
		}
		return r
	}, text)
}

func textOf(n *html.Node, skip ...string) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && slices.Contains(skip, n.Data):
			return
		case n.Type == html.ElementNode && n.Data == "img":
			b.WriteString(attributes(n)["alt"])
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

// shown is the text of a piece of markdown as goldmark's own renderer shows it,
// with its HTML as text: another way to the same words than the page's.
func shown(t *testing.T, source string) string {
	t.Helper()
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(goldhtml.WithUnsafe(),
		renderer.WithNodeRenderers(util.Prioritized(rawAsText{}, 1))))
	var out bytes.Buffer
	require.NoError(t, md.Convert([]byte(source), &out))
	return textOf(parsed(t, out.Bytes()))
}

// rawAsText shows HTML as it was typed.
type rawAsText struct{}

func (rawAsText) RegisterFuncs(to renderer.NodeRendererFuncRegisterer) {
	to.Register(ast.KindRawHTML, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString(html.EscapeString(string(n.(*ast.RawHTML).Segments.Value(source))))
		}
		return ast.WalkSkipChildren, nil
	})
	to.Register(ast.KindHTMLBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString(html.EscapeString(string(n.Lines().Value(source))))
		}
		return ast.WalkContinue, nil
	})
}

// section finds a section of a page by the id of its heading.
func section(root *html.Node, id string) (found *html.Node) {
	each(root, func(n *html.Node) {
		if n.Data == "section" && attributes(n)["aria-labelledby"] == id {
			found = n
		}
	})
	return found
}

func TestNothingThatPeopleTypeRunsLoadsOrBreaksThePage(t *testing.T) {
	t.Parallel()
	book := standard(t)
	for seed := range *pages {
		in := hostileIncident(t, book, rand.New(rand.NewSource(int64(seed))))
		content := page.Postmortem(in, page.Files{})
		root := parsed(t, content)
		harmless(t, root)
		wellNested(t, content)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestEveryWordOfTheMarkdownIsInThePage(t *testing.T) {
	t.Parallel()
	book := standard(t)
	for seed := range *pages / 8 {
		in := hostileIncident(t, book, rand.New(rand.NewSource(int64(seed))))
		everyWord(t, in, page.Files{})
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	in, files := threeDays(t)
	everyWord(t, in, files)
	everyWord(t, wholeSample(t), page.Files{})
	everyWord(t, elsewhere(t), page.Files{})
}

func everyWord(t *testing.T, in workflow.Incident, files page.Files) {
	t.Helper()
	root := parsed(t, page.Postmortem(in, files))
	var headings []string
	each(root, func(n *html.Node) {
		if n.Data == "h2" {
			headings = append(headings, textOf(n))
		}
	})
	var names []string
	for _, part := range export.Parts(in, files.Files) {
		names = append(names, part.Name)
		found := section(root, "s-"+string(part.ID))
		require.NotNil(t, found, part.ID)
		got := wordsOf(textOf(found, "h2", "figure"))
		switch {
		case part.Empty():
			assert.Equal(t, wordsOf(export.NothingYet), got)
		case part.ID == workflow.TimelineSection:
			want := ""
			for _, line := range part.Lines {
				want += wordsOf(line.Clock + shown(t, line.Markdown))
			}
			inOrder(t, want, got)
		default:
			inOrder(t, wordsOf(shown(t, part.Markdown)), got)
		}
	}
	assert.Equal(t, names, headings, "the sections stand in the document's order")
}

// inOrder checks that all letters are there in their order. The page may say
// more: where a link would have led, and why a picture is not in it.
func inOrder(t *testing.T, want, got string) {
	t.Helper()
	rest := []rune(want)
	for _, r := range got {
		if len(rest) > 0 && rest[0] == r {
			rest = rest[1:]
		}
	}
	if len(rest) > 0 {
		t.Errorf("from %q on the text is not there:\n%s", string(rest), got)
	}
}
