package workflow

import (
	"slices"
	"strings"
)

// AttachToSection adds files to a section of the post-mortem, so that its text
// can show them: ![a graph](attachment:3f2a91c07bd4). Their bytes must be on the
// disk already. The text is written for itself: a file that no text names is
// kept and not exported.
type AttachToSection struct {
	Section Section
	Files   []Attachment
}

func (a AttachToSection) decide(in Incident, _ Env) ([]Body, error) {
	switch {
	case !slices.Contains(KnownSections(), a.Section):
		return nil, refuseField("section.unknown", "section", "The post-mortem has no section %q.", string(a.Section))
	case a.Section.Generated():
		return nil, refuseField("section.generated", "section", "This section follows from the log. Attach the file to an entry of the timeline instead.")
	case in.Review.State() == Final:
		return nil, refuse("review.final", "The post-mortem is final. Open it again first; that is put on record.")
	case len(a.Files) == 0:
		return nil, refuseField("attachment.none", "files", "Choose a file first; nothing was attached.")
	}
	files, err := attachable(a.Files, len(in.Review.files[a.Section]))
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(f Attachment) bool {
		return slices.ContainsFunc(in.Review.files[a.Section], func(o File) bool { return o.Attachment == f })
	})
	if len(files) == 0 {
		return nil, refuseField("attachment.same", "files", "The section has %s already. Nothing was changed.", NamesOf(a.Files))
	}
	return []Body{SectionAttached{Section: a.Section, Files: files}}, nil
}

// SectionAttached is files that belong to a section of the post-mortem.
type SectionAttached struct {
	Section Section      `json:"section"`
	Files   []Attachment `json:"files"`
}

// Kind is "section.attached@1".
func (SectionAttached) Kind() Kind { return "section.attached@1" }

func (a SectionAttached) apply(in *Incident, e Event) {
	if in.Review.files == nil {
		in.Review.files = map[Section][]File{}
	}
	in.Review.files[a.Section] = append(slices.Clip(in.Review.files[a.Section]), filesOf(e, a.Files)...)
}

func (a SectionAttached) tell(t *tale) {
	t.on("section", string(a.Section), t.final.Playbook.sectionName(a.Section))
	t.files(a.Files)
}

// Files lists what was attached to a section, in that order.
func (r Review) Files(s Section) []File {
	var out []File
	for _, f := range r.files[s] {
		if !slices.ContainsFunc(out, func(o File) bool { return o.Attachment == f.Attachment }) {
			out = append(out, f)
		}
	}
	return out
}

// AttachmentScheme is what the address of an attachment begins with in the text
// of a section; the first SumLength digits of its checksum follow.
const AttachmentScheme = "attachment:"

// SumLength is how many digits of a checksum name an attachment in a text.
const SumLength = 12

// Address names the attachment in the text of a section.
func (a Attachment) Address() string {
	return AttachmentScheme + a.SHA256[:min(SumLength, len(a.SHA256))]
}

// Link is how a section's text shows the attachment: a picture as one, anything
// else as a link.
func (a Attachment) Link() string {
	words := strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "\n", " ", "\r", " ").Replace(a.Shown())
	link := "[" + words + "](" + a.Address() + ")"
	if a.Image() {
		return "!" + link
	}
	return link
}

// AttachmentAt finds what an address in a text means: "attachment:3f2a91c07bd4".
// It is looked for among the files of all sections and of all entries that are
// not hidden: what was hidden must not come back through a text.
func (in Incident) AttachmentAt(address string) (Attachment, bool) {
	sum, is := strings.CutPrefix(address, AttachmentScheme)
	if !is || len(sum) < SumLength || strings.Trim(sum, "0123456789abcdef") != "" {
		return Attachment{}, false
	}
	for _, s := range KnownSections() {
		for _, f := range in.Review.files[s] {
			if ValidSum(f.SHA256) && strings.HasPrefix(f.SHA256, sum) {
				return f.Attachment, true
			}
		}
	}
	for _, e := range in.Timeline.entries {
		if e.Hidden.Get() {
			continue
		}
		for _, f := range e.files {
			if ValidSum(f.SHA256) && strings.HasPrefix(f.SHA256, sum) {
				return f.Attachment, true
			}
		}
	}
	return Attachment{}, false
}
