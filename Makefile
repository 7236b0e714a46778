# Everything a contributor or operator types. `make` alone lists it.

PREFIX      ?= /usr/local
DESTDIR     ?=
DATA_DIR    ?= pantau-data
LISTEN      ?= 127.0.0.1:8080

# Stored messages that benchmarks measure against, and where they are kept between runs.
BENCH_MESSAGES ?= 1000000
BENCH_DIR      ?= bench-data
BENCH_SECONDS  ?= 20

# Draws the charts; Debian's package libjs-chart.js brings it. Without it pages show tables.
CHART_JS ?= $(firstword $(wildcard /usr/share/javascript/chart.js/chart.min.js \
	/usr/local/share/javascript/chart.js/chart.min.js /opt/homebrew/share/javascript/chart.js/chart.min.js))

BINARY  := .build/release/pantau
SCRIPTS := scripts/bootstrap scripts/browser-tests scripts/browser-python scripts/gallery .ci/run

.DEFAULT_GOAL := help
.PHONY: help demo run build test test-browser gallery lint format bench install clean bootstrap

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## Serve a simulated business at http://127.0.0.1:8080
	$(BINARY) demo --data-dir demo-data --listen $(LISTEN)

run: build ## Serve real input (DATA_DIR=pantau-data, LISTEN=127.0.0.1:8080)
	$(BINARY) serve --data-dir $(DATA_DIR) --listen $(LISTEN)

build: bootstrap ## Build the release binary
	swift build -c release --product pantau

# Both run, whatever the first says; either fails the whole.
test: bootstrap ## Run every test: the pages in a browser, then the rest
	swift build --build-tests
	@status=0; \
	scripts/browser-tests || status=$$?; \
	swift test || status=$$?; \
	exit $$status

test-browser: ## Run the browser suite alone
	@scripts/browser-tests

gallery: build ## Take the pictures of docs/screens anew
	@scripts/gallery

lint: ## Check formatting and shell syntax
	swift format lint --strict --recursive Sources Tests Package.swift
	@for script in $(SCRIPTS); do bash -n "$$script" || exit 1; done
	@if command -v shellcheck >/dev/null; then shellcheck $(SCRIPTS); fi

format: ## Format the sources in place
	swift format --in-place --recursive Sources Tests Package.swift

bench: build ## Measure ingest and query speed (BENCH_MESSAGES=1000000)
	$(BINARY) bench ingest --ack-only --seconds $(BENCH_SECONDS)
	$(BINARY) bench fill --dir $(BENCH_DIR) --messages $(BENCH_MESSAGES)
	$(BINARY) bench query --dir $(BENCH_DIR)
	$(BINARY) bench ingest --dir $(BENCH_DIR) --seconds $(BENCH_SECONDS)

# No dependency on `build`: `make build && sudo make install` must not build as root.
install: ## Copy the program to PREFIX/bin and Chart.js to PREFIX/share/pantau (default /usr/local)
	@test -x $(BINARY) || { echo "Build it first: make build" >&2; exit 1; }
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/pantau"
	@if [ -n "$(CHART_JS)" ]; then \
		install -d "$(DESTDIR)$(PREFIX)/share/pantau" && \
		install -m 644 "$(CHART_JS)" "$(DESTDIR)$(PREFIX)/share/pantau/chart.min.js"; \
	else echo "Chart.js was not found: charts are shown as tables. apt install libjs-chart.js" >&2; fi

clean: ## Remove build products and demo data
	rm -rf .build demo-data $(BENCH_DIR)

bootstrap:
	@scripts/bootstrap
