/** Starts the citizen's page. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./App";
import { Fallback } from "./parts/Fallback";
import { SettingsProvider } from "./settings";

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <Fallback>
        <SettingsProvider>
          <App />
        </SettingsProvider>
      </Fallback>
    </StrictMode>,
  );
