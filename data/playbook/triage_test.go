package playbook_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDefaultQuestionsLeadToTheLevelOfTheExamples(t *testing.T) {
	type answers = map[string]string
	calm := func(who, function string) answers {
		return answers{"who": who, "function": function, "workaround": "no", "risk": "neither", "worse": "no"}
	}
	with := func(a answers, question, answer string) answers {
		a[question] = answer
		return a
	}
	for name, given := range map[string]struct {
		answers answers
		level   string
	}{
		"site unreachable":                             {calm("everyone", "system"), "SEV1"},
		"all users cannot login":                       {calm("everyone", "system"), "SEV1"},
		"checkout failing":                             {calm("many", "major"), "SEV2"},
		"checkout failing, money is lost":              {with(calm("many", "major"), "risk", "money"), "SEV2"},
		"profile image not loading":                    {calm("some", "minor"), "SEV3"},
		"typo in footer":                               {calm("nobody", "looks"), "SEV4"},
		"only the function is known: the site":         {answers{"function": "system"}, "SEV1"},
		"only the function is known: checkout":         {answers{"function": "major"}, "SEV2"},
		"only the function is known: a profile image":  {answers{"function": "minor"}, "SEV3"},
		"only the function is known: a typo":           {answers{"function": "looks"}, "SEV4"},
		"a workaround lowers a broken major feature":   {with(calm("many", "major"), "workaround", "yes"), "SEV3"},
		"a workaround never lowers the top level":      {with(calm("everyone", "system"), "workaround", "yes"), "SEV1"},
		"a workaround lowers nothing below the last":   {with(calm("nobody", "looks"), "workaround", "yes"), "SEV4"},
		"data at risk holds against a workaround":      {with(with(calm("some", "minor"), "risk", "data"), "workaround", "yes"), "SEV2"},
		"money at risk holds against a workaround":     {with(with(calm("many", "major"), "risk", "money"), "workaround", "yes"), "SEV2"},
		"data at risk lifts a typo":                    {with(calm("nobody", "looks"), "risk", "data"), "SEV2"},
		"getting worse raises by one":                  {with(calm("some", "minor"), "worse", "yes"), "SEV2"},
		"getting worse raises a major feature":         {with(calm("many", "major"), "worse", "yes"), "SEV1"},
		"nothing raises the top level":                 {with(calm("everyone", "system"), "worse", "yes"), "SEV1"},
		"a workaround and getting worse even out":      {with(with(calm("many", "major"), "worse", "yes"), "workaround", "yes"), "SEV2"},
		"unsure who is hit takes the higher":           {with(calm("", "minor"), "who", "unsure"), "SEV1"},
		"unsure of the workaround takes there is none": {with(calm("many", "major"), "workaround", "unsure"), "SEV2"},
		"unsure whether it gets worse takes the worse": {with(calm("some", "minor"), "worse", "unsure"), "SEV2"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, given.level, standard(t).Propose(given.answers).Level)
		})
	}
}

func TestDefaultReasonsAreThoseThatCount(t *testing.T) {
	got := standard(t).Propose(map[string]string{"who": "many", "function": "major", "workaround": "no", "risk": "money", "worse": "no"})
	assert.Equal(t, "many cannot do what they came for; a major feature is broken; money is at risk", got.Reason)
}
