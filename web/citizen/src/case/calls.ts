/** Calls of the case routes. Each change names the version it was made on and carries the session's token. */
import type { CaseGlances, CasePapers, CaseView, CitizenSession, FormSharing } from "../../../shared/api";
import { call, LineBroken, refusal, Refused } from "../../../shared/client";

let session: Promise<CitizenSession> | null = null;

/** The browser's session, begun when it is first needed. Without it nothing is handled, only answered. */
export function citizenSession(language: string): Promise<CitizenSession> {
  session ??= call("/api/citizen/session", language, { method: "POST" })
    .then((response) => response.json() as Promise<CitizenSession>)
    .catch((failure: unknown) => {
      session = null;
      throw failure;
    });
  return session;
}

async function changed(path: string, language: string, init: RequestInit): Promise<Response> {
  const { csrf_token } = await citizenSession(language);
  const headers = new Headers(init.headers);
  headers.set("X-CSRF-Token", csrf_token);
  try {
    return await call(path, language, { ...init, headers });
  } catch (failure) {
    if (failure instanceof Refused && (failure.status === 401 || failure.status === 403)) session = null;
    throw failure;
  }
}

async function view(response: Promise<Response>): Promise<CaseView> {
  return (await (await response).json()) as CaseView;
}

export async function myCases(language: string): Promise<CaseGlances> {
  await citizenSession(language);
  return (await (await call("/api/cases", language)).json()) as CaseGlances;
}

export function loadCase(id: string, language: string): Promise<CaseView> {
  return view(call(`/api/cases/${encodeURIComponent(id)}`, language));
}

export function resumeByCode(code: string, language: string): Promise<CaseView> {
  return view(changed("/api/cases/resume", language, { method: "POST", body: JSON.stringify({ code }) }));
}

export function changeCase(id: string, step: string, body: object, language: string): Promise<CaseView> {
  const path = `/api/cases/${encodeURIComponent(id)}/${step}`;
  return view(changed(path, language, { method: "POST", body: JSON.stringify(body) }));
}

/** Sent by XMLHttpRequest: fetch does not tell how much of a body has left. */
export async function uploadTo(
  shown: CaseView, part: string, material: string, file: File, language: string, onSent: (share: number) => void,
): Promise<CaseView> {
  const query = new URLSearchParams({
    case: shown.id,
    version: String(shown.version),
    part,
    material,
    name: encodeURIComponent(file.name).slice(0, 280),
  });
  const { csrf_token } = await citizenSession(language);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/cases/files?${query.toString()}`);
    request.setRequestHeader("Accept-Language", language);
    request.setRequestHeader("X-CSRF-Token", csrf_token);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => onSent(event.total > 0 ? event.loaded / event.total : 0);
    request.onerror = () => reject(new LineBroken(file.name));
    request.onload = () => {
      const body = () => Promise.resolve().then(() => JSON.parse(request.responseText) as unknown);
      if (request.status >= 200 && request.status < 300) body().then((view) => resolve(view as CaseView), reject);
      else
        void refusal({ status: request.status, json: body }).then((refused) => {
          if (request.status === 401 || request.status === 403) session = null;
          reject(refused);
        });
    };
    request.send(file);
  });
}

/** Address of a page of a file that was handed in, as a picture. */
export function pictureOf(id: string, file: string, page: number): string {
  return `/api/cases/${encodeURIComponent(id)}/file?file=${encodeURIComponent(file)}&page=${String(page)}`;
}

export async function forgetCase(id: string, language: string): Promise<void> {
  await changed(`/api/cases/${encodeURIComponent(id)}`, language, { method: "DELETE" });
}

export async function papersOf(id: string, language: string): Promise<CasePapers> {
  return (await (await call(`/api/cases/${encodeURIComponent(id)}/papers`, language)).json()) as CasePapers;
}

const sharingPath = (id: string) => `/api/cases/${encodeURIComponent(id)}/sharing`;

/** Whether the form is filled together with a person now, and what they propose. */
export async function sharingOf(id: string, language: string): Promise<FormSharing> {
  await citizenSession(language);
  return (await (await call(sharingPath(id), language)).json()) as FormSharing;
}

export async function shareForm(shown: CaseView, conversation: string, agreed: boolean, language: string): Promise<void> {
  const body = JSON.stringify({ version: shown.version, conversation });
  await changed(`${sharingPath(shown.id)}${agreed ? "" : "/refused"}`, language, { method: "POST", body });
}

export async function stopSharing(id: string, language: string): Promise<FormSharing> {
  return (await (await changed(`${sharingPath(id)}/ended`, language, { method: "POST", body: "{}" })).json()) as FormSharing;
}

export async function answerProposal(sharing: FormSharing, proposal: string, taken: boolean, language: string): Promise<FormSharing> {
  const path = `/api/cases/${encodeURIComponent(sharing.case)}/proposals/${encodeURIComponent(proposal)}`;
  const body = JSON.stringify({ version: sharing.version, taken });
  return (await (await changed(path, language, { method: "POST", body })).json()) as FormSharing;
}
