package data

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// childAttachments makes the test binary a process that stores files, and
// prints the checksum of each one that is acknowledged.
const childAttachments = "FIREBREAK_TEST_CHILD_ATTACHMENTS"

// attachmentSeries is how many different files the children store: few enough
// that two of them meet at the same one.
const attachmentSeries = 40

// attachmentNumber is the content of a file: some kilobytes to a megabyte.
func attachmentNumber(n int) string {
	return strings.Repeat(fmt.Sprintf("attachment %d ", n), 100+n*n*50)
}

func putAttachments(folder string) int {
	a := AttachmentsIn(folder)
	fmt.Println("ready")
	for {
		stored, err := a.Put(context.Background(), "x", strings.NewReader(attachmentNumber(rand.IntN(attachmentSeries))))
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println(stored.SHA256)
	}
}

func TestEveryAcknowledgedFileSurvivesAKillAndNoneIsHalf(t *testing.T) {
	if testing.Short() {
		t.Skip("one step after the other: nothing races")
	}
	folder := filepath.Join(t.TempDir(), "attachments")
	acknowledged, answers := map[string]bool{}, 0
	const kills = 12
	for range kills {
		var pair []*exec.Cmd
		var lines []*bufio.Scanner
		for range 2 {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), childAttachments+"="+folder)
			out, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			pair, lines = append(pair, cmd), append(lines, bufio.NewScanner(out))
		}
		for i, left := range []int{1 + rand.IntN(12), 1 + rand.IntN(12)} {
			for lines[i].Scan() {
				if line := lines[i].Text(); line != "ready" {
					acknowledged[line] = true
					answers++
				}
				if left--; left == 0 {
					time.AfterFunc(time.Duration(rand.IntN(4000))*time.Microsecond, func() { _ = pair[i].Process.Kill() })
				}
			}
			require.Error(t, pair[i].Wait(), "the child was killed")
		}
	}
	a := AttachmentsIn(folder)
	report, err := a.Check(t.Context())
	require.NoError(t, err)
	assert.Empty(t, report.Damaged, "a kill leaves a whole file or none")
	for sha := range acknowledged {
		_, err := a.Read(t.Context(), sha)
		assert.NoError(t, err, "%s was acknowledged", sha)
	}
	t.Logf("%d kills, %d acknowledged (%d files), %d whole, %d cut off", 2*kills, answers, len(acknowledged), report.Whole, len(report.CutOff))
}
