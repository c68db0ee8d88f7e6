package outside_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/outside"
)

func TestOnlyWebAndMailAddressesLeaveTheProgram(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"https://x.example/a?b=c#d", "HTTP://x.example", "mailto:me@x.example?subject=Hi"} {
		to, err := outside.WebAddress(good)
		require.NoError(t, err, good)
		assert.NotEmpty(t, to.String())
	}
	for _, bad := range []string{
		"", "x.example", "/etc/passwd", "file:///etc/passwd", "javascript:alert(1)", "ftp://x.example", "https:", "https:///x",
		"mailto:", "data:text/html,x", "vscode://x", "\\\\host\\share", "https://x.example/\x00", "attachment:0123456789ab",
	} {
		_, err := outside.WebAddress(bad)
		assert.Error(t, err, bad)
	}
}
