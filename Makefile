# make help lists the commands; each sets up what it needs.
PYTHON ?= python3
JOBS ?= 2
BIN := .venv/bin
FLASK := $(BIN)/flask --app service
SAMPLE := fixtures/accepted/phuc-loi-2020

.PHONY: help wheels setup setup-dev report serve test check soak bench docs look fixtures findings clean

help:            ## this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

.venv/run.done: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.done: requirements-dev.txt requirements.txt .venv/run.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

setup: .venv/run.done          ## a virtual environment with what the service runs on

setup-dev: .venv/dev.done      ## and what tests and checks need

wheels:          ## everything the service needs, as a folder to install from without internet
	$(PYTHON) -m pip wheel --quiet --disable-pip-version-check -r requirements.txt -w wheels

report: setup    ## the Phúc Lợi bulletin from its workbook, into out/
	@mkdir -p out
	$(FLASK) generate $(SAMPLE)/input.xlsx -o out/ban-tin-phuc-loi-2020S1.docx

serve: setup     ## the service on http://127.0.0.1:8080
	$(FLASK) serve

test: setup-dev  ## every test
	$(BIN)/python -m pytest -n $(JOBS)

check: setup-dev ## lint, types, import direction, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest tests/test_docs.py tests/test_house.py

soak: setup-dev  ## what is too long for CI
	$(BIN)/python -m pytest -m soak

bench: setup-dev ## medians of reading and filling, beside docxtpl as documented
	$(BIN)/python -m pytest tests/bench -o python_files='bench_*.py' --benchmark-enable --benchmark-only

look: setup-dev  ## the pages of every fixture side by side, into out/look/
	$(BIN)/python -m tests.looks.papers

docs: setup      ## the generated pages: the kinds' READMEs, docs/findings.md
	$(FLASK) docs

fixtures: setup  ## the sample workbooks, anew from their JSON
	for name in fixtures/accepted/*/; do \
	  kind=$$(sed -n 's/.*"kind": *"\([^"]*\)".*/\1/p' $${name}input.json); \
	  $(FLASK) form $$kind --fill $${name}input.json -o $${name}input.xlsx; done

findings: setup-dev ## the fixtures of every finding, anew from their tables
	$(BIN)/python -m fixtures.make_findings
	$(BIN)/python -m fixtures.make_lint

clean:           ## everything that was made
	rm -rf .venv out instance wheels
