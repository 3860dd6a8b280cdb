# The few commands a person needs. `make` alone lists them.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-backend test-frontend test-api test-e2e test-chaos chaos chaos-sqlite chaos-mutants check fmt openapi \
	bench bench-full bench-spa bench-programs clean test-deps

# cargo-nextest where it is installed (faster, clearer); a fresh machine needs only Rust.
CARGO_TEST = $(if $(shell cargo nextest --version 2>/dev/null),cargo nextest run,cargo test) --locked --workspace

NODE_MODULES := frontend/node_modules/.installed
# What the tests sign in with.
OPENID_PROVIDER := backend/tests/openid-provider/node_modules/.installed
SPA := frontend/dist/index.html
# Folders are listed too: their time moves when a file in them is removed.
SPA_SOURCES := $(shell find frontend/index.html frontend/vite.config.ts frontend/src frontend/public 2>/dev/null)

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(SPA) ## Build everything and start the server, with its data in ./data
	cargo build --release --locked --package devschat
	DEVSCHAT_STATIC_DIR=frontend/dist exec target/release/devschat

test: test-deps $(SPA) test-backend test-frontend test-api test-chaos test-e2e ## Run every test

test-backend: test-deps ## Run the Rust tests on SQLite, then on PostgreSQL and Redis
	DEVSCHAT_TEST_RUNTIME=embedded $(CARGO_TEST)
	DEVSCHAT_TEST_RUNTIME=scale-out .ci/with-services $(CARGO_TEST)

test-frontend: $(NODE_MODULES) ## Run the SPA's unit tests
	cd frontend && npm test

# All targets, since the tests' dependencies add features to those of the server: building
# it alone would compile half the tree a second time.
test-api: test-deps ## Hold the server against its OpenAPI document
	cargo build --locked --workspace --all-targets
	openapi/conformance/run

test-e2e: test-deps $(SPA) ## Run the browser tests against the real server
	cargo build --locked --workspace --all-targets
	cd frontend && npm run e2e

# Below a minute, always by the same plan; the full runs below take four minutes and one and a half, by any.
test-chaos: test-deps ## Run a short fault run
	cargo build --locked --workspace --all-targets
	target/debug/chaos run --short --seed $(or $(SEED),101)

chaos: test-deps ## Let everything fail for four minutes while people chat, and check what they saw
	cargo build --locked --workspace --all-targets
	target/debug/chaos run $(if $(SEED),--seed $(SEED))

chaos-sqlite: test-deps ## Kill a single instance on SQLite ten times
	cargo build --locked --workspace --all-targets
	target/debug/chaos run --runtime sqlite --seconds 100 $(if $(SEED),--seed $(SEED))

chaos-mutants: test-deps ## Prove that fault runs find bugs put into the server
	bench/mutants/run

check: $(SPA) ## Check formatting, lints, types, generated files and the SPA's size
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	bench/mutants/run --apply-only
	cd frontend && npm run lint && npm run typecheck && npm run gen:api:check && npm run size
	@if command -v shellcheck >/dev/null; then shellcheck .ci/* bench/mutants/run; else echo "No shellcheck here: the scripts are not linted"; fi

fmt: $(NODE_MODULES) ## Format all code
	cargo fmt --all
	cd frontend && npm run format

openapi: $(NODE_MODULES) ## Write openapi/ from the server, and the SPA's types from that
	cargo run --locked --package devschat -- openapi
	cd frontend && npm run gen:api

SCENARIOS := bench/scenarios
BENCH_SHORT = $(addprefix $(SCENARIOS)/,fanout-1.json fanout-64.json ingest-1.json ingest-16.json hot-room.json idle.json start.json)

bench: bench-programs ## Measure the released server: the short set, some minutes
	ulimit -n 20000 && target/release/load $(BENCH_SHORT) --results bench/results/short.json

bench-full: bench-programs ## Measure every scenario five times: the better part of an hour
	ulimit -n 20000 && target/release/load $(wildcard $(SCENARIOS)/*.json) --runs 5 --results bench/results/full.json

# DEVSCHAT_BIN=path takes another server than the released one.
bench-spa: test-deps $(SPA) ## Measure the SPA in Chromium against its budgets: some minutes
	$(if $(DEVSCHAT_BIN),,cargo build --release --locked --package devschat)
	cd frontend && $(if $(DEVSCHAT_BIN),DEVSCHAT_BIN=$(abspath $(DEVSCHAT_BIN))) npm run bench

bench-programs: test-deps
	cd bench/socketio && npm ci --ignore-scripts
	cargo build --release --locked --package devschat --package devschat-bench --bins

clean: ## Remove what was built, not ./data
	cargo clean
	rm -rf frontend/dist frontend/node_modules backend/tests/openid-provider/node_modules frontend/test-results frontend/playwright-report

test-deps: $(OPENID_PROVIDER)
	@.ci/install-test-deps

$(OPENID_PROVIDER): backend/tests/openid-provider/package.json backend/tests/openid-provider/package-lock.json
	cd backend/tests/openid-provider && npm ci --ignore-scripts
	@touch $@

$(NODE_MODULES): frontend/package.json frontend/package-lock.json
	cd frontend && npm ci --ignore-scripts
	@touch $@

$(SPA): $(NODE_MODULES) $(SPA_SOURCES)
	cd frontend && npm run build
	@touch $@
