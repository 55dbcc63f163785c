# Orbital Data Centre: what people and CI both run. `make help` lists everything.
# Nothing is needed but make and Python 3.11 or newer; the rest goes into .venv.

PYTHON    ?=
JOBS      ?= 2
SAVES_DIR ?=
ARGS      ?=

# What `make test-kernels` leaves to `make check`: anchor days, and tests that change the way themselves.
BUT_SLOW  ?= and not slow

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.ready

# A checkout that was moved or copied carries a .venv that points elsewhere: prepare it anew.
ifneq ($(wildcard $(STAMP)),)
ifneq ($(shell cat $(STAMP)),$(CURDIR))
$(shell rm -rf $(VENV))
endif
endif

.PHONY: help setup play test test-kernels test-peers lint check format docs bench clean
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## prepare .venv with the game, its tests and its tools
	@echo "Ready. Play with: make play    or: $(BIN)/odc"

$(STAMP): pyproject.toml constraints.txt
	@python=$$(sh tools/find_python.sh "$(PYTHON)") || exit 1; \
	echo "Preparing $(VENV) with $$($$python --version); the first time takes a minute or two."; \
	[ -x $(BIN)/python ] && $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { rm -rf $(VENV) && $$python -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet -c constraints.txt hatchling editables
	@$(BIN)/python -m pip install --quiet --no-build-isolation -c constraints.txt -e '.[test,dev]'
	@$(BIN)/python -m compileall -q engine odc_tui
	@printf '%s\n' "$(CURDIR)" > $@

play: $(STAMP) ## start the game
	@$(BIN)/odc $(if $(SAVES_DIR),--saves-dir "$(SAVES_DIR)") $(ARGS)

test: $(STAMP) ## run the tests (ARGS="-k word" narrows them, JOBS=4 widens them)
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m "not grid and not seeds" $(ARGS)

test-kernels: $(STAMP) ## run the kernel tests without the compiler, then with bounds checks
	@NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m "not many_days $(BUT_SLOW)" tests/kernels $(ARGS)
	@NUMBA_BOUNDSCHECK=1 $(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m "not grid $(BUT_SLOW)" tests/kernels $(ARGS)

test-peers: $(STAMP) ## compare with independent programs (installs astropy, sgp4, pymsis and others into .venv)
	@$(BIN)/python -m pip install --quiet --no-build-isolation -c constraints.txt -e '.[peers]'
	@$(BIN)/python -m pytest -q -m peer tests/peers $(ARGS)

lint: $(STAMP) ## check format, style, types and who imports whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check: lint ## lint, then every test, the full reference grid, many seeds, the independent programs and all kernel tests three ways
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal $(ARGS)
	@$(MAKE) --no-print-directory test-peers ARGS=
	@$(MAKE) --no-print-directory test-kernels ARGS= BUT_SLOW=

format: $(STAMP) ## bring the sources into shape
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: $(STAMP) ## write docs/formulas.md, docs/validation.md and docs/economics.md
	@$(BIN)/python tools/make_formula_docs.py
	@$(BIN)/python tools/make_validation_docs.py
	@$(BIN)/python tools/make_economics_docs.py

bench: $(STAMP) ## measure start-up, day step and campaigns
	@$(BIN)/odc bench $(ARGS)

clean: ## remove .venv and everything that was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find engine odc_tui tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
