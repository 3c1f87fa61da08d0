/** The case in hand: loaded when a turn moved it, changed by its cards, resumed by its code. Knows no React. */
import type { CaseGlance, CaseView } from "../../../shared/api";
import { Refused } from "../../../shared/client";
import { recall, remember } from "../../../shared/storage";
import { changeCase, forgetCase, loadCase, myCases, resumeByCode, uploadTo } from "./calls";

export type Saved = "saved" | "saving" | "failed";

export interface Shown {
  current: CaseView | null;
  /** Unfinished cases of this browser, for the opening. */
  unfinished: CaseGlance[];
  saved: Saved;
  /** What went wrong, as a sentence; what was written stays in the form. */
  problem: string | null;
  /** True where somebody else changed the case meanwhile. */
  stale: boolean;
}

const KEY = "xiaoshen.case";
const FINISHED = new Set(["decided", "withdrawn"]);

export class Cases {
  private shown: Shown = { current: null, unfinished: [], saved: "saved", problem: null, stale: false };
  private listeners = new Set<() => void>();

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

  readonly open = (id: string): Promise<void> => this.work(() => loadCase(id, this.language()));

  readonly resume = (code: string): Promise<void> => this.work(() => resumeByCode(code, this.language()));

  readonly change = (step: string, body: object = {}): Promise<void> => {
    const now = this.shown.current;
    if (!now) return Promise.resolve();
    return this.work(() => changeCase(now.id, step, { version: now.version, ...body }, this.language()));
  };

  readonly upload = (part: string, material: string, file: File): Promise<void> => {
    const now = this.shown.current;
    if (!now) return Promise.resolve();
    return this.work(() => uploadTo(now, part, material, file, this.language()));
  };

  readonly forget = async (): Promise<void> => {
    const now = this.shown.current;
    if (!now) return;
    await forgetCase(now.id, this.language());
    this.show({ current: null, problem: null });
    await this.start();
  };

  readonly leave = (): void => {
    this.show({ current: null, problem: null, stale: false });
    void this.start();
  };

  private async work(doing: () => Promise<CaseView>): Promise<void> {
    this.show({ saved: "saving", problem: null, stale: false });
    try {
      this.show({ current: await doing(), saved: "saved" });
    } catch (failure) {
      const told = failure instanceof Refused ? failure : null;
      this.show({ saved: "failed", problem: told?.message ?? "", stale: told?.code === "case_changed" });
    }
  }

  private show(change: Partial<Shown>): void {
    if (change.current) remember(KEY, change.current.id);
    this.shown = { ...this.shown, ...change };
    for (const listener of this.listeners) listener();
  }
}
