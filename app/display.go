package app

import (
	"os"
	"runtime"
)

// noDisplay says why a window cannot open here; "" when it can. The toolkit
// would crash instead.
func noDisplay() string {
	if runtime.GOOS != "linux" && runtime.GOOS != "freebsd" {
		return ""
	}
	if os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" {
		return ""
	}
	return "There is no display here, so no window can open. Every command works without one: try `firebreak status`, or `firebreak --help`."
}
