package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"firebreak/app/publish"
	"firebreak/data/repo"
)

// measureScan reads and parses a large workspace beside cat of the same files.
func measureScan(b bench) (number, error) {
	n := number{what: "scan and parse of 1,000 increments / cat of their files", target: 3}
	root := filepath.Join(b.folder, "many")
	if err := repo.EnableSpecWeave(mustFolder(root), "shop"); err != nil {
		return n, err
	}
	files, err := fillWorkspace(root)
	if err != nil {
		return n, err
	}
	hands := publish.New(forgets{})
	scan := func() error {
		list, err := hands.Increments(b.ctx, root)
		if err == nil && len(list) != manyIncrements {
			err = fmt.Errorf("%d increments were found", len(list))
		}
		return err
	}
	cat := func() error { return exec.CommandContext(b.ctx, "cat", files...).Run() }
	if err := cat(); err != nil {
		return n, notHere("There is no cat here: " + err.Error())
	}
	var ours, floor []float64
	for range b.pairs {
		a, err := timed(scan)
		if err != nil {
			return n, err
		}
		c, err := timed(cat)
		if err != nil {
			return n, err
		}
		ours, floor = append(ours, micro(a)), append(floor, micro(c))
		n.ratios = append(n.ratios, float64(a)/float64(c))
	}
	n.how = fmt.Sprintf("%s beside %s; %d files, each read and parsed; %d pairs by turns", micros(median(ours)), micros(median(floor)), len(files), b.pairs)
	return n, nil
}

func mustFolder(path string) string {
	_ = os.MkdirAll(path, 0o755) // what is written into it next fails otherwise
	return path
}

func micro(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

func timed(run func() error) (time.Duration, error) {
	start := time.Now()
	err := run()
	return time.Since(start), err
}

// fillWorkspace writes increments as they are found in the wild, and answers
// their files.
func fillWorkspace(root string) ([]string, error) {
	var files []string
	for i := range manyIncrements {
		id := fmt.Sprintf("%04d-change-of-the-checkout", i+1)
		folder := mustFolder(filepath.Join(root, ".specweave", "increments", id))
		var tasks, criteria strings.Builder
		for t := 1; t <= 6; t++ {
			fmt.Fprintf(&tasks, "### T-%03d: Do the part %d of the change\n\n**User Story**: US-001\n**Satisfies ACs**: AC-US1-%02d\n**Priority**: P1\n**Status**: [%s] %s\n\n"+
				"**Description**: What has to be done here, in a sentence.\n\n**Implementation**:\n- One step\n- Another step\n\n**Test Plan**:\n- **Given** the shop\n- **When** somebody pays\n- **Then** it works\n\n",
				t, t, t, []string{"x", " "}[(i+t)%2], []string{"completed", "pending"}[(i+t)%2])
			fmt.Fprintf(&criteria, "- [%s] **AC-US1-%02d**: The part %d can be used by everybody who pays\n", []string{"x", " "}[(i+t)%2], t, t)
		}
		for name, content := range map[string]string{
			"metadata.json": fmt.Sprintf("{\n  \"id\": %q,\n  \"status\": \"active\",\n  \"type\": \"feature\",\n  \"priority\": \"P1\",\n  \"created\": \"2026-11-10T09:00:00.000Z\",\n  \"lastActivity\": \"2026-11-10T09:00:00.000Z\",\n  \"testMode\": \"TDD\",\n  \"coverageTarget\": 80,\n  \"externalLinks\": {}\n}", id),
			"spec.md":       fmt.Sprintf("---\nincrement: %s\ntitle: 'A change of the checkout'\ntype: feature\npriority: P1\nstatus: active\ncreated: '2026-11-10'\n---\n\n# A change of the checkout\n\n## Overview\n\nThe checkout gets another part. It is for everybody who pays.\n\n## User Stories\n\n### US-001: Pay in parts\n**Project**: shop\n\n**As a** customer\n**I want** to pay in parts\n**So that** I can buy more\n\n#### Acceptance Criteria\n\n%s\n## Out of Scope\n\n- Everything else\n", id, criteria.String()),
			"plan.md":       "# Plan\n\n## Design\n\nA table, a service and a page.\n\n## Rationale\n\nIt is the least that works.\n",
			"tasks.md":      "# Tasks\n\n" + tasks.String(),
		} {
			at := filepath.Join(folder, name)
			if err := os.WriteFile(at, []byte(content), 0o644); err != nil {
				return nil, err
			}
			files = append(files, at)
		}
	}
	return files, nil
}
