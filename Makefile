# make demo   sets up everything and runs the main job on a sample share
# make test   sets up everything, checks style, types and layers, and runs the whole suite
# make docs   the documentation as a site, in ./site
# the distribution's own Python, which is built with optimisations and which python3-dev belongs to, before another
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo /usr/bin/python3 || echo python3)
VENV ?= .venv
DEMO ?= demo
BIN := $(VENV)/bin

# what builds the accelerator of large sheets; what LibreOffice conversions, proofs and pictures need; what only the
# tests need
BUILD_PACKAGES := gcc libc6-dev python3-dev
SYSTEM_PACKAGES := libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui \
	libreoffice-math-nogui python3-uno fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea \
	fonts-dejavu-core fontconfig
TEST_PACKAGES := jing postgresql chromium samba samba-vfs-modules smbclient

.PHONY: setup build-system system test-system demo test lint docs pictures format bench clean

setup: $(VENV)/.ready system

ACCELERATOR := converters.xlsx_to_ods.plain_rows_compiled

$(VENV)/.ready: setup.cfg pyproject.toml setup.py converters/xlsx_to_ods/plain_rows_compiled.pyx | build-system
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable ".[plan,demo,passwords,macros,postgresql,smb,m365,parquet,web,dev]"
	@$(BIN)/python -c "import $(ACCELERATOR)" 2>/dev/null || \
		echo "No C compiler, so no accelerator: large sheets take longer, their results are the same."
	touch $@

# Installs only as root or with CI=true; otherwise prints the commands and goes on without.
define install_packages
	@missing=""; for package in $(1); do \
		dpkg-query -W -f='$${db:Status-Status}' $$package 2>/dev/null | grep -qx installed || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then as=""; elif [ "$$CI" = true ]; then as="sudo -n"; else \
		echo "Not installed:$$missing"; \
		echo "To install them:"; \
		echo "    sudo apt-get update"; \
		echo "    sudo apt-get install --no-install-recommends$$missing"; \
		exit 0; \
	fi; \
	echo "Installing:$$missing"; \
	$$as apt-get update -qq && \
	$$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null
endef

build-system:
	$(call install_packages,$(BUILD_PACKAGES))

system:
	$(call install_packages,$(SYSTEM_PACKAGES))

test-system:
	$(call install_packages,$(TEST_PACKAGES))

demo: setup
	$(BIN)/migrate demo $(DEMO)

# the client that the emulator of Graph is checked with: large, so that only the tests get it, not compiled before its use
$(VENV)/.independent: setup.cfg | $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --no-compile --editable ".[independent]"
	touch $@

test: setup $(VENV)/.independent test-system lint
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.ready
	$(BIN)/mkdocs build --strict --quiet

# the pictures of the guides, from the real program
pictures: setup test-system
	$(BIN)/python docs/screenshots.py

format: $(VENV)/.ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# those that make or find their own files; benchmarks/formulas.py takes the workbooks that it should check
BENCHMARKS := docx xlsx pptx scan inventory planner tenant pages

bench: setup
	@for name in $(BENCHMARKS); do echo "== $$name"; $(BIN)/python benchmarks/$$name.py || exit 1; done

clean:
	rm -rf $(VENV) $(DEMO) build dist site *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
