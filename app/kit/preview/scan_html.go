package preview

import "strings"

// htmlKind is a block of raw HTML.
type htmlKind uint8

const (
	noHTML  htmlKind = iota
	htmlTag          // ends at an empty line; the others do not
	htmlRaw
	htmlComment
	htmlInstruction
	htmlDeclaration
	htmlData
)

// rawTags hold text up to their end tag.
var rawTags = [...]string{"script", "pre", "style", "textarea"}

// blockTag reports a tag that surely begins a block of HTML: one of those that
// people write in markdown.
func blockTag(name string) bool {
	switch name {
	case "div", "p", "details", "summary", "table", "tbody", "thead", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd",
		"h1", "h2", "h3", "h4", "h5", "h6", "hr", "center", "section", "article", "header", "footer", "main", "nav", "form", "iframe",
		"blockquote", "figure", "link", "html", "body", "head":
		return true
	}
	return false
}

// htmlOf reads a line that opens such a block and does not close it.
func htmlOf(rest string) htmlKind {
	if rest[0] != '<' || len(rest) < 2 {
		return noHTML
	}
	kind := noHTML
	switch {
	case strings.HasPrefix(rest, "<!--"):
		kind = htmlComment
	case strings.HasPrefix(rest, "<?"):
		kind = htmlInstruction
	case strings.HasPrefix(rest, "<![CDATA["):
		kind = htmlData
	case rest[1] == '!' && len(rest) > 2 && 'A' <= rest[2] && rest[2] <= 'Z':
		kind = htmlDeclaration
	default:
		if kind = rawTagOf(strings.ToLower(rest[1:min(len(rest), 12)])); kind == noHTML {
			return blockTagOf(rest[1:])
		}
	}
	if kind.closedBy(rest) {
		return noHTML
	}
	return kind
}

func rawTagOf(tag string) htmlKind {
	for _, name := range rawTags {
		after, ok := strings.CutPrefix(tag, name)
		if ok && (after == "" || strings.ContainsRune(" \t>\f\v", rune(after[0])) || strings.HasPrefix(after, "/>")) {
			return htmlRaw
		}
	}
	return noHTML
}

func blockTagOf(rest string) htmlKind {
	rest = strings.TrimPrefix(rest, "/")
	end := strings.IndexAny(rest, " >/")
	if end < 0 {
		end = len(rest)
	}
	after := rest[end:]
	if blockTag(strings.ToLower(rest[:end])) && (!strings.HasPrefix(after, "/") || strings.HasPrefix(after, "/>")) {
		return htmlTag
	}
	return noHTML
}

func (k htmlKind) closedBy(line string) bool {
	switch k {
	case htmlRaw:
		line = strings.ToLower(line)
		for _, name := range rawTags {
			if strings.Contains(line, "</"+name+">") {
				return true
			}
		}
		return false
	case htmlComment:
		return strings.Contains(line, "-->")
	case htmlInstruction:
		return strings.Contains(line, "?>")
	case htmlDeclaration:
		return strings.Contains(line, ">")
	case htmlData:
		return strings.Contains(line, "]]>")
	}
	return false
}
