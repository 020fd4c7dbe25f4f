# Everything a newcomer, a developer and the nightly machine type. Needs Python 3.11 or newer, make and a package registry.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
BIN := .venv/bin
TIDU := $(BIN)/tidu
export TIDU_HOME ?= data
# Modules are compiled once, not by every process that imports them
unexport PYTHONDONTWRITEBYTECODE

# The sample that `make run` works on
SAMPLE ?= sample
FIRMS ?= 5000
YEARS ?= 2020-2025
SEED ?= 7
DAY ?= 2026-06-30
PLACE ?= CN-3301

# How many damaged files are tried by `make fuzz`
FILES ?= 5000

# How many tables are changed as people change them by `make damages`
DAMAGES ?= 1000

# How many runs are killed by `make kills`, at moments chosen by the seeds from FIRST_KILL on
KILLS ?= 100
FIRST_KILL ?= 0

# For how many seconds `make writers` lets twenty writers append
WRITING ?= 60

# How many modules of tests run side by side; whoever is done begins the next one, so that what a module shares is made
# once. The dearest begin (tests/kinds.py). One more than cores took no less time
TESTS_AT_ONCE ?= $(shell nproc 2>/dev/null || echo 2)

# Skipped tests are listed with their reasons, the slowest with their seconds; the folders of failed tests are kept
PYTEST = $(BIN)/python -m pytest -q -n $(TESTS_AT_ONCE) --dist loadfile --no-loadscope-reorder --durations=15 -o tmp_path_retention_policy=failed

.PHONY: help run serve test test-quick test-unit test-spec test-job test-faults test-pages check style types sql bench writers fuzz damages kills format browser postgresql clean
help: ## show these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

.venv/.ready: installer.lock requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tidu needs Python 3.11 or newer: make run PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv .venv >/dev/null || { .ci/system-packages python3-venv && $(PYTHON) -m venv .venv; }
	@echo "Installing what the lock names …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r installer.lock
	@$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes --python $(BIN)/python -r requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --python $(BIN)/python -e .
	@touch $@

run: .venv/.ready ## the whole job on a sample zone: files in, ladder out
	@test -d $(SAMPLE)/inbox || $(TIDU) sample --firms $(FIRMS) --years $(YEARS) --seed $(SEED) --out $(SAMPLE)
	@$(TIDU) run --inbox $(SAMPLE)/inbox --day $(DAY) --place $(PLACE)

serve: .venv/.ready ## open the dashboard on this machine
	@$(TIDU) serve

test: .venv/.ready browser postgresql ## everything that must stay true
	@$(PYTEST)

test-quick: .venv/.ready ## what needs neither a job, a server nor a browser: unit and spec, with a fifth of the random examples
	@TIDU_EXAMPLES=20 $(PYTEST) -m "unit or spec"

test-unit: .venv/.ready ## feeds, readers, macros, checks, models: functions and empty tables
	@$(PYTEST) -m unit

test-spec: .venv/.ready ## editions and their cases
	@$(PYTEST) -m spec

test-job: .venv/.ready postgresql ## files through a run, what its release answers, processes of commands, a casebook on a server
	@$(PYTEST) -m job

test-faults: .venv/.ready postgresql ## power cuts, full disks, damaged files, states of a home, two runs at once; with figures
	@$(PYTEST) -m faults

test-pages: .venv/.ready browser ## the dashboard in a browser
	@$(PYTEST) -m pages

browser: # Chromium and a Chinese font for the page tests; without them those tests are skipped with the reason, and fail where CI=true
	@{ command -v chromium-headless-shell || command -v chromium; } >/dev/null && fc-list ':lang=zh' | grep -q . || .ci/system-packages chromium fonts-noto-cjk fontconfig || true
	@command -v chromium-headless-shell >/dev/null || .ci/system-packages chromium-headless-shell 2>/dev/null || true

postgresql: # for the tests of the casebook; without it they are skipped with the reason, and fail where CI=true
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || .ci/system-packages postgresql || true

check: .venv/.ready ## style, types, YAML, SQL
	@$(MAKE) --no-print-directory --jobs --output-sync style types sql

style: .venv/.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/yamllint --strict .

types: .venv/.ready
	@$(BIN)/mypy

sql: .venv/.ready
	@$(BIN)/sqlfluff lint --processes 0 --disable-progress-bar warehouse

format: .venv/.ready
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format --quiet .

bench: .venv/.ready ## speed and memory, as ratios taken in one run
	@$(BIN)/python tests/bench

writers: .venv/.ready postgresql ## twenty writers of the casebook on both databases (WRITING=60), with figures
	@$(BIN)/python tests/bench/casebook.py --seconds $(WRITING)

fuzz: .venv/.ready ## damaged files by the thousand (FILES=5000), with figures
	@TIDU_FUZZ_FILES=$(FILES) $(BIN)/python -m pytest -q tests/faults/test_file_fuzz.py

damages: .venv/.ready ## tables as people change them, by the thousand (DAMAGES=1000), with figures
	@TIDU_HUMAN_DAMAGES=$(DAMAGES) $(BIN)/python -m pytest -q tests/faults/test_human_damages.py

kills: .venv/.ready ## runs killed at any moment by the hundred (KILLS=100), with figures
	@TIDU_KILLS=$(KILLS) TIDU_FIRST_KILL=$(FIRST_KILL) $(BIN)/python -m pytest -q tests/flows/test_faults.py -k any_moment

clean: ## remove the environment, the sample and the data of `make run`
	rm -rf .venv $(SAMPLE) data
