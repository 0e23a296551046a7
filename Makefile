# What this project can do. `make` with no target lists it.

SHELL := bash
.DEFAULT_GOAL := help
TARGET := $(or $(CARGO_TARGET_DIR),target)
DEMO := local/demo
WEB := web/dist/alongside.css
WEB_SOURCES := $(wildcard web/styles/* web/script/* web/images/* web/licences/*) web/build.js

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build ## Build, make the demo service where there is none, load today's lists, serve it
	ALONGSIDE_DATA=$(DEMO) $(TARGET)/release/alongside demo
	ALONGSIDE_DATA=$(DEMO) exec $(TARGET)/release/alongside serve

.PHONY: test
test: $(WEB) ## Install what tests need, then run everything on both databases and in a browser
	scripts/setup-test
	scripts/with-postgres scripts/test

.PHONY: bench
bench: build ## Print the figures that the design sets budgets for
	bench/run

.PHONY: watch
watch: $(WEB) ## Serve the demo and build it again whenever a source changes
	scripts/watch

.PHONY: build
build: $(WEB) ## Build the program for use, in release mode
	cargo build --release -p alongside

.PHONY: web
web: $(WEB) ## Build styles and script into web/dist

.PHONY: fmt
fmt: ## Format all Rust sources
	cargo fmt --all

.PHONY: fmt-check
fmt-check: ## Say whether all Rust sources are formatted
	cargo fmt --all -- --check

.PHONY: lint
lint: $(WEB) ## Clippy on everything, warnings denied
	cargo clippy --workspace --all-targets -- -D warnings

.PHONY: docs
docs: $(WEB) ## Build the documentation of all crates, warnings denied
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

.PHONY: e2e
e2e: $(WEB) e2e/node_modules/.package-lock.json ## Only the journeys in a browser
	scripts/setup-test
	cargo build -p alongside
	cd e2e && ALONGSIDE_BIN=$(abspath $(TARGET))/debug/alongside npm test --silent

.PHONY: load
load: build e2e/node_modules/.package-lock.json ## A hundred people at work at once, on both databases: figures
	scripts/setup-test
	cd e2e && ALONGSIDE_BIN=$(abspath $(TARGET))/release/alongside ../scripts/with-postgres node load.js

.PHONY: security
security: $(WEB) e2e/node_modules/.package-lock.json ## Components and scanners against a demo on this machine; about an hour
	scripts/setup-security
	cargo build -p alongside
	ALONGSIDE_BIN=$(abspath $(TARGET))/debug/alongside scripts/security

.PHONY: screenshots
screenshots: $(WEB) e2e/node_modules/.package-lock.json ## Take the README's pictures of the demo again
	scripts/setup-test
	cargo build -p alongside
	scripts/screenshots

.PHONY: clean
clean: ## Remove what was built; keeps the demo's data in local/
	cargo clean
	rm -rf web/dist web/node_modules e2e/node_modules e2e/shots

# The pages' styles and script; the program carries them inside, so they come first.
$(WEB): web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run --silent build

web/node_modules/.package-lock.json: web/package-lock.json web/.npmrc
	scripts/setup-build
	cd web && npm ci
	@touch $@

e2e/node_modules/.package-lock.json: e2e/package-lock.json e2e/.npmrc
	cd e2e && npm ci
	@touch $@
