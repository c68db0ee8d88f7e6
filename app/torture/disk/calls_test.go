package disk

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hex writes a string as strace -xx does.
func hex(text string) string {
	var out strings.Builder
	for _, b := range []byte(text) {
		fmt.Fprintf(&out, `\x%02x`, b)
	}
	return out.String()
}

func TestWhatStraceSawBecomesARecord(t *testing.T) {
	fd := func(n int, path string) string { return fmt.Sprintf("%d<%s>", n, hex(path)) }
	name := func(text string) string { return `"` + hex(text) + `"` }
	trace := strings.Join([]string{
		`7 mkdirat(AT_FDCWD<` + hex("/") + `>, ` + name("/r/docs") + `, 0755) = 0`,
		`7 openat(` + fd(3, "/r/docs") + `, ` + name("a.tmp") + `, O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC, 0644) = ` + fd(5, "/r/docs/a.tmp"),
		`7 write(` + fd(5, "/r/docs/a.tmp") + `, ` + name("one\n") + `, 4) = 4`,
		`8 write(1</dev/null>, ` + name("x") + `, 1) = 1`,
		`7 pwrite64(` + fd(5, "/r/docs/a.tmp") + `, ` + name("two") + `, 3, 100 <unfinished ...>`,
		`8 --- SIGURG {si_signo=SIGURG} ---`,
		`8 fsync(` + fd(9, "/elsewhere") + `) = 0`,
		`7 <... pwrite64 resumed>) = 3`,
		`7 fsync(` + fd(5, "/r/docs/a.tmp") + ` <unfinished ...>`,
		`7 <... fsync resumed>)                   = 0`,
		`7 renameat(` + fd(3, "/r/docs") + `, ` + name("a.tmp") + `, ` + fd(3, "/r/docs") + `, ` + name("a.md") + `) = 0`,
		`7 fsync(` + fd(6, "/r/docs") + `) = 0`,
		`7 fsync(` + fd(6, "/r") + `) = 0`,
		`7 unlinkat(AT_FDCWD<` + hex("/") + `>, ` + name("/r/docs/b.md") + `, 0) = -1 ENOENT (No such file or directory)`,
		`7 write(` + fd(4, "/r/marks") + `, ` + name("12\n") + `, 3) = 3`,
		`7 +++ exited with 0 +++`,
	}, "\n")

	record, err := Calls(strings.NewReader(trace), "/r", "marks")

	require.NoError(t, err)
	assert.Equal(t, []Op{
		{Kind: MakeFolder, File: "docs"},
		{Kind: Create, File: "docs/a.tmp"},
		{Kind: Write, File: "docs/a.tmp", Bytes: []byte("one\n")},
		{Kind: Write, File: "docs/a.tmp", At: 100, Bytes: []byte("two")},
		{Kind: Sync, File: "docs/a.tmp"},
		{Kind: Rename, File: "docs/a.tmp", To: "docs/a.md"},
		{Kind: SyncFolder, File: "docs"},
		{Kind: SyncFolder, File: "."},
		{Kind: Mark, At: 12},
	}, record)
}

func TestACallThatIsNotUnderstoodIsNotPassedOver(t *testing.T) {
	line := `7 copy_file_range(3<` + hex("/r/a") + `>, NULL, 4<` + hex("/r/b") + `>, NULL, 10, 0) = 10`
	_, err := Calls(strings.NewReader(line), "/r", "marks")
	assert.Error(t, err)
}
