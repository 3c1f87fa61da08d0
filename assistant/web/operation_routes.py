"""Routes for operators and auditors: switches, risks, numbers for Prometheus, and the audit."""

from datetime import datetime, time
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool

from assistant.audit.reading import Told, Wanted
from assistant.audit.verifying import verify
from assistant.identity.people import Action, Person
from assistant.identity.sign_in import LOOPBACK
from assistant.operation.risks import Risk
from assistant.operation.switches import Capability, Switch
from assistant.web.operation_parts import Operating
from assistant.web.operation_schemas import (
    AuditLine,
    AuditPage,
    AuditQuery,
    AuditVerdict,
    RiskLine,
    RiskSheet,
    SwitchChange,
    SwitchState,
)

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def operation_router(operating: Operating) -> APIRouter:
    """The routes, bound to their parts."""
    router = APIRouter(prefix="/api/operation", tags=["operation"])
    staff, operation = operating.staff, operating.operation
    watcher = Depends(staff.may(Action.WATCH_OPERATION))

    @router.get("/switches", dependencies=[watcher])
    def switches() -> list[SwitchState]:
        """Every switch as it stands."""
        return [_switch(one) for one in operation.switches.all()]

    @router.put("/switches/{capability}")
    def turn(
        capability: Capability, change: SwitchChange, person: Annotated[Person, Depends(staff.may(Action.SWITCH))]
    ) -> SwitchState:
        """Turn one off or on, with the reason: every process follows within two seconds."""
        now = operation.clock()
        return _switch(operation.switches.set(capability, on=change.on, reason=change.reason, by=person.id, now=now))

    @router.get("/risks", dependencies=[watcher])
    def risks() -> RiskSheet:
        """What goes wrong how often, the sudden changes first."""
        picture = operation.risks.picture(operation.clock())
        lines = [_risk(risk) for risk in picture.risks]
        return RiskSheet(turns=picture.turns, sudden=sum(line.sudden for line in lines), lines=lines)

    @router.get("/audit", dependencies=[Depends(staff.may_see(Action.READ_AUDIT))])
    def audit(
        asked: Annotated[AuditQuery, Query()],
    ) -> AuditPage:
        """Who did what, the newest first. Looking is recorded."""
        since = datetime.combine(asked.since, time.min, operation.clock().tzinfo) if asked.since else None
        wanted = Wanted(
            actor=asked.actor, action=asked.action, subject=asked.subject, since=since, before_number=asked.before
        )
        found = operating.trail.newest(wanted, limit=asked.limit)
        more = found[-1].entry.link.number if len(found) == asked.limit else None
        return AuditPage(entries=[_line(one) for one in found], total=operating.trail.count(), next=more)

    @router.post("/audit/verify")
    def verified(person: Annotated[Person, Depends(staff.may(Action.READ_AUDIT))]) -> AuditVerdict:
        """Check the whole chain now."""
        found = verify(operation.audit.engine, operation.audit.sealing)
        return AuditVerdict(
            entries=found.entries,
            head=found.head,
            forgotten=found.forgotten,
            whole=found.is_whole,
            broken=found.broken.number if found.broken else None,
            what=found.broken.what if found.broken else None,
        )

    async def machine_or_watcher(request: Request) -> None:
        """A scraper on this machine, asked directly; everybody else signs in."""
        here = request.client is not None and request.client.host in LOOPBACK
        if here and not any(name in request.headers for name in _FORWARDED):
            return
        async for _ in staff.may(Action.WATCH_OPERATION)(request):
            pass

    @router.get("/metrics", response_class=PlainTextResponse, dependencies=[Depends(machine_or_watcher)])
    async def metrics() -> PlainTextResponse:
        """Numbers of this process for Prometheus; `/metrics` is the same."""
        text = await run_in_threadpool(operation.metrics.text)
        return PlainTextResponse(text, media_type=CONTENT_TYPE_LATEST)

    outside = APIRouter()
    outside.include_router(router)
    outside.add_api_route(
        "/metrics",
        metrics,
        dependencies=[Depends(machine_or_watcher)],
        response_class=PlainTextResponse,
        tags=["operation"],
    )
    return outside


def _switch(switch: Switch) -> SwitchState:
    return SwitchState(capability=switch.capability, on=switch.is_on, reason=switch.reason, by=switch.by, at=switch.at)


def _risk(risk: Risk) -> RiskLine:
    return RiskLine(
        kind=risk.kind,
        name=risk.name,
        recent=risk.recent.count,
        recent_share=round(risk.recent.value, 4),
        before=risk.before.count,
        before_share=round(risk.before.value, 4),
        sudden=risk.is_sudden,
    )


def _line(told: Told) -> AuditLine:
    link = told.entry.link
    return AuditLine(
        number=link.number,
        at=link.at,
        actor=link.actor,
        action=link.action,
        subject=link.subject,
        details=dict(told.details) if told.details is not None else None,
        hash=told.entry.hash,
    )
