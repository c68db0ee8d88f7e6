package stage_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/view"
	"firebreak/workflow"
)

// tabsTo goes by keyboard alone to what has a name.
func (st *story) tabsTo(name string) *story {
	st.t.Helper()
	for range 200 {
		st.s.Key(fyne.KeyTab)
		if on, ok := st.s.Win.Canvas().Focused().(fyne.Accessible); ok && on.AccessibilityLabel() == name {
			return st
		}
	}
	require.Fail(st.t, "nothing of that name takes the keyboard", name)
	return st
}

func TestALinkInThePostMortemIsShownWholeAndOpenedOnlyWhenAsked(t *testing.T) {
	const address = "https://status.example.com@evil.example/page?x=1"
	st := begin(t)
	st.s.Win.Resize(fyne.NewSize(1280, 800))
	st.at(0).does("Jane",
		workflow.Declare{Title: "Auth Outage", Severity: "SEV1", Playbook: st.s.Desk.State().Policy},
		workflow.WriteSection{Section: workflow.SummarySection, Text: "It is on [the status page](" + address + ")."})
	st.goes(view.PostmortemScreen).tabsTo("Whole document")
	st.s.Key(fyne.KeyReturn)
	st.tabsTo("the status page")
	st.s.Key(fyne.KeyReturn)
	assert.Contains(t, st.reads(), address)
	assert.Contains(t, st.reads(), "What stands before the @ is not the host")
	assert.Empty(t, st.s.Opened, "nothing is opened by looking")

	st.s.Key(fyne.KeyReturn)
	assert.Equal(t, address, st.s.Clipboard, "Enter copies")
	assert.Empty(t, st.s.Opened)

	st.tabsTo("the status page")
	st.s.Key(fyne.KeyReturn)
	st.tabsTo("Open in browser")
	st.s.Key(fyne.KeyReturn)
	assert.Equal(t, []string{address}, st.s.Opened)
}
