# Two commands do everything: `make up` and `make test`. `make` alone lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

VENV   := .venv
BIN    := $(VENV)/bin
# The newest Python on the PATH, and the fastest of several; `make PYTHON=/path/to/python` to choose another.
PYTHON ?= $(eval PYTHON := $(shell .ci/python))$(PYTHON)
NO_PYTHON := error: no Python >= 3.11 on the PATH that can make an environment; install one \
	(on Debian python3-venv too), or name it: make PYTHON=…
STAGE  ?= dev
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq install --require-hashes --no-deps --no-build-isolation

.PHONY: help setup setup-tests up down plan status test test-all check checkov fmt docs bench lock wheel clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready ## Make .venv and fetch Terraform if it is missing (idempotent)

up: setup ## Bring the API up on the embedded AWS and show one answer
	@$(BIN)/apitool up --stage $(STAGE) --yes

plan: setup ## Show what `make up` would change
	@$(BIN)/apitool plan --stage $(STAGE)

status: setup ## Show what is running
	@$(BIN)/apitool status --stage $(STAGE)

down: setup ## Take the API and the embedded AWS down again
	@$(BIN)/apitool down --stage $(STAGE) --yes
	@$(BIN)/apitool local stop

test: setup-tests ## Run all tests but the slow ones
	@$(BIN)/python -m pytest -n auto --dist loadfile -m "not slow"

test-all: setup-tests ## Run the slow tests too
	@$(BIN)/python -m pytest -n auto --dist loadfile

check: setup-tests ## Format, lint, types, import direction, Terraform format
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache --config pyproject.toml
	@PATH=".tools:$$PATH" terraform fmt -check -recursive terraform

fmt: setup-tests ## Format everything
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@PATH=".tools:$$PATH" terraform fmt -recursive terraform

checkov: .checkov/.ready ## Scan the Terraform with checkov; `make test` scans a plan too
	@.checkov/bin/checkov --config-file .ci/checkov.yaml --quiet -d terraform

.checkov/.ready: .ci/checkov.txt
	@test -n "$(PYTHON)" || { echo "$(NO_PYTHON)" >&2; exit 1; }
	@echo "… installing checkov, apart from all else"
	@$(PYTHON) -m venv .checkov
	@.checkov/bin/python -m pip --disable-pip-version-check -qq install --no-compile --require-hashes --no-deps -r .ci/checkov.txt
	@touch $@

docs: setup-tests ## Make the parts of the documentation anew that are made from code
	@$(BIN)/python -m tests.terraform_modules.readme_tables
	@$(BIN)/python -m apitool.project.schema docs/apitool.schema.json

bench: setup-tests ## Measure, as ratios against a floor or a peer of the same run
	@for bench in tests/benchmarks/bench_*.py; do $(BIN)/python $$bench || exit 1; done

lock: setup-tests ## Pin the dependencies anew, with hashes and without index addresses
	@.ci/lock

wheel: setup-tests ## Build the wheel into dist/
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean: ## Stop the embedded AWS and remove everything that was made here
	@if [ -x $(BIN)/apitool ]; then $(BIN)/apitool local stop; fi
	rm -rf $(VENV) .checkov .tools .apitool dist build .pytest_cache .ruff_cache .mypy_cache .hypothesis

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "$(NO_PYTHON)" >&2; exit 1; }
	@echo "… making $(VENV) with $$($(PYTHON) --version), $(PYTHON)"
	@$(PYTHON) -m venv $(VENV) || { echo "error: venv is missing; on Debian: apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }

# The stamps hold what was installed: a changed lock installs again, an unchanged one costs nothing.
$(VENV)/.ready: cli/requirements-build.txt cli/requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "… installing what apitool needs"
	@$(PIP) -r cli/requirements-build.txt
	@$(PIP) -r cli/requirements.txt
	@$(BIN)/python -m pip --disable-pip-version-check -qq install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m apitool.terraform.release
	@$(BIN)/python -m compileall -q cli # as pip does with what it copies; halves the start where nothing may be written
	@touch $@

setup-tests: $(VENV)/.ready-tests .checkov/.ready

$(VENV)/.ready-tests: tests/requirements.txt $(VENV)/.ready
	@echo "… installing what the tests need"
	@$(PIP) -r tests/requirements.txt
	@touch $@
