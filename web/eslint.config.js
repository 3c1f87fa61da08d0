import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

export default ts.config(
  { ignores: ["dist", "node_modules", "shared/api.ts"] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  hooks.configs.flat["recommended-latest"],
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js"] } } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Browser storage, speech and CSP traps live behind one module each.
      "no-restricted-globals": [
        "error",
        { name: "localStorage", message: "Use shared/storage.ts: storage may be blocked." },
      ],
    },
  },
  { files: ["shared/storage.ts"], rules: { "no-restricted-globals": "off" } },
  { files: ["**/*.js"], extends: [ts.configs.disableTypeChecked] },
);
