/** Signing in. */
import { Button, Input } from "antd";
import { useState, type SubmitEvent } from "react";

import type { SignInPage, StaffSession } from "../api";
import { useLoaded } from "./loading";
import { Failure } from "./Failure";
import { ask, setSession } from "./server";

interface Props {
  title: string;
  lead: string;
  /** Which of the example accounts have work here. */
  examplesOf: RegExp;
}

export function SignIn({ title, lead, examplesOf }: Props) {
  const page = useLoaded("sign-in", (signal) => ask<SignInPage>("/api/staff/sign-in", { signal }));
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const enter = (name: string, secret: string) => {
    setBusy(true);
    setFailure(undefined);
    ask<StaffSession>("/api/staff/session", { method: "POST", body: { account: name, password: secret } }).then(
      setSession,
      (failed: unknown) => {
        setFailure(failed);
        setBusy(false);
      },
    );
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    enter(account.trim(), password);
  };
  const examples = page.data?.examples.filter((one) => examplesOf.test(one.account)) ?? [];
  const examplePassword = page.data?.example_password ?? null;
  return (
    <main className="sign-in">
      <form className="panel" onSubmit={submit}>
        <h1>{title}</h1>
        <p className="quiet">{lead}</p>
        <label className="field" htmlFor="account">
          <span>账号</span>
          <Input id="account" autoComplete="username" value={account} onChange={(e) => setAccount(e.target.value)} />
        </label>
        <label className="field" htmlFor="password">
          <span>密码</span>
          <Input.Password
            id="password"
            autoComplete="current-password"
            value={password}
            onChange={(e) => setPassword(e.target.value)}
            visibilityToggle={false}
          />
        </label>
        <Failure failure={failure} />
        <Button type="primary" htmlType="submit" block loading={busy} disabled={!account.trim() || !password}>
          登录
        </Button>
        {examplePassword !== null && (
          <section className="examples" aria-labelledby="examples">
            <h2 id="examples">本机试用账号</h2>
            <p className="quiet">只在本机可用；建立正式账号后会自动消失。</p>
            <div className="row">
              {examples.map((one) => (
                <Button key={one.account} size="small" onClick={() => enter(one.account, examplePassword)}>
                  {one.name}
                </Button>
              ))}
            </div>
          </section>
        )}
      </form>
    </main>
  );
}
