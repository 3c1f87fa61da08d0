import { describe, expect, it } from "vitest";

import type { CaseField } from "../../../shared/api";
import { fits, isWanted, tidy } from "./fits";

function field(type: CaseField["type"], pattern = "", check = "", needed: [string, string[]] = ["", []]): CaseField {
  return {
    key: "k", name: "k", type, value: "", source: "", source_english: "", why: "", locked: false, required: true, choices: [],
    other_choices: false, help: "", hint: "", english: "", items: [],
    fits: { pattern, most: 2000, check, needed_when: needed[0], needed_values: needed[1] },
  };
}

const NUMBER = field("idcard18", "^\\d{17}[\\dX]$", "gb11643");
const CODE = field("uscc18", "^[0-9A-HJ-NPQRTUWXY]{18}$", "gb32100");
const CARD = field("bankcard", "^\\d{16,19}$", "luhn");
const DAY = field("date", "^\\d{4}-\\d{2}-\\d{2}$");

describe("the form's schema on the page", () => {
  it("counts the check digits of identity, company and card numbers", () => {
    expect(fits(NUMBER, "310101198802143021")).toBe(true);
    expect(fits(NUMBER, "310101198802143022")).toBe(false);
    expect(fits(NUMBER, "310101198802303021")).toBe(false);
    expect(fits(CODE, "91310115MA1TEQT01M")).toBe(true);
    expect(fits(CODE, "91310115MA1TEQT01N")).toBe(false);
    expect(fits(CARD, "6217001210000001113")).toBe(true);
    expect(fits(CARD, "6217001210000001114")).toBe(false);
  });
  it("takes numbers as people write them", () => {
    expect(tidy(CARD, " 6217 0012 1000 0001 113")).toBe("6217001210000001113");
    expect(tidy(NUMBER, "１１０１０５19491231002x")).toBe("11010519491231002X");
    expect(tidy(field("decimal"), "4,200.5")).toBe("4200.5");
    expect(tidy(field("string"), " 林 示例 ")).toBe("林 示例");
  });
  it("knows days that do not exist", () => {
    expect(fits(DAY, "2026-02-28")).toBe(true);
    expect(fits(DAY, "2026-02-30")).toBe(false);
  });
  it("asks a dependent field only where the other one says so", () => {
    const spouse = field("string", "", "", ["婚姻状况", ["已婚"]]);
    expect(isWanted(spouse, [spouse], () => "未婚")).toBe(false);
    expect(isWanted(spouse, [spouse], () => "已婚")).toBe(true);
  });
  it("never shows an empty card where nobody knows what decides", () => {
    const spouse = field("string", "", "", ["婚姻状况", ["已婚"]]);
    expect(isWanted(spouse, [spouse], () => "")).toBe(true);
    expect(isWanted(spouse, [{ ...spouse, key: "婚姻状况" }, spouse], () => "")).toBe(false);
  });
});
