/** Words of the rule pages for the codes of the API. */
import type { CellTest, Code, PointResult, RuleEdit, RuleFact, RuleSheet, RuleStatus, RuleTrial, Standing } from "../../shared/api";

export const TESTS: Record<CellTest, string> = {
  yes: "是",
  no: "否",
  unknown: "不知道",
  equals: "等于",
  differs: "不等于",
  at_least: "至少",
  at_most: "至多",
  more: "大于",
  less: "小于",
  within: "在范围内",
  outside: "在范围外",
  one_of: "是其中之一",
  none_of: "都不是",
  given: "填了内容",
  written: "表达式",
};

export const RESULTS: Record<PointResult, string> = { pass: "通过", fail: "退回", unknown: "转人工" };
export const OUTCOMES: Record<NonNullable<RuleTrial["outcome"]>, string> = { pass: "通过", return: "退回", human: "转人工" };
export const STANDINGS: Record<Standing, string> = {
  check: "必须判断，判断不了转人工",
  office: "窗口再看，不挡申请",
  info: "只是说明，不判断",
};
export const STATUSES: Record<RuleStatus, string> = { draft: "未审核", reviewed: "已审核", approved: "已审核发布" };
export const CODES: Record<Code, string> = {
  missing_material: "缺材料",
  expired: "过期",
  mismatch: "不一致",
  invalid_number: "号码不对",
  unsigned: "没签名盖章",
  unreadable: "看不清",
  wrong_document: "材料不对",
  condition_not_met: "不符合条件",
  needs_human: "转人工",
};
export const DOUBT = "_doubt";

/** How many values a test takes; -1: a list. */
export const takes = (test: CellTest): number => {
  if (test === "within" || test === "outside") return 2;
  if (test === "one_of" || test === "none_of") return -1;
  return test === "yes" || test === "no" || test === "unknown" || test === "given" ? 0 : 1;
};

/** What is sent of a sheet: the table without what the page only shows. */
export function editOf(sheet: RuleSheet): RuleEdit {
  return {
    owner: sheet.owner,
    effective_from: sheet.effective_from,
    effective_to: sheet.effective_to,
    facts: sheet.facts.map(({ name, text }) => ({ name, text })),
    points: sheet.points.map((point) => ({
      id: point.id,
      standing: point.standing,
      like: point.like,
      rows: point.rows ?? [],
      code: point.code,
      basis: point.basis,
      rests_on: point.rests_on ?? [],
      effective_from: point.effective_from ?? null,
      effective_to: point.effective_to ?? null,
      examples: point.examples ?? [],
    })),
  };
}

/** A fact in a few words: the first name under which it is looked for, and what yes means where it is yes or no. */
export function named(fact: RuleFact | undefined): string {
  if (!fact) return "";
  const [place = "", measure = ""] = fact.told.split("：");
  if (fact.text.startsWith("calc(")) return measure;
  const name = (place.split("；")[0] ?? "").replace(/^(申请表或任何材料|申请表|材料[^的]*)的/, "").split("/")[0] ?? "";
  const asks = measure.replace(/（.*）$/, "");
  return /是不是|是否|有没有/.test(asks) ? `${name}：${asks}` : name;
}

/** A list as people type it. */
export const listed = (text: string) => text.split(/[、，,]/).map((word) => word.trim()).filter(Boolean);
