package intake

import (
	"strings"
	"unicode"

	"firebreak/workflow"
)

// partKind is what a heading makes of the text below it.
type partKind int

const (
	otherPart    partKind = iota
	introPart             // above the first heading
	titlePart             // below the document's title
	timelinePart          // entries, whatever else stands there
	sectionPart           // one of the sections of our own document
	recordPart            // a chat, a log, an appendix: times that are no entries
)

// heads is what a heading says, by the words in it. The first row that fits
// holds.
var heads = []struct {
	kind    partKind
	section workflow.Section
	words   []string // one of them is in the heading, at the beginning of a word
}{
	{timelinePart, "", []string{"timeline", "time line", "chronolog", "sequence of events", "order of events", "course of events", "log of events", "event log", "incident log", "list of events", "zeitleiste", "zeitlicher ablauf", "zeitverlauf", "cronolog", "línea de tiempo", "linha do tempo", "déroul", "what happened when"}},
	{recordPart, "", []string{"chat log", "chat", "logs", "slack", "irc", "transcript", "appendix", "apendix", "appendinx", "apendinx", "appendices", "annex", "raw data", "discord", "zulip", "gitter", "key events", "key times", "postmortem thread", "attendees", "participants", "glossary"}},
	{sectionPart, workflow.WentWellSection, []string{"went well", "worked well", "went right", "goes well", "we did well", "gut gelaufen", "que bien", "bien passé"}},
	{sectionPart, workflow.WentWrongSection, []string{"went wrong", "went poorly", "went badly", "go so well", "go well", "gone better", "did not work", "didn't work", "didn’t work", "could be improved", "can be improved", "could we improve", "can we improve", "could have been better", "do better", "went less well", "mal passé"}},
	{sectionPart, workflow.LuckySection, []string{"lucky", "luck"}},
	{sectionPart, workflow.ContributingSection, []string{"contributing", "contributory", "contributors"}},
	{sectionPart, workflow.RootCauseSection, []string{"root cause", "root-cause", "rootcause", "five whys", "5 whys", "underlying cause", "cause analysis", "causes", "cause", "why did it happen", "why did this happen", "how did it happen", "how did this happen", "ursache", "causa raíz", "cause racine"}},
	{sectionPart, workflow.LessonsSection, []string{"lesson", "learning", "we learned", "we learnt", "did we learn", "takeaway", "take away", "take-away", "insights", "lehren"}},
	{sectionPart, workflow.ActionsSection, []string{"action item", "actions", "action plan", "follow-up", "follow up", "followup", "followups", "corrective", "prevent", "remediation item", "remediation", "next step", "future measure", "future work", "future improvement", "improvements", "recommendation", "todo", "to do", "to-do", "actionable", "maßnahmen", "acciones"}},
	{sectionPart, workflow.DetectionSection, []string{"detection", "detect", "detected", "discovery", "how was it noticed", "identification", "alerting"}},
	{sectionPart, workflow.MetricsSection, []string{"time to", "mttr", "mttd", "duration"}},
	{sectionPart, workflow.ResolutionSection, []string{"resolution", "resolve", "recovery", "restoration", "mitigation", "mitigated", "solution", "the fix", "fix", "how was it fixed", "how did we fix", "behebung", "lösung", "résolution", "resolución"}},
	{sectionPart, workflow.ImpactSection, []string{"impact", "affected", "damage", "auswirkung", "impacto"}},
	{sectionPart, workflow.TriggerSection, []string{"trigger"}},
	{sectionPart, workflow.VerificationSection, []string{"verification", "validation"}},
	{sectionPart, workflow.DecisionSection, []string{"decision"}},
	{sectionPart, workflow.CommunicationSection, []string{"communication", "status page", "comms"}},
	{sectionPart, workflow.ResponseSection, []string{"response", "escalation", "responders", "roles", "incident team"}},
	{sectionPart, workflow.MetricsSection, []string{"metrics", "stats", "statistics"}},
	{sectionPart, workflow.QuestionsSection, []string{"open question", "questions", "unknowns"}},
	{sectionPart, workflow.RelatedSection, []string{"related", "references", "links", "see also", "further reading", "supporting", "resources"}},
	{sectionPart, workflow.SummarySection, []string{"summary", "overview", "tl;dr", "tldr", "tl:dr", "abstract", "synopsis", "in brief", "what happened", "zusammenfassung", "überblick", "résumé", "resumen"}},
}

// exceptions are headings whose words would mislead.
var exceptions = map[string]workflow.Section{
	"action taken": workflow.ResolutionSection, "actions taken": workflow.ResolutionSection, "action": workflow.ActionsSection,
	"immediate action": workflow.ResolutionSection, "immediate actions": workflow.ResolutionSection, "immediate actions taken": workflow.ResolutionSection,
	"resolution and recovery": workflow.ResolutionSection, "response and recovery": workflow.ResolutionSection,
	"resolution / actions": workflow.ResolutionSection, "timeline of actions": workflow.TimelineSection,
	"root cause and trigger": workflow.RootCauseSection, "identification and root cause": workflow.RootCauseSection,
}

// mayNameMore are the sections whose words stand in other headings as well,
// "Weight proof validation": they count at the beginning, or in two words.
var mayNameMore = map[workflow.Section]bool{
	workflow.VerificationSection: true, workflow.DecisionSection: true, workflow.ResponseSection: true, workflow.MetricsSection: true,
	workflow.QuestionsSection: true, workflow.RelatedSection: true, workflow.CommunicationSection: true, workflow.TriggerSection: true,
}

// longestHeading is how many words a heading has that still only names its
// section. A longer one is a sentence of its own.
const longestHeading = 9

// nameOf sorts a heading by its words.
func nameOf(title string) (partKind, workflow.Section) {
	title = bareTitle(title)
	if title == "" || strings.Count(title, " ") >= longestHeading && !strings.HasPrefix(title, "timeline") {
		return otherPart, ""
	}
	if section, ok := exceptions[title]; ok {
		if section == workflow.TimelineSection {
			return timelinePart, ""
		}
		return sectionPart, section
	}
	for _, row := range heads {
		for _, word := range row.words {
			if hasWord(title, word) && (!mayNameMore[row.section] || strings.HasPrefix(title, word) || strings.Count(title, " ") < 2) {
				return row.kind, row.section
			}
		}
	}
	return otherPart, ""
}

// bareTitle is a heading without its number, its brackets, its pictures and
// its mark-up, in small letters.
func bareTitle(title string) string {
	var out strings.Builder
	depth := 0
	for _, r := range strings.ToLower(title) {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth = max(0, depth-1)
		case depth > 0 && r != ' ':
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-'’/;:", r):
			out.WriteRune(r)
		default:
			out.WriteByte(' ')
		}
	}
	words := strings.Fields(out.String())
	for len(words) > 0 && strings.Trim(words[0], "0123456789.-:/;'’") == "" {
		words = words[1:]
	}
	return strings.Trim(strings.Join(words, " "), " :-")
}

// hasWord finds a word, or the beginning of one, in a title.
func hasWord(title, word string) bool {
	for from := 0; ; {
		i := strings.Index(title[from:], word)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(word)
		starts := i == 0 || strings.IndexByte(" -/'", title[i-1]) >= 0
		whole := len(word) > 5 || end == len(title) || strings.IndexByte(" -/:;'", title[end]) >= 0
		if starts && whole {
			return true
		}
		from = i + 1
	}
}
