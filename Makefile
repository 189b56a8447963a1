# The commands of the project. `make help` lists them; each installs the Debian packages it needs and misses.

SWIFT ?= swift
# More flags for every Swift build, such as SWIFT_FLAGS="--sanitize=address --scratch-path .build/address".
SWIFT_FLAGS ?=

# In continuous integration a warning is an error. A scratch path of its own keeps `make test` at a desk from
# building everything again because these flags came or went.
ifeq ($(CI),true)
SWIFT_FLAGS += -Xswiftc -warnings-as-errors -Xcc -Werror --scratch-path .build/ci
endif

# One file with no Foundation and no Swift runtime beside it: it starts in a third of the time.
RELEASE = $(SWIFT) build -c release --product host --static-swift-stdlib
HOST = .build/release/host

# Generated files are laid out by what generates them.
SWIFT_SOURCES = Package.swift $(shell find Sources Tests benchmarks -name .build -prune -o -name .venv -prune \
	-o -name '*.swift' ! -name '*.gen.swift' -print)
LUA_SOURCES = $(wildcard lua recipes examples)

.PHONY: help install build demo test sanitize check lint format stubs bench peers clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## the Debian packages that building and testing need
	@tools/install.sh

build: install ## the program, in release mode: .build/release/host
	@$(RELEASE)

demo: build ## a customer books an appointment, against a local portal
	@tools/demo.sh $(HOST)

test: ## all tests
	@tools/install.sh test
	$(SWIFT) test --disable-xctest $(SWIFT_FLAGS)

# What each leaves out, and why, is in docs/decisions/010: scripts stopped by a signal or a jump are outside what
# the sanitizers can follow.
sanitize: install ## the bridge's tests under the address and the thread sanitizer
	$(SWIFT) test --disable-xctest --sanitize=address --scratch-path .build/address --filter BridgeTests \
		--skip HostileTests
	$(SWIFT) test --disable-xctest --sanitize=thread --scratch-path .build/thread \
		--filter "BridgeTests\.(RunTests|FailureTests|DeclarationTests)"

check: lint test ## the whole gate: formatting, lint, then all tests

lint:
	@tools/install.sh check
	@$(SWIFT) format lint --strict --parallel $(SWIFT_SOURCES)
	luacheck --quiet $(LUA_SOURCES)
	tools/catalog.py --check

format: ## formats the Swift sources in place
	@$(SWIFT) format --in-place --parallel $(SWIFT_SOURCES)

stubs: build ## types/host.gen.lua, what editors know of a recipe's words
	@mkdir -p types
	$(HOST) stubs > types/host.gen.lua

bench: build ## the benchmarks, each beside a peer
	@tools/install.sh bench
	@benchmarks/run.sh $(HOST)

peers: build ## SDKs of others, unmodified, at work on the local portal
	@tools/install.sh peers
	@benchmarks/peers/run.sh $(HOST)

clean: ## removes everything that was built
	rm -rf .build benchmarks/.build benchmarks/.venv benchmarks/peers/.venv
