/** What a clerk does at the desk: each act one call, then what it changed is loaded. */
import type { DeskTicket, HandoffFile, SharedForm, WireSuggestion } from "../../shared/api";
import { ask, sendFile } from "../../shared/staff/server";
import type { DeskView } from "./deskView";

/** The desk as its acts need it. */
interface Here {
  readonly open: string | null;
  show(changes: Partial<DeskView>): void;
  close(): void;
  openTicket(ticket: string): Promise<void>;
  loadQueue(): Promise<void>;
  loadStory(ticket: string): Promise<void>;
  loadPanel(): Promise<void>;
  loadForm(): Promise<void>;
  /** Whether it was done; what went wrong is told to the clerk. */
  tried(work: () => Promise<void>): Promise<boolean>;
}

const newId = () => crypto.randomUUID().replaceAll("-", "");

export class DeskActs {
  /** What was not acknowledged keeps its id: sent again it is the same message. */
  private unsent = new Map<string, string>();

  constructor(private desk: Here) {}

  readonly setDuty = (duty: "on" | "break" | "off") =>
    this.desk.tried(async () => {
      await ask("/api/desk/duty", { method: "PUT", body: { duty } });
      await this.desk.loadQueue();
    });

  readonly accept = (ticket: string) =>
    this.desk.tried(async () => {
      await ask(`/api/desk/tickets/${ticket}/accept`, { method: "POST" });
      await this.desk.loadQueue();
      await this.desk.openTicket(ticket);
    });

  readonly next = () =>
    this.desk.tried(async () => {
      const { ticket } = await ask<{ ticket: DeskTicket | null }>("/api/desk/next", { method: "POST" });
      await this.desk.loadQueue();
      if (ticket) await this.desk.openTicket(ticket.ticket);
    });

  readonly say = (text: string) => this.said(text, "messages", {});

  /** Say a canned answer; the server looks whether it is over, and whether places are still to be filled. */
  readonly useCanned = (canned: string, text: string) => this.said(text, `canned/${canned}/use`, {});

  /** Say a suggestion; whether it was edited is the server's to see. */
  readonly use = (one: WireSuggestion, text: string) =>
    this.said(text, `suggestions/${one.id}/use`, { kind: one.kind, suggested: one.text });

  /** The same words of the same ticket keep their id until they are acknowledged, whichever way they are sent again. */
  private said(text: string, path: string, more: object) {
    const ticket = this.desk.open ?? "";
    const key = `${ticket} ${text}`;
    const client_id = this.unsent.get(key) ?? newId();
    this.unsent.set(key, client_id);
    return this.desk.tried(async () => {
      await ask(`/api/desk/tickets/${ticket}/${path}`, { method: "POST", body: { client_id, text, ...more } });
      this.unsent.delete(key);
      await this.desk.loadStory(ticket);
    });
  }

  readonly reject = (one: WireSuggestion, reason: string) =>
    this.desk.tried(async () => {
      const path = `/api/desk/tickets/${this.desk.open ?? ""}/suggestions/${one.id}/reject`;
      await ask(path, { method: "POST", body: { kind: one.kind, reason } });
      await this.desk.loadPanel();
    });

  readonly note = (text: string) =>
    this.desk.tried(async () => {
      await ask(`/api/desk/tickets/${this.desk.open ?? ""}/notes`, { method: "POST", body: { text } });
      await this.desk.loadPanel();
    });

  readonly sendFile = (file: File) => {
    const ticket = this.desk.open ?? "";
    this.desk.show({ sending: file.name });
    return this.desk.tried(async () => {
      const query = new URLSearchParams({ ticket, name: file.name });
      const kept = await sendFile<HandoffFile>(`/api/desk/files?${query.toString()}`, file, () => undefined, new AbortController().signal);
      // Sent again after a broken line, the same bytes have the same id; so has the message that shows them.
      const key = `${ticket} file ${kept.id}`;
      const client_id = this.unsent.get(key) ?? newId();
      this.unsent.set(key, client_id);
      await ask(`/api/desk/tickets/${ticket}/messages`, { method: "POST", body: { client_id, text: "", file: kept.id } });
      this.unsent.delete(key);
      await this.desk.loadStory(ticket);
    }).finally(() => this.desk.show({ sending: null }));
  };

  readonly invite = (clerk: string) => this.step("invite", { clerk });
  readonly offerCall = () => this.step("call-offered");
  readonly reopen = (ticket: string) =>
    this.desk.tried(async () => {
      await ask(`/api/desk/tickets/${ticket}/reopen`, { method: "POST" });
      await this.desk.loadQueue();
      await this.desk.openTicket(ticket);
    });

  /** A second helper goes out of the conversation. */
  readonly leave = () =>
    this.desk.tried(async () => {
      await ask(`/api/desk/tickets/${this.desk.open ?? ""}/leave`, { method: "POST" });
      this.desk.close();
      await this.desk.loadQueue();
    });

  readonly askForForm = () => this.step("form/asked");

  readonly propose = (key: string, value: string, mark: string) =>
    this.formStep("form/proposals", "POST", { key, value, mark });
  readonly takeBack = (proposal: string) => this.formStep(`form/proposals/${proposal}`, "DELETE");

  private formStep(path: string, method: "POST" | "DELETE", body?: object) {
    return this.desk.tried(async () => {
      try {
        this.desk.show({ form: await ask<SharedForm>(`/api/desk/tickets/${this.desk.open ?? ""}/${path}`, { method, ...(body ? { body } : {}) }) });
      } catch (failure) {
        await this.desk.loadForm();
        throw failure;
      }
    });
  }

  private step(name: string, body: object = {}) {
    return this.desk.tried(async () => {
      const ticket = this.desk.open ?? "";
      await ask(`/api/desk/tickets/${ticket}/${name}`, { method: "POST", body });
      await this.desk.loadStory(ticket);
    });
  }

  readonly end = (outcome: "solved" | "signposted" | "unsolved", note = "") =>
    this.desk.tried(async () => {
      await ask(`/api/desk/tickets/${this.desk.open ?? ""}/end`, { method: "POST", body: { outcome, note } });
      this.desk.close();
      await this.desk.loadQueue();
    });

  readonly transfer = (to: { clerk?: string; department?: string; note: string }) =>
    this.desk.tried(async () => {
      await ask(`/api/desk/tickets/${this.desk.open ?? ""}/transfer`, { method: "POST", body: to });
      this.desk.close();
      await this.desk.loadQueue();
    });

  readonly called = (reached: boolean) =>
    this.desk.tried(async () => {
      await ask(`/api/desk/tickets/${this.desk.open ?? ""}/called`, { method: "POST", body: { reached } });
      await this.desk.loadQueue();
      if (reached && this.desk.open) await this.desk.loadStory(this.desk.open);
      else this.desk.close();
    });
}
