package page_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"firebreak/export"
	"firebreak/export/page"
	"firebreak/workflow"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run the tests of this package with -update")
	assert.Equal(t, string(want), string(got))
}

func TestThePageOfTheSampleIsTheGoldenOne(t *testing.T) {
	t.Parallel()
	golden(t, "sample.html", page.Postmortem(wholeSample(t), page.Files{}))
}

func TestThePageIsTheSameWhateverTheZoneOfTheTimesIs(t *testing.T) {
	t.Parallel()
	in, files := threeDays(t)
	want := page.Postmortem(in, files)
	assert.Equal(t, string(want), string(page.Postmortem(in, files)))
	var moved []workflow.Event
	for _, e := range in.Events() {
		e.At.Time, e.Recorded = e.At.Time.In(time.FixedZone("elsewhere", 9*3600)), e.Recorded.In(time.FixedZone("", -3600))
		moved = append(moved, e)
	}
	assert.Equal(t, string(want), string(page.Postmortem(workflow.Fold(in.ID, moved), files)))
}

func TestThePageSaysWhatTheFrontMatterSays(t *testing.T) {
	t.Parallel()
	in := wholeSample(t)
	header := ""
	each(parsed(t, page.Postmortem(in, page.Files{})), func(n *html.Node) {
		if n.Data == "header" {
			header = textOf(n)
		}
	})
	for _, said := range []string{
		"SEV1", "Post-mortem: draft", in.ReportTitle(), "Duration47 minutes", "Detected2024-11-25 14:32 UTC", "All-clear2024-11-25 15:19 UTC",
		"Serviceauth", "Incident commanderJane", "ScribeSam", "FixerBob", "ApproverAnn", "Increment0015-hotfix-auth-outage",
	} {
		assert.Contains(t, header, said)
	}
}

// drawn is the picture of a page, or nil.
func drawn(t *testing.T, in workflow.Incident) (picture *html.Node, caption string) {
	t.Helper()
	each(parsed(t, page.Postmortem(in, page.Files{})), func(n *html.Node) {
		switch {
		case n.Data == "svg" && attributes(n)["class"] == "picture":
			picture = n
		case n.Data == "figcaption" || attributes(n)["class"] == "unknown":
			caption += textOf(n) + " "
		}
	})
	return picture, caption
}

func TestThePictureSaysItsMilestonesAndPhasesInWordsToo(t *testing.T) {
	t.Parallel()
	picture, caption := drawn(t, wholeSample(t))
	require.NotNil(t, picture)
	assert.Equal(t, "img", attributes(picture)["role"])
	said := textOf(picture)
	for _, words := range []string{
		"Timeline of the incident", "14:32 Detected", "14:35 Acknowledged", "14:58 Fix deployed", "15:19 All-clear",
		"Acknowledged 2024-11-25 14:35 UTC", "Mitigation 16 minutes",
	} {
		assert.Contains(t, said, words)
	}
	for _, words := range []string{"Response 3 minutes", "Diagnosis 7 minutes", "Mitigation 16 minutes", "Verification 7 minutes", "Until All-clear 14 minutes"} {
		assert.Contains(t, caption, words)
	}
}

func TestThePictureMarksWhatIsApproximateAndListsWhatIsUnknown(t *testing.T) {
	t.Parallel()
	in, _ := threeDays(t)
	picture, caption := drawn(t, in)
	require.NotNil(t, picture)
	assert.Contains(t, textOf(picture), "7 Mar ≈14:10 Impact started", "an outage of days says the day")
	assert.Contains(t, caption, "Detection ≈7 hours 30 minutes")
	assert.Contains(t, caption, "Impact, until Mitigated ≈")
	assert.Contains(t, caption, "a ring and ≈ stand for an approximate time")
	rings := 0
	each(picture, func(n *html.Node) {
		if attributes(n)["class"] == "dot about" {
			rings++
		}
	})
	assert.Equal(t, 1, rings)

	_, caption = drawn(t, elsewhere(t))
	assert.Contains(t, caption, "Time not known: Mitigated (אחרי הצהריים).")
}

func TestThereIsNoPictureOfASingleMoment(t *testing.T) {
	t.Parallel()
	picture, _ := drawn(t, nearlyEmpty(t))
	assert.Nil(t, picture)
	content := string(page.Postmortem(nearlyEmpty(t), page.Files{}))
	assert.Contains(t, content, "Severity undecided")
	assert.Contains(t, content, export.NothingYet)
	assert.NotContains(t, content, "<nav", "a short page needs no contents")
}

// withPictures is an incident with files of every kind, and where they are.
func withPictures(t *testing.T) (workflow.Incident, map[string][]byte, page.Files) {
	p := newPlayer(t)
	p.do(workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: standard(t)})
	store := map[string][]byte{}
	add := func(name, media string, content []byte, size int64) workflow.Attachment {
		sum := sumOf(append([]byte(name), content...))
		store[sum] = content
		return workflow.Attachment{Name: name, Media: media, SHA256: sum, Bytes: size}
	}
	p.do(workflow.Note{Text: "graphs", Files: []workflow.Attachment{
		add("graph.png", "image/png", graph(), 2000),
		add("large.png", "image/png", graph(), page.PictureLimit+1),
		add("liar.png", "image/png", []byte("<svg onload=alert(1)>"), 21),
		add("trace.txt", "text/plain", []byte("x"), 1),
		add("gone.jpg", "image/jpeg", nil, 5),
	}})
	files := page.Files{Files: export.Files{Folder: "x-files"}, Read: func(sha string) ([]byte, error) {
		if content := store[sha]; content != nil {
			return content, nil
		}
		return nil, errors.New("not there")
	}}
	return p.in, store, files
}

func TestPicturesAreAPartOfThePageAndWhatIsLeftOutIsSaid(t *testing.T) {
	t.Parallel()
	in, _, files := withPictures(t)
	content := page.Postmortem(in, files)
	root := parsed(t, content)
	harmless(t, root)
	images := 0
	each(root, func(n *html.Node) {
		if n.Data == "img" {
			images++
			assert.Equal(t, "graph.png", attributes(n)["alt"])
		}
	})
	assert.Equal(t, 1, images)
	said := textOf(section(root, "s-timeline"))
	assert.Contains(t, said, "Picture: large.png (too large for this page, 4.0 MB)")
	assert.Contains(t, said, "Picture: liar.png (not a picture that every browser shows)")
	assert.Contains(t, said, "Picture: gone.jpg (not there any more, or damaged)")
	assert.True(t, bytes.Contains(content, []byte(`href="x-files/large.png"`)), "it lies beside the page")
	assert.True(t, bytes.Contains(content, []byte(`href="x-files/trace.txt"`)))

	files.Alone = true
	content = page.Postmortem(in, files)
	assert.False(t, bytes.Contains(content, []byte("x-files")), "where nothing lies beside the page, nothing is linked")
	assert.Contains(t, string(content), "data:image/png;base64,")
	assert.Contains(t, textOf(section(parsed(t, content), "s-timeline")), "trace.txt")
}

func TestTheStyleIsTheOnlyOneThatThePageAllows(t *testing.T) {
	t.Parallel()
	root := parsed(t, page.Postmortem(wholeSample(t), page.Files{}))
	var policy, styled string
	each(root, func(n *html.Node) {
		switch {
		case n.Data == "meta" && attributes(n)["http-equiv"] != "":
			policy = attributes(n)["content"]
		case n.Data == "style":
			styled = n.FirstChild.Data
		}
	})
	assert.Contains(t, policy, "default-src 'none'")
	assert.Contains(t, policy, "img-src data:")
	assert.NotContains(t, policy, "unsafe")
	assert.NotContains(t, policy, "script-src")
	assert.NotContains(t, styled, "url(")
	assert.NotContains(t, styled, "@import")
}
