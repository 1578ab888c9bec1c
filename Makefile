# Two commands do all the set-up: `make demo` and `make test`.

PYTHON ?= $(shell command -v python3.13 || ls $(HOME)/.pyenv/versions/3.13.*/bin/python3.13 2>/dev/null | tail -n 1 || true)
ifeq ($(strip $(PYTHON)),)
PYTHON := python3
endif
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: install demo test lint format lock bench package clean

install: $(VENV)/installed

$(VENV)/installed: requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

demo: install
	$(RUN) -m tests.local_stack

test: install
	$(RUN) -m pytest -n auto --cov --cov-report=

lint: install
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: install
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

bench: install
	$(RUN) -m bench

package: install
	$(RUN) -m solution.tools.package dist

# Needs uv; writes the two files that everything else installs from.
lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header -q pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header -q pyproject.toml --group dev -o requirements-dev.txt

clean:
	rm -rf $(VENV) dist .mypy_cache .pytest_cache .ruff_cache .coverage
