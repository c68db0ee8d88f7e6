package specweave

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ErrNoCriteria says that a page has no acceptance criteria that another could
// be put behind.
var ErrNoCriteria = errors.New("the file has no acceptance criteria. Nothing was written")

// CriterionLine is a criterion's line as it stands in the file, without its end.
func CriterionLine(src []byte, id string) (string, bool) {
	p := readPage(src)
	at := slices.IndexFunc(p.criteria, func(c criterion) bool { return c.ID == id })
	if at < 0 {
		return "", false
	}
	from := lineStart(src, p.criteria[at].at)
	return strings.TrimRight(string(src[from:nextLine(src, from)]), "\r\n"), true
}

// AppendCriterion puts a criterion's line, as the app writes it, behind the last
// criterion of the page.
func AppendCriterion(src []byte, line string) ([]byte, error) {
	p, before, err := editable(src)
	if err != nil {
		return nil, err
	}
	fresh := readPage([]byte(line))
	if strings.ContainsAny(line, "\r\n") || len(fresh.criteria) != 1 || fresh.criteria[0].Fixed != "" {
		return nil, refuse("What is to be added is not one criterion.")
	}
	added := fresh.criteria[0].Criterion
	if _, taken := before.Criterion(added.ID); taken {
		return nil, refuse("There is a criterion " + added.ID + " in the file already.")
	}
	if len(p.criteria) == 0 {
		return nil, ErrNoCriteria
	}
	last := p.criteria[len(p.criteria)-1]
	start := lineStart(src, last.at)
	at, end := criterionEnd(src, start), lineEnd(src)
	text := string(src[start:start+indent(src[start:])]) + line + end
	if at > 0 && src[at-1] != '\n' {
		text = end + strings.TrimSuffix(text, end)
	}
	out := splice(src, at, at, text)
	after := ReadSpec(out)
	if !sameCriteria(append(slices.Clone(before.Criteria), added), after.Criteria) || len(before.Sections) != len(after.Sections) {
		return nil, refuse("The criterion would have changed others.")
	}
	return out, nil
}

// RemoveCriterion takes a criterion out, with the lines that hang on it.
func RemoveCriterion(src []byte, id string) ([]byte, error) {
	p, before, err := editable(src)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(p.criteria, func(c criterion) bool { return c.ID == id })
	if at < 0 || p.criteria[at].Fixed != "" {
		return nil, refuse("The criterion " + id + " cannot be taken out.")
	}
	from := lineStart(src, p.criteria[at].at)
	out := splice(src, from, criterionEnd(src, from), "")
	want := slices.Delete(slices.Clone(before.Criteria), at, at+1)
	if after := ReadSpec(out); after.Says != "" || !sameCriteria(want, after.Criteria) || len(before.Sections) != len(after.Sections) {
		return nil, refuse("The change would have changed other criteria too.")
	}
	return out, nil
}

// criterionEnd is where the lines of a list item end: at the first that is empty or
// not indented.
func criterionEnd(src []byte, start int) int {
	at := nextLine(src, start)
	for at < len(src) {
		next := nextLine(src, at)
		line := src[at:next]
		if len(bytes.TrimSpace(line)) == 0 || line[0] != ' ' && line[0] != '\t' {
			return at
		}
		at = next
	}
	return at
}

// NextCriterion is the first free name behind the last criterion of a page:
// AC-US1-05 behind AC-US1-04. It is empty where the last has no number.
func NextCriterion(spec Spec) string {
	if len(spec.Criteria) == 0 {
		return ""
	}
	last := spec.Criteria[len(spec.Criteria)-1].ID
	cut := strings.LastIndexByte(last, '-')
	if _, err := strconv.Atoi(last[cut+1:]); err != nil {
		return ""
	}
	highest := 0
	for _, c := range spec.Criteria {
		if number, same := strings.CutPrefix(c.ID, last[:cut+1]); same {
			n, _ := strconv.Atoi(number) // what is no number is not counted
			highest = max(highest, n)
		}
	}
	return fmt.Sprintf("%s%02d", last[:cut+1], highest+1)
}

// StoryOf is the user story that the last task of a tasks.md names; empty where
// none does.
func StoryOf(src []byte) string {
	const field = "**User Story**:"
	at := bytes.LastIndex(src, []byte(field))
	if at < 0 {
		return ""
	}
	words := strings.Fields(string(src[at+len(field) : nextLine(src, at)]))
	if len(words) == 0 || !strings.HasPrefix(words[0], "US-") {
		return ""
	}
	return strings.TrimRight(words[0], ",|")
}

// Later orders increments' folders by number, then by name.
func Later(a, b string) int {
	return cmp.Or(cmp.Compare(folderNumber(a), folderNumber(b)), cmp.Compare(a, b))
}

func folderNumber(folder string) int {
	end := 0
	for end < len(folder) && isDigit(folder[end]) {
		end++
	}
	n, _ := strconv.Atoi(folder[:end]) // a folder without one comes first
	return n
}
