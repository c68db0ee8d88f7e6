//go:build !nogui

package app

import (
	"os"
	"os/signal"
	"syscall"
)

// onHangUp closes the window properly when its terminal goes away. The toolkit
// listens to the other signals by itself.
func onHangUp(quit func()) {
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGHUP)
	go func() {
		<-heard
		signal.Stop(heard) // a second one ends it at once
		onUI(quit)
	}()
}
