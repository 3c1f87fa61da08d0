# Two commands matter: `make run` and `make test`. Each sets up what it needs and may be started again at any time.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test setup setup-test check fix train bench evals evals-bench scale soak quality simulate handoff-load handoff-siege ingestion fuzz documents specimens llm clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: setup ## set everything up and serve the product on http://127.0.0.1:8000
	$(BIN)/xiaoshen serve

test: setup-test check ## set everything up and pass all checks and tests
	$(BIN)/pytest
	cd web && npm test

setup: ## what `make run` needs, without running it
	@$(PYTHON) scripts/setup.py run

setup-test:
	@$(PYTHON) scripts/setup.py test

check: setup-test ## format, lint, types, import contracts, knowledge sheets
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/xiaoshen knowledge check
	cd web && npm run lint

fix: ## format and mend what a tool can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

train: setup-test ## train the recognizer from corpus/ (seeded)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m knowledge.training.train  # more threads wait for each other

bench: setup-test ## speed and memory, beside a plain LangChain retriever
	$(BIN)/python -m evals.bench --write

soak: setup-test ## kill ingestion a hundred times and look for what was lost or doubled (half an hour)
	$(BIN)/pytest -m soak -q tests/integration/test_killed_while_ingesting.py

scale: setup-test ## how speed and memory grow, from 1× to 10× (ten minutes)
	$(BIN)/python -m evals.scale --write

evals: setup-test ## the project's own evaluation sets against the committed baselines
	$(BIN)/python -m evals.regression

evals-bench: setup-test ## ten thousand requests recognised, a report of five thousand cases opened (five minutes)
	$(BIN)/python -m evals.harness_bench

quality: setup-test ## rerun the development evaluations and write docs/quality.md
	$(BIN)/python -m evals.quality

simulate: setup-test ## a hundred simulated cases through the real product, told in docs/cases.md (minutes)
	$(BIN)/python -m evals.simulate --write

handoff-load: setup-test ## claims among 200 live conversations, 2,000 open lines, with real sockets (six minutes)
	$(BIN)/python -m scripts.handoff_load var/handoff-load.json

handoff-siege: setup-test ## a hundred thousand messages while a process dies every twenty seconds (25 minutes)
	$(BIN)/python -m scripts.handoff_siege var/handoff-siege.json

ingestion: setup-test ## what ingestion reads and how fast, beside other readers
	$(BIN)/python -m evals.ingestion_bench ../shared/datasets/messy ../shared/documents --reference ../shared/datasets/regulations --write

fuzz: setup-test ## every route of the API with what its document allows and what not (ten minutes)
	$(BIN)/pytest -m fuzz -q tests/integration/test_every_route_is_asked_anything.py

specimens: setup ## draw invented specimen documents into var/specimens, to try uploads with
	$(BIN)/python -m prefill.documents.specimens var/specimens

documents: setup-test ## how well and how fast uploaded documents are read
	$(BIN)/python -m evals.documents_bench --write

llm: ## optional: a small local model to try the model path with
	$(PYTHON) scripts/llm.py

clean: ## remove what setup made; your data in var/ stays
	rm -rf .venv web/node_modules web/dist .mypy_cache .ruff_cache .pytest_cache
