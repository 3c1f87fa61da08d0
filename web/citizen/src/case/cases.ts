/** The case in hand: loaded when a turn moved it, changed by its cards, resumed by its code. Knows no React. */
import type { CaseGlance, CaseView } from "../../../shared/api";
import { LineBroken, Refused } from "../../../shared/client";
import { keepDraft, recall, remember } from "../../../shared/storage";
import { changeCase, forgetCase, loadCase, myCases, resumeByCode, uploadTo } from "./calls";

export type Saved = "saved" | "saving" | "failed";
export type Values = Record<string, string | null>;

export interface Shown {
  current: CaseView | null;
  /** Unfinished cases of this browser, for the opening. */
  unfinished: CaseGlance[];
  saved: Saved;
  /** What the server refused, as a sentence; what was written stays in the form. */
  problem: string | null;
  /** True where the server was not reached: the same can be tried again. */
  broken: boolean;
  /** True where somebody else changed the case meanwhile. */
  stale: boolean;
  /** What was written on an older version of the case and is saved nowhere. */
  unsaved: Values | null;
  /** How much of a file has left, from 0 to 1; null where none is on its way. */
  sent: number | null;
  /** The material whose file was read last: what was read is shown until the next step is done. */
  justRead: string | null;
}

const KEY = "xiaoshen.case";
export const draftKey = (id: string) => `xiaoshen.draft.${id}`;
const FINISHED = new Set(["decided", "withdrawn"]);
const QUIET = { problem: null, broken: false, stale: false } as const;

export class Cases {
  private shown: Shown = { current: null, unfinished: [], saved: "saved", ...QUIET, unsaved: null, sent: null, justRead: null };
  private listeners = new Set<() => void>();
  /** What failed for want of a line, to be tried again. */
  private failed: (() => Promise<void>) | null = null;

  constructor(private language: () => string) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): Shown => this.shown;

  /** Look for what was left unfinished. Nothing is shown where cases are not handled here. */
  readonly start = async (): Promise<void> => {
    if (!recall(KEY)) return; // this browser has never handled anything: nothing to ask for
    try {
      const found = await myCases(this.language());
      this.show({ unfinished: found.cases.filter((one) => !FINISHED.has(one.state)) });
    } catch {
      this.show({ unfinished: [] });
    }
  };

  /** Try again by itself when the line is back. */
  readonly watchLine = (): (() => void) => {
    const online = () => void this.again();
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  };

  readonly open = async (id: string): Promise<void> => {
    await this.work(() => loadCase(id, this.language()));
    if (this.shown.saved === "saved") void this.again(); // the server is there again: what it missed comes after
  };

  /** Load it again as it is, nothing being under way. */
  readonly anew = async (): Promise<void> => {
    if (this.shown.saved !== "saving" && this.shown.current) await this.open(this.shown.current.id);
    else if (!this.shown.current) await this.start();
  };

  readonly resume = (code: string): Promise<void> => this.work(() => resumeByCode(code, this.language()));

  readonly change = async (step: string, body: object = {}): Promise<void> => {
    const now = this.shown.current;
    if (!now || this.shown.saved === "saving") return; // a second press while the first is under way says nothing new
    const written = "values" in body && step === "fields" ? (body.values as Values) : null;
    await this.work(() => changeCase(now.id, step, { version: now.version, ...body }, this.language()), () => this.change(step, body));
    if (this.shown.saved === "saved") {
      if (written) keepDraft(draftKey(now.id), {});
      this.show({ unsaved: null, justRead: null });
    }
    if (this.shown.stale && written) this.show({ unsaved: written });
  };

  readonly upload = async (part: string, material: string, file: File): Promise<void> => {
    const now = this.shown.current;
    if (!now || this.shown.saved === "saving") return;
    this.show({ sent: 0 });
    const onSent = (share: number) => this.show({ sent: share });
    await this.work(() => uploadTo(now, part, material, file, this.language(), onSent), () => this.upload(part, material, file));
    const { saved, problem, stale } = this.shown;
    this.show({ sent: null, justRead: saved === "saved" ? `${part}:${material}` : null });
    if (problem !== null && !stale) this.show({ saved: "saved" }); // a file that is not taken leaves nothing unsaved
  };

  /** What the page itself cannot take, said like what the server refuses. */
  readonly refuse = (problem: string): void => this.show({ ...QUIET, problem });

  /** Do again what the line broke off. What had arrived after all is only looked at. */
  readonly again = async (): Promise<void> => {
    const [now, failed] = [this.shown.current, this.failed];
    if (!failed || this.shown.saved === "saving") return;
    this.failed = null;
    if (!now) return failed();
    await this.open(now.id);
    if (this.shown.saved === "saved" && this.shown.current?.version === now.version) await failed();
    else if (this.shown.saved === "failed") this.failed = failed;
  };

  /** What was written on an older version is settled: taken over or given up. */
  readonly settle = (): void => this.show({ unsaved: null });

  readonly forget = async (): Promise<void> => {
    const now = this.shown.current;
    if (!now) return;
    await forgetCase(now.id, this.language());
    keepDraft(draftKey(now.id), {});
    this.show({ current: null, problem: null });
    await this.start();
  };

  readonly leave = (): void => {
    this.failed = null;
    this.show({ current: null, ...QUIET, unsaved: null, justRead: null });
    void this.start();
  };

  private async work(doing: () => Promise<CaseView>, again: (() => Promise<void>) | null = null): Promise<void> {
    this.show({ saved: "saving", ...QUIET });
    if (again) this.failed = null; // what is done now takes the place of what failed
    try {
      this.show({ current: await doing(), saved: "saved" });
    } catch (failure) {
      const told = failure instanceof Refused ? failure : null;
      if (failure instanceof LineBroken) this.failed = again;
      this.show({ saved: "failed", problem: told?.message ?? null, broken: told === null, stale: told?.code === "case_changed" });
    }
  }

  private show(change: Partial<Shown>): void {
    if (change.current) remember(KEY, change.current.id);
    this.shown = { ...this.shown, ...change };
    for (const listener of this.listeners) listener();
  }
}
