package markdown

// Contain returns user markdown that keeps its formatting but cannot leave its
// section: see Doc.Markdown.
func Contain(source string, base int) string { return Common.Text(source) }
