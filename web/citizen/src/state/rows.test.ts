import { describe, expect, it } from "vitest";

import { isRemark, ownNote, stepRows, stepsOf } from "./rows";

const row = (text: string, note: string | null = null, citation: number | null = null) => ({ text, note, citation });

describe("rows of a card", () => {
  it("show steps that were written as one sentence one by one", () => {
    expect(stepsOf("办理流程：第一步，线上提交；第二步，核验；第三步，按月划转。")).toEqual(["线上提交", "核验", "按月划转"]);
    expect(stepsOf("第九步，甲；第十步，乙；第十一步，丙")).toEqual(["甲", "乙", "丙"]);
  });
  it("leave a line without steps as it is", () => {
    expect(stepsOf("到窗口办理。")).toEqual(["到窗口办理。"]);
    expect(stepsOf("第一步，只有一步。")).toEqual(["第一步，只有一步。"]);
  });
  it("keep the source on the last step", () => {
    expect(stepRows([row("第一步，甲；第二步，乙。", null, 3)]).map((r) => r.citation)).toEqual([null, 3]);
  });
  it("tell a remark from a thing to bring", () => {
    expect(isRemark(row("还有材料没有核实，完整清单以窗口为准。"))).toBe(true);
    expect(isRemark(row("居民户口簿"))).toBe(false);
  });
  it("do not repeat the name in its note", () => {
    expect(ownNote(row("居民户口簿", "居民户口簿：有电子证照的，可以免交实体证件"))).toBe("有电子证照的，可以免交实体证件");
    expect(ownNote(row("居民户口簿", "居民户口簿"))).toBeNull();
  });
});
