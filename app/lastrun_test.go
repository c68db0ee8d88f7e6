//go:build !nogui

package app

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/crash"
	"firebreak/app/instance"
)

func TestTheNextStartSaysHowTheLastRunEnded(t *testing.T) {
	at := time.Date(2024, 11, 25, 14, 47, 0, 0, time.UTC)
	soon, later := at.Add(time.Minute), at.Add(20*time.Hour)
	stopped := &instance.Note{Seen: at}

	assert.Nil(t, lastRun(nil, nil, soon, time.UTC), "it was closed")

	strip := lastRun(&crash.Past{At: at}, stopped, soon, time.UTC)
	require.NotNil(t, strip)
	assert.Equal(t, "Firebreak ended unexpectedly at 14:47Z. Everything that was saved is there.", strip.Says)
	assert.True(t, strip.Warning, "it stays until somebody has read it")
	assert.Contains(t, lastRun(&crash.Past{At: at}, nil, later, time.UTC).Says, "at 14:47Z on 25 Nov 2024")

	strip = lastRun(nil, stopped, soon, time.FixedZone("CET", 3600))
	require.NotNil(t, strip)
	assert.Contains(t, strip.Says, "stopped without being closed, some time after 15:47.")
	assert.False(t, strip.Warning, "it is said in passing")
}

func TestAPathIsOpenedOnEverySystem(t *testing.T) {
	for path, want := range map[string]string{
		"/home/jane/My data": "file:///home/jane/My%20data",
		"C:/Users/jane/data": "file:///C:/Users/jane/data",
		"/a/b#c?d":           "file:///a/b%23c%3Fd",
	} {
		assert.Equal(t, want, fileURL(path).String())
	}
}
