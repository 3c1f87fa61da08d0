"""Routes of the console: which fields and materials no rule needs, as a list and as a file."""

from fastapi import APIRouter, Depends, Response

from assistant.handoff.exporting import table
from assistant.identity.people import Action
from assistant.web.console_parts import Console
from assistant.web.rule_schemas import SpareLine, SpareSheet
from knowledge.items import ServiceItem
from prefill.fewer import Spare, explained, spare_parts

_WHAT = {"field": "字段", "material": "材料"}


def fewer_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    router = APIRouter(prefix="/api/console", tags=["console"])
    reader = Depends(console.staff.may(Action.READ_KNOWLEDGE))

    @router.get("/fewer", dependencies=[reader])
    def fewer() -> SpareSheet:
        """Fields and materials that nobody might have to bring."""
        return _report(console)

    @router.get("/fewer.csv", dependencies=[reader], response_class=Response)
    def file() -> Response:
        """The same as a table for an office programme."""
        rows = [(row.item, row.item_name, row.what, row.name, row.why, row.detail) for row in _report(console).rows]
        return Response(
            table(["事项", "事项名称", "类别", "名称", "怎么看", "说明"], rows),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="fewer-fields.csv"'},
        )

    return router


def _report(console: Console) -> SpareSheet:
    today, book = console.clock().date(), console.rules()
    items = [item for item in console.knowledge.items(today) if item.slug in book.items]
    rows = [_line(item, spare) for item in items for spare in spare_parts(item, book, today)]
    return SpareSheet(items=len(items), rows=rows)


def _line(item: ServiceItem, spare: Spare) -> SpareLine:
    return SpareLine(
        item=item.slug,
        item_name=item.name,
        what=_WHAT[spare.what],
        name=spare.name,
        why=explained(spare.why),
        detail=spare.detail,
    )
