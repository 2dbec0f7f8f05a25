# Two commands matter: `make run` and `make test`. `make help` lists the rest.
PORT ?= 8000
PY := .venv/bin/python
UV := .venv/bin/uv
UV_VERSION := 0.13.9
# Where it is set, each of the many programs that the tests start compiles all of its modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/.base: requirements.txt
	@echo "Setting up .venv from the hash-locked requirements (once) ..."
	@test -x $(PY) || python3 -m venv .venv
	@test -x $(UV) || $(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements.txt
	@$(UV) pip install --quiet --python $(PY) --no-deps -e .
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.base
	@echo "Adding the test tools (once) ..."
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-dev.txt
	@touch $@

.venv/.e2e: requirements-e2e.txt .venv/.dev
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-e2e.txt
	@touch $@

setup: .venv/.base ## make .venv from the lock; needs no root

run: .venv/.base ## set up, load the demonstration, serve it on localhost (PORT=8000)
	@exec .venv/bin/talanoa demo --serve --port $(PORT)

test: .venv/.dev ## set up and run every test that needs no extra server
	@$(PY) -m pytest -q -n 3 --dist worksteal $(ARGS)

check: .venv/.dev ## lint, types, import contracts, migrations, templates
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/mypy
	@.venv/bin/talanoa makemigrations --check --dry-run
	@.venv/bin/djlint src --lint --quiet
	@! grep -nE '://' requirements*.txt

format: .venv/.dev ## rewrite the code in the house format
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q .

browser: .venv/.e2e ## the journeys in Chromium (Debian's; CI installs it)
	@$(PY) -m pytest -q -n 2 --dist worksteal tests/browser $(ARGS)

bench: .venv/.dev ## print the figures of docs/benchmarks.md
	@$(PY) -m benchmarks

.venv/.scale: requirements-scale.txt .venv/.dev
	@echo "Adding Spark for the long runs (once) ..."
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-scale.txt
	@touch $@

nightly: .venv/.scale ## the long runs; those on Spark want a Java of 17 or newer
	@TALANOA_NIGHTLY=1 $(PY) -m pytest -q -n 2 --dist worksteal -m nightly tests

acts: .venv/.dev ## write docs/acts.md anew from the code
	@PYTHONPATH=tests DJANGO_SETTINGS_MODULE=talanoa.conf.settings $(PY) -c \
		"import django; django.setup(); from architecture.acts_page import write; write()"

lock: .venv/.base ## write the requirements files anew (hashes, no addresses)
	@$(UV) pip compile -q --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	@$(UV) pip compile -q --generate-hashes --no-header --no-annotate --group dev -c requirements.txt -o requirements-dev.txt
	@$(UV) pip compile -q --generate-hashes --no-header --no-annotate --group e2e -c requirements-dev.txt -o requirements-e2e.txt
	@$(UV) pip compile -q --generate-hashes --no-header --no-annotate --extra docs --extra postgres -c requirements.txt pyproject.toml -o requirements-extras.txt
	@$(UV) pip compile -q --generate-hashes --no-header --no-annotate --extra scale -c requirements.txt pyproject.toml -o requirements-scale.txt

clean: ## remove .venv and build leftovers (never var/)
	@rm -rf .venv build src/*.egg-info

.PHONY: help setup run test check format browser bench nightly lock clean
