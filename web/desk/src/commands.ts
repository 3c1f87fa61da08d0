/** What can be done at the desk now: the same list for the keys and for the palette. */
import type { WireCanned, WireSuggestion } from "../../shared/api";
import type { DeskActs } from "./deskActs";
import { ENDINGS } from "./parts/Ending";
import type { Handing } from "./parts/HandOn";
import type { Command } from "./parts/Palette";

const DUTIES_SAID = [["on", "上岗"], ["break", "小休"], ["off", "离岗"]] as const;

/** What lies over the desk; one at a time. */
export type Over = "palette" | "ending" | "canned" | "help" | Handing;

interface Now {
  /** The suggested reply, where one stands there. */
  first: WireSuggestion | undefined;
  canned: readonly WireCanned[];
  /** Somebody is talked with; by this clerk as the one who has it; by telephone. */
  live: boolean;
  owner: boolean;
  calling: boolean;
  sharesForm: boolean;
  hasEnded: boolean;
  acts: Pick<DeskActs, "setDuty" | "offerCall" | "end" | "leave" | "called"> & {
    next: () => void;
    reopen: () => void;
    reply: () => void;
    send: (one: WireSuggestion) => void;
    edit: (one: WireSuggestion) => void;
    reject: (one: WireSuggestion) => void;
    why: () => void;
    chooseFile: () => void;
    form: () => void;
    sayCanned: (one: WireCanned) => void;
    show: (over: Over) => void;
    drawer: () => void;
    counter: () => void;
  };
}

export function deskCommands({ first, canned, live, owner, calling, sharesForm, hasEnded, acts }: Now): Command[] {
  return [
    { key: "N", text: "接下一位", run: acts.next },
    ...DUTIES_SAID.map(([duty, text]) => ({ key: "", text, run: () => void acts.setDuty(duty) })),
    { key: "?", text: "快捷键", run: () => acts.show("help") },
    { key: "W", text: "窗口接续：约了来的、按接续码打开", run: acts.counter },
    { key: "Y", text: "为什么：看依据", run: acts.why },
    { key: "P", text: "侧栏（窄屏）", run: acts.drawer },
    ...(hasEnded ? [{ key: "O", text: "重新接上刚结束的", run: acts.reopen }] : []),
    ...(live
      ? [
          { key: "R", text: "写回复", run: acts.reply },
          { key: "/", text: "常用语", run: () => acts.show("canned") },
          { key: "U", text: "发图片或PDF", run: acts.chooseFile },
        ]
      : []),
    ...(first
      ? [
          { key: "S", text: "发送建议", run: () => acts.send(first) },
          { key: "E", text: "改建议", run: () => acts.edit(first) },
          { key: "X", text: "不用建议", run: () => acts.reject(first) },
        ]
      : []),
    ...(owner
      ? [
          { key: "F", text: sharesForm ? "到表里" : "请市民一起填表", run: acts.form },
          { key: "I", text: "请同事加入", run: () => acts.show("invite") },
          { key: "T", text: "转给别人", run: () => acts.show("transfer") },
          { key: ".", text: "结束对话", run: () => acts.show("ending") },
          ...ENDINGS.map((one) => ({ key: "", text: `结束：${one.text}`, run: () => void acts.end(one.outcome) })),
        ]
      : []),
    ...(owner && !calling ? [{ key: "C", text: "请市民约个时间接电话", run: () => void acts.offerCall() }] : []),
    ...(calling
      ? [
          { key: "G", text: "电话打通了", run: () => void acts.called(true) },
          { key: "B", text: "电话没打通", run: () => void acts.called(false) },
        ]
      : []),
    ...(live && !owner ? [{ key: "L", text: "离开对话", run: () => void acts.leave() }] : []),
    ...canned.map((one) => ({ key: "", text: `常用语：${one.title}`, run: () => acts.sayCanned(one) })),
  ];
}
