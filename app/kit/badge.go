package kit

import (
	"strconv"

	"firebreak/app/look"
)

// NewBadge shows a small count beside a word, such as the late actions in the
// rail; nothing is shown for zero. The role says how much it matters.
func NewBadge() *Badge {
	b := &Badge{Chip: NewChip("", ChipLook{Fill: look.Raised})}
	b.Hide()
	return b
}

// Badge is a chip that holds a number.
type Badge struct{ *Chip }

// SetCount shows a count, in the look of a warning when late; 0 hides the badge.
func (b *Badge) SetCount(count int, late bool) {
	how := ChipLook{Fill: look.Raised, Label: look.Text}
	if late {
		how = ChipLook{Icon: "clock", Fill: look.Sev2, Label: look.SevLabel}
	}
	b.Set(strconv.Itoa(count), how)
	if count > 0 {
		b.Show()
	} else {
		b.Hide()
	}
}
