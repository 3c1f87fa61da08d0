"""Permissions: least privilege, as reviewed data."""

import pytest

from assistant.identity.people import Action, Person, Role
from assistant.identity.permissions import Permissions


def somebody(*roles: Role) -> Person:
    return Person("p", "P", frozenset(roles))


@pytest.fixture(scope="module")
def permissions() -> Permissions:
    return Permissions()


def test_nobody_may_do_anything_without_a_role(permissions: Permissions) -> None:
    assert permissions.of(somebody()) == frozenset()


def test_no_single_role_may_both_edit_and_publish(permissions: Permissions) -> None:
    for role in Role:
        allowed = permissions.of(somebody(role))
        assert not {Action.EDIT_KNOWLEDGE, Action.PUBLISH_KNOWLEDGE} <= allowed, role


def test_every_role_may_do_something_and_every_action_has_somebody(permissions: Permissions) -> None:
    assert all(permissions.of(somebody(role)) for role in Role)
    assert frozenset(Action) == permissions.of(somebody(*Role))


def test_roles_add_up(permissions: Permissions) -> None:
    both = somebody(Role.EDITOR, Role.OPERATOR)
    assert permissions.allows(both, Action.EDIT_KNOWLEDGE)
    assert permissions.allows(both, Action.MANAGE_PEOPLE)
    assert not permissions.allows(both, Action.REVIEW_KNOWLEDGE)


def test_a_clerk_does_not_see_the_knowledge_console(permissions: Permissions) -> None:
    assert not permissions.allows(somebody(Role.CLERK), Action.READ_KNOWLEDGE)
