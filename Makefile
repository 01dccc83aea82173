# Everything that a person types here. Needs make and Python 3.11 or newer, nothing else.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
# Demo settings for a person at this machine; a server says DJANGO_SETTINGS_MODULE itself.
export DJANGO_SETTINGS_MODULE ?= cms.settings.dev
PYTEST := env -u DJANGO_SETTINGS_MODULE $(BIN)/python -m pytest -q -p no:cacheprovider
WORKERS ?= 2
NOT_SOAK := -m "not soak"

.DEFAULT_GOAL := run
.PHONY: run test test-postgres check format bench bench-smoke soak lock

# Letters and the admin lead to where the site is served.
run: export SITE_URL ?= http://127.0.0.1:$(PORT)
run: $(VENV)/run.stamp
	@$(MANAGE) migrate --no-input --verbosity 0
	@$(MANAGE) seed_demo --if-empty
	@exec $(MANAGE) serve --port $(PORT)

# All that needs only Python, on SQLite. With TEST_POSTGRES_URL also everything on PostgreSQL; with
# ONEANSWER_ALL_GROUPS=1 nothing may be left out. What was left out is named at the end.
test: $(VENV)/dev.stamp
	@TEST_DATABASE_URL= $(PYTEST) -n $(WORKERS) --dist loadgroup $(NOT_SOAK) $(if $(ONEANSWER_ALL_GROUPS),,--only-python)
	@$(if $(TEST_POSTGRES_URL),$(MAKE) --no-print-directory test-postgres)

test-postgres: $(VENV)/dev.stamp
	@TEST_DATABASE_URL="$(TEST_POSTGRES_URL)" \
		$(PYTEST) -n $(WORKERS) --dist loadgroup $(NOT_SOAK) $(if $(ONEANSWER_ALL_GROUPS),,--only-python)

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

# Measured claims, at full size; those that have a baseline print their ratio to it in the same run. With
# BENCH_POSTGRES_URL, a server whose user may create databases, search on PostgreSQL too.
bench: $(VENV)/dev.stamp
	@$(BIN)/python -m benchmarks.reading
	@$(BIN)/python -m benchmarks.searching
	@$(BIN)/python -m benchmarks.searching --documents 50000 --patience 20
	@$(BIN)/python -m benchmarks.typing_speed
	@$(BIN)/python -m benchmarks.growing
	@test -z "$(BENCH_POSTGRES_URL)" || for size in 10000 50000; do \
		$(BIN)/python -m benchmarks.searching --database postgres --documents $$size || exit 1; done
	@test -z "$(BENCH_POSTGRES_URL)" || $(BIN)/python -m benchmarks.typing_speed --database postgres
	@test -z "$(BENCH_POSTGRES_URL)" || $(BIN)/python -m benchmarks.growing --database postgres

bench-smoke: $(VENV)/dev.stamp
	@$(BIN)/python -m benchmarks.reading --seconds 1 --rounds 1
	@$(BIN)/python -m benchmarks.searching --documents 200 --questions 20 --rounds 1
	@$(BIN)/python -m benchmarks.typing_speed --documents 200 --questions 8 --pause 0.01
	@$(BIN)/python -m benchmarks.growing --sizes 200 --questions 20

# Long tests of what happens at the same time. TEST_DATABASE_URL picks the database.
soak: $(VENV)/dev.stamp
	@$(PYTEST) -m soak

# The one command that needs more than Python: uv, which may be installed with pip.
UV_LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header --extra postgres
lock:
	$(UV_LOCK) --extra elasticsearch --group dev --output-file requirements/dev.lock
	$(UV_LOCK) --constraint requirements/dev.lock --output-file requirements/run.lock
	$(UV_LOCK) --extra elasticsearch --constraint requirements/dev.lock --output-file requirements/elasticsearch.lock

# A virtual environment is made once, and filled again only when a lock has changed.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "OneAnswer needs Python 3.11 or newer; \
	this is %s. Say which to use: make PYTHON=python3.12" % sys.version.split()[0])'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	echo "The virtual environment could not be made. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/%.stamp: requirements/%.lock | $(BIN)/python
	@echo "Installing what requirements/$*.lock names …"
	@$(PIP) --requirement $<
	@touch $@
