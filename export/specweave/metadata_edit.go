package specweave

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Change is one key at the top of metadata.json with its new value as raw JSON.
// Without a value the key is taken out, with its comma.
type Change struct{ Key, Value string }

// EditMetadata replaces values in their places and adds new keys at the end, in
// the file's own indentation. All other bytes stay: the digits of numbers, the
// order, keys that nobody knows, keys that stand there twice.
func EditMetadata(src []byte, changes ...Change) ([]byte, error) {
	before, err := membersOf(src)
	if err != nil {
		return nil, refuse(err.Error())
	}
	if says := guard(src); says != "" {
		return nil, refuse(says)
	}
	out, list := src, before
	for _, c := range changes {
		if c.Value != "" && !json.Valid([]byte(c.Value)) {
			return nil, refuse("The new value of " + c.Key + " is no JSON.")
		}
		out = editMember(out, list, c)
		if list, err = membersOf(out); err != nil {
			return nil, refuse("The change of " + c.Key + " would have broken the file.")
		}
	}
	if !onlyChanged(src, before, out, list, changes) {
		return nil, refuse("The change would have changed other keys too.")
	}
	return out, nil
}

func editMember(src []byte, list []member, c Change) []byte {
	at := -1
	for i, m := range list {
		if m.key == c.Key {
			at = i
		}
	}
	value := strings.ReplaceAll(lineFeeds(strings.TrimSpace(c.Value)), "\n", lineEnd(src))
	switch {
	case value == "":
		return deleteMembers(src, list, c.Key)
	case at < 0:
		return appendMember(src, list, quoteKey(c.Key), value)
	case string(list[at].value.of(src)) == value:
		return src
	}
	return splice(src, list[at].value.from, list[at].value.to, value)
}

func quoteKey(key string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(key) != nil {
		return `""`
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// deleteMembers takes a key out wherever it stands: else an earlier one would
// count again.
func deleteMembers(src []byte, list []member, key string) []byte {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].key != key {
			continue
		}
		from, to := list[i].from, list[i].value.to
		switch {
		case i > 0:
			from = list[i-1].value.to
		case len(list) > 1:
			to = list[1].from
		default:
			from, to = bytes.LastIndexByte(src[:from], '{')+1, to+bytes.IndexByte(src[to:], '}')
		}
		src = splice(src, from, to, "")
		list = slices.Delete(slices.Clone(list), i, i+1)
	}
	return src
}

// appendMember adds a member behind the last one, parted from it as that is
// from the one before.
func appendMember(src []byte, list []member, key, value string) []byte {
	if len(list) == 0 {
		open := bytes.IndexByte(src, '{') + 1
		end := lineEnd(src)
		return splice(src, open, open+bytes.IndexByte(src[open:], '}'), end+"  "+key+": "+value+end)
	}
	last := list[len(list)-1]
	colon := " "
	if src[last.value.from-1] == ':' {
		colon = ""
	}
	gap := src[:last.from]
	gap = gap[len(trimEnd(gap)):]
	if len(list) == 1 && bytes.IndexByte(gap, '\n') < 0 {
		gap = []byte(colon)
	}
	return splice(src, last.value.to, last.value.to, ","+string(gap)+key+":"+colon+value)
}

// onlyChanged compares what was with what is: every member that was not asked
// for has the same key, place and bytes.
func onlyChanged(src []byte, before []member, out []byte, after []member, changes []Change) bool {
	asked := map[string]string{}
	for _, c := range changes {
		asked[c.Key] = strings.ReplaceAll(lineFeeds(strings.TrimSpace(c.Value)), "\n", lineEnd(src))
	}
	others := func(src []byte, list []member) []string {
		var all []string
		for _, m := range list {
			if _, changed := asked[m.key]; !changed {
				all = append(all, m.key, string(m.value.of(src)))
			}
		}
		return all
	}
	got := map[string]string{}
	for _, m := range after {
		got[m.key] = string(m.value.of(out))
	}
	for key, value := range asked {
		if got[key] != value {
			return false
		}
	}
	return slices.Equal(others(src, before), others(out, after))
}
