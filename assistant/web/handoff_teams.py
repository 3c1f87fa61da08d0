"""Routes of those who help and their teams: skills, capacity, hours. Each change is in the audit, before and after."""

from collections.abc import Mapping

from fastapi import APIRouter, Depends

from assistant.audit.acts import Act
from assistant.handoff.clerks import Clerk, Skills
from assistant.handoff.teams import Team
from assistant.identity.people import Action, Person
from assistant.web import handoff_supervision_schemas as wire
from assistant.web.handoff_desk_schemas import ClerkWanted, WireClerk
from assistant.web.handoff_desk_views import clerk_views
from assistant.web.handoff_parts import HandoffParts
from assistant.web.handoff_schemas import Short
from assistant.web.staff import Staff


def teams_router(parts: HandoffParts, staff: Staff) -> APIRouter:
    """The routes, bound to the parts."""
    router = APIRouter()
    may = Depends(staff.may(Action.SUPERVISE_HELP))
    _clerks(router, parts, staff, may)
    _teams(router, parts, staff, may)
    return router


def _clerks(router: APIRouter, parts: HandoffParts, staff: Staff, may: Person) -> None:
    @router.get("/clerks")
    def clerks(person: Person = may) -> list[WireClerk]:
        """Everybody who helps, with skills, duty and load."""
        return clerk_views(parts)

    @router.put("/clerks/{clerk}")
    def enlist(clerk: str, wanted: ClerkWanted, person: Person = may) -> list[WireClerk]:
        """Enlist somebody, or change what they can take. The id is that of their account."""
        chosen = wanted.skills
        skills = Skills(
            departments=tuple(chosen.departments),
            items=tuple(chosen.items),
            districts=tuple(chosen.districts),
            languages=tuple(chosen.languages),
            leads=chosen.leads,
            capacity=chosen.capacity,
        )
        before = parts.handoff.roster.clerk(clerk)
        details = {"before": _clerk(before), "after": _clerk(Clerk(id=clerk, name="", skills=skills, team=wanted.team))}
        _record(parts, staff, person, f"handoff/clerk/{clerk}", details)
        parts.handoff.roster.enlist(clerk, wanted.name, skills, team=wanted.team)
        return clerk_views(parts)


def _teams(router: APIRouter, parts: HandoffParts, staff: Staff, may: Person) -> None:
    teams = parts.handoff.teams

    @router.get("/teams")
    def all_teams(person: Person = may) -> list[wire.WireTeam]:
        """The teams with their hours."""
        return _views(parts)

    @router.put("/teams/{team}")
    def set_hours(team: Short, wanted: wire.TeamWanted, person: Person = may) -> list[wire.WireTeam]:
        """Set a team's hours, on the working days of the Chinese calendar or every day."""
        details = {"before": str(teams.hours_of(team)), "after": wanted.hours or "as in the settings"}
        _record(parts, staff, person, f"handoff/team/{team}", details)
        teams.save(team, wanted.hours, by=person.id)
        return _views(parts)

    @router.delete("/teams/{team}")
    def remove(team: Short, person: Person = may) -> list[wire.WireTeam]:
        """Take a team away that nobody belongs to."""
        _record(parts, staff, person, f"handoff/team/{team}", {"before": str(teams.hours_of(team)), "after": "removed"})
        teams.remove(team)
        return _views(parts)


def _views(parts: HandoffParts) -> list[wire.WireTeam]:
    clerks = parts.handoff.roster.all()
    return [_view(parts, team, sum(clerk.team == team.name for clerk in clerks)) for team in parts.handoff.teams.all()]


def _view(parts: HandoffParts, team: Team, clerks: int) -> wire.WireTeam:
    now, otherwise = parts.handoff.log.clock(), parts.handoff.teams.otherwise
    hours = team.hours or otherwise
    return wire.WireTeam(
        name=team.name,
        hours=str(team.hours) if team.hours is not None else None,
        otherwise=str(otherwise),
        open=hours.is_open(now),
        opens_at=hours.opens_at(now),
        clerks=clerks,
        edited_by=(parts.clerk_name(team.edited_by) or team.edited_by) or None,
        edited_at=team.edited_at,
    )


def _clerk(clerk: Clerk | None) -> str:
    if clerk is None:
        return "nobody"
    skills = clerk.skills
    told = {
        "team": clerk.team,
        "departments": ",".join(skills.departments),
        "items": ",".join(skills.items),
        "districts": ",".join(skills.districts),
        "languages": ",".join(skills.languages),
        "leads": str(skills.leads),
        "capacity": str(skills.capacity),
    }
    return " ".join(f"{key}={value}" for key, value in told.items())[:2000]


def _record(parts: HandoffParts, staff: Staff, person: Person, subject: str, details: Mapping[str, str]) -> None:
    act = Act(actor=person.id, action="handoff.roster.changed", subject=subject, details=details)
    staff.audit.record(act, at=parts.handoff.log.clock())
