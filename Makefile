# Each target sets up all that it needs in .venv, inside the repository, and nothing outside it.

# The first Python on the path that is new enough; or say make PYTHON=/path/to/python.
PYTHON := $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin

.PHONY: run test lint dist pictures benchmark clean

run: .venv/ready  ## look some of our own facts up
	$(BIN)/expofacts quotes --region sichuan
	$(BIN)/expofacts stats

test: .venv/ready-to-test  ## run all tests on all cores, with coverage
	$(BIN)/python -m pytest --numprocesses auto --cov

lint: .venv/ready-to-develop  ## check style and types
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

dist: .venv/ready-to-develop  ## build the sdist, and the wheel from it
	rm -rf dist
	$(BIN)/python -m build --quiet

pictures: .venv/ready  ## draw the README's pictures anew
	$(BIN)/python docs/pictures.py

benchmark: dist  ## measure the start-up of the built wheel, and large collections
	rm -rf .venv/benchmark
	$(BIN)/python -m venv .venv/benchmark
	.venv/benchmark/bin/pip install --quiet dist/*.whl
	.venv/benchmark/bin/python -m compileall -q .venv/benchmark/lib
	.venv/benchmark/bin/python benchmarks/startup.py
	.venv/benchmark/bin/python benchmarks/scale.py

clean:
	rm -rf .venv dist

.venv/ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "expofacts needs Python 3.11 or newer" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/ready-to-test: .venv/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

.venv/ready-to-develop: .venv/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
