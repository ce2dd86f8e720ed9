# ICE Explorer. `make help` lists the targets.

SHELL := bash
.DEFAULT_GOAL := help

BIN        := bin/iceexplorer
TOOLS      := $(CURDIR)/.tools
VERSION    := $(shell sed -n 's/^## \([0-9][^ ]*\).*/\1/p' CHANGELOG.md | head -n 1)
LDFLAGS    := -X main.version=$(VERSION) -extldflags "-static-libgcc -static-libstdc++"
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.7.0
DEPGUARD   := github.com/OpenPeeDeeP/depguard/v2/cmd/depguard@v2.2.1
DUCKDB     := @duckdb/node-api@1.5.6-r.1
LICENSES   := github.com/google/go-licenses@v1.6.0
PACKAGES   := g++ pkg-config libgl-dev libhdf5-dev libdeflate-dev \
              libaec-dev zlib1g-dev xvfb xauth libgl1-mesa-dri libegl1 xdotool imagemagick python3-h5py
# Programs that read what we export, see cache/export/interop. VTK for Python and ParaView exclude each other.
READERS    := python3-numpy python3-pandas python3-vtk9 python3-openimageio f3d blender cloudcompare $(if $(shell command -v npm),,nodejs npm)
NODE_READERS := @duckdb/node-api@1.5.6-r.1 hyparquet@1.33.0 tinyusdz@0.9.0-rc10
# Packages that build for Windows without a C compiler there. Of formats all but those for tests and the one that links HDF5.
EXPORTERS  := $(filter-out %/writers %/exporttest %/interop,$(patsubst %/,./%,$(wildcard cache/export/*/)))
PORTABLE   := ./.ci/windows/whole ./app/register ./cache ./cache/atomicfile ./cache/export $(EXPORTERS) ./cache/export/exporttest ./cache/export/exporttest/toy ./cache/fault ./cache/filemap ./cache/icecache ./cache/inflate ./cache/measure ./cache/mutate ./cache/pathname ./cache/printable ./cache/refusal ./cache/regular ./cache/sih5/check ./cache/unit ./cache/value ./jobs ./jobs/confine ./jobs/pipe ./jobs/proto ./jobs/scratch ./jobs/task \
              ./app/dialog ./app/folder ./app/logbook ./app/session ./app/sessionfile ./app/look ./gfx/style ./gfx/offscreen ./app/beside ./app/disk ./app/inspect/... ./app/export/... ./app/exporting ./app/undo ./app/fallback ./app/ending ./app/player ./app/action/... ./app/settings ./app/sample
# Packages whose tests open windows: one at a time, or they take each other's mouse.
WINDOWED   := iceexplorer(/app/(window|widget))?
# Where there is no display, one is made. Without -noreset it starts anew, deaf meanwhile, whenever the last window closes.
XVFB       := $(if $(DISPLAY),,xvfb-run -a -s "-noreset -screen 0 1600x1000x24")
# It looks for addresses that it does not print; what it says of that is noise.
LIST_LICENSES = $(TOOLS)/go-licenses report . --template docs/third_party.tmpl 2>/dev/null
FUZZTIME   ?= 60s
SOAKTIME   ?= 10m
MUTATIONS  ?= 13000
# Tests that try what somebody could do on purpose. `make test` has all of them, with fewer damaged files.
ATTACKS    := DamagedFilesCostNoWorker|NothingButTheFile|NoPlugin|FollowsNoLinks|CommandTheTerminal|ActsOnNo|VariablesOfHDF5|Confined|Doubted|SomebodyElse|FlippedBit|AsPrivate|Believed|ALink|WithoutAHome

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.PHONY: deps
deps: ## install the Debian packages that are missing (asks for sudo if need be)
	@missing=; for p in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  if ! command -v apt-get >/dev/null; then echo "install these Debian packages or their like:$$missing"; exit 1; fi; \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  echo "installing$$missing"; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $$missing >/dev/null; fi

.PHONY: build
build: deps ## build bin/iceexplorer (the first time takes about 5 minutes)
	@mkdir -p bin
	go build -ldflags '$(LDFLAGS)' -o $(BIN) .

.PHONY: run
run: build ## open the window on the built-in sample; without a display, leave out/first-light.png
	@if [ -n "$$DISPLAY" ]; then $(BIN) --sample; else \
	  mkdir -p out; \
	  echo "no display: playing the sample in a virtual one"; \
	  ICEEXPLORER_CONFIG_DIR=$$(mktemp -d) xvfb-run -a -s "-noreset -screen 0 1600x1000x24" $(BIN) --sample --run testdata/scripts/first-light.txt && \
	  echo "the picture is out/first-light.png"; fi

.PHONY: test
test: build lint check-ps1 ## everything CI runs: lint, tests of every package, windows included
	CGO_ENABLED=0 GOOS=windows go vet $(PORTABLE)
	CGO_ENABLED=1 GOOS=windows go list -deps . >/dev/null
	go test -timeout 20m $$(go list ./... | grep -vxE '$(WINDOWED)')
	$(XVFB) go test -timeout 20m -p 1 $$(go list ./... | grep -xE '$(WINDOWED)')

.PHONY: test-farm
test-farm: deps ## run an export as an array of Slurm jobs, on a Slurm of one node that the test starts (installs slurm-wlm)
	@PATH="$$PATH:/usr/sbin"; if ! command -v slurmctld >/dev/null || ! command -v slurmd >/dev/null || ! command -v munged >/dev/null; then \
	  if ! command -v apt-get >/dev/null; then echo "install slurm-wlm and munge"; exit 1; fi; \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends slurm-wlm munge >/dev/null; fi
	PATH="$$PATH:/usr/sbin" ICEEXPLORER_FARM=1 go test -count=1 -timeout 10m -run Slurm -v ./app/cli

.PHONY: test-large
test-large: build ## ask ten million points while the window turns (minutes; wants a quiet machine)
	ICEEXPLORER_LARGE=1 $(XVFB) go test -timeout 10m -count 1 -v -run TenMillionPoints .

.PHONY: race
race: deps ## the tests of the packages with goroutines and processes, under the race detector
	go test -race -timeout 20m ./cache/... ./jobs/... ./app/export ./app/inspect/... ./app/session ./app/player ./app/action/...

.PHONY: lint
lint: deps $(TOOLS)/staticcheck $(TOOLS)/depguard $(TOOLS)/go-licenses ## gofmt, go vet, staticcheck, the import rules of the design, THIRD_PARTY.md
	@out=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$out" ]; then echo "gofmt would change:"; echo "$$out"; exit 1; fi
	go vet ./...
	$(TOOLS)/staticcheck ./...
	$(TOOLS)/depguard ./...
	@$(LIST_LICENSES) | diff -u THIRD_PARTY.md - || { echo "THIRD_PARTY.md is no longer true: make third-party"; exit 1; }

.PHONY: third-party
third-party: deps $(TOOLS)/go-licenses ## write THIRD_PARTY.md, the libraries and fonts with their licences
	$(LIST_LICENSES) > THIRD_PARTY.md.new && mv THIRD_PARTY.md.new THIRD_PARTY.md

$(TOOLS)/staticcheck:
	GOBIN=$(TOOLS) go install $(STATICCHECK)

$(TOOLS)/depguard:
	GOBIN=$(TOOLS) go install $(DEPGUARD)

$(TOOLS)/duckdb:
	npm install --prefix $@ --no-audit --no-fund $(DUCKDB)

$(TOOLS)/ps1check: $(wildcard .ci/windows/ps1check/*)
	go build -C .ci/windows/ps1check -o $@ .

$(TOOLS)/go-licenses:
	GOBIN=$(TOOLS) go install $(LICENSES)

.PHONY: screenshots
screenshots: build ## write the pictures of docs/window.md anew (minutes)
	$(XVFB) docs/screenshots/make.sh $(BIN)

.PHONY: bench
bench: build ## measure decoding, the pool, drawing and start times
	$(XVFB) $(BIN) bench

.PHONY: deps-duckdb
deps-duckdb: $(TOOLS)/duckdb ## install DuckDB for node, which make bench then asks what it asks the program

.PHONY: deps-interop
deps-interop: deps ## install the programs that test-interop has read our files
	@if command -v apt-get >/dev/null; then \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  dpkg-query -W -f '$${Status}' $(READERS) 2>/dev/null | grep -c 'ok installed' | grep -qx $(words $(READERS)) || \
	  { $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $(READERS) >/dev/null; }; fi
	@mkdir -p $(TOOLS)/interop
	cd $(TOOLS)/interop && npm install --silent --no-save --ignore-scripts --prefix . $(NODE_READERS)

.PHONY: test-interop
test-interop: deps-interop ## have other programs read every format back, and compare all values
	ICEEXPLORER_INTEROP=1 go test -count=1 -timeout 30m ./cache/export/... ./app/export/exr

.PHONY: fuzz
fuzz: deps ## run each fuzz target for a minute (FUZZTIME=10m for longer)
	@set -e; for p in $$(grep -rl --include='*_test.go' '^func Fuzz' cache jobs app | xargs -n1 dirname | sort -u); do \
	  for f in $$(grep -hoE '^func Fuzz[A-Za-z0-9]+' $$p/*_test.go | sed 's/func //'); do \
	    echo "./$$p $$f"; go test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) ./$$p; done; done

.PHONY: mutations
mutations: deps ## read 13,000 damaged files of each format, half of them with true checksums; BEFORE=1: also without our check of HDF5
	ICEEXPLORER_MUTATIONS=$(MUTATIONS) ICEEXPLORER_MUTATIONS_BEFORE=$(BEFORE) go test -count=1 -timeout 0 -run DamagedFilesCostNoWorker -v ./cache/icecache ./cache/sih5

.PHONY: attacks
attacks: deps ## try the table of attacks, with counts: damaged files as mutations does, links, plugins, escapes, workers, planted files, flipped bits
	@set -o pipefail; ICEEXPLORER_MUTATIONS=$(MUTATIONS) go test -count=1 -timeout 0 -v -run '$(ATTACKS)' ./cache/... ./jobs/... ./app ./app/cli ./app/logbook 2>&1 | grep -E '^--- |attack:|^FAIL|^panic'

.PHONY: nightly
nightly: test race test-interop fuzz attacks test-windows ## all tests, also in Wine, the race detector, other programs' readers, a minute of each fuzz target, and the table of attacks

.PHONY: windows
windows: ## build bin/windows/iceexplorer.exe and, for consoles, iceexplorer.com, with mingw-w64 (the first time takes ten minutes)
	.ci/windows/build.sh $(VERSION)

.PHONY: windows-zip
windows-zip: windows ## pack them with their licences
	.ci/windows/zip.sh $(VERSION) bin/windows $${ICEEXPLORER_WINDOWS_CACHE:-$${XDG_CACHE_HOME:-$$HOME/.cache}/iceexplorer-windows}/libs/licences

.PHONY: test-windows
test-windows: ## test the program for Windows in Wine 10, in a Debian 13 that is made once (root or sudo; an hour)
	.ci/windows/test.sh $(VERSION)

.PHONY: check-ps1
check-ps1: $(TOOLS)/ps1check ## check the syntax of build.ps1
	$(TOOLS)/ps1check build.ps1

.PHONY: soak
soak: deps ## ten minutes of random open, seek, cancel and kill; counts must stay flat
	ICEEXPLORER_SOAK=$(SOAKTIME) go test -count=1 -timeout 0 -run TestSoak -v ./jobs

.PHONY: clean
clean: ## remove what was built
	rm -rf bin out .tools
