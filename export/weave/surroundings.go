package weave

import (
	"strings"

	"firebreak/export/specweave"
	"firebreak/workflow"
)

// The surroundings are what the program wrote around the shared parts: other
// sections, the plan, the front matter. They go one way only. As long as nobody
// else touches one it follows the incident; once somebody has, it is theirs.

// around is one of them: where it stands, and what both sides say.
type around struct {
	part         workflow.Part
	ours, theirs string
	set          func(e *editing)
}

// ownFront and ownMetadata are the keys that follow the incident.
var (
	ownFront    = []string{"title", "type", "priority", "test_mode", "coverage_target"}
	ownMetadata = []string{"title", "type", "priority", "testMode", "coverageTarget"}
)

// around lists what the program wrote into an increment of its own. An
// increment that was there first keeps everything but the shared parts.
func (w *Weaving) around() []around {
	if w.in.Linked() {
		return nil
	}
	var out []around
	for _, page := range []struct {
		file, prefix string
		mine, theirs specweave.Spec
	}{{specFile, "spec/", w.mine.spec, w.theirs.spec}, {planFile, "plan/", w.mine.plan, w.theirs.plan}} {
		if w.open(page.file) {
			out = append(out, sections(page.file, page.prefix, page.mine, page.theirs)...)
		}
	}
	if w.open(specFile) {
		for _, key := range ownFront {
			value := w.mine.spec.Front[key]
			out = append(out, around{
				workflow.Part("front/" + key), value, w.theirs.spec.Front[key],
				func(e *editing) {
					e.try(specFile, func(src []byte) ([]byte, error) { return specweave.SetFront(src, key, value) })
				},
			})
		}
	}
	if w.open(metadataFile) {
		for _, key := range ownMetadata {
			out = append(out, around{part: workflow.Part("meta/" + key), ours: w.mine.metadata.Raw[key], theirs: w.theirs.metadata.Raw[key]})
		}
	}
	return out
}

// sections are the sections of a page that are no shared part and hold no boxes.
func sections(file, prefix string, mine, theirs specweave.Spec) []around {
	var out []around
	behind := ""
	for _, s := range mine.Sections {
		after := behind
		behind = s.Name
		if file == specFile && (s.Name == "User Stories" || isShared(s.Name)) {
			continue
		}
		have, found := theirs.Section(s.Name)
		out = append(out, around{
			workflow.Part(prefix + s.Name), strings.TrimSpace(s.Text), strings.TrimSpace(have.Text),
			func(e *editing) {
				e.try(file, func(src []byte) ([]byte, error) {
					if found {
						return specweave.SetSection(src, s.Name, s.Text)
					}
					if _, there := specweave.ReadSpec(src).Section(after); !there {
						after = ""
					}
					return specweave.InsertSection(src, after, s.Name, s.Text)
				})
			},
		})
	}
	return out
}

func isShared(section string) bool {
	for _, names := range sectionNames {
		for _, name := range names {
			if name == section {
				return true
			}
		}
	}
	return false
}

// follows says whether a surrounding still is as the program wrote it, and the
// incident says something else now.
func (w *Weaving) follows(a around) bool {
	if a.ours == a.theirs {
		return false
	}
	oursSame, theirsSame, known := w.last(a.part, a.ours, a.theirs)
	if !known {
		return a.theirs == "" && a.ours != "" // a section that came with another severity
	}
	return theirsSame && !oursSame
}

func (e *editing) surroundings() {
	for _, a := range e.around() {
		if a.set != nil && e.follows(a) {
			a.set(e)
		}
	}
}
