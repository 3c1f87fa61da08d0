"""What is said while a case is handled, in both languages. {braces} are filled with words of sheets and of the case."""

from dataclasses import dataclass
from functools import lru_cache


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


_CHINESE = HandlingPhrases(
    opened="好，我陪您办“{item}”。随时可以停下，填过的都会存着。",
    opened_with="好，我陪您一次办好这几件事：{items}。共同的内容只问一次。",
    unhandled="“{item}”目前还不能在这里从头办到尾，我先把要准备的列给您。",
    unhandled_materials="准备材料：{materials}。",
    unhandled_way_on="准备好后，可以到窗口办理，也可以找人工帮您接着办。",
    clerk_only="“{item}”要由工作人员来办，我这就帮您转人工；可以先看看要准备什么。",
    returned_twice="这件事已经被退回两次，您不用自己琢磨了，可以让工作人员直接帮您看。",
    ineligible="先告诉您一个情况：{reason}",
    ineligible_way_on="按现在的情况多半不会通过。信息填错了可以直接改；也可以找人工问清楚再决定。",
    ask_situation="{question}",
    situation_told="按您的情况，是“{situation}”。",
    situation_note="{note}",
    situation_instead="这种情况应该办“{item}”，可以点下面换过去；说错了也可以直接改。",
    situation_unclear="这一句我没对上。选下面一项，或者说“不知道”，都可以。",
    situation_open="不要紧，先往下办；这一点由工作人员帮您判断。",
    ask_parts="这是一件事，里面有：{members}。您要一起办哪些？可以说“都要”，也可以说出其中几项。",
    conditions_taken="您说都符合，记下了。要求是：{conditions}。有不符合的，随时告诉我。",
    conditions_stated="按您说的，先当作都符合，往下办。要求是：{conditions}。有不符合的，随时告诉我。",
    ask_conditions="先看条件，免得白跑一趟：{conditions}。这些您都符合吗？",
    which_condition="是哪一条不符合？",
    which_item="您要办的是哪一件？",
    condition_fails="“{condition}”这一条不符合的话，这件事多半办不成。",
    elsewhere="您可以再看看：{items}。",
    ask_consent="有些内容政府部门已经有了。您同意的话，我只为办这件事去查：{registers}。同意随时可以收回。",
    consent_line="{register}（{fields}）",
    consent_told="查到了，已经帮您填好{count}项，请您过目。",
    consent_silent="{register}这会儿没有查到，这部分请您自己填。",
    consent_refused="好，那就由您自己填，我一项一项问。",
    revoked="已经收回对{register}的同意，查到的内容也删掉了。",
    ask_field="请告诉我{field}。",
    ask_choice="{field}是哪一种？",
    help_field="{field}：{help}",
    no_help="没关系，{field}先放一放，最后再问您。",
    left_open="{field}先空着，由工作人员帮您补上；想起来了随时告诉我。",
    understood="记下了：{facts}。",
    corrected="好，改过来了：{facts}。",
    locked="{field}来自{source}，已经核实，不能手改。不对的话请找人工核对。",
    number_wrong="这个号码的校验位对不上，可能有一位写错了，请对照证件再看一遍。{hint}",
    not_understood="我没看懂这是不是{field}。{hint}",
    form_ready="这几项请您填一下：{fields}。填好一起保存就行，也可以直接告诉我。",
    way_form="好，改成表格，几项一起填。",
    way_one="好，我一项一项问您。",
    ask_material="还需要“{material}”。可以拍照上传；{ways}",
    material_exempt="这份材料有电子证照的可以免交；也可以带原件到窗口。",
    material_settled="好，“{material}”已记下。",
    confirm="内容都齐了，请您核对：",
    confirm_line="{field}：{value}",
    review_passed="预审通过，没有发现要补的。",
    review_for_person="没有发现要补的；有些内容要由工作人员核定，提交后由他们看。",
    review_returned="预审看到下面这些要补正，一次告诉您：",
    papers_ready="申请表和材料清单已经生成，可以预览和下载。核对无误就可以提交。",
    submitted="已经提交到{office}，编号是{receipt}。",
    waiting="“{item}”已经提交到{office}，编号{receipt}，正在等对方受理。",
    accepted="“{item}”已经受理，正在办理。",
    decided="“{item}”办好了：{result}",
    returned="“{item}”被退回补正：{notice}",
    withdrawn="“{item}”已经撤回，上传的文件已删除。想再办，随时告诉我。",
    ask_withdraw="确定不办“{item}”了吗？撤回后上传的文件会删除。",
    kept_open="好，接着办。",
    later="好，都存好了。接续码是{code}，换手机、到窗口报这个码都能接着办。",
    code="您的接续码是{code}。换手机、到窗口报这个码都能接着办，请不要给别人。",
    resumed="接上了，“{item}”已经有{done}项，共{total}项。",
    wrong_code="没有找到这个接续码对应的办件。请核对每一位；码由三组四位组成。",
    nothing_yet="您还没有在这里办过事。想办什么，直接告诉我。",
    progress="“{item}”：{state}，已完成{done}项，共{total}项。",
    missing="还差：{things}。",
    back="我们接着办“{item}”。",
    changed_elsewhere="这件事刚在别处更新过，我按最新的接着来。",
    offer="现在就办“{item}”",
    offer_send="帮我办{item}",
    meant_another="要办的不是这件，说一声就换。",
    instead="换成“{item}”",
    yes="对",
    no="不对",
    all="都要",
    not_sure="不确定",
    one_fails="有一条不符合",
    agree="同意",
    own="不同意，我自己填",
    as_form="改用表格填",
    dont_know="不知道",
    upload="拍照上传",
    licence="用电子证照",
    bring="带原件到窗口",
    confirm_yes="我确认并承诺属实",
    submit="提交",
    stop="先到这里",
    withdraw_yes="确定撤回",
    go_on="继续办",
    only_bundle="只办这张联办表",
    reminders=(
        ("standing", "这件事放了几天了，填过的都还在，接着办很快。"),
        ("standing_long", "这件事放了两周了。还办的话接着填；不办了可以撤回，资料会一起删除。"),
        ("material_missing", "这件事只差材料了，拍照上传就能预审。"),
        ("ready", "这件事预审过了，还没有提交。"),
        ("to_mend", "这件事退回补正后还没有改，照通知补上就可以再交。"),
        ("mending_ends", "补正的最后一天快到了，请尽快补上。"),
        ("mending_over", "补正的最后一天已经过了。还要办的话，请找人工问清楚怎么接着办。"),
        ("decision_late", "约定办结的日子已经过了，可以找人工帮您催办。"),
    ),
    states=(
        ("collecting", "正在填写"),
        ("reviewing", "正在预审"),
        ("ready", "可以提交"),
        ("submitted", "已提交，等待受理"),
        ("returned", "退回补正"),
        ("accepted", "已受理，正在办"),
        ("decided", "已办结"),
        ("withdrawn", "已撤回"),
    ),
)

_ENGLISH = HandlingPhrases(
    opened="I will go through “{item}” with you. You can stop at any time; everything is saved.",
    opened_with="I will go through these together with you: {items}. What they share is asked once.",
    unhandled="“{item}” cannot be completed here yet. This is what to prepare.",
    unhandled_materials="Materials to prepare: {materials}.",
    unhandled_way_on="Then go to the service window, or ask a person to go on with you.",
    clerk_only="“{item}” is handled by a person. I am connecting you; this is what to prepare meanwhile.",
    returned_twice="This has been sent back twice. You need not puzzle it out alone: a person can look at it with you.",
    ineligible="One thing first: {reason}",
    ineligible_way_on=(
        "As it stands this would probably be refused. Correct what is wrong, or ask a person before you decide."
    ),
    ask_situation="{question}",
    situation_told="In your case this is “{situation}”.",
    situation_note="{note}",
    situation_instead="For this, “{item}” is the right item: change over below, or correct your answer.",
    situation_unclear="I could not match this. Choose one below, or say “I don't know”.",
    situation_open="Never mind, we go on; an officer will decide this point with you.",
    ask_parts="This bundle holds: {members}. Which of them do you want? Say “all”, or name some.",
    conditions_taken="You meet the conditions, noted: {conditions}. Tell me if one does not hold.",
    conditions_stated="From what you say I take the conditions as met: {conditions}. Tell me if one does not hold.",
    ask_conditions="The conditions first: {conditions}. Do you meet all of them?",
    which_condition="Which one do you not meet?",
    which_item="Which of these do you want to get done?",
    condition_fails="Without “{condition}” this would probably be refused.",
    elsewhere="You could look at: {items}.",
    ask_consent=(
        "The government already holds some of this. With your consent I look it up, for this case only: {registers}."
    ),
    consent_line="{register} ({fields})",
    consent_told="Found. {count} fields are filled in, please look at them.",
    consent_silent="{register} gave no answer just now; please enter that part yourself.",
    consent_refused="Fine, you enter it yourself. I will ask one thing at a time.",
    revoked="Your consent for {register} is withdrawn, and what it told is deleted.",
    ask_field="Please tell me: {field}.",
    ask_choice="Which one is it: {field}?",
    help_field="{field}: {help}",
    no_help="No problem, {field} can wait until the end.",
    left_open="{field} stays open; an officer will complete it with you. Tell me whenever you remember.",
    understood="Noted: {facts}.",
    corrected="Corrected: {facts}.",
    locked="{field} comes from {source} and is verified; it cannot be changed by hand. If it is wrong, ask a person.",
    number_wrong="The check digit of this number is wrong; one digit may be mistyped. {hint}",
    not_understood="I could not read this as {field}. {hint}",
    form_ready="Please fill in: {fields}. Save them together, or just tell me.",
    way_form="A form, then: several fields at once.",
    way_one="One thing at a time, then.",
    ask_material="“{material}” is needed. Upload a photo; {ways}",
    material_exempt="with an electronic licence it need not be handed in, or bring the original to the window.",
    material_settled="“{material}” is noted.",
    confirm="Everything is here. Please check:",
    confirm_line="{field}: {value}",
    review_passed="Pre-review passed; nothing to add.",
    review_for_person="Nothing to add; some points are decided by an officer after you submit.",
    review_returned="Pre-review found these points, all at once:",
    papers_ready=(
        "The application form and the check list are ready to preview and download. Submit when they are right."
    ),
    submitted="Submitted to {office}, number {receipt}.",
    waiting="“{item}” was submitted to {office}, number {receipt}, and waits to be accepted.",
    accepted="“{item}” is accepted and under way.",
    decided="“{item}” is decided: {result}",
    returned="“{item}” was returned: {notice}",
    withdrawn="“{item}” is withdrawn and its files are deleted. Tell me when you want to begin again.",
    ask_withdraw="Withdraw “{item}”? The uploaded files will be deleted.",
    kept_open="Then we go on.",
    later="Everything is saved. Your continuation code is {code}: it opens the case on another phone or at the window.",
    code="Your continuation code is {code}. It opens the case on another phone or at the window; keep it to yourself.",
    resumed="Here we are: “{item}”, {done} of {total} done.",
    wrong_code="No case has this code. Please check every sign; it has three groups of four.",
    nothing_yet="You have no case here yet. Tell me what you want to get done.",
    progress="“{item}”: {state}, {done} of {total} done.",
    missing="Missing: {things}.",
    back="Back to “{item}”.",
    changed_elsewhere="The case was changed elsewhere just now; I go on with the newest state.",
    offer="Handle “{item}” now",
    offer_send="帮我办{item}",
    meant_another="If you meant something else, say so and I will change over.",
    instead="“{item}” instead",
    yes="Yes",
    no="No",
    all="all",
    not_sure="Not sure",
    one_fails="I do not meet one of them",
    agree="I agree",
    own="No, I enter it myself",
    as_form="Use a form",
    dont_know="I don't know",
    upload="Upload a photo",
    licence="Use the electronic licence",
    bring="Bring the original to the window",
    confirm_yes="I confirm and declare that it is true",
    submit="Submit",
    stop="Continue later",
    withdraw_yes="Withdraw",
    go_on="Continue",
    only_bundle="Only the joint form",
    reminders=(
        ("standing", "This case has waited for some days. Everything is saved; going on is quick."),
        ("standing_long", "This case has waited for two weeks. Go on, or withdraw it: its data is then deleted."),
        ("material_missing", "Only materials are missing: take photos, then it can be pre-reviewed."),
        ("ready", "Pre-review is done; the case is not submitted yet."),
        ("to_mend", "This case was returned and nothing is mended yet. Mend it as the notice says, then submit again."),
        ("mending_ends", "The last day to mend this case is near."),
        ("mending_over", "The last day to mend this case is over. Ask a person how to go on."),
        ("decision_late", "The day of the decision is over; a person can ask for you."),
    ),
    states=(
        ("collecting", "being filled in"),
        ("reviewing", "in pre-review"),
        ("ready", "ready to submit"),
        ("submitted", "submitted, waiting"),
        ("returned", "returned to be mended"),
        ("accepted", "accepted, under way"),
        ("decided", "decided"),
        ("withdrawn", "withdrawn"),
    ),
)


@lru_cache(maxsize=2)
def handling_phrases(language: str) -> HandlingPhrases:
    """The sentences in a language; Chinese where there is no other."""
    return _ENGLISH if language == "en" else _CHINESE
