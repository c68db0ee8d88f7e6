package export

import (
	"runtime"
	"sync"
)

// fewAtOnce is up to how many pieces of work are not worth a second processor.
const fewAtOnce = 500

// eachOf does something for each number below n, on all processors when there is
// much of it. The order is left open: each writes into a place of its own, so the
// result is the same.
func eachOf(n int, do func(i int)) {
	hands := runtime.GOMAXPROCS(0)
	if n <= fewAtOnce || hands < 2 {
		for i := range n {
			do(i)
		}
		return
	}
	var working sync.WaitGroup
	for hand := range hands {
		working.Go(func() {
			for i := hand * n / hands; i < (hand+1)*n/hands; i++ {
				do(i)
			}
		})
	}
	working.Wait()
}
