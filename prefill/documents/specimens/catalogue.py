"""All specimens by name; the same seed draws the same specimen."""

from collections.abc import Callable, Mapping

from prefill.documents.specimens import cards, certificates, letters
from prefill.documents.specimens.inventing import Inventor
from prefill.documents.specimens.specimen import Specimen

SPECIMENS: Mapping[str, Callable[[Inventor], Specimen]] = {
    "identity_card_front": cards.identity_card_front,
    "identity_card_back": cards.identity_card_back,
    "household_book": certificates.household_book,
    "residence_permit": cards.residence_permit,
    "passport": cards.passport,
    "social_security_card": cards.social_security_card,
    "bank_card": cards.bank_card,
    "driving_licence": cards.driving_licence,
    "vehicle_licence": cards.vehicle_licence,
    "business_licence": certificates.business_licence,
    "marriage_certificate": certificates.marriage_certificate,
    "divorce_certificate": certificates.divorce_certificate,
    "birth_certificate": certificates.birth_certificate,
    "death_certificate": certificates.death_certificate,
    "property_certificate": certificates.property_certificate,
    "diploma": certificates.diploma,
    "lease": letters.lease,
    "labour_contract": letters.labour_contract,
    "bank_slip": letters.bank_slip,
    "invoice": letters.invoice,
    "end_of_employment": letters.end_of_employment,
    "power_of_attorney": letters.power_of_attorney,
    "proof_of_income": letters.proof_of_income,
}


def specimen(name: str, seed: int = 1) -> Specimen:
    """One of SPECIMENS, of invented people."""
    return SPECIMENS[name](Inventor(seed))
