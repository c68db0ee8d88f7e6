package playbook

// nearest finds the name that was most likely meant: one slip of the fingers
// away, two in a longer word. Empty when nothing comes near.
func nearest(typed string, names []string) string {
	if len(typed) > 40 {
		return ""
	}
	best, meant := 2, ""
	if len(typed) > 5 {
		best = 3
	}
	for _, name := range names {
		if d := slips(typed, name); d < best {
			best, meant = d, name
		}
	}
	return meant
}

// slips counts the letters to add, drop, change or swap with the next one that
// lie between two words.
func slips(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
