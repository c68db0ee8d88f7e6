package view

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// printedLines is how much of a command's output is shown, and printedBlock how
// many lines are one row of it: it reads as a page, and is walked by keyboard.
const (
	printedLines = 200
	printedBlock = 12
)

// weaveClose says how the increment is closed: by itself, or by SpecWeave's own
// command, which can be run from here.
type weaveClose struct {
	ask     Asker
	fit     func()
	reveal  func(fyne.CanvasObject)
	leave   func() // takes the focus on, when the command is gone
	panel   *kit.Panel
	lines   *lineList
	command *fyne.Container
	mono    *kit.Text
	skill   *kit.Text
	run     *kit.Button
	why     *kit.Text
	output  *kit.Rows
	around  fyne.CanvasObject
	moves   *weaveMoves
	printed []string // the end of the output, in blocks
	text    string
	st      session.State
}

func newWeaveClose(ask Asker, fit, leave func()) *weaveClose {
	c := &weaveClose{
		ask: ask, fit: fit, leave: leave, reveal: func(fyne.CanvasObject) {}, lines: newLineList(1), mono: kit.NewMono("").Wrapped(), skill: kit.NewCaption("").Wrapped(),
		why: kit.NewCaption("").In(look.WarningText).Wrapped(),
	}
	c.why.Hide()
	c.run = kit.NewButton("Run it", c.complete)
	c.run.OnOff = c.tell
	copyIt := kit.NewButton("Copy", func() { ask.Copy(c.mono.Text(), "The command is copied.") }).Icon("copy").Small()
	c.output = kit.NewRows(
		func() fyne.CanvasObject { return kit.Inset(look.Space3, 1, kit.NewMono("").Wrapped()) },
		func(id string, row fyne.CanvasObject) {
			if n, err := strconv.Atoi(id); err == nil && n < len(c.printed) {
				row.(*fyne.Container).Objects[0].(*kit.Text).SetText(c.printed[n])
			}
		})
	c.around = kit.NewGround(look.Background, atLeast(180, c.output))
	c.command = kit.Column(look.Space2,
		kit.NewGround(look.Background, kit.Inset(look.Space3, look.Space2, kit.Row(look.Space2, kit.Grow(c.mono), copyIt))),
		c.skill, kit.Row(look.Space2, c.run), c.why)
	c.moves = newWeaveMoves(ask, fit)
	c.panel = kit.NewPanel("Closing and pausing", kit.Column(look.Space3, c.lines.box, c.command, c.around, c.moves.box))
	return c
}

func (c *weaveClose) complete() {
	c.tell("")
	c.ask.CompleteIncrement(func(err error) {
		if err != nil && !c.st.Increment.Handover.Running && c.st.Increment.Handover.Failed == "" {
			c.tell(err.Error())
		}
	})
}

func (c *weaveClose) tell(why string) {
	c.why.SetText(why)
	show(c.why, why != "")
	c.fit()
}

// Show brings the part in line with a state.
func (c *weaveClose) Show(st session.State) {
	c.st = st
	h := st.Increment.Handover
	c.lines.Set(closeLines(st))
	left := hasFocus(c.run)
	show(c.command, h.Because != "" && st.Increment.State != workflow.Completed)
	c.mono.SetText(h.Command)
	c.skill.SetText("Inside an assistant: " + h.Skill)
	show(c.skill, h.Skill != "")
	off := runOff(st)
	c.run.SetOff(off)
	c.run.SetWord("Run it")
	if h.Running {
		c.run.SetWord("It runs…")
	}
	if off == "" {
		show(c.why, false)
	}
	if left && !c.command.Visible() {
		c.leave()
	}
	hidden := !c.around.Visible()
	c.showPrinted(h)
	c.moves.Show(st)
	if hidden && h.Running { // whoever started it wants to read what it prints
		c.fit()
		c.reveal(c.around)
	}
}

func (c *weaveClose) showPrinted(h session.Handover) {
	show(c.around, h.Running || h.Printed != "")
	if h.Printed == c.text {
		return
	}
	end := c.text == "" || c.output.AtEnd()
	c.text, c.printed = h.Printed, blocksOf(lastLines(h.Printed, printedLines))
	items := make([]kit.Item, len(c.printed))
	for i := range items {
		items[i] = kit.Item{ID: strconv.Itoa(i)}
	}
	c.output.SetItems(items)
	if end { // somebody who reads further up is left there
		c.output.ScrollToEnd()
	}
}

func blocksOf(lines []string) []string {
	var out []string
	for block := range slices.Chunk(lines, printedBlock) {
		out = append(out, strings.Join(block, "\n"))
	}
	return out
}

// lastLines are the last lines of an output, without the signs that colour it.
func lastLines(text string, most int) []string {
	lines := strings.Split(strings.TrimRight(plainOutput(text), "\n"), "\n")
	return lines[max(0, len(lines)-most):]
}

// plainOutput leaves out the escape sequences that a terminal would use.
func plainOutput(text string) string {
	var b strings.Builder
	for {
		start := strings.Index(text, "\x1b[")
		if start < 0 {
			break
		}
		b.WriteString(text[:start])
		text = text[start+2:]
		end := strings.IndexFunc(text, func(r rune) bool { return r >= '@' && r <= '~' })
		if end < 0 {
			text = ""
			break
		}
		text = text[end+1:]
	}
	b.WriteString(text)
	return strings.ReplaceAll(b.String(), "\r\n", "\n")
}

// runOff says why the command cannot be run from here now.
func runOff(st session.State) string {
	h := st.Increment.Handover
	switch {
	case h.Running:
		return "It runs. What it prints is shown below."
	case !h.Installed:
		return "The specweave command is not on this machine. Copy the command and run it where it is."
	case !h.Ready:
		return "Not everything is done yet: " + orElse(strings.Join(missingWords(st), " "), "the files are not in step.")
	}
	return ""
}

// closeLines say how it is closed, or what is missing.
func closeLines(st session.State) []lineOf {
	inc, h := st.Increment, st.Increment.Handover
	done := func(text string) lineOf { return lineOf{icon: "step-done", role: look.SuccessText, text: text} }
	info := func(text string) lineOf { return lineOf{icon: "info", role: look.Muted, text: text} }
	var out []lineOf
	switch {
	case inc.State == workflow.Completed:
		return append([]lineOf{done("It is completed in its files.")}, howItEnded(h)...)
	case inc.State == workflow.Abandoned || st.Incident.IncrementStand().State == workflow.Abandoned:
		return []lineOf{info("It is abandoned: nothing is left to close. Make it active to go on with it.")}
	}
	missing := missingWords(st)
	for _, says := range missing {
		out = append(out, lineOf{icon: "step-open", role: look.WarningText, text: says})
	}
	switch {
	case h.Because != "":
		out = append(out, lineOf{icon: "link", role: look.Text, text: h.Because})
	case len(missing) == 0:
		out = append(out, done("The all-clear is given and all is done: it closes by itself at the next look."))
	default:
		out = append(out, info("With the all-clear given and every task done it closes by itself."))
	}
	return append(out, howItEnded(h)...)
}

// howItEnded says how SpecWeave's command ended.
func howItEnded(h session.Handover) []lineOf {
	switch {
	case h.Running:
		return []lineOf{{icon: "clock", role: look.Primary, text: "SpecWeave is closing it…", bold: true}}
	case h.Failed != "":
		return []lineOf{{icon: "error", role: look.ErrorText, text: h.Failed, bold: true}}
	case h.Printed != "":
		return []lineOf{{icon: "step-done", role: look.SuccessText, text: "The command ended well."}}
	}
	return nil
}
