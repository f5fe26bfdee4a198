# Every target sets up what it needs in .venv, on a machine that has Python 3.11, make and a C compiler.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORE := $(VENV)/.core
READY := $(VENV)/.ready
UV := $(shell command -v uv 2>/dev/null)
INSTALL := $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check)
# Two processes' worth of threads on two cores is several times slower than one.
TEST_ENV := OMP_NUM_THREADS=1

.PHONY: demo test test-slow lint bench setup clean

demo: $(CORE)  ## teach an example paper and print where the report is
	$(BIN)/wellread teach examples/development/polyether --out runs/demo

test: $(READY)  ## the tests that CI runs
	$(TEST_ENV) $(BIN)/python -m pytest -m "not slow" -n 2 --dist loadfile

test-slow: $(READY)  ## the tests that train the bundled model
	$(BIN)/python -m pytest -m slow --timeout=3000

lint: $(READY)  ## style, types, layers
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)  ## every benchmark, each beside a named peer
	for b in benchmarks/*.py; do $(BIN)/python $$b || exit 1; done

setup: $(READY)

# The demo needs less than the checks do.
$(CORE): pyproject.toml constraints.txt
ifdef UV
	$(UV) venv --quiet --seed --allow-existing --python $(PYTHON) $(VENV)
else
	$(PYTHON) -m venv $(VENV)
endif
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^torch==' constraints.txt)"
	$(INSTALL) -c constraints.txt -e .
	touch $(CORE)

$(READY): $(CORE)
	$(INSTALL) -c constraints.txt -e '.[dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) build
