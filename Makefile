# Every word sets up what it needs. PYTHON=python3.13 uses that interpreter, in an environment of its own.
VENV := $(if $(PYTHON),.venv-$(notdir $(PYTHON)),.venv)
BIN := $(VENV)/bin
PYTEST = $(BIN)/python -m pytest -n logical --dist worksteal
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help demo up test check fix screens messages fuzz ready ready-to-test clean
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

help: ## these words
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

demo: ready ## a sample province: a letter becomes a campaign, the campaign a report; then the site (SERVE=0: without the site)
	@$(BIN)/lachan demo $(if $(filter 0 no false,$(SERVE)),--no-serve)

up: ready ## the site, the worker and the database, until Ctrl-C
	@$(BIN)/lachan up

# Journeys run in processes of their own: where a browser is driven an event loop runs, in which nothing can start another.
test: check ## all checks and all tests; TESTS=tests/engine runs those alone
	@rc=0; $(PYTEST) $(or $(TESTS),--ignore=tests/browser) || rc=1; \
	$(if $(TESTS),,$(PYTEST) tests/browser || rc=1;) exit $$rc

check: ready-to-test ## style, types, layers, templates
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo >$(VENV)/layers.txt 2>&1 || { cat $(VENV)/layers.txt; exit 1; }
	@$(BIN)/djlint --lint --quiet src/lachan

fix: ready-to-test ## mends what the style checks can mend
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet

screens: ready-to-test ## takes the pictures in docs/screens, and the counts in docs/officer-day.md, anew
	@LACHAN_SCREENS=docs/screens LACHAN_OFFICER_DAY=1 $(BIN)/python -m pytest -q tests/browser/test_the_whole_job.py tests/browser/test_officer_day.py

messages: ready-to-test ## gathers the sentences to translate into English
	@cd src/lachan && DJANGO_SETTINGS_MODULE=lachan.project.settings $(abspath $(BIN))/python -m django makemessages -l en --no-location --no-wrap
	@scripts/prepare $(VENV) test

PROMISES := check forms parts payments similar command images
fuzz: ready-to-test ## looks for texts that break the recognition; SECONDS=300 for each promise, TARGET=check for one alone
	@$(BIN)/pip install --quiet --require-hashes -r requirements/fuzz.txt
	@for promise in $(or $(TARGET),$(PROMISES)); do echo "$$promise"; \
	nice $(BIN)/python tests/fuzz/fuzz.py $$promise $(or $(SECONDS),60) 2>&1 | grep -E "^(Done|==)|Error|BINGO" || true; \
	test -z "$$(ls var/fuzz/$$promise | grep broke-)" || exit 1; done

ready:
	@PYTHON=$(PYTHON) scripts/prepare $(VENV) run

ready-to-test:
	@PYTHON=$(PYTHON) scripts/prepare $(VENV) test

clean: ## removes environments, caches and compiled files; the data in var/ stays
	rm -rf .venv .venv-* .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -prune -exec rm -rf {} + -o -name '*.mo' -delete
