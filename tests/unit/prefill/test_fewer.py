"""Which fields and materials the report puts before a person."""

from datetime import date

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.fewer import Why, spare_parts
from prefill.review.rulebook import shipped_rulebook

DAY = date(2026, 3, 10)


def test_proven_fields_contacts_and_commitments_are_never_called_spare() -> None:
    spare = [s for i in load_catalogue(SHIPPED).items for s in spare_parts(i, shipped_rulebook(), DAY)]
    unread = {s.name for s in spare if s.what == "field" and s.why is Why.NO_RULE_READS_IT}
    assert unread
    assert not unread & {"公民身份号码", "手机号码", "申请人承诺", "收款银行账号", "户籍地址"}


def test_an_item_whose_rules_are_not_in_force_is_not_judged() -> None:
    item = load_catalogue(SHIPPED).items[0]
    assert spare_parts(item, shipped_rulebook(), date(1999, 1, 1)) == ()
