package data

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// asTyped is how long a search may take while somebody is typing.
const asTyped = 50 * time.Millisecond

// openMillion opens the large store that make bench made.
func openMillion(b *testing.B) *Store {
	b.Helper()
	folder := os.Getenv("FIREBREAK_MILLION")
	if folder == "" {
		b.Skip("make bench makes the store that this is measured on")
	}
	s := openAt(b, filepath.Join(folder, "firebreak.db"))
	done, err := s.Index(b.Context(), 0)
	require.NoError(b, err)
	require.True(b, done)
	return s
}

// searches times one search after the other and reports the 99th percentile.
func searches(b *testing.B, s *Store, queries []string) {
	b.Helper()
	var took []time.Duration
	for b.Loop() {
		for _, q := range queries {
			begun := time.Now()
			_, err := s.Search(b.Context(), q, 50)
			require.NoError(b, err)
			took = append(took, time.Since(begun))
		}
	}
	slices.Sort(took)
	p99 := took[len(took)*99/100]
	b.ReportMetric(float64(p99)/float64(asTyped), "ratio")
	b.ReportMetric(float64(p99)/1e3, "µs")
	b.ReportMetric(float64(asTyped)/1e3, "floor-µs")
	b.ReportMetric(0, "ns/op")
}

// typed are the queries that arise while a text is typed key by key.
func typed(texts ...string) []string {
	var queries []string
	for _, text := range texts {
		for i := range text {
			queries = append(queries, text[:i+1])
		}
	}
	return queries
}

func BenchmarkMillionSearchAsTyped(b *testing.B) {
	searches(b, openMillion(b), typed("checkout latency", "rollback", "error abc1ing", "kq0ing zz", "latency rollback"))
}

func BenchmarkMillionSearchOfAFrequentWord(b *testing.B) {
	searches(b, openMillion(b), slices.Repeat([]string{"checkout"}, 100))
}

// BenchmarkMillionSearchOverTheShell holds a search against the engine's own
// shell, which is written in C, on the same query and the same file.
func BenchmarkMillionSearchOverTheShell(b *testing.B) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("there is no sqlite3 shell to measure against")
	}
	s := openMillion(b)
	var ratios, ours, floors []float64
	for b.Loop() {
		for _, q := range []string{"c", "ch", "checkout", "rollback", "error abc1ing", "latency rollback", "zz"} {
			floor := shellSearch(b, shell, s, q)
			took := time.Duration(0)
			for range 3 {
				begun := time.Now()
				_, err := s.Search(b.Context(), q, 50)
				require.NoError(b, err)
				if once := time.Since(begun); took == 0 || once < took {
					took = once
				}
			}
			ratios, ours, floors = append(ratios, float64(took)/float64(floor)), append(ours, float64(took)/1e3), append(floors, float64(floor)/1e3)
		}
	}
	report := func(values []float64, unit string) {
		slices.Sort(values)
		b.ReportMetric(values[len(values)/2], unit)
	}
	report(ratios, "ratio")
	report(ours, "µs")
	report(floors, "floor-µs")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkMillionBackupOverCopyAndCompare holds a verified backup against the
// system's own copy and comparison of the same file.
func BenchmarkMillionBackupOverCopyAndCompare(b *testing.B) { backups(b, false) }

// BenchmarkMillionThoroughBackupOverCopyAndCompare is the one of each day: every
// seal and every structure is read as well.
func BenchmarkMillionThoroughBackupOverCopyAndCompare(b *testing.B) { backups(b, true) }

func backups(b *testing.B, thorough bool) {
	b.Helper()
	s := openMillion(b)
	pairs(b, func() {
		dir := b.TempDir()
		if !thorough { // the day's thorough one is there already
			require.NoError(b, os.WriteFile(filepath.Join(dir, nameOf("firebreak", morning, Timed, VerdictSound)), nil, 0o600))
		}
		made, err := backUp(b.Context(), s.path, BackupWish{Dir: dir, Why: Timed, Thorough: thorough}, morning)
		require.NoError(b, err)
		require.NoError(b, os.Remove(made.Path))
	}, func() {
		to := filepath.Join(b.TempDir(), "copy.db")
		require.NoError(b, explained(exec.Command("cp", s.path, to).Run()))
		require.NoError(b, explained(exec.Command("cmp", s.path, to).Run()))
		require.NoError(b, os.Remove(to))
	})
}

// shellSearch is how long the shell takes for what Search asks, by its own
// timer, the best of three.
func shellSearch(b *testing.B, shell string, s *Store, query string) time.Duration {
	b.Helper()
	asked := statements(b, s, query)
	script := "PRAGMA cache_size=-65536;\nPRAGMA temp_store=memory;\n.timer on\n" + strings.Repeat(strings.Join(asked, ";\n")+";\n", 3)
	run := exec.Command(shell, "-readonly", s.path)
	run.Stdin = strings.NewReader(script)
	out, err := run.Output()
	require.NoError(b, explained(err))
	times := regexp.MustCompile(`Run Time: real ([0-9.]+)`).FindAllSubmatch(out, -1)
	require.Len(b, times, 3*len(asked), "%s", out)
	best := time.Hour
	for round := range 3 {
		whole := time.Duration(0)
		for _, took := range times[round*len(asked) : (round+1)*len(asked)] {
			whole += seconds(b, took[1])
		}
		best = min(best, whole)
	}
	return max(best, time.Microsecond)
}

// statements are those that Search runs for a query on this store.
func statements(b *testing.B, s *Store, query string) []string {
	b.Helper()
	on, err := s.read.Conn(b.Context())
	require.NoError(b, err)
	defer on.Close()
	whole, begun := matches(wordsOf(query))
	gather := func(match string) (asked []string, found int) {
		found, err := gather(b.Context(), on, match)
		require.NoError(b, err)
		return append(slices.Clone(gathering), filled(gatherNewest, quoted(match), fmt.Sprint(rankAtMost+1))), found
	}
	asked, found := gather(whole)
	match := whole
	if found <= rankAtMost && begun != "" {
		more, both := gather(begun)
		asked, found, match = append(asked, more...), both, begun
	}
	if found > 0 {
		asked = append(asked, filled(selectHits(found), "char(2)", "char(3)", quoted(match), "50"))
	}
	return asked
}

func seconds(b *testing.B, printed []byte) time.Duration {
	b.Helper()
	value, err := strconv.ParseFloat(string(printed), 64)
	require.NoError(b, err)
	return time.Duration(value * float64(time.Second))
}

func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// filled puts values in the places of a statement.
func filled(statement string, values ...string) string {
	for _, v := range values {
		statement = strings.Replace(statement, "?", v, 1)
	}
	return statement
}

// explained adds what a failed program said.
func explained(err error) error {
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return fmt.Errorf("%w: %s", err, failed.Stderr)
	}
	return err
}
