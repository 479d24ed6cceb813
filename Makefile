# Throughline: what a newcomer types. `make help` lists it.

PYTHON := .venv/bin/python

.PHONY: help setup run test check bench format screenshot

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Set up .venv, packages and models; quick when there is nothing to do
	@scripts/setup

run: setup ## Start the line on http://127.0.0.1:8080 with a demo clinic
	@exec $(PYTHON) server.py serve --demo

test: setup ## Run every check and test
	@scripts/test

check: setup ## Run the checks alone: format, lint, types, imports
	@scripts/check

bench: setup ## Measure, and fail when a figure does not hold
	@$(PYTHON) server.py bench understand
	@$(PYTHON) server.py bench replay
	@$(PYTHON) server.py bench latency
	@$(PYTHON) server.py bench calls

format: setup ## Format the code
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

screenshot: setup ## Take the README's picture of the console from a running line
	@scripts/screenshot
