package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"github.com/sahilm/fuzzy"

	"firebreak/app/look"
)

// Command is one row of a Palette.
type Command struct {
	ID    string
	Title string
	// Key is the key that does the same, shown at the right.
	Key string
	// OffReason says why the command cannot run now; it is shown, not hidden.
	OffReason string
}

// Palette is a search field over commands, for a Layer. Up, Down, PgUp and PgDn
// choose while the typing goes on; Enter runs; Escape is the layer's.
type Palette struct {
	widget.BaseWidget

	commands []Command
	recent   map[string]int
	byID     map[string]Command
	field    *Field
	rows     *Rows
	note     *Text
	body     *fyne.Container
	// OnRun hears the ID of the command to run; it is not called for one that is off.
	OnRun func(id string)
	// OnNothing hears Enter on a search that found nothing, with what was typed.
	OnNothing func(typed string)
	// Foot is the line beneath the rows.
	foot *Text
}

// NewPalette makes a palette. Recent lists the IDs that were run last, newest first;
// they stand first while nothing is typed.
func NewPalette(commands []Command, recent []string, run func(id string)) *Palette {
	p := &Palette{
		commands: commands, recent: map[string]int{}, byID: map[string]Command{}, OnRun: run,
		field: NewField("").Placeholder("What do you want to do?"),
		note:  NewText("").In(look.Muted).Wrapped(),
		foot:  NewCaption("Enter runs   Up and Down choose   Esc closes").Cut(),
	}
	for i, id := range recent {
		p.recent[id] = len(recent) - i
	}
	for _, command := range commands {
		p.byID[command.ID] = command
	}
	p.rows = NewRows(newPaletteRow, func(id string, row fyne.CanvasObject) {
		showPaletteRow(row.(*fyne.Container), p.byID[id])
	})
	p.rows.OnActivate = func(id string) { p.run(id) }
	p.field.OnChanged = p.find
	p.field.OnKey = p.key
	p.field.OnSubmit = func(typed string) { p.enter(typed) }
	p.body = Column(look.Space3, p.field, p.note, Grow(p.rows), p.foot)
	p.find("")
	p.ExtendBaseWidget(p)
	return p
}

// Target is the search field, for Layer.First.
func (p *Palette) Target() fyne.Focusable { return p.field.Target() }

// Found lists the IDs that are shown, best first.
func (p *Palette) Found() []string {
	ids := make([]string, 0, len(p.rows.items))
	for _, item := range p.rows.items {
		ids = append(ids, item.ID)
	}
	return ids
}

// Selected is the ID that Enter would run.
func (p *Palette) Selected() string { return p.rows.Selected() }

// Children lets the focus find its way in.
func (p *Palette) Children() []fyne.CanvasObject { return []fyne.CanvasObject{p.body} }

// HeightForWidth leaves room for nine rows.
func (p *Palette) HeightForWidth(width float32) float32 {
	fixed := HeightFor(p.field, width) + p.foot.lineHeight() + 2*look.Space3
	return fixed + 9*paletteRowHeight(p.foot)
}

func paletteRowHeight(t *Text) float32 { return t.lineHeight() + 2*look.Space2 + 3 }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (p *Palette) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.body) }

// find shows what fits the typed letters; with none, what was run last comes first.
func (p *Palette) find(typed string) {
	items := make([]Item, 0, len(p.commands))
	for _, i := range p.ranked(strings.TrimSpace(typed)) {
		items = append(items, Item{ID: p.commands[i].ID})
	}
	p.rows.SetItems(items)
	p.note.Hidden = len(items) > 0
	p.note.SetText("Nothing for “" + typed + "”.")
	p.rows.SetOffset(0)
	if len(items) > 0 {
		p.rows.Select(items[0].ID)
	}
	p.body.Refresh()
}

func (p *Palette) ranked(typed string) []int {
	order := make([]int, 0, len(p.commands))
	if typed == "" {
		for i := range p.commands {
			order = append(order, i)
		}
		sortBy(order, func(i int) int { return p.recent[p.commands[i].ID] })
		return order
	}
	for _, match := range fuzzy.FindFrom(typed, titles(p.commands)) {
		order = append(order, match.Index)
	}
	// What contains the typed words as they are comes before what only has the letters.
	low := strings.ToLower(typed)
	sortBy(order, func(i int) int {
		title := strings.ToLower(p.commands[i].Title)
		switch {
		case strings.HasPrefix(title, low):
			return 3
		case strings.Contains(title, " "+low):
			return 2
		case strings.Contains(title, low):
			return 1
		}
		return 0
	})
	return order
}

func (p *Palette) key(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		p.rows.TypedKey(key)
		return true
	}
	return false
}

func (p *Palette) enter(typed string) {
	if id := p.rows.Selected(); id != "" {
		p.run(id)
	} else if p.OnNothing != nil {
		p.OnNothing(typed)
	}
}

func (p *Palette) run(id string) {
	if command := p.byID[id]; command.OffReason == "" && p.OnRun != nil {
		p.OnRun(id)
	}
}
