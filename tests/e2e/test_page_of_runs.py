"""The console's page of runs on the real product: a dataset is run, watched, run again, compared, and a case opened."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.fakes.browser import SIZES, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visiting = Callable[..., Visit]
TEXT = "我叫顾若溪,手机13800000000"
PHONE = {"start": 8, "end": 19, "type": "phone"}


def a_dataset(*texts: str) -> bytes:
    """Cases of personal data: in each text the telephone number is to be found where it stands in `TEXT`."""
    cases = [{"id": f"手机 {n}", "text": text, "spans": [PHONE]} for n, text in enumerate(texts, 1)]
    return "\n".join(json.dumps(case, ensure_ascii=False) for case in cases).encode()


def run(page: Page, name: str, content: bytes, task: str = "个人信息遮盖") -> None:
    """Choose the task, hand in a dataset, and wait until it is through."""
    page.get_by_label("评测什么").click()
    page.get_by_title(task, exact=True).last.click()
    expect(page.locator(".ant-select").filter(has=page.get_by_label("评测什么"))).to_contain_text(task)
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    page.get_by_label("数据集文件").set_input_files(file)
    first = page.locator(".work > li").first
    expect(first).to_contain_text(name)
    expect(first.locator(".state")).not_to_have_text("正在跑", timeout=60_000)


def test_a_dataset_is_run_twice_and_the_case_that_flipped_is_opened(visiting: Visiting, own_address: str) -> None:
    visit = visiting(own_address, viewport={"width": SIZES["desk"][0], "height": SIZES["desk"][1]})
    page = visit.page
    page.goto(f"{own_address}/console/runs")
    page.get_by_role("button", name="郑质量").click()
    page.wait_for_selector(".frame")

    run(page, "两例.jsonl", a_dataset(TEXT, TEXT) + b'\n{"id": "3", "spans": []}\n')
    first = page.locator(".work > li").first
    expect(first).to_contain_text("已完成")
    expect(first).to_contain_text("第 3 行：缺少 text")
    expect(first).to_contain_text("该遮的遮到 1.000")

    run(page, "没有号码.jsonl", a_dataset(TEXT, "今天天气好"))
    for box in page.get_by_role("checkbox", name="比较").all():
        box.check()
    compared = page.get_by_label("两次评测的比较")
    expect(compared.get_by_text("前：两例.jsonl")).to_be_visible()
    flip = compared.get_by_role("listitem").filter(has_text="手机 2").first
    with page.context.expect_page() as opened:
        flip.get_by_role("link", name="后一次经过").click()
    expect(opened.value.locator("#cases details")).to_have_count(1)
    expect(opened.value.locator("#cases details[open]")).to_contain_text("今天天气好")
    opened.value.close()

    run(page, "别的任务.jsonl", b'{"id": "a", "question": "x", "answerable": true}\n')
    expect(page.locator(".work > li").first.locator(".state")).to_have_text("没有一例能跑")
    page.get_by_label("数据集文件").set_input_files({"name": "空.jsonl", "mimeType": "text/plain", "buffer": b"{cut"})
    expect(page.get_by_text("没有可跑的样例")).to_be_visible()
    assert visit.violations() == []
    page.set_viewport_size({"width": SIZES["phone"][0], "height": SIZES["phone"][1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"][0]
