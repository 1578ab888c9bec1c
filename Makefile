# Two commands do all the set-up: `make demo` and `make test`.

# The newest interpreter we deploy on, if there is one; any Python from 3.11 on will do.
PYTHON ?= $(shell for python in "$$(command -v python3.13)" "$$HOME"/.pyenv/versions/3.13.*/bin/python3.13 python3 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
# The oldest interpreter that is there: what is promised for it is tested on it.
OLDEST ?= $(shell for python in python3.11 "$$HOME"/.pyenv/versions/3.11.*/bin/python3.11 python3.12 "$$HOME"/.pyenv/versions/3.12.*/bin/python3.12 "$(PYTHON)"; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
VENV := .venv
RUN := $(VENV)/bin/python
OLDEST_VENV := .venv-oldest
WIDGET := solution/controls/case-time
NPM := npm --prefix $(WIDGET)
AZURITE := tests/azurite
CLIENTS := tests/clients

# The widget's build tool asks nobody whether it may report home.
export PP_TOOLS_TELEMETRY_OPTOUT := 1

.PHONY: install demo test test-oldest scenarios pictures lint format bench soak package lock clean

install: $(VENV)/installed $(WIDGET)/out/built

$(VENV)/installed: requirements-dev.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

$(WIDGET)/node_modules/installed: $(WIDGET)/package-lock.json
	$(NPM) ci --no-audit --no-fund --loglevel=error
	touch $@

$(WIDGET)/out/built: $(WIDGET)/node_modules/installed $(shell find $(WIDGET) -type f \
		-not -path '*/node_modules/*' -not -path '*/out/*' -not -path '*/test/*' -not -path '*/generated/*')
	cd $(WIDGET) && npm run --silent build
	touch $@

# Queues for tests that keep messages outside the functions' process.
$(AZURITE)/node_modules/installed: $(AZURITE)/package-lock.json
	npm --prefix $(AZURITE) ci --no-audit --no-fund --loglevel=error
	touch $@

# A client of others, for tests of the mock Dataverse.
$(CLIENTS)/node_modules/installed: $(CLIENTS)/package-lock.json
	npm --prefix $(CLIENTS) ci --no-audit --no-fund --loglevel=error
	touch $@

# A browser for the scenarios: one that is there, or one that is installed.
$(VENV)/chromium: $(VENV)/installed
	$(RUN) -m tests.scenarios.chromium
	touch $@

demo: install
	$(RUN) -m tests.local_stack

test: install $(VENV)/chromium $(AZURITE)/node_modules/installed $(CLIENTS)/node_modules/installed
	$(NPM) test
	$(RUN) -m pytest -n auto -m "not twin" --cov --cov-report=
	$(RUN) -m coverage report --include='functions/timekeeping/*,dataverse_client/*' --fail-under=100
	$(RUN) -m coverage report --fail-under=95

# The tests that need no browser and no other process, on the oldest Python that is here.
test-oldest: install $(OLDEST_VENV)/installed
	$(OLDEST_VENV)/bin/python -m pytest -n auto -p no:cacheprovider tests/unit tests/api tests/contract

$(OLDEST_VENV)/installed: requirements-dev.txt
	$(OLDEST) -m venv $(OLDEST_VENV)
	$(OLDEST_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

scenarios: install $(VENV)/chromium
	$(RUN) -m tests.scenarios.report

pictures: install $(VENV)/chromium
	$(RUN) -m tests.scenarios.pictures

lint: install
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/mypy function_app.py
	$(VENV)/bin/lint-imports
	$(NPM) run --silent lint

format: install
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .
	$(NPM) run --silent format

bench: install $(VENV)/chromium
	$(RUN) -m bench

# What takes too long for every run; about an hour.
soak: install $(AZURITE)/node_modules/installed
	$(RUN) -m tests.faults
	$(RUN) -m tests.simulation --seeds 1..20 --representatives 100 --processes 2
	$(RUN) -m tests.real_queues.endurance --kills 100
	$(RUN) -m bench.reconciliation --segments 10000 100000 1000000

package: install
	$(RUN) -m solution.tools generate --check
	$(RUN) -m solution.tools validate
	$(RUN) -m solution.tools pack
	$(RUN) -m solution.tools pack --managed
	$(RUN) -m solution.tools function-app dist

# Writes the two files that everything else installs from; needs uv.
lock:
	uv pip compile --generate-hashes --no-strip-extras --python-version 3.13 --python-platform x86_64-manylinux_2_28 --no-header --quiet pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --no-strip-extras --python-version 3.11 --no-header --quiet pyproject.toml --group dev -o requirements-dev.txt

clean:
	rm -rf $(VENV) $(OLDEST_VENV) $(WIDGET)/node_modules $(WIDGET)/out $(WIDGET)/CaseTime/generated $(AZURITE)/node_modules $(CLIENTS)/node_modules dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage
