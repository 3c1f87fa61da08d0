"""What is said while a case is handled: which sentences there are. {braces} take words of sheets and of the case."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingPhrases:
    """The fixed sentences of the guided dialogue."""

    opened: str
    opened_with: str
    unhandled: str
    unhandled_materials: str
    unhandled_way_on: str
    clerk_only: str
    returned_twice: str
    ineligible: str
    ineligible_way_on: str
    ask_situation: str
    situation_told: str
    situation_note: str
    situation_instead: str
    situation_open: str
    situation_unclear: str
    ask_parts: str
    ask_conditions: str
    conditions_taken: str
    conditions_stated: str
    which_condition: str
    which_item: str
    condition_fails: str
    elsewhere: str
    ask_consent: str
    consent_line: str
    consent_told: str
    consent_silent: str
    consent_refused: str
    revoked: str
    ask_field: str
    ask_choice: str
    help_field: str
    no_help: str
    left_open: str
    understood: str
    corrected: str
    locked: str
    number_wrong: str
    not_understood: str
    form_ready: str
    way_form: str
    way_one: str
    ask_material: str
    material_exempt: str
    material_settled: str
    confirm: str
    confirm_line: str
    review_passed: str
    review_for_person: str
    review_returned: str
    papers_ready: str
    submitted: str
    waiting: str
    accepted: str
    decided: str
    returned: str
    withdrawn: str
    ask_withdraw: str
    kept_open: str
    later: str
    code: str
    resumed: str
    wrong_code: str
    nothing_yet: str
    progress: str
    missing: str
    back: str
    changed_elsewhere: str
    offer: str
    offer_send: str
    meant_another: str
    instead: str
    yes: str
    no: str
    all: str
    not_sure: str
    one_fails: str
    agree: str
    own: str
    as_form: str
    dont_know: str
    upload: str
    licence: str
    bring: str
    confirm_yes: str
    submit: str
    stop: str
    withdraw_yes: str
    go_on: str
    only_bundle: str
    reminders: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]

    def reminder(self, why: str) -> str:
        """The reminder in plain words."""
        return dict(self.reminders)[why]

    def state(self, state: str) -> str:
        """The state in plain words."""
        return dict(self.states)[state]
