package stage

import "sync"

// queue holds what waits for its turn; run works it off on one goroutine.
type queue struct {
	mu      sync.Mutex
	waiting []func()
	running bool
}

func (q *queue) add(run func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, run)
}

func (q *queue) take() func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return nil
	}
	first := q.waiting[0]
	q.waiting = q.waiting[1:]
	return first
}

func (q *queue) run() {
	if q.running { // a turn that asks for a pump: what waits runs after it
		return
	}
	q.running = true
	defer func() { q.running = false }()
	for next := q.take(); next != nil; next = q.take() {
		next()
	}
}
