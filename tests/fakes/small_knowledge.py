"""A knowledge base of a few items and one document, held in memory: enough for sheets, sources and suggestions."""

from dataclasses import dataclass
from datetime import date

from knowledge.items import (
    Audience,
    Condition,
    Fact,
    FactStatus,
    ItemLink,
    LegalBasis,
    Material,
    Origin,
    Process,
    ServiceItem,
    SourceRef,
)
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.policies import Policy
from knowledge.statements import Facet, Statement

LAW = Origin(id="sfz", title="居民身份证法（2011修正）", url="github:laws/id-card.md", date="2011-10-29", kind="law")
PORTAL = Origin(id="portal", title="上海市人民政府", url="https://www.shanghai.gov.cn/", date="2026-05", kind="portal")
UNKNOWN = Fact(value="unverified", status=FactStatus.UNVERIFIED)


def law(locator: str | None = None) -> tuple[SourceRef, ...]:
    """A pointer into the law."""
    return (SourceRef(origin=LAW, locator=locator),)


def an_item(slug: str, name: str) -> ServiceItem:
    """A service item with some facts confirmed and some not."""
    return ServiceItem(
        slug=slug,
        code="312009903000",
        name=name,
        aliases=(),
        item_type="公共服务",
        audience=(Audience.PERSON,),
        department="市公安局",
        exercise_level="区级",
        theme="户籍身份",
        region="上海市",
        is_bundle=False,
        members=(),
        legal_basis=(
            LegalBasis(law=LAW.title, articles=("第十一条", "第十二条"), status=FactStatus.SOURCED, sources=law()),
        ),
        conditions=(
            Condition(id="c1", text="居民身份证丢失的应申请补领", status=FactStatus.SOURCED, sources=law("第十一条")),
        ),
        materials=(
            Material(
                id="m1",
                name="居民户口簿",
                status=FactStatus.SOURCED,
                exempt="yes",
                exempt_status=FactStatus.SOURCED,
                sources=(SourceRef(origin=PORTAL),),
            ),
            Material(id="m2", name="申请表", status=FactStatus.UNVERIFIED),
        ),
        form_fields=(),
        process=(Process(steps=("挂失申报", "核验身份与人像", "领取"), status=FactStatus.SOURCED, sources=law()),),
        statutory_days=Fact(value="60日（交通不便地区可延长30日）", status=FactStatus.SOURCED, sources=law("第十二条")),
        promised_days=UNKNOWN,
        fee=UNKNOWN,
        channels=UNKNOWN,
        result=Fact(value="补发的居民身份证", status=FactStatus.SOURCED, sources=law("第十一条")),
        visits_on_site=UNKNOWN,
        handle_type=UNKNOWN,
        review_points=(),
        faq=(),
        related_items=(ItemLink(slug="id_renew", name="居民身份证到期换领"),),
        effective_from=date(2011, 10, 29),
        readiness="partial",
        notes=(),
        origins=(LAW, PORTAL),
        version="7c1e02ab",
    )


def statements_of(thing: ServiceItem | Policy) -> tuple[Statement, ...]:
    """A few statements of an item, unconfirmed ones among them."""
    if isinstance(thing, Policy):
        return ()

    def statement(part: str, facet: Facet, title: str, text: str, clause: str | None) -> Statement:
        known = part != "m2"
        return Statement(
            id=f"{thing.source}#{part}",
            source=thing.source,
            title=title,
            facet=facet,
            text=text,
            status=FactStatus.SOURCED if known else FactStatus.UNVERIFIED,
            sources=law(clause) if known else (),
            version=thing.version,
            effective_from=thing.effective_from,
            clause=clause,
        )

    return (
        statement("c1", Facet.CONDITIONS, "受理条件", "居民身份证丢失的应申请补领", "第十一条"),
        statement("m1", Facet.MATERIALS, "申请材料", "居民户口簿", None),
        statement("m2", Facet.MATERIALS, "申请材料", "申请表", None),
        statement("statutory_days", Facet.TIME_LIMIT, "法定时限", "60日（交通不便地区可延长30日）", "第十二条"),
        statement("faq1", Facet.RELATED, "常见问题", "可先办临时身份证，凭其办理有关事务。", "第十二条"),
    )


NOTICE = DocumentVersion(
    id="v1",
    name="通知.txt",
    title="关于便民服务的通知",
    number="沪府办发〔2026〕6号",
    issuer="上海市人民政府办公厅",
    issued_on=date(2026, 5, 1),
    effective_from=date(2026, 5, 1),
    effective_to=None,
    region="上海市",
    state=VersionState.PUBLISHED,
    sha256="0" * 64,
)
PASSAGES = (
    Passage(
        id="p1",
        version_id="v1",
        ordinal=1,
        text="能数据共享核验的免证明。",
        heading="一、总则",
        clause="第一条",
        start=0,
        end=12,
    ),
    Passage(
        id="p2",
        version_id="v1",
        ordinal=2,
        text="有电子证照的免交实体证。",
        heading="一、总则",
        clause="第二条",
        start=12,
        end=24,
    ),
)
SLUGS = {
    "id_loss": "居民身份证挂失补领",
    "id_renew": "居民身份证到期换领",
    "passport_first": "普通护照首次申领",
    "hk_macau_pass": "往来港澳通行证签发",
    "gjj_rent": "租房提取住房公积金",
    "hukou_move": "户口迁移",
    "residence_permit": "上海市居住证申领",
    "property_first": "不动产首次登记",
    "bundle_birth": "出生“一件事”",
    "birth_cert": "出生医学证明签发",
    "hukou_birth": "出生登记",
    "school_enroll": "义务教育入学报名",
    "bundle_restaurant": "开饭店“一件事”",
    "indiv_setup": "个体工商户设立登记",
    "company_setup": "公司设立登记",
    "startup_loan": "创业担保贷款",
    "pension_retire": "企业职工退休申领养老金",
    "gjj_retire": "退休提取住房公积金",
    "sen_card": "敬老卡申领",
    "ltc_insurance": "长期护理保险评估",
    "driver_license_renew": "机动车驾驶证换证",
    "driver_license_loss": "机动车驾驶证补证",
    "vehicle_transfer": "机动车转让登记",
    "nev_quota": "新能源汽车专用牌照额度",
}


@dataclass(frozen=True, slots=True)
class SmallKnowledge:
    """Implements `KnowledgeBase` over the constants of this module."""

    names: tuple[tuple[str, str], ...] = tuple(SLUGS.items())

    def items(self, as_of: date) -> tuple[ServiceItem, ...]:
        """All items, by slug."""
        return tuple(an_item(slug, name) for slug, name in sorted(self.names))

    def item(self, slug: str, as_of: date) -> ServiceItem | None:
        """One item."""
        return next((i for i in self.items(as_of) if i.slug == slug), None)

    def policies(self, as_of: date) -> tuple[Policy, ...]:
        """None."""
        return ()

    def policy(self, policy_id: str, as_of: date) -> Policy | None:
        """None."""
        return None

    def document(self, name: str, as_of: date) -> DocumentVersion | None:
        """The one document."""
        return NOTICE if name == NOTICE.name else None

    def version(self, version_id: str) -> DocumentVersion | None:
        """Its one version."""
        return NOTICE if version_id == NOTICE.id else None

    def passages(self, version_id: str) -> tuple[Passage, ...]:
        """Its two passages."""
        return PASSAGES if version_id == NOTICE.id else ()

    def published_documents(self) -> tuple[DocumentVersion, ...]:
        """The one document."""
        return (NOTICE,)

    def beginnings(self, after: date) -> tuple[date, ...]:
        """Nothing is announced."""
        return ()

    def revision(self) -> int:
        """Never changes."""
        return 1
