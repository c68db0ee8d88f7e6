package workflow

// Words says where a part of a time comes from, after "date" or "zone": "from
// above it (“25 November” in line 3)", "in the stamp", "assumed".
func (o Origin) Words() string {
	words := string(o.From)
	switch o.From {
	case FromStamp:
		return "in the stamp"
	case FromHeading:
		words = "from above it"
	case FromPreamble:
		words = "from the text"
	case FromNeighbor:
		words = "as before it"
	case FromRoll:
		words = "the next one, past midnight"
	case FromChoice:
		return "as you chose"
	case FromNowhere, "":
		words = "assumed"
	}
	if o.Says != "" {
		words += " (" + o.Says + ")"
	}
	return words
}
