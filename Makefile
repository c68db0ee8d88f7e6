# `make` alone lists the targets. Everything here runs offline once the modules are fetched.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The window is built with Fyne's new threading model, and without its animations: a blinking
# caret alone costs a quarter of a core where the graphics are drawn in software.
WINDOW := migrated_fynedo,no_animations

# Tests and pictures use Fyne's software driver, which needs neither cgo nor OpenGL nor a display.
HEADLESS := ci,migrated_fynedo
PURE     := CGO_ENABLED=0

# What runs under the race detector: the law, the store, the desk, the commands and the stories.
RACED_TREES := workflow data app/session app/cli app/keep app/house app/publish app/outside app/stage
RACED := $(foreach tree,$(RACED_TREES),./$(tree)/...)

ARGS     ?=
FUZZTIME ?= 100000x
PREFIX   ?= /usr/local
export FUZZTIME

ID           := io.github.firebreak.Firebreak
BIN          := $(DESTDIR)$(PREFIX)/bin
APPLICATIONS := $(DESTDIR)$(PREFIX)/share/applications
ICONS        := $(DESTDIR)$(PREFIX)/share/icons/hicolor/scalable/apps
MANUAL       := $(DESTDIR)$(PREFIX)/share/man/man1
COMPLETION   := $(DESTDIR)$(PREFIX)/share/bash-completion/completions

##@ Use
.PHONY: run demo install uninstall
run: toolchain ## Install missing headers, build, open the window (ARGS="--data-dir DIR")
	@if assets/setup/display; then \
		$(MAKE) --no-print-directory build && exec bin/firebreak $(ARGS); \
	else \
		$(MAKE) --no-print-directory demo; \
	fi

demo: OUT ?= build/demo
demo: toolchain ## Play the sample incident without a window (OUT=DIR)
	@echo "Playing the sample incident; the first time this compiles for a minute or two."
	@$(PURE) go run -tags $(HEADLESS) ./app/demo -out "$(OUT)"

install: build ## Install the built program (PREFIX=/usr/local, DESTDIR=)
	mkdir -p $(BIN) $(APPLICATIONS) $(ICONS)
	install -m 0755 bin/firebreak $(BIN)/firebreak
	install -m 0644 assets/setup/$(ID).desktop $(APPLICATIONS)/$(ID).desktop
	install -m 0644 assets/icons/firebreak.svg $(ICONS)/$(ID).svg
	mkdir -p $(MANUAL) $(COMPLETION)
	bin/firebreak man $(MANUAL)
	bin/firebreak completion bash >$(COMPLETION)/firebreak

uninstall: ## Remove what install wrote
	rm -f $(BIN)/firebreak $(APPLICATIONS)/$(ID).desktop $(ICONS)/$(ID).svg
	rm -f $(MANUAL)/firebreak.1 $(MANUAL)/firebreak-*.1 $(COMPLETION)/firebreak

##@ Build
.PHONY: toolchain headers build terminal clean
toolchain:
	@assets/setup/toolchain

headers: toolchain ## Install the compiler and headers that the window needs
	@assets/setup/headers

build: headers ## Build the window into bin/firebreak
	@assets/setup/build $(WINDOW) bin/firebreak

terminal: toolchain ## Build the commands alone, without window and without cgo
	$(PURE) go build -tags nogui -o bin/firebreak-terminal .

clean: ## Remove everything that was built
	rm -rf bin build

##@ Test
.PHONY: test gallery bench torture fuzz
test: toolchain ## Run all tests; needs no display, no C compiler and no system package
	$(PURE) go test -tags $(HEADLESS) ./...

gallery: OUT ?= build/gallery
gallery: toolchain ## Draw every named state in both themes and three sizes (OUT=DIR)
	@$(PURE) go run -tags $(HEADLESS) ./app/gallery -out "$(OUT)"

bench: build ## Print the performance ratios, each measured side by side in one run
	@FIREBREAK_WINDOW=$(CURDIR)/bin/firebreak FIREBREAK_TAGS=$(WINDOW) $(PURE) go run -tags $(HEADLESS) ./app/bench $(ARGS)

torture: toolchain ## Try to make the store lose something (ARGS="-long -only kill" for the long form and for one trial)
	@$(PURE) go run -tags $(HEADLESS) ./app/torture $(ARGS)

fuzz: toolchain ## Fuzz every target, each for FUZZTIME (100000x inputs)
	@$(PURE) .ci/fuzz $(HEADLESS)

##@ Check
.PHONY: check format check-format check-vet check-static check-specweave check-markdown check-law check-libc check-terminal check-race check-window
check: check-format check-vet check-static check-specweave check-markdown check-law check-libc check-terminal check-race check-window ## Run every check below

format: toolchain ## Rewrite the Go files as gofumpt wants them
	go tool gofumpt -w .

check-format: toolchain ## gofumpt has nothing to say
	@unformatted="$$($(PURE) go tool gofumpt -l .)" || exit 1; \
	if [ -n "$$unformatted" ]; then \
		echo "These files are not formatted; make format rewrites them:"; echo "$$unformatted"; exit 1; \
	fi

check-vet: toolchain ## go vet has nothing to say, with and without the window
	$(PURE) go vet -tags $(HEADLESS) ./...
	$(PURE) go vet -tags nogui .

check-static: toolchain ## staticcheck has nothing to say
	$(PURE) go tool staticcheck -tags $(HEADLESS) ./...

# SpecWeave is no dependency of the program's: it is installed beside it, at a pinned version, for this check alone.
check-specweave: toolchain ## The real SpecWeave (npm; needs node) accepts what the commands write
	@.ci/specweave/install build/specweave
	FIREBREAK_SPECWEAVE=$(CURDIR)/build/specweave/node_modules/specweave $(PURE) go test -count=1 -timeout 20m -tags $(HEADLESS) ./app/conform ./app/publish

# Parsers that share no code with the program's: they are no dependency of it either. COUNT=20000 is the long form.
check-markdown: toolchain ## Other parsers and linters (npm, cmark-gfm) read the documents as they were meant (COUNT=600)
	@.ci/markdown/install build/markdown
	$(PURE) .ci/markdown/check build/markdown $(HEADLESS)

check-law: toolchain ## The law of imports holds
	$(PURE) go test -count=1 -tags $(HEADLESS) -run 'TestHouse' .

check-libc: toolchain ## modernc.org/libc is the version that the SQLite driver was made with
	@.ci/libc-pin

check-terminal: terminal ## The commands build without cgo, and run
	bin/firebreak-terminal --help >/dev/null

# Once more without the tag: with it a wait of the main thread for itself hangs, without it Fyne says so.
check-race: toolchain ## The stories hold under the race detector, and without Fyne's new threading
	CGO_ENABLED=1 go test -race -short -timeout 20m -tags $(HEADLESS) $(RACED)
	$(PURE) go test -tags ci ./app/stage

check-window: build ## A short story in a real window under Xvfb, driven by keys
	@.ci/smoke bin/firebreak build/smoke

##@ Help
.PHONY: help
help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
