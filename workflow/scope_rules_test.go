package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

// withTest is a test beside a change, so that only what a case is about is found.
const withTest = `
file a_test.go
+	check(t)
`

func TestEachRuleOfTheScopeGuard(t *testing.T) {
	many := strings.Repeat("+	doSomething(withThis, andThat)\n", 101)
	cases := map[string]struct {
		diff    string
		commits []workflow.CommitFact
		paths   []string
		want    []string
	}{
		"a small fix": {diff: "file a.go\n-	x := 1\n+	x := 2", want: nil},
		"lines over the budget": {
			diff: "file a.go\n" + many, want: []string{"budget-lines: 101 lines changed; a minimal fix has at most 100"},
		},
		"lines of documents, tests and what a program wrote are not counted": {
			diff: "file README.md\n" + many + "file b_test.go\n" + many + "file x.pb.go\n" + many,
			want: []string{"~generated x.pb.go: Written by a program"},
		},
		"files over the budget": {
			diff: "file a.go\n+a()\nfile b.go\n+b()\nfile c.go\n+c()\nfile d.go\n+d()\nfile e.go\n+e()\nfile f.go\n+f()",
			want: []string{"budget-files: 6 files changed; a minimal fix has at most 5"},
		},
		"a file outside of the declared scope": {
			diff: "file src/auth/a.go\n+a()\nfile src/pay/b.go\n+b()\nfile test/x_test.go\n+c()\nfile docs/x.md\n+d", paths: []string{"src/auth"},
			want: []string{"outside-scope src/pay/b.go: Outside the declared scope"},
		},
		"a scope of patterns": {
			diff: "file src/auth/deep/a.go\n+a()\nfile go/b.go\n+b()", paths: []string{"src/**/*.go"},
			want: []string{"outside-scope go/b.go: Outside the declared scope"},
		},
		"a file with another name": {
			diff: "file b.go from a.go\nfile c_test.go from d_test.go",
			want: []string{"rename b.go: Renamed from a.go", "~rename c_test.go: Renamed from d_test.go"},
		},
		"indentation": {
			diff: "file a.go\n-	one()\n-	two()\n-	three()\n-	four()\n+		one()\n+		two()\n+		three()\n+		four()",
			want: []string{"whitespace a.go: Only blanks changed in 8 lines"},
		},
		"a block that gets a condition around it": {
			diff: "file a.go\n-	one()\n+	if ok {\n+		one()\n \n-	two()\n+		two()\n+	}", want: nil,
		},
		"indentation that means something": {diff: "file a.py\n-    go()\n+go()", want: nil},
		"a space in a text is no blank":    {diff: "file a.go\n-	x = \"Bearer\"\n+	x = \"Bearer \"", want: nil},
		"a blank beside the fix is a remark": {
			diff: "file a.go\n-	x := 1 \n+	x := 1\n kept()\n-	y(1)\n+	y(2)",
			want: []string{"~whitespace a.go: Only blanks changed in 2 lines"},
		},
		"what a formatter lines up anew beside a change is nothing": {
			diff: "file a.go\n-	one int // first\n+	one  int // first\n kept\n+	three int", want: nil,
		},
		"what is lined up anew alone": {
			diff: "file a.go\n-	one int // first\n+	one  int // first", want: []string{"whitespace a.go: Only blanks changed in 2 lines"},
		},
		"a new script may print":                  {diff: "file a.js added\n+console.log(1)", want: nil},
		"an empty line beside the fix is nothing": {diff: "file a.go\n+\n kept()\n-	y(1)\n+	y(2)", want: nil},
		"line ends": {
			diff: "file a.go\n-	x()\n-	y()\n+	x()␍\n+	y()␍", want: []string{"whitespace a.go: Only the line ends of 2 lines changed"},
		},
		"the same call on several lines": {
			diff: "file a.js\n-  call(first, second)\n+  call(\n+    first,\n+    second,\n+  );",
			want: []string{"reformatting a.js: The same code, written otherwise, in 5 lines"},
		},
		"a tuple of Python is no formatting":     {diff: "file a.py\n-x = (a)\n+x = (a,)", want: nil},
		"a semicolon in C is no formatting":      {diff: "file a.c\n-while (next())\n+while (next());", want: nil},
		"one function for another is the fix":    {diff: "file a.go\n-	old(a)\n+	now(a)\n kept\n-	old(b)\n+	now(b)", want: nil},
		"imports in another order":               {diff: "file a.go\n-	\"b/b\"\n-	\"a/a\"\n+	\"a/a\"\n+	\"b/b\"", want: []string{"reformatting a.go: Imports in another order"}},
		"statements in another order can be all": {diff: "file a.go\n-	one()\n-	two()\n+	two()\n+	one()", want: nil},
		"comments alone ask for nothing":         {diff: "file a.go\n-// one\n+// two", want: nil},
		"a name that is another now": {
			diff: "file a.go\n-	total := sum(a)\n+	amount := sum(a)\n kept\n-	return total\n+	return amount",
			want: []string{"rename a.go: total is called amount now"},
		},
		"a name that is another one, declared among other changes": {
			diff: "file a.go\n-type nasty struct {\n-	Seed int\n+type document struct {\n+	Name string\n+	Blocks []int\n kept\n-func newCase() nasty {\n+func newCase() document {\nfile b.go\n-func read(c nasty) {\n+func read(c document) {",
			want: []string{"rename a.go: nasty is called document now", "rename b.go: nasty is called document now"},
		},
		"another function that is called, while both stay": {
			diff: "file a.go\n-	x := first(a)\n+	x := second(a)\n kept\n-	y := first(b)\n+	y := second(b)\n kept\n+func second(a int) int {\n+	return a\n+}", want: nil,
		},
		"a block that moved": {
			diff: "file a.go\n-func check(a int) {\n-	first := compute(a)\n-	second := compute(first)\n-	third := compute(second)\n-	return first + third\n-}\nfile b.go\n+func check(a int) {\n+	first := compute(a)\n+	second := compute(first)\n+	third := compute(second)\n+	return first + third\n+}",
			want: []string{"moved a.go: 6 lines moved to b.go"},
		},
		"libraries": {
			diff: "file go.mod\n-	github.com/x/y v1.2.2\n+	github.com/x/y v1.2.3\n+	github.com/new/one v0.1.0 // indirect\nfile go.sum\n+	github.com/x/y v1.2.3 h1:abc=",
			want: []string{"dependency go.mod: New: github.com/new/one v0.1.0; github.com/x/y from v1.2.2 to v1.2.3"},
		},
		"libraries of npm": {
			diff: "file package.json\n-  \"version\": \"1.2.3\",\n+  \"version\": \"1.2.4\",\n+    \"left-pad\": \"^1.3.0\",\nfile package-lock.json\n+x",
			want: []string{"dependency package.json: New: left-pad ^1.3.0"},
		},
		"the own version of a release is no library": {
			diff: "file package.json\n-  \"version\": \"1.2.3\",\n+  \"version\": \"1.2.4\",\nfile package-lock.json\n-  \"version\": \"1.2.3\",\n+  \"version\": \"1.2.4\",", want: nil,
		},
		"a lock file alone": {diff: "file yarn.lock\n+x", want: []string{"dependency yarn.lock: Only the lock file changed"}},
		"a migration, which is more than a schema": {
			diff: "file db/migrations/004.sql added\n+ALTER TABLE t;", want: []string{"migration db/migrations/004.sql: A data migration"},
		},
		"a schema":      {diff: "file api/x.proto\n+int32 x = 2;", want: []string{"schema api/x.proto: A schema changes"}},
		"configuration": {diff: "file config/app.yml\n-a: 1\n+a: 2", want: []string{"configuration config/app.yml: Configuration changes"}},
		"a test that is switched off": {
			diff: "file x_test.go\n \n+	t.Skip(\"flaky\")", want: []string{"test-off x_test.go: A test is switched off"},
		},
		"a new test that skips itself somewhere": {diff: "file x_test.go\n+func TestNew(t *testing.T) {\n+	t.Skip(\"only on Linux\")", want: nil},
		"a test that is gone": {
			diff: "file x_test.go\n-func TestOld(t *testing.T) {\n-	x()\n-}\n+	y()", want: []string{"test-off x_test.go: 1 test gone"},
		},
		"a test with another name": {diff: "file x_test.go\n-func TestOld(t *testing.T) {\n+func TestNew(t *testing.T) {", want: nil},
		"what is not committed":    {diff: "file a.go loose\n+x()", want: []string{"loose: 1 file with changes that are not committed"}},
		"a note that is not yet":   {diff: "file a.go\n+x()\nfile docs/postmortems/1.md added loose\n+# Outage", want: nil},
		"a conflict":               {diff: "file a.go unmerged\n+x()", want: []string{"unmerged a.go: Holds a conflict that is not settled"}},
		"binary files":             {diff: "file a.bin binary\nfile testdata/b.png binary", want: []string{"binary a.bin: A binary file", "~binary testdata/b.png: A binary file"}},
		"a mode":                   {diff: "file run.sh executable", want: []string{"mode run.sh: The mode changes from 100644 to 100755"}},
		"a submodule":              {diff: "file lib nested\n-Subproject commit aaa\n+Subproject commit bbb", want: []string{"submodule lib: Another commit of a submodule"}},
		"what was only for looking": {
			diff: "file a.go\n+	spew.Dump(x) // TODO", want: []string{"~debug a.go: Something that was only for looking, or is put off"},
		},
		"what only names such things is none of them": {
			diff: "file a.go\n+	for _, mark := range []string{\"TODO\", \"FIXME\"} {\n+	todo := TODO(x)", want: nil,
		},
		"continuous integration, and what a linter asks": {
			diff: "file .circleci/config.yml\n+apt-get install x\nfile .eslintrc.json\n+{}",
			want: []string{"configuration .circleci/config.yml: Configuration changes", "configuration .eslintrc.json: Configuration changes"},
		},
		"a merge": {
			diff: "file a.go\n+x()", commits: []workflow.CommitFact{{ID: "e", Subject: "Merge main", Parents: 2}, commit("Fix")},
			want: []string{"merge: 1 merge in the fix"},
		},
		"a commit about something else": {
			diff: "file a.go\n+x()\nfile README.md\n+y", commits: []workflow.CommitFact{commit("Polish the changelog", "README.md", "z"), commit("Let login take dashes", "a.go")},
			want: []string{"unrelated-commit: A commit that seems to be about something else"},
		},
		"a test that has a commit of its own": {
			diff: "file src/chart.go\n+x()", commits: []workflow.CommitFact{commit("Try it by shapes", "test/chart_test.go", "z"), commit("Draw errors", "src/chart.go")}, want: nil,
		},
		"a file beside that of the fix": {
			diff: "file src/chart.go\n+x()", commits: []workflow.CommitFact{commit("Shorter words", "src/axis.go", "z"), commit("Draw errors", "src/chart.go")}, want: nil,
		},
		"commits that belong together": {
			diff: "file a.go\n+x()", commits: []workflow.CommitFact{commit("Test that login takes dashes", "b_test.go", "z"), commit("Let login take dashes", "a.go")}, want: nil,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			j := book(t).JudgeScope(deltaOf(t, c.diff+withTest, c.commits...), workflow.DeclaredScope{Paths: c.paths})
			want := c.want
			if want == nil {
				want = []string{}
			}
			assert.Equal(t, want, found(j))
		})
	}
}

func TestTheGuardListensToMessagesWithCare(t *testing.T) {
	for message, said := range map[string]string{
		"While I’m here, let me also refactor auth":                           "while i'm here",
		"Fix login\n\nWhile at it, tidy the imports.":                         "while at it",
		"Rename the token helper":                                             "rename",
		"Fix login and rename the helper":                                     "rename",
		"Fix login, some cleanup":                                             "cleanup",
		"refactor: token validation":                                          "refactor",
		"Fix login\n\n- renamed the helper":                                   "rename",
		"Drive-by: fix a typo":                                                "drive-by",
		"Read messages, also at times that no clock shows":                    "",
		"Fix login, also add logging":                                         "also",
		"Fix crash on rename of a folder":                                     "",
		"Fix only the broken regex, create ticket for refactor":               "",
		"Restore the pattern\n\nNo refactoring, no \"while I'm here\".":       "",
		"Say \"rename\" in the menu":                                          "",
		"Revert \"Rename the token helper\"\n\nThis reverts commit abc123":    "",
		"Judge a diff\n\nIt knows names, blanks, reformatting, moved blocks.": "",
		"Fix login, reformatting the module":                                  "reformat",
		"Let the unit test see it":                                            "",
		"Do not reformat the answer of the server":                            "",
		"The server also answers 500 where it did before":                     "",
	} {
		j := book(t).JudgeScope(deltaOf(t, "file a.go\n+x()"+withTest, commit(message)), workflow.DeclaredScope{})
		want := []string{}
		if said != "" {
			want = append(want, fmt.Sprintf("words: The message of a commit says “%s”", said))
		}
		assert.Equal(t, want, found(j), message)
	}
	j := book(t).JudgeScope(deltaOf(t, "file a.go\n+	x() // while we're here, count it\n+	y(\"while we're here\")\n+	z(\"x() // \\\"while we're here\\\"\", \"while we're here\")"+withTest), workflow.DeclaredScope{})
	assert.Equal(t, []string{"words a.go: A comment says “while we're here”"}, found(j))
}

func TestARevertIsAskedForItsTestMildly(t *testing.T) {
	j := book(t).JudgeScope(deltaOf(t, "file a.go\n-x()\n+y()", commit("Revert \"Change x\"\n\nThis reverts commit abc123.")), workflow.DeclaredScope{})
	assert.Equal(t, []string{"~no-test a.go: No test is added or changed"}, found(j))
	j = book(t).JudgeScope(deltaOf(t, "file a.go\n-x()\n+y()\nfile b.js\n+z()", commit("Change x")), workflow.DeclaredScope{})
	assert.Equal(t, []string{"no-test a.go: No test is added or changed, for this and 1 other file"}, found(j))
}

func TestATestCountsWhenItSaysSomethingElse(t *testing.T) {
	judge := func(tests string) []string {
		return found(book(t).JudgeScope(deltaOf(t, "file a.go\n-x()\n+y()\n"+tests), workflow.DeclaredScope{}))
	}
	const none = "no-test a.go: No test is added or changed"
	assert.Empty(t, judge("file a_test.go\n+	check(1)"))
	assert.Empty(t, judge("file testdata/one.go\n+	check(1)"), "code below a folder of data")
	assert.Equal(t, []string{none, "~whitespace a_test.go: Only blanks changed in 2 lines"}, judge("file a_test.go\n-	check(1)  \n+	check(1)"))
	assert.Equal(t, []string{none, "~reformatting a_test.go: The same code, written otherwise, in 3 lines"}, judge("file a_test.go\n-	check(a, b)\n+	check(a,\n+		b)"))
	assert.Equal(t, []string{none}, judge("file a_test.go\n-	check(1)"), "less is asked than before")
	assert.Equal(t, []string{"~" + none + ", only what tests compare with"}, judge("file testdata/page.html\n-a\n+b"))
}

func TestALockFileIsToldWithItsManifest(t *testing.T) {
	j := book(t).JudgeScope(deltaOf(t, "file go.mod\n-	github.com/x/y v1.2.3 // indirect\n+	github.com/x/y v1.2.3\nfile go.sum\n+a v1.0.0 h1:x=\n+b v1.0.0 h1:x=\n+c v1.0.0 h1:x="), workflow.DeclaredScope{})
	assert.Equal(t, []string{"dependency go.sum: The lock file changed, and no version that is asked for did"}, found(j))
}

func TestAFindingKeepsItsIDUntilItsOwnLinesChange(t *testing.T) {
	judge := func(diff string) workflow.ScopeJudgement {
		return book(t).JudgeScope(deltaOf(t, diff+withTest), workflow.DeclaredScope{})
	}
	const config = "file config/a.yml\n@@ -%d +%d @@\n-a: 1\n+a: %d\n"
	first := judge(fmt.Sprintf(config, 3, 3, 2) + "file a.go\n+x()")
	moved := judge(fmt.Sprintf(config, 30, 31, 2) + "file a.go\n+y()\n+z()")
	other := judge(fmt.Sprintf(config, 3, 3, 4) + "file a.go\n+x()")
	assert.Equal(t, first.Findings[0].ID, moved.Findings[0].ID, "its lines are the same, wherever they stand")
	assert.NotEqual(t, first.Findings[0].ID, other.Findings[0].ID)
	assert.Equal(t, 3, first.Findings[0].Lines[0].Old)
}

func TestManyAlikeAreTogetherAndARuleCanBeOff(t *testing.T) {
	diff := ""
	for i := range 40 {
		diff += fmt.Sprintf("file config/%02d.yml\n+a: %d\n", i, i)
	}
	j := book(t).JudgeScope(deltaOf(t, diff+withTest), workflow.DeclaredScope{})
	var config []workflow.ScopeFinding
	for _, f := range j.Findings {
		if f.Rule == workflow.ConfigurationRule {
			config = append(config, f)
		}
	}
	assert.Len(t, config, 5)
	assert.Equal(t, "The same in 36 more places", config[4].Says)
	assert.Equal(t, 24, config[4].More)

	p := book(t)
	p.Scope.Off = []string{"configuration", "budget-files"}
	assert.Empty(t, p.JudgeScope(deltaOf(t, diff+withTest), workflow.DeclaredScope{}).Findings)
	p.Scope = workflow.ScopePolicy{}
	assert.Empty(t, p.JudgeScope(deltaOf(t, diff), workflow.DeclaredScope{}).Findings, "a playbook from before asks nothing of it")
}
