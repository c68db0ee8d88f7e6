package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

// bad is the hotfix of the workflow's own example that grew: the module under
// repair was refactored, got logging and other names.
const bad = `
file src/auth/token.js
@@ -10 +10 @@
 
-function validateToken(token) {
-  const pattern = /^[A-Za-z0-9_]+$/;
-  return pattern.test(token);
+// Refactored validation with new regex
+function validateAccessToken(accessToken) {
+  const tokenPattern = /^[A-Za-z0-9\-._]+$/;
+  console.log("validating", accessToken);
+  return tokenPattern.test(accessToken);
 }
file src/auth/session.js
@@ -3 +3 @@
-const name = 'session'
-const limit = 30
+const name = "session";
+const limit = 30;
@@ -40 +40 @@
   if (!session) {
-  return null
+    return null
   }
`

// good is the minimal one: the pattern as it was, and a test that catches the bug.
const good = `
file src/auth/token.js
@@ -10 +10 @@
 function validateToken(token) {
-  const pattern = /^[A-Za-z0-9_]+$/; // This broke it
+  const pattern = /^[A-Za-z0-9\-._]+$/; // Restored working pattern
   return pattern.test(token);
 }
file src/auth/token.test.js
@@ -20 +20 @@
 
+test('a token with a dash is valid', () => {
+  expect(validateToken('a-b.c')).toBe(true);
+});
`

func TestTheWorkflowsOwnExampleIsJudgedAsItSays(t *testing.T) {
	s := fire(t)

	grown := s.in.JudgeScope(deltaOf(t, bad, commit("While I'm here, let me also refactor the auth module\n\nFixes login.")))
	assert.Equal(t, []string{
		"no-test src/auth/token.js: No test is added or changed",
		"whitespace src/auth/session.js: Only blanks changed in 2 lines",
		"reformatting src/auth/session.js: The same code, written otherwise, in 4 lines",
		"words: The message of a commit says “while i'm here”",
		"~debug src/auth/token.js: Something that was only for looking, or is put off",
	}, found(grown))
	for _, f := range grown.Findings {
		assert.NotEmpty(t, f.Why, f.Rule)
		assert.NotEmpty(t, f.Lines, f.Rule)
	}

	minimal := s.in.JudgeScope(deltaOf(t, good, commit("Restore the working token pattern\n\nTokens with dashes were refused since v1.2.3. No \"while I'm here\" improvements.")))
	assert.Empty(t, found(minimal))
	assert.Equal(t, "5 lines in 2 files", minimal.Size())
	assert.Equal(t, 2, minimal.Counted)
	assert.Equal(t, []string{"src/auth/token.test.js"}, minimal.Tests)
	assert.Equal(t, []string{"Bob"}, minimal.Authors)
	assert.NotEmpty(t, minimal.Unknown, "it is honest about what it cannot know")
	assert.Equal(t, minimal.Findings, s.in.Playbook.JudgeScope(deltaOf(t, good, commit("Restore")), workflow.DeclaredScope{}).Findings)
}
