# Everything that is done with a working copy. `make` alone says what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

BIN := .venv/bin
SCHAKEL := $(BIN)/schakel
PORT ?= 8000
JOBS ?= 2
# Those that say how they are called; fuzzing is no measuring.
BENCHES := $(filter-out bench/fuzz%,$(shell grep -lE '^    python bench/' bench/*.py 2>/dev/null))
CATALOGUES := $(shell find schakel -name '*.po')
COLLECTED := $(or $(SCHAKEL_VAR),var)/static/staticfiles.json
STATIC := $(shell find schakel -path '*/static/*' -type f)

.PHONY: help
help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

# --- running -----------------------------------------------------------------------------------------------

.PHONY: install
install: .venv/.run ## Make the environment to run with

.PHONY: demo
demo: .venv/.run build/messages $(COLLECTED) ## Start the demonstration network on http://127.0.0.1:8000
	@exec $(SCHAKEL) demo --port $(PORT)

.PHONY: up
up: .venv/.run build/messages $(COLLECTED) ## Start your own network on http://127.0.0.1:8000
	@exec $(SCHAKEL) up --port $(PORT)

.PHONY: figures
figures: .venv/.run build/messages ## Count a folder of deliveries: DATA=folder YEAR=2023 OUT=figures.csv
	@: "$${DATA:?say which folder, as in DATA=../shared/data/network-2023}"
	@: "$${YEAR:?say which year, as in YEAR=2023}"
	@exec $(SCHAKEL) --temporary count_folder "$$DATA" --mappings tests/mappings --year "$$YEAR" --out "$${OUT:-figures.csv}"

.PHONY: linking
linking: .venv/.run build/messages ## Link a folder of lists to each other and a register: DATA=folder OUT=linking.csv
	@: "$${DATA:?say which folder, as in DATA=../lists}"
	@exec $(SCHAKEL) linking --data "$$DATA" --out "$${OUT:-linking.csv}"

# --- testing -----------------------------------------------------------------------------------------------

.PHONY: test
test: .venv/.dev build/messages $(COLLECTED) ## Run all tests, browser tests too, on a real PostgreSQL
	@scripts/browser
	$(BIN)/pytest -n $(JOBS) --dist worksteal --ignore tests/assurance

.PHONY: assure
assure: .venv/.dev build/messages $(COLLECTED) ## The heavier assurance, and the tests on PostgreSQL 15 too, by more examples
# Not tests/e2e, which `make test` runs: a browser asks pages, and all that those ask of the server the other tests ask.
	@scripts/browser
	SCHAKEL_MORE_EXAMPLES=1 SCHAKEL_POSTGRES_BIN="$$(scripts/postgres-15)" \
	  $(BIN)/pytest -n $(JOBS) --dist worksteal --ignore tests/assurance --ignore tests/e2e
	scripts/api-rules
	$(BIN)/python scripts/audit.py
	scripts/spark
	$(BIN)/pytest -n $(JOBS) --dist worksteal tests/assurance

.PHONY: lint lint-style lint-types lint-layers lint-migrations lint-translations
lint: ## Style, types, layers, migrations, translations; all of them, also after one that fails
	@$(MAKE) --no-print-directory --keep-going lint-style lint-types lint-layers lint-migrations lint-translations
lint-style: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
lint-types: .venv/.dev
	$(BIN)/mypy schakel scripts
lint-layers: .venv/.dev
	$(BIN)/lint-imports
lint-migrations: .venv/.dev
	DJANGO_SETTINGS_MODULE=schakel.settings SCHAKEL_LOG_LEVEL=WARNING \
	  $(BIN)/python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run
lint-translations: .venv/.dev
	$(BIN)/python scripts/check_translations.py

.PHONY: bench
bench: .venv/.dev build/messages ## Measure against peers, in the same run
	@for part in $(BENCHES); do echo "== $$part"; $(BIN)/python $$part; done

# --- keeping -----------------------------------------------------------------------------------------------

.PHONY: lock
lock: .venv/.dev ## Pin the packages of requirements/*.in anew (UPGRADE=1 for the newest)
	PATH="$(CURDIR)/$(BIN):$$PATH" scripts/lock $(if $(UPGRADE),--upgrade)

.PHONY: clean
clean: ## Remove what was built; the data in var/ stays
	rm -rf build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find schakel -name '*.mo' -delete

.venv/.run: requirements/run.lock pyproject.toml scripts/install
	@echo "Installing what Schakel needs; the first time this takes a minute."
	@scripts/install run
	@touch $@

.venv/.dev: requirements/dev.lock pyproject.toml scripts/install
	@echo "Installing what testing needs."
	@scripts/install dev
	@touch $@ .venv/.run

build/messages: .venv/.run scripts/compile_messages.py $(CATALOGUES)
	@mkdir -p build
	@$(BIN)/python scripts/compile_messages.py
	@touch $@

$(COLLECTED): .venv/.run $(STATIC)
	@DJANGO_SETTINGS_MODULE=schakel.settings $(BIN)/python -m django collectstatic --no-input --verbosity 0
	@touch $@
