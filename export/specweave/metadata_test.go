package specweave_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/specweave"
)

const metadata = `{
  "id": "0007-hotfix-basket",
  "status": "active",
  "type": "hotfix",
  "priority": "P1",
  "created": "2026-02-03T10:00:00.000Z",
  "lastActivity": "2026-02-03T11:00:00.000Z",
  "feature_id": null,
  "externalLinks": {
    "github": { "milestone": 3 }
  },
  "jira": {"issues": [], "issue": ""},
  "hotfixWorkflow": {
    "schema": 1,
    "incidentId": "incident-7"
  },
  "later": {
    "big": 12345678901234567890,
    "f": 1.0,
    "html": "<b>&</b>",
    "nul": null
  }
}`

func TestMetadataIsRead(t *testing.T) {
	for _, file := range []string{metadata, strings.ReplaceAll(metadata, "\n", "\r\n"), "\ufeff" + metadata + "\n"} {
		m, err := specweave.ReadMetadata([]byte(file))
		require.NoError(t, err)
		assert.Equal(t, "0007-hotfix-basket active hotfix P1  incident-7", strings.Join([]string{m.ID, m.Status, m.Type, m.Priority, m.Title, m.Incident}, " "))
		assert.Equal(t, "2026-02-03T10:00:00.000Z", m.Created)
		assert.Equal(t, "2026-02-03T11:00:00.000Z", m.LastActivity)
		assert.Equal(t, []string{"externalLinks"}, m.Linked)
		assert.Len(t, m.Raw, 11)
		assert.Equal(t, "null", m.Raw["feature_id"])
	}
	m, err := specweave.ReadMetadata([]byte(`{"id":15,"createdAt":"a","updatedAt":"b","status":"x","status":"y\u0021","external_ref":"jira#A","prRefs":[1],"github":{"issue":1},"github":{},"sub":{"status":"z"}}`))
	require.NoError(t, err)
	assert.Equal(t, "15 a b y!", strings.Join([]string{m.ID, m.Created, m.LastActivity, m.Status}, " "))
	assert.Equal(t, []string{"external_ref"}, m.Linked)
}

func TestMetadataThatCannotBeReadSaysWhy(t *testing.T) {
	for file, says := range map[string]string{
		"{\n  \"a\": 1,\n}":      "There is a comma too many in front of line 3.",
		"{\n  \"a\": [1,]\n}":    "There is a comma too many in front of line 2.",
		"{\n  \"a\": 1,\n  \"b":  "It ends in the middle, in line 3; it may be half written.",
		"":                       "The file is empty; it may be half written.",
		"[1]":                    "It is no object of keys and values.",
		"{\"a\": tru}":           "It is no JSON in line 1: invalid character '}' in literal true (expecting 'e').",
		"{\n<<<<<<< a\n\"b\":1}": "The file holds the marks of a merge conflict. Resolve it first.",
		"{\"a\": \"\xff\"}":      "The file is not in UTF-8.",
		"{\"a\": 1}\x00":         "The file holds NUL bytes, so it is no text.",
	} {
		_, err := specweave.ReadMetadata([]byte(file))
		assert.Equal(t, specweave.Refusal{Says: "metadata.json cannot be read. " + says}, err, file)
		_, err = specweave.EditMetadata([]byte(file), specweave.Change{Key: "a", Value: "2"})
		assert.Equal(t, specweave.Refusal{Says: "metadata.json cannot be read. " + says + " Nothing was written."}, err, file)
	}
}

func TestMetadataIsChangedInPlace(t *testing.T) {
	change := func(pairs ...string) []specweave.Change {
		var all []specweave.Change
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, specweave.Change{Key: pairs[i], Value: pairs[i+1]})
		}
		return all
	}
	for _, end := range []string{"\n", "\r\n"} {
		file := strings.ReplaceAll(metadata, "\n", end)
		out, err := specweave.EditMetadata([]byte(file), change("status", `"completed"`, "lastActivity", `"2026-02-04"`, "approvedAt", `"<now>"`, "feature_id", "")...)
		require.NoError(t, err)
		want := strings.NewReplacer(`"active"`, `"completed"`, `"2026-02-03T11:00:00.000Z"`, `"2026-02-04"`, `  "feature_id": null,`+end, "",
			`"nul": null`+end+`  }`, `"nul": null`+end+`  },`+end+`  "approvedAt": "<now>"`).Replace(file)
		assert.Equal(t, want, string(out))
		back, err := specweave.EditMetadata(out, change("approvedAt", "", "status", `"active"`, "lastActivity", `"2026-02-03T11:00:00.000Z"`)...)
		require.NoError(t, err)
		assert.Equal(t, strings.Replace(file, `  "feature_id": null,`+end, "", 1), string(back))
	}
	for name, one := range map[string]struct {
		file string
		with []specweave.Change
		want string
	}{
		"nothing":            {metadata, nil, metadata},
		"the same":           {metadata, change("status", `"active"`), metadata},
		"one line":           {`{"a":1,"b":2}`, change("c", "3"), `{"a":1,"b":2,"c":3}`},
		"one line, one key":  {`{"a":1}`, change("c", "3"), `{"a":1,"c":3}`},
		"one line, wider":    {`{"a": 1}`, change("c", "3"), `{"a": 1, "c": 3}`},
		"empty":              {"{}\n", change("c", "3"), "{\n  \"c\": 3\n}\n"},
		"tabs":               {"{\n\t\"a\": 1\n}\n", change("c", "3"), "{\n\t\"a\": 1,\n\t\"c\": 3\n}\n"},
		"the last of two":    {`{"a":1,"b":2,"a":3}`, change("a", "4"), `{"a":1,"b":2,"a":4}`},
		"both of two":        {`{"a":1,"b":2,"a":3}`, change("a", ""), `{"b":2}`},
		"the only one":       {"{\n  \"a\": 1\n}", change("a", ""), "{}"},
		"the first":          {"{\n  \"a\": 1,\n  \"b\": 2\n}", change("a", ""), "{\n  \"b\": 2\n}"},
		"the last":           {"{\n  \"a\": 1,\n  \"b\": 2\n}", change("b", ""), "{\n  \"a\": 1\n}"},
		"not there":          {`{"a":1}`, change("b", ""), `{"a":1}`},
		"added and gone":     {`{"a":1}`, change("b", "2", "b", ""), `{"a":1}`},
		"strange values":     {`{"a":"}],{\"","b":[{"c":"]"}],"d":-1.50e+3}`, change("b", "null"), `{"a":"}],{\"","b":null,"d":-1.50e+3}`},
		"BOM":                {"\ufeff{\"a\": 1}", change("a", "2"), "\ufeff{\"a\": 2}"},
		"a key with an edge": {`{"a": 1}`, change(`<"&>`, "2"), `{"a": 1, "<\"&>": 2}`},
	} {
		out, err := specweave.EditMetadata([]byte(one.file), one.with...)
		require.NoError(t, err, name)
		assert.Equal(t, one.want, string(out), name)
	}
	_, err := specweave.EditMetadata([]byte(metadata), change("status", "active")...)
	assert.Error(t, err, "no JSON")
}

func TestStatesOfEveryVersionAreFolded(t *testing.T) {
	for raw, want := range map[string]string{
		"planning": "planning", "planned": "planning", "in-progress": "active", "in_progress": "active", "In Progress": "active", "done": "completed", "closed": "completed",
		`"completed"`: "completed", "ready for review": "ready_for_review", "ready_for_review": "ready_for_review", "backlog": "backlog", "paused": "paused", "abandoned": "abandoned",
		"superseded": "", "": "",
	} {
		state, known := specweave.State(raw)
		assert.Equal(t, want, state, raw)
		assert.Equal(t, want != "", known, raw)
	}
	for raw, want := range map[string]string{"bugfix": "bug", "bug-fix": "bug", "enhancement": "feature", "improvement": "feature", "task": "experiment", "spike": "experiment", "hotfix": "hotfix", "ops": "ops", "": ""} {
		assert.Equal(t, want, specweave.Kind(raw), raw)
	}
}

func TestAnIncrementAtAGlance(t *testing.T) {
	tasks := "### T-001: A\n**Status**: [x] completed\n### T-002: B\n**Status**: [ ] pending\n"
	assert.Equal(t, specweave.Overview{
		ID: "0007-hotfix-basket", Title: "Hotfix: empty basket", Type: "hotfix", Status: "active", RawStatus: "active", Priority: "P1", Incident: "incident-7",
		Tasks: 2, Done: 1, Criteria: 7, Met: 2,
	}, specweave.Glance("0007-hotfix-basket", []byte(metadata), []byte(page), []byte(tasks)))
	assert.Equal(t, specweave.Overview{
		ID: "0007-x", Title: "0007-x", Says: []string{"There is no metadata.json.", "There is no spec.md.", "There is no tasks.md."},
	}, specweave.Glance("0007-x", nil, nil, nil))
	got := specweave.Glance("0007-x", []byte("{"), []byte("---\nstatus: superseded\ntype: bugfix\n---\n# The title\n"), []byte(""))
	assert.Equal(t, "The title", got.Title)
	assert.Equal(t, "bug", got.Type)
	assert.Equal(t, "superseded", got.RawStatus)
	assert.Empty(t, got.Status)
	assert.Len(t, got.Says, 2)
	assert.Len(t, specweave.Glance("0008-x", []byte(metadata), []byte("# x"), []byte("# x")).Says, 1)
}
