# The two commands are `make run` and `make test`; everything else serves them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PEERS := .venv-peers
LOCK_FORM := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
LOCK_ARGS := $(LOCK_FORM) --extra build --extra dev --extra postgres --extra reports

.PHONY: pictures hostile sbom mutants faults year install run test test-long lint format bench peers lock locales requirements journeys clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else "deskbot needs Python 3.11, 3.12 or 3.13; this is %d.%d" % v)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: install
	$(BIN)/deskbot run

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: lint
	@# Processes, sockets and a browser share two cores here: what failed is tried once more, alone; failing twice is failing.
	@# Any other end than "some failed" (status 1) is one: a run that broke off is not mended by half of its tests.
	$(BIN)/python -m pytest -q -n 4 --dist worksteal || { test $$? -eq 1 && $(BIN)/python -m pytest -q --last-failed --last-failed-no-failures none; }
	@$(BIN)/python -m tests.proofs.checklist

test-long: install
	$(BIN)/python -m pytest -q -n 2 -m "long or not long"

faults: install
	$(BIN)/python -m pytest -q -n 2 -m "long or not long" tests/faults
	$(BIN)/python -m tests.faults --kills 1000

mutants: install
	$(BIN)/python -m tests.faults.mutants

year: install
	$(BIN)/python -m tests.year

bench: install
	@$(MAKE) --no-print-directory peers || echo "The peers could not be installed; their lines will say so."
	$(BIN)/python -m benchmarks

peers: $(PEERS)/.installed

$(PEERS)/.installed: benchmarks/peers/peers.lock
	@test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile $(LOCK_ARGS) pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCK_FORM) benchmarks/peers/peers.in -o benchmarks/peers/peers.lock

requirements: install
	@$(BIN)/python -m tests.proofs.traced

hostile: install
	@$(BIN)/python -m tests.proofs.hostile

sbom: install
	@$(BIN)/python -m tests.proofs.sbom

pictures: install
	SCREENSHOTS=1 $(BIN)/python -m pytest -q -m "long or not long" -k "not hant" tests/journeys

locales: install
	$(BIN)/python -m locales.convert

clean:
	rm -rf $(VENV) $(PEERS) .pytest_cache .mypy_cache .ruff_cache
