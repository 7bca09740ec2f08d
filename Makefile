# The front door of the project: `make` lists what there is to do. CI runs the same targets.
#
# Every target first makes the virtual environment it needs, or renews it when requirements/dev.txt changed.

# Which Python makes the environment; named by you it is insisted on, else any from 3.11 on will do.
PYTHON ?= python3
# Where it is; another folder gives a second one: make VENV=.venv-3.13 PYTHON=python3.13 test
VENV ?= .venv
# Further options for sphinx-build and pytest: make html SPHINXOPTS="-D language=de"; make test PYTESTOPTS="-k table"
SPHINXOPTS ?=
PYTESTOPTS ?=
# Options of the live preview: make live LIVEOPTS="--open --port 8080"
LIVEOPTS ?=

BUILD := _build
RUN := $(VENV)/bin/python
# Strict: nitpicky, every warning an error, but all of them reported.
SPHINX := $(RUN) -m sphinx -c . -n -W --keep-going -j auto
BUILDERS := dirhtml singlehtml epub latex text man gettext xml

# Only a Python that was asked for is held against the one that an existing environment has.
ifneq ($(filter command environment,$(firstword $(origin PYTHON))),)
ASKED := --python "$(PYTHON)"
endif
# What runs the set-up, which then looks for a Python that fits. The environment's own one starts fastest.
STARTER = $(shell for python in $(RUN) python3 python3.13 python3.12 python3.11; do command -v $$python && break; done)

# Settings of another environment would mix its packages with ours; and where Python may keep nothing, every run of the
# tests and every command that they start compiles all modules again.
unexport PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z$$()A-Z -]+:.*## / { sub(/\$$\(BUILDERS\)/, "<builder>", $$1); printf "  %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "  <builder> is one of: $(BUILDERS)"
	@echo "  Variables: PYTHON=$(PYTHON) VENV=$(VENV) SPHINXOPTS=$(SPHINXOPTS) PYTESTOPTS=$(PYTESTOPTS) LIVEOPTS=$(LIVEOPTS)"

.PHONY: venv
venv: ## make or renew the virtual environment (every other target does it first)
	@$(or $(STARTER),python3) -I -S tools/bootstrap.py $(ASKED) $(VENV)

# Building

.PHONY: html
html: venv ## build the site into _build/html
	$(SPHINX) -b html -d $(BUILD)/doctrees/html $(SPHINXOPTS) docs $(BUILD)/html

.PHONY: $(BUILDERS)
$(BUILDERS): venv ## build another format into _build/<builder>
	$(SPHINX) -b $@ -d $(BUILD)/doctrees/$@ $(SPHINXOPTS) docs $(BUILD)/$@

.PHONY: pdf
pdf: venv ## typeset the book, a PDF for each comparison and a volume for each kind into _build/pdf
	$(SPHINX) -b versus-pdf -d $(BUILD)/doctrees/pdf $(SPHINXOPTS) docs $(BUILD)/pdf

# What Debian calls what `make latexpdf` needs.
TEX_PACKAGES := texlive-xetex texlive-latex-extra texlive-fonts-recommended latexmk tex-gyre fonts-freefont-otf
.PHONY: latexpdf
latexpdf: ## build the PDF by way of TeX into _build/latex (`make pdf` needs no TeX)
	@command -v xelatex > /dev/null && command -v latexmk > /dev/null || \
		{ echo "TeX is missing; on Debian: apt-get install $(TEX_PACKAGES)" >&2; exit 1; }
	@$(MAKE) --no-print-directory latex
	$(MAKE) -C $(BUILD)/latex all-pdf LATEXMKOPTS="-quiet -interaction=nonstopmode"
	@# A frame that goes on to the next page may be some points too high, which nobody sees.
	@! grep -n -A 1 -E '^(Overfull .hbox|Overfull .vbox \([0-9]{2}|Missing character|.*multiply defin)' $(BUILD)/latex/*.log

.PHONY: pictures
pictures: pdf ## render the pages of the comparisons' PDFs to pictures in _build/artifacts/pages
	$(RUN) tools/pictures.py $(BUILD)/pdf/comparisons $(BUILD)/artifacts/pages

# Not strict: a writer wants to see the page with its warning. `make live LIVEOPTS=--open` opens it.
.PHONY: live
live: venv ## serve the site and build it again at every change
	$(RUN) -m sphinx_versus.cli live --output $(BUILD)/live $(LIVEOPTS)

.PHONY: linkcheck
linkcheck: venv ## ask every external link whether it is still there (needs the network)
	$(SPHINX) -b linkcheck $(SPHINXOPTS) docs $(BUILD)/linkcheck

# Checking

.PHONY: check
check: venv ## check the data records
	$(RUN) -m sphinx_versus.cli check data

.PHONY: lint
lint: venv ## check style and types
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

# A file is one worker's, because its tests share what they build; the order of files is that of tests/conftest.py.
WORKERS := -n auto --dist loadfile --no-loadscope-reorder

.PHONY: test
test: venv ## run the tests
	$(RUN) -m pytest $(WORKERS) $(PYTESTOPTS)

.PHONY: test-long
test-long: venv ## test 200 random edits, 100 killed builds, 100,000 hostile texts, 10,000 hostile records, a megabyte in each of many shapes, and parts of large sites
	VERSUS_STEPS=$${VERSUS_STEPS:-200} VERSUS_KILLS=$${VERSUS_KILLS:-50} VERSUS_PDF_KILLS=$${VERSUS_PDF_KILLS:-50} \
	VERSUS_TEXTS=$${VERSUS_TEXTS:-100000} VERSUS_RECORDS=$${VERSUS_RECORDS:-10000} VERSUS_SIZE=$${VERSUS_SIZE:-1000000} \
	VERSUS_PART_PAGES=$${VERSUS_PART_PAGES:-1000} VERSUS_PART_EDITS=$${VERSUS_PART_EDITS:-100} \
		$(RUN) -m pytest $(WORKERS) tests/site/test_random_edits.py tests/hostile tests/parts/test_large.py $(PYTESTOPTS)

# The core's own tests alone: measuring builds of whole sites takes long, and says nothing about the core.
.PHONY: coverage
coverage: venv ## run the tests of the data core, and fail where it is not covered by them
	$(RUN) -m pytest $(WORKERS) --cov --cov-report=term-missing:skip-covered tests/catalogue $(PYTESTOPTS)

# Leave the machine alone meanwhile. Without BENCHMARK the results also go into the documentation.
BENCHMARK ?= --page docs/contributing/performance.md
.PHONY: benchmark
benchmark: venv ## measure how long large sites take; BENCHMARK=--quick for a smaller run
	$(RUN) -m benchmarks $(BENCHMARK)

# Changing

.PHONY: format
format: venv ## format the code and fix what can be fixed
	$(RUN) -m ruff check --fix-only .
	$(RUN) -m ruff format .

.PHONY: screenshots
screenshots: html ## take the pictures of the README, the tutorial and the reference
	$(RUN) tools/screenshots.py

.PHONY: generated
generated: venv ## write again what is generated and committed
	$(RUN) -m sphinx_versus.cli schema
	$(RUN) tools/message_template.py

LOCK := $(RUN) -m uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--fork-strategy requires-python --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

.PHONY: lock
lock: venv ## renew the exact versions in requirements/
	$(LOCK) --group dev --output-file requirements/dev.txt
	$(LOCK) --constraint requirements/dev.txt --output-file requirements/runtime.txt
	$(RUN) -m uv pip compile benchmarks/mkdocs.in --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --output-file benchmarks/mkdocs.txt

.PHONY: wheel
wheel: venv ## build the distribution into dist/
	$(RUN) -m build --no-isolation

# Tidying

.PHONY: clean
clean: ## remove what was built
	rm -rf $(BUILD) dist

.PHONY: distclean
distclean: clean ## remove the virtual environment and the tools' caches too
	@test ! -e $(VENV) || test -e $(VENV)/pyvenv.cfg || { echo "$(VENV) is no virtual environment: left alone"; exit 1; }
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.*
