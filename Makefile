# Each target does its own set-up: .venv from requirements.lock, made again when the lock or pyproject.toml changed.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: report test simulate lab notebooks codebook standin lock clean help

# Only what is given to make itself: WSL, for one, has a NAME of its own in the environment.
OPTIONS := FROM TO EXPORT NAME
given = $(if $(filter command,$(origin $(1))),$(2) "$($(1))")
unknown = $(foreach word,$(filter-out PYTHON=% $(OPTIONS:=%),$(MAKEOVERRIDES)),$(if $(findstring =,$(word)),$(word)))

report: $(READY)  ## every section of the report, in outputs/; FROM=, TO= (dates), EXPORT= and NAME= as wanted
	$(if $(unknown),$(error onbekend: $(unknown); bekend: $(OPTIONS)))
	@$(BIN)/python -m leercultuur report \
		$(call given,FROM,--from) $(call given,TO,--to) $(call given,EXPORT,--export) $(call given,NAME,--name)

test: $(READY)  ## style, types, unit tests, a whole run, every notebook against its committed output
	@$(BIN)/python -m leercultuur test

simulate: $(READY)  ## do intervals and tests hold what they promise? thousands of samples, some minutes
	$(BIN)/python -m pytest -m simulate -n 2 tests

lab: $(READY)  ## JupyterLab on the notebooks
	@$(BIN)/python -m leercultuur lab

notebooks: $(READY)  ## run the notebooks in place, so that the committed outputs are those of the code
	@$(BIN)/python -m leercultuur notebooks

codebook: $(READY)  ## docs/codebook.md again, after a change in data/instrument.yml
	@$(BIN)/python -m leercultuur codebook

standin: $(READY)  ## make the synthetic stand-in export again
	$(BIN)/python -m standin

lock: $(READY)  ## pin the ranges of pyproject.toml, with hashes, for every platform
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" --extra dev pyproject.toml -o requirements.lock

clean:  ## everything that can be made again, the runs in outputs/ excepted
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
	find lib tests notebooks -name __pycache__ -prune -exec rm -rf {} +

help:  ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1|/p' Makefile | awk -F '|' '{ printf "%-18s%s\n", $$1, $$2 }'

$(READY): requirements.lock pyproject.toml
	@echo "Setting up .venv (once; a minute or so)"
	@rm -rf .venv
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.12 ...") if not (3, 11) <= sys.version_info < (3, 14) else None'
	@$(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode --python $(BIN)/python requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@
