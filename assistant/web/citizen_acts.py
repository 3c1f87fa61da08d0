"""What citizens do that goes on record, by route, and the word for it in the audit; a test goes through all routes."""

from collections.abc import Mapping

from starlette.requests import HTTPConnection

from assistant.audit.acts import Act

_HANDOFF = "/api/conversations/{conversation_id}/handoff"
_CASE = "/api/cases/{case_id}"

ACTS: Mapping[str, str] = {
    "POST /api/cases": "case.begun",
    "POST /api/cases/resume": "case.resumed",
    "POST /api/cases/files": "case.file_added",
    f"POST {_CASE}/parts": "case.parts_chosen",
    f"POST {_CASE}/situation": "case.situation_answered",
    f"POST {_CASE}/conditions": "case.conditions_answered",
    f"POST {_CASE}/identity": "case.identified",
    f"POST {_CASE}/consents": "case.consented",
    f"POST {_CASE}/consents/revoked": "case.consent_revoked",
    f"POST {_CASE}/fields": "case.fields_entered",
    f"POST {_CASE}/way": "case.way_chosen",
    f"POST {_CASE}/sharing": "case.sharing_agreed",
    f"POST {_CASE}/sharing/refused": "case.sharing_refused",
    f"POST {_CASE}/sharing/ended": "case.sharing_ended",
    f"POST {_CASE}/proposals/{{proposal}}": "case.proposal_answered",
    f"POST {_CASE}/materials": "case.material_settled",
    f"POST {_CASE}/review": "case.confirmed",
    f"POST {_CASE}/submission": "case.submitted",
    f"POST {_CASE}/withdrawal": "case.withdrawn",
    f"DELETE {_CASE}": "case.deleted",
    f"POST {_HANDOFF}": "handoff.asked",
    f"POST {_HANDOFF}/choice": "handoff.chosen",
    f"POST {_HANDOFF}/end": "handoff.ended",
    f"POST {_HANDOFF}/reopen": "handoff.reopened",
    f"POST {_HANDOFF}/rating": "handoff.rated",
}
_NAMED = ("case", "conversation")
_LONGEST_ID = 80
NOBODY = "nobody"


def act_of(connection: HTTPConnection, actor: str) -> Act | None:
    """What this request does, for the audit; None where it is nothing to record. Ids only, never what was entered."""
    route = f"{connection.scope.get('method', '')} {getattr(connection.scope.get('route'), 'path', '')}"
    action = ACTS.get(route)
    if action is None:
        return None
    named = {name: connection.query_params[name][:_LONGEST_ID] for name in _NAMED if name in connection.query_params}
    subject = connection.url.path.removeprefix("/api/")
    return Act(actor=actor, action=action, subject=subject, details=named, about=None if actor == NOBODY else actor)
