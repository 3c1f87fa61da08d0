/** Build of the pages: web/dist/<page>/index.html and hashed assets, each with a compressed twin. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";

const OUT = join(import.meta.dirname, "dist");
const PAGES = {
  citizen: join(import.meta.dirname, "citizen/index.html"),
  console: join(import.meta.dirname, "console/index.html"),
  desk: join(import.meta.dirname, "desk/index.html"),
};

/** The server sends these to browsers that accept them; it compresses nothing itself. */
function compressedTwins(): Plugin {
  return {
    name: "compressed-twins",
    apply: "build",
    closeBundle() {
      for (const name of readdirSync(join(OUT, "assets"))) {
        if (!/\.(js|css)$/.test(name)) continue;
        const path = join(OUT, "assets", name);
        const content = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(content));
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressedTwins()],
  // The server replaces the placeholder in every answer; see assistant/web/page_routes.py.
  html: { cspNonce: "__CSP_NONCE__" },
  publicDir: "public",
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: { input: PAGES },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8010" } },
  test: { environment: "node", include: ["citizen/**/*.test.ts", "citizen/**/*.test.tsx", "console/**/*.test.ts", "desk/**/*.test.ts", "shared/**/*.test.ts"] },
});
