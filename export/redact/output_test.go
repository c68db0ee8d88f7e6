package redact_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/export/redact"
)

func TestWhatAProgramPrintsIsKeptWithoutSecrets(t *testing.T) {
	t.Parallel()
	token := "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
	kept := redact.Output("cloning with " + token + "\n38 passing, mail jane@example.com\n")
	assert.NotContains(t, kept, token)
	assert.Contains(t, kept, "[redacted: ")
	assert.Contains(t, kept, "38 passing, mail jane@example.com", "the person's record stays theirs")
	plain := strings.Repeat("ok  	shop/auth	0.2s\n", 20)
	assert.Equal(t, plain, redact.Output(plain))
}
