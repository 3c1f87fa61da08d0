/** Starts a page of those who work here: its look, its theme by day and by night, and what is shown when it breaks. */
import { App as Feedback, ConfigProvider, type ThemeConfig } from "antd";
import zhCN from "antd/locale/zh_CN";
import { StrictMode, useEffect, useMemo, useState, type ReactNode } from "react";
import { createRoot } from "react-dom/client";

import { antdTheme, cssVariables, PALETTES, type Scheme } from "../tokens";
import { Broken } from "./Broken";

const NONCE = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

/** Edges that show where one can write or tick stand out from the paper: three to one. */
function staffTheme(scheme: Scheme): ThemeConfig {
  const theme = antdTheme(scheme, "desk");
  const colors = PALETTES[scheme];
  const edge = { colorBorder: colors.lineStrong };
  return {
    ...theme,
    token: { ...theme.token, colorInfo: colors.primary, colorSuccess: colors.good, colorError: colors.danger, borderRadius: 8 },
    components: { ...theme.components, Input: edge, Select: edge, Checkbox: edge, Button: { ...theme.components?.Button, ...edge } },
  };
}

function useScheme(): Scheme {
  const dark = useMemo(() => matchMedia("(prefers-color-scheme: dark)"), []);
  const [scheme, setScheme] = useState<Scheme>(dark.matches ? "dark" : "light");
  useEffect(() => {
    const follow = () => setScheme(dark.matches ? "dark" : "light");
    dark.addEventListener("change", follow);
    return () => dark.removeEventListener("change", follow);
  }, [dark]);
  return scheme;
}

function Look({ children }: { children: ReactNode }) {
  const scheme = useScheme();
  useEffect(() => {
    const page = document.documentElement;
    page.dataset["scheme"] = scheme;
    for (const [name, value] of Object.entries(cssVariables(scheme, "desk"))) page.style.setProperty(name, value);
  }, [scheme]);
  const theme = useMemo(() => staffTheme(scheme), [scheme]);
  return (
    <ConfigProvider
      csp={{ nonce: NONCE }}
      locale={zhCN}
      theme={theme}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <Feedback component={false} message={{ maxCount: 2 }}>
        {children}
      </Feedback>
    </ConfigProvider>
  );
}

/** `again` is the way back in where the page broke. */
export function start(page: ReactNode, again: { address: string; words: string }): void {
  const root = document.getElementById("root");
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <Broken again={again}>
        <Look>{page}</Look>
      </Broken>
    </StrictMode>,
  );
}
