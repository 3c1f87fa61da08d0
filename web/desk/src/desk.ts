/** What a desk knows and does: queue, the open conversation, its side panel, the shared form. */
import type {
  DeskQueue,
  DeskTicket,
  HandoffFile,
  HandoffLine,
  SharedForm,
  SidePanel,
  TicketStory,
  WireContact,
  WireSuggestion,
} from "../../shared/api";
import { Refused } from "../../shared/client";
import { ask, sendFile, sentenceOf } from "../../shared/staff/server";
import { OpenLine, type Frame } from "./openLine";

const ASK_EVERY = 2500;
const TYPING_SHOWN = 4000;

export interface DeskView {
  queue: DeskQueue | null;
  /** Server's clock minus ours, in milliseconds. */
  skew: number;
  open: string | null;
  story: TicketStory | null;
  lines: HandoffLine[];
  panel: SidePanel | null;
  /** A newer panel that waits until nobody types. */
  held: SidePanel | null;
  citizenTypes: boolean;
  /** The form that the citizen fills together with this desk. */
  form: SharedForm | null;
  /** How to reach the citizen, where this is a call. */
  contact: WireContact | null;
  /** Name of the file that is on its way. */
  sending: string | null;
  broken: boolean;
  failure: string | null;
}

const NOTHING = { open: null, story: null, lines: [], panel: null, held: null, citizenTypes: false, form: null, contact: null, sending: null } as const;
const isLive = (story: TicketStory | null) => story?.ticket.state === "accepted" || story?.ticket.state === "talking";
export const newId = () => crypto.randomUUID().replaceAll("-", "");

export class Desk {
  private view: DeskView = { ...NOTHING, lines: [], queue: null, skew: 0, broken: false, failure: null };
  private listeners = new Set<() => void>();
  /** What was not acknowledged keeps its id: sent again it is the same message. */
  private unsent = new Map<string, string>();
  private timer = 0;
  private typingTimer = 0;
  private typing = false;
  private typedAt = 0;
  private panelAsked = 0;
  private line = new OpenLine({
    told: (frame) => this.told(frame),
    back: () => this.isBack(),
    broke: () => this.show({ broken: true }),
    place: () => ({ watch: this.view.open ?? "", after: this.view.lines.at(-1)?.seq ?? 0 }),
  });

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = () => this.view;

  readonly start = () => {
    this.line.open();
    void this.loadQueue();
    this.timer = window.setInterval(() => {
      if (this.line.isOpen()) return;
      void ask("/api/desk/heartbeat", { method: "POST" }).catch(() => undefined);
      void this.loadQueue();
      if (this.view.open) void this.loadStory(this.view.open);
    }, ASK_EVERY);
    return () => {
      window.clearInterval(this.timer);
      this.line.close();
    };
  };

  readonly openTicket = async (ticket: string) => {
    if (this.view.open) this.watch(this.view.open, false);
    this.show({ ...NOTHING, lines: [], open: ticket });
    await this.loadStory(ticket);
    this.line.moved();
  };

  readonly close = () => this.show({ ...NOTHING, lines: [] });

  readonly setDuty = (duty: "on" | "break" | "off") =>
    this.tried(async () => {
      await ask("/api/desk/duty", { method: "PUT", body: { duty } });
      await this.loadQueue();
    });

  readonly accept = (ticket: string) =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${ticket}/accept`, { method: "POST" });
      await this.loadQueue();
      await this.openTicket(ticket);
    });

  readonly next = () =>
    this.tried(async () => {
      const { ticket } = await ask<{ ticket: DeskTicket | null }>("/api/desk/next", { method: "POST" });
      await this.loadQueue();
      if (ticket) await this.openTicket(ticket.ticket);
    });

  readonly say = (text: string) => {
    const ticket = this.view.open;
    const key = `${ticket ?? ""} ${text}`;
    const body = { client_id: this.unsent.get(key) ?? newId(), text };
    this.unsent.set(key, body.client_id);
    return this.tried(async () => {
      await ask(`/api/desk/tickets/${ticket ?? ""}/messages`, { method: "POST", body });
      this.unsent.delete(key);
      if (ticket) await this.loadStory(ticket);
    });
  };

  /** Say a canned answer; the server looks whether it is over, and whether places are still to be filled. */
  readonly useCanned = (canned: string, text: string) => {
    const ticket = this.view.open ?? "";
    return this.tried(async () => {
      await ask(`/api/desk/tickets/${ticket}/canned/${canned}/use`, { method: "POST", body: { text, client_id: newId() } });
      await this.loadStory(ticket);
    });
  };

  /** Say a suggestion; whether it was edited is the server's to see. */
  readonly use = (one: WireSuggestion, text: string) => {
    const ticket = this.view.open;
    const body = { kind: one.kind, suggested: one.text, text, client_id: newId() };
    return this.tried(async () => {
      await ask(`/api/desk/tickets/${ticket ?? ""}/suggestions/${one.id}/use`, { method: "POST", body });
      if (ticket) await this.loadStory(ticket);
    });
  };

  readonly reject = (one: WireSuggestion, reason: string) =>
    this.tried(async () => {
      const path = `/api/desk/tickets/${this.view.open ?? ""}/suggestions/${one.id}/reject`;
      await ask(path, { method: "POST", body: { kind: one.kind, reason } });
      await this.loadPanel();
    });

  readonly note = (text: string) =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${this.view.open ?? ""}/notes`, { method: "POST", body: { text } });
      await this.loadPanel();
    });

  readonly sendFile = (file: File) => {
    const ticket = this.view.open ?? "";
    this.show({ sending: file.name });
    return this.tried(async () => {
      const query = new URLSearchParams({ ticket, name: file.name });
      const kept = await sendFile<HandoffFile>(`/api/desk/files?${query.toString()}`, file, () => undefined, new AbortController().signal);
      await ask(`/api/desk/tickets/${ticket}/messages`, { method: "POST", body: { client_id: newId(), text: "", file: kept.id } });
      await this.loadStory(ticket);
    }).finally(() => this.show({ sending: null }));
  };

  readonly invite = (clerk: string) => this.step("invite", { clerk });
  readonly offerCall = () => this.step("call-offered");
  readonly reopen = (ticket: string) =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${ticket}/reopen`, { method: "POST" });
      await this.loadQueue();
      await this.openTicket(ticket);
    });

  /** A second helper goes out of the conversation. */
  readonly leave = () =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${this.view.open ?? ""}/leave`, { method: "POST" });
      this.close();
      await this.loadQueue();
    });

  readonly askForForm = () => this.step("form/asked");

  readonly propose = (key: string, value: string, mark: string) =>
    this.formStep("form/proposals", "POST", { key, value, mark });
  readonly takeBack = (proposal: string) => this.formStep(`form/proposals/${proposal}`, "DELETE");

  private formStep(path: string, method: "POST" | "DELETE", body?: object) {
    return this.tried(async () => {
      try {
        this.show({ form: await ask<SharedForm>(`/api/desk/tickets/${this.view.open ?? ""}/${path}`, { method, ...(body ? { body } : {}) }) });
      } catch (failure) {
        await this.loadForm();
        throw failure;
      }
    });
  }

  private step(name: string, body: object = {}) {
    return this.tried(async () => {
      const ticket = this.view.open ?? "";
      await ask(`/api/desk/tickets/${ticket}/${name}`, { method: "POST", body });
      await this.loadStory(ticket);
    });
  }

  readonly end = (outcome: "solved" | "signposted" | "unsolved", note = "") =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${this.view.open ?? ""}/end`, { method: "POST", body: { outcome, note } });
      this.close();
      await this.loadQueue();
    });

  readonly transfer = (to: { clerk?: string; department?: string; note: string }) =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${this.view.open ?? ""}/transfer`, { method: "POST", body: to });
      this.close();
      await this.loadQueue();
    });

  readonly called = (reached: boolean) =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${this.view.open ?? ""}/called`, { method: "POST", body: { reached } });
      await this.loadQueue();
      if (reached && this.view.open) await this.loadStory(this.view.open);
      else this.close();
    });

  /** While somebody types, the panel stays as it is. */
  readonly setTyping = (typing: boolean) => {
    this.typing = typing;
    if (typing && Date.now() - this.typedAt > 2500) {
      this.typedAt = Date.now();
      if (!this.line.send({ type: "typing", ticket: this.view.open }) && this.view.open)
        void ask(`/api/desk/tickets/${this.view.open}/typing`, { method: "POST" }).catch(() => undefined);
    }
    if (!typing && this.view.held) this.release();
  };

  readonly release = () => {
    if (this.view.held) this.show({ panel: this.view.held, held: null });
  };

  /** Say something to the clerk where failures are told. */
  readonly tell = (failure: string) => this.show({ failure });

  private async tried(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.show({ failure: null });
      return true;
    } catch (failure) {
      this.show({ failure: sentenceOf(failure) });
      return false;
    }
  }

  private async loadQueue() {
    try {
      const queue = await ask<DeskQueue>("/api/desk/queue");
      this.show({ queue, skew: Date.parse(queue.now) - Date.now(), broken: false });
    } catch {
      this.show({ broken: true });
    }
  }

  private async loadStory(ticket: string) {
    try {
      const story = await ask<TicketStory>(`/api/desk/tickets/${ticket}`);
      if (this.view.open !== ticket) return;
      this.show({ story, lines: story.lines });
      this.watch(ticket, true);
      this.read();
      void this.loadPanel();
      await Promise.all([this.loadForm(), this.loadContact()]);
    } catch (failure) {
      this.show({ failure: sentenceOf(failure) });
    }
  }

  private async loadPanel() {
    const ticket = this.view.open;
    if (!ticket) return;
    const asked = ++this.panelAsked;
    try {
      const panel = await ask<SidePanel>(`/api/desk/tickets/${ticket}/panel`);
      if (this.view.open !== ticket || asked !== this.panelAsked) return;
      if (this.typing && this.view.panel) this.show({ held: panel });
      else this.show({ panel, held: null });
    } catch (failure) {
      this.show({ failure: sentenceOf(failure) });
    }
  }

  /** The shared form; null where the citizen has not agreed, or not any more. */
  private async loadForm() {
    const { open: ticket, story } = this.view;
    const agreed = this.view.lines.some((line) => line.kind === "form" && line.word === "agreed");
    if (!ticket || !agreed || !isLive(story)) {
      this.show({ form: null });
      return;
    }
    try {
      const form = await ask<SharedForm>(`/api/desk/tickets/${ticket}/form`);
      if (this.view.open === ticket) this.show({ form });
    } catch (failure) {
      if (failure instanceof Refused) this.show({ form: null });
      else throw failure;
    }
  }

  private async loadContact() {
    const { open: ticket, story } = this.view;
    if (!ticket || !story?.ticket.is_call || !isLive(story)) {
      this.show({ contact: null });
      return;
    }
    this.show({ contact: await ask<WireContact | null>(`/api/desk/tickets/${ticket}/contact`) });
  }

  /** After a broken line the desk was off: it says again that it is there, and looks at what it missed. */
  private isBack() {
    const duty = this.view.queue?.me.duty;
    if (duty === "on") void ask("/api/desk/duty", { method: "PUT", body: { duty } }).catch(() => undefined);
    this.show({ broken: false });
    if (this.view.open) this.watch(this.view.open, true);
    void this.loadQueue();
  }

  private told(frame: Frame) {
    switch (frame.type) {
      case "queue":
        void this.loadQueue();
        return;
      case "ticket_line": {
        if (frame.ticket !== this.view.open || this.view.lines.some((line) => line.seq === frame.line.seq)) return;
        this.show({ lines: [...this.view.lines, frame.line].sort((a, b) => a.seq - b.seq), citizenTypes: false });
        this.read();
        if (frame.line.kind === "message") void this.loadPanel();
        else if (frame.line.kind === "form") void Promise.all([this.loadForm(), this.loadPanel()]);
        else void this.loadStory(frame.ticket);
        return;
      }
      case "typing":
        if (frame.ticket !== this.view.open) return;
        this.show({ citizenTypes: true });
        window.clearTimeout(this.typingTimer);
        this.typingTimer = window.setTimeout(() => this.show({ citizenTypes: false }), TYPING_SHOWN);
        return;
      case "refused":
        this.show({ failure: frame.message });
        return;
      default:
        return;
    }
  }

  private read() {
    const seq = this.view.lines.at(-1)?.seq ?? 0;
    if (seq > 0 && !this.line.send({ type: "read", ticket: this.view.open, seq }) && this.view.open)
      void ask(`/api/desk/tickets/${this.view.open}/read`, { method: "POST", body: { seq } }).catch(() => undefined);
  }

  private watch(ticket: string, on: boolean) {
    this.line.send({ type: "watch", ticket, after: this.view.lines.at(-1)?.seq ?? 0, on });
  }

  private show(changes: Partial<DeskView>) {
    this.view = { ...this.view, ...changes };
    for (const listener of this.listeners) listener();
  }
}
