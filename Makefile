# One command rebuilds a year: make report YEAR=2024. All others: make help.

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help setup report verify panel agreement profile bulletin editions fetch test test-slow test-browser soak check \
  check-data shelf docs data reference lock release lab clean

INDEX ?= cgti
YEAR ?=
UNIT ?=
GROUP ?=
MONTH ?=
JOBS ?= 2
PART ?=
SECONDS ?=
SEED ?=
RECORD ?=
FROM ?=
EDITIONS ?=
INCOME ?=
INCOME_COLUMNS ?=
VERSION ?=
PYTHON ?= python3
ARGS ?=
export INDEX YEAR UNIT GROUP MONTH JOBS PART SEED FROM EDITIONS INCOME INCOME_COLUMNS VERSION
unexport VIRTUAL_ENV CONDA_PREFIX PYTHONHOME PYTHONPATH

# LANG is the language of what is written only where it is given to make itself, as in: make report LANG=zh. In the
# environment it is the machine's locale.
ifeq ($(origin LANG),command line)
ifneq ($(words $(LANG)) $(filter zh en both,$(LANG)),1 $(LANG))
$(error LANG=$(LANG): expected LANG=zh, LANG=en or LANG=both)
endif
LANGUAGE := --language $(LANG)
endif

READY := .venv/.ready
RUN := .venv/bin/python
CLI := $(RUN) -m govtransparency

help:
	@echo 'make report YEAR=2024                 rebuild the report of a year into outputs/<index>/<year>/'
	@echo 'make profile UNIT=青岛市 YEAR=2024    the card of one unit, as page and PDF'
	@echo 'make test                             run the tests (ARGS="-k ranking" for some of them)'
	@echo
	@echo 'Reports   (INDEX=cgti by default; LANG=zh, en or both: of figures and PDF, and shown first on the pages)'
	@echo '  make report YEAR="2023 2024"   several years, or YEAR=all; JOBS=2 (notebooks at a time)'
	@echo '  make verify YEAR=2024          compare it with tests/reference and, where a report is there, with a rebuild'
	@echo '  make panel INDEX=cgti          compare the editions of an index, in outputs/<index>/panel/'
	@echo '  make agreement                 do the fetched indices of countries agree? Into outputs/agreement/'
	@echo '                                 EDITIONS="egdi/2014 odb"  INCOME=file  INCOME_COLUMNS=code,figure,year  SEED=2024'
	@echo '  make profile UNIT=all GROUP=city YEAR=2024    the cards of all units of a group, in outputs/<index>/profiles/<year>/'
	@echo '  make bulletin MONTH=2024-06    what the marks up to that month say, as page and PDF: outputs/<index>/bulletins/<month>/'
	@echo '  make shelf                     rebuild every published index that was fetched, into outputs/shelf/ and docs/shelf.csv'
	@echo
	@echo 'Data'
	@echo '  make check-data YEAR=2024      what is wrong or doubtful in an edition, in seconds and without a report;'
	@echo '                                 every edition of INDEX without YEAR'
	@echo '  make editions                  list the editions there are'
	@echo '  make fetch INDEX=godi          fetch the files that an index takes from its publisher (egdi ...; all), checked by'
	@echo '                                 hash; FROM=folder copies them from a folder, without a network'
	@echo '  make data                      regenerate the simulated sheets and the editions of totals, byte for byte'
	@echo
	@echo 'Tests'
	@echo '  make test-slow, test-browser   the tests that take longer, whole reports among them; those that need'
	@echo '                                 Chromium, some of them the documentation as make docs builds it'
	@echo '  make soak PART=fuzz            search longer than the tests do; an unknown part lists the known ones'
	@echo '                                 SECONDS=180  SEED=1  RECORD=1 (writes the figures into docs/reliability.md)'
	@echo '  make check                     ruff, format, types, notebooks without outputs'
	@echo '  make reference                 rewrite tests/reference; refused if a number changed that CHANGELOG.md does not name'
	@echo '                                 (ARGS=--check compares only)'
	@echo
	@echo 'Project'
	@echo '  make lab                       open JupyterLab on the notebooks (ARGS=--no-browser and the like)'
	@echo '  make docs                      build the documentation into site/, without a network; a warning is an error;'
	@echo '                                 ARGS="-b linkcheck" asks other sites whether their addresses are still there'
	@echo '  make lock                      rewrite requirements.lock and environment.yml from pyproject.toml'
	@echo '                                 (ARGS=--upgrade for the newest releases)'
	@echo '  make release VERSION=0.1.0     check that what names the version agrees, and build it twice into dist/'
	@echo '  make setup                     only the environment .venv, which every other command sets up when needed'
	@echo '                                 PYTHON=python3.12 chooses the Python'
	@echo '  make clean                     remove all that was built; the environment stays'

setup: $(READY)

# The lock's packages with their hashes, by uv when it can be had and by pip when not; then this package, without its
# dependencies. uv does not read pip's settings, so it is told the package index that pip is set to, if any.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "govtransparency needs Python 3.11 or later, but $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || \
	  echo not there); install one and name it, as in: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) lacks the module venv; install it (Debian, Ubuntu: apt install python3-venv) and try again" >&2; \
	  exit 1; }
	@$(RUN) -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Creating .venv' && rm -rf .venv && $(PYTHON) -m venv .venv; }
	@echo 'Installing what requirements.lock names into .venv' && \
	index=$$($(RUN) -m pip config get global.index-url 2>/dev/null || true) && \
	UV_DEFAULT_INDEX=$${UV_DEFAULT_INDEX:-$${UV_INDEX_URL:-$${PIP_INDEX_URL:-$$index}}} && \
	if [ -n "$$UV_DEFAULT_INDEX" ]; then export UV_DEFAULT_INDEX; else unset UV_DEFAULT_INDEX; fi && \
	if $(RUN) -m pip install -qq --disable-pip-version-check uv && \
	  $(RUN) -m uv pip sync --quiet --compile-bytecode --python $(RUN) --require-hashes requirements.lock; then :; else \
	  echo 'uv cannot be had or failed; installing by pip, which takes about a minute longer' && \
	  $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; fi
	@PYTHONWARNINGS=ignore $(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
	  --editable .
	@touch $@

# Without a year nothing is set up: the answer is there at once.
ifeq ($(strip $(YEAR)),)
report verify:
	@echo 'usage: make $@ YEAR=2024 [INDEX=cgti] [JOBS=2]   (YEAR="2023 2024" and YEAR=all too)' >&2
	@echo 'editions:' >&2
	@ls -d data/raw/*/[0-9]*/ | sed 's|^data/raw/||; s|/$$||; s|/|	|' | \
	  awk '{years[$$1] = years[$$1] " " $$2} END {for (index_ in years) print "  INDEX=" index_ "  YEAR:" years[index_]}' | \
	  sort >&2
	@exit 2
else
report verify: $(READY)
	@$(CLI) $@ --index "$$INDEX" --jobs "$$JOBS" $(if $(filter report,$@),$(LANGUAGE)) -- "$$YEAR"
endif

panel: $(READY)
	@$(CLI) panel --index "$$INDEX" $(LANGUAGE)

ifeq ($(and $(strip $(UNIT)),$(strip $(YEAR))),)
profile:
	@echo 'usage: make profile UNIT=青岛市 YEAR=2024 [INDEX=cgti]   (a code, or a name in either language; UNIT=all GROUP=city for all)' >&2
	@exit 2
else
profile: $(READY)
	@$(CLI) profile --index "$$INDEX" $(if $(strip $(GROUP)),--group "$$GROUP") $(LANGUAGE) -- "$$YEAR" "$$UNIT"
endif

ifeq ($(strip $(MONTH)),)
bulletin:
	@echo 'usage: make bulletin MONTH=2024-06 [INDEX=cgti]' >&2
	@exit 2
else
bulletin: $(READY)
	@$(CLI) bulletin --index "$$INDEX" $(LANGUAGE) -- "$$MONTH"
endif

editions: $(READY)
	@$(CLI) editions

agreement: $(READY)
	@$(CLI) agreement $(if $(EDITIONS),--editions $$EDITIONS) $(if $(INCOME),--income "$$INCOME") \
	  $(if $(INCOME_COLUMNS),--income-columns "$$INCOME_COLUMNS") $(if $(SEED),--seed "$$SEED") $(LANGUAGE)

fetch: $(READY)
	@$(CLI) fetch --index "$$INDEX" $(if $(FROM),--from "$$FROM")

shelf: $(READY)
	@$(CLI) shelf --jobs "$$JOBS" $(LANGUAGE)

test: $(READY)
	@$(RUN) -m pytest -q -n logical --maxprocesses 8 $(ARGS)

test-slow: $(READY)
	@$(RUN) -m pytest -q -n logical --maxprocesses 8 -m 'slow and not browser' $(ARGS)

# Chromium comes from the system: from Debian's or Ubuntu's packages when this is root's own machine to set up. axe-core,
# which looks for what keeps readers out of a page, comes by npm.
test-browser: $(READY)
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  echo 'Installing Chromium' && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || { \
	  echo 'these tests need Chromium; install it, or name it: make test-browser CHROMIUM=/path/to/chromium' >&2; exit 1; }
	@[ -e .venv/node_modules/axe-core/axe.min.js ] || npm install --prefix .venv --no-audit --no-fund --silent axe-core@4.14.1
	@$(RUN) -m pytest -q -m browser $(ARGS)

ifeq ($(strip $(PART)),)
soak:
	@echo 'usage: make soak PART=fuzz [SECONDS=180] [SEED=1] [RECORD=1]   (PART=? lists the parts)' >&2
	@exit 2
else
soak: $(READY)
	@$(RUN) -m tests.soak $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed "$$SEED") $(if $(RECORD),--record) "$$PART"
endif

check: $(READY)
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -m pytest -q -k 'notebooks or project' tests/test_architecture.py tests/test_project.py

check-data: $(READY)
	@$(CLI) check --index "$$INDEX" $(LANGUAGE) -- $$YEAR

docs: $(READY)
	@$(RUN) tools/dictionary.py > docs/data_dictionary.md
	@$(RUN) -m sphinx -q -W --keep-going -E -d site/.doctrees $(ARGS) docs site
	@echo 'The documentation starts at site/index.html'

data: $(READY)
	@$(RUN) -m tools.make_data

reference: $(READY)
	@$(CLI) reference --jobs "$$JOBS" $(ARGS)

lock: $(READY)
	@$(RUN) -m pip install --quiet --disable-pip-version-check uv
	@$(RUN) -m uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --all-extras --group dev \
	  --group docs --no-header --no-emit-index-url $(ARGS) pyproject.toml --output-file requirements.lock >/dev/null
	@$(RUN) tools/environment.py > environment.yml
	@git diff --stat -- requirements.lock environment.yml 2>/dev/null || true

ifeq ($(strip $(VERSION)),)
release:
	@echo 'usage: make release VERSION=0.1.0' >&2
	@exit 2
else
release: $(READY)
	@$(RUN) -m tools.release -- "$$VERSION"
endif

lab: $(READY)
	@JUPYTER_PREFER_ENV_PATH=1 $(RUN) -m jupyterlab $(ARGS)

clean:
	mkdir -p outputs data/processed
	find outputs/ data/processed/ -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	rm -rf build dist site docs/tutorials *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find govtransparency tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
