"""What the product says about itself: for evaluations, for the command line, for a plain retriever beside it."""

import hashlib
from collections.abc import Iterable

from pydantic import JsonValue

from assistant.product import Product, statements_of_sheet
from knowledge.items import ServiceItem
from knowledge.policies import Policy
from knowledge.statements_of import item_statements


def configuration(product: Product) -> dict[str, JsonValue]:
    """What an evaluation says about what it ran."""
    today = product.today()
    items, policies = product.knowledge.items(today), product.knowledge.policies(today)
    documents = product.knowledge.published_documents()
    manifest = product.index.generations.manifest()
    return {
        "model": product.settings.llm_model if product.settings.llm_base_url else None,
        "embedder": product.embedder.name,
        "items": len(items),
        "policies": len(policies),
        "documents": len(documents),
        "as_of": today.isoformat(),
        "knowledge": digest_of((*items, *policies, *sorted((d.name, d.sha256) for d in documents))),
        "revision": product.knowledge.revision(),
        "index": manifest.id if manifest else None,
    }


def digest_of(knowledge: Iterable[object]) -> str:
    """A short hash of what sheets say: two homes with the same knowledge have the same one."""
    whole = hashlib.sha256()
    for sheet in knowledge:
        whole.update(repr(sheet).encode())
    return whole.hexdigest()[:16]


def knowledge_status(product: Product) -> dict[str, JsonValue]:
    """The state of the knowledge base in numbers."""
    today = product.today()
    items, policies = product.knowledge.items(today), product.knowledge.policies(today)
    sheets: tuple[ServiceItem | Policy, ...] = (*items, *policies)
    statements = [s for sheet in sheets for s in statements_of_sheet(sheet)]
    documents = product.knowledge.published_documents()
    manifest = product.index.generations.manifest()
    return {
        "revision": product.knowledge.revision(),
        "service items": len(items),
        "policies": len(policies),
        "policies over today": sum(policy.period.is_over(today) for policy in policies),
        "statements on sheets": len(statements),
        "statements that may be stated": sum(s.may_be_stated for s in statements),
        "documents published": len(documents),
        "documents waiting": len(product.knowledge.documents.waiting()),
        "passages": sum(len(product.knowledge.passages(d.id)) for d in documents),
        "index generation": manifest.id if manifest else None,
    }


def sheet_texts(product: Product) -> list[str]:
    """What the sheets say, as texts: what a plain retriever would index."""
    items = product.knowledge.items(product.today())
    return [f"{item.name} {s.text}" for item in items for s in item_statements(item) if s.may_be_stated]
