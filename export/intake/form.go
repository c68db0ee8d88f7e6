package intake

import (
	"slices"
	"strings"

	"firebreak/workflow"
)

// formOf finds out what a document is, by its name and by how it looks.
func formOf(name, text string) workflow.ReadingForm {
	return workflow.MarkdownForm
}

func sortUnread(rest []workflow.Unread) {
	slices.SortStableFunc(rest, func(a, b workflow.Unread) int { return a.Line - b.Line })
}

func joinLines(lines []string) string { return strings.Join(lines, "\n") }
