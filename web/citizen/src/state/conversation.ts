/** The conversation of this browser: asks, resumes, and goes on by itself when the line comes back. Knows no React. */
import {
  beginConversation,
  LineBroken,
  Refused,
  deleteConversation,
  reportAnswer,
  type ReportReason,
  resumeConversation,
  sendMessage,
  stopAnswer,
} from "../../../shared/client";
import { forget, recall, remember } from "../../../shared/storage";
import { keep, settle, unsent } from "./outbox";
import { asked, heard, isOpen, type Turn } from "./turn";

const KEY = "xiaoshen.conversation";
const RETRY_SECONDS = [1, 2, 4, 8, 15, 30];

export type Line = "ok" | "offline" | "reconnecting" | "lost";

export interface View {
  turns: Turn[];
  line: Line;
  /** True after a reload that found an earlier conversation. */
  resumed: boolean;
  /** True until the earlier conversation has been looked for. */
  loading: boolean;
}

export class Conversation {
  private view: View = { turns: [], line: "ok", resumed: false, loading: true };
  private listeners = new Set<() => void>();
  private id: string | null = recall(KEY);
  private abort: AbortController | null = null;
  private working = false;
  private wake: (() => void) | null = null;

  constructor(
    private language: () => string,
    private newId: () => string,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): View => this.view;

  /** The id of this conversation on the server, where there is one. */
  readonly known = (): string | null => this.id;

  /** The same; begins one where there is none. */
  readonly identify = async (): Promise<string> => (this.id ??= await this.begin());

  /** Look for an earlier conversation, and listen to the line. */
  readonly start = (): (() => void) => {
    const online = () => this.lineIsBack();
    const offline = () => this.show({ line: "offline" });
    window.addEventListener("online", online);
    window.addEventListener("offline", offline);
    void this.resume();
    return () => {
      window.removeEventListener("online", online);
      window.removeEventListener("offline", offline);
    };
  };

  readonly ask = (text: string): void => {
    const turn = asked(this.newId(), text, navigator.onLine ? "asking" : "queued");
    keep({ clientId: turn.clientId, text });
    this.show({ turns: [...this.view.turns, turn], line: navigator.onLine ? this.view.line : "offline" });
    void this.work();
  };

  /** Try again what failed or waits. */
  readonly retry = (): void => {
    const turns = this.view.turns.map((turn) =>
      turn.phase === "failed" ? asked(turn.clientId, turn.text) : turn,
    );
    for (const turn of turns.filter(isOpen)) keep({ clientId: turn.clientId, text: turn.text });
    this.show({ turns });
    this.lineIsBack();
  };

  readonly stop = async (): Promise<void> => {
    const turn = this.view.turns.find(isOpen);
    if (!turn) return;
    settle(turn.clientId);
    this.update(turn.clientId, (t) => ({ ...t, phase: "stopped" }));
    this.abort?.abort();
    this.wake?.();
    // The server goes on without a listener, so it has to be told. Where it cannot be, the answer waits there.
    if (this.id) await stopAnswer(this.id, turn.clientId, this.language()).catch(() => undefined);
  };

  /** Say that an answer is wrong. False where it could not be said. */
  readonly report = async (clientId: string, reason: ReportReason): Promise<boolean> => {
    if (!this.id) return false;
    try {
      await reportAnswer(this.id, clientId, reason, this.language());
      return true;
    } catch {
      return false;
    }
  };

  /** Leave this conversation behind and begin a new one. */
  readonly leave = (): void => {
    void this.stop();
    this.id = null;
    forget(KEY);
    for (const message of unsent()) settle(message.clientId);
    this.show({ turns: [], resumed: false });
  };

  /** Delete this conversation for good. False where it could not be deleted; one that is gone already is deleted. */
  readonly erase = async (): Promise<boolean> => {
    const id = this.id;
    if (!id) return true;
    await this.stop();
    try {
      await deleteConversation(id, this.language());
      return true;
    } catch (failure) {
      return failure instanceof Refused && failure.status === 404;
    }
  };

  private async resume(): Promise<void> {
    const waiting = unsent();
    if (this.id) {
      try {
        const kept = await resumeConversation(this.id, this.language());
        const turns = kept.turns.map((turn) =>
          turn.events.reduce((t, event, index) => heard(t, event, index + 1), asked(turn.client_id, turn.text)),
        );
        this.show({ turns: turns.filter((t) => !isOpen(t) || t.clientId === kept.running), resumed: turns.length > 0 });
      } catch (failure) {
        if (failure instanceof Refused && failure.status === 404) this.forgetConversation();
        else this.show({ line: navigator.onLine ? "reconnecting" : "offline" });
      }
    }
    const known = new Set(this.view.turns.map((t) => t.clientId));
    for (const message of waiting.filter((m) => known.has(m.clientId))) {
      if (!this.view.turns.some((t) => t.clientId === message.clientId && isOpen(t))) settle(message.clientId);
    }
    const queued = waiting.filter((m) => !known.has(m.clientId)).map((m) => asked(m.clientId, m.text));
    this.show({ turns: [...this.view.turns, ...queued], loading: false });
    void this.work();
  }

  private lineIsBack(): void {
    this.show({ line: "ok" });
    this.wake?.();
    void this.work();
  }

  /** Answer the open turns, one after the other. Only one of these runs. */
  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (;;) {
        const turn = this.view.turns.find(isOpen);
        if (!turn) return;
        await this.answer(turn.clientId);
      }
    } finally {
      this.working = false;
    }
  }

  private async answer(clientId: string): Promise<void> {
    for (let attempt = 0; this.openTurn(clientId); attempt += 1) {
      try {
        await this.listen(clientId);
        if (!this.openTurn(clientId)) break;
        throw new LineBroken("ended early");
      } catch (failure) {
        if (!this.openTurn(clientId)) break;
        if (failure instanceof LineBroken) await this.waitForLine(clientId, attempt);
        else if (failure instanceof Refused && failure.code === "unknown_conversation") this.forgetConversation();
        else this.fail(clientId, failure);
      }
    }
    settle(clientId);
  }

  private async listen(clientId: string): Promise<void> {
    const turn = this.openTurn(clientId);
    if (!turn) return;
    this.id ??= await this.begin();
    this.update(clientId, (t) => (t.phase === "queued" ? { ...t, phase: "asking" } : t));
    this.abort = new AbortController();
    const language = this.language();
    const message = {
      text: turn.text,
      client_id: clientId,
      ...(language === "en" ? { language: "en" as const } : {}),
    };
    for await (const frame of sendMessage(this.id, message, turn.position, language, this.abort.signal)) {
      if (this.view.line !== "ok") this.show({ line: "ok" });
      this.update(clientId, (t) => heard(t, frame.event, frame.position));
    }
  }

  private async begin(): Promise<string> {
    const id = await beginConversation(this.language());
    remember(KEY, id);
    return id;
  }

  private async waitForLine(clientId: string, attempt: number): Promise<void> {
    const seconds = RETRY_SECONDS[attempt];
    if (seconds === undefined && navigator.onLine) {
      this.show({ line: "lost" });
      this.update(clientId, (t) => ({ ...t, phase: "failed" }));
      return;
    }
    this.show({ line: navigator.onLine ? "reconnecting" : "offline" });
    if (!navigator.onLine) this.update(clientId, (t) => (t.position === 0 ? { ...t, phase: "queued" } : t));
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      // Offline waits for the browser's event; some browsers forget to send it, so look again now and then.
      setTimeout(resolve, (navigator.onLine ? (seconds ?? 30) : 30) * 1000);
    });
    this.wake = null;
  }

  private fail(clientId: string, failure: unknown): void {
    const message = failure instanceof Refused ? failure.message : null;
    this.update(clientId, (t) => ({ ...t, phase: "failed", failure: message }));
  }

  private forgetConversation(): void {
    this.id = null;
    forget(KEY);
  }

  private openTurn(clientId: string): Turn | undefined {
    return this.view.turns.find((t) => t.clientId === clientId && isOpen(t));
  }

  private update(clientId: string, change: (turn: Turn) => Turn): void {
    this.show({ turns: this.view.turns.map((t) => (t.clientId === clientId ? change(t) : t)) });
  }

  private show(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}
