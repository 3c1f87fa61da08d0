/** Design tokens: the one place for colours, sizes and type, for antd's theme and for our own CSS alike. */
import { theme, type ThemeConfig } from "antd";

export type Mode = "standard" | "elder";
/** What those who work here look at all day: tables need less room. */
export type Density = Mode | "desk";
export type Scheme = "light" | "dark";

export const FONT =
  '-apple-system, "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Noto Sans SC", ' +
  '"Source Han Sans SC", "Microsoft YaHei", "Segoe UI", Roboto, sans-serif';

interface Palette {
  page: string;
  surface: string;
  raised: string;
  sunken: string;
  line: string;
  lineStrong: string;
  text: string;
  quiet: string;
  primary: string;
  primaryHover: string;
  onPrimary: string;
  tint: string;
  tintText: string;
  good: string;
  goodTint: string;
  warn: string;
  warnTint: string;
  danger: string;
  dangerTint: string;
  mark: string;
}

/** Contrast on its surface is at least 4.5 for text and 3 for edges that carry meaning; axe checks it in the tests. */
export const PALETTES: Record<Scheme, Palette> = {
  light: {
    page: "#f5f4f0",
    surface: "#ffffff",
    raised: "#ffffff",
    sunken: "#f8f7f4",
    line: "#e5e2da",
    lineStrong: "#8b8f94",
    text: "#1d2733",
    quiet: "#566170",
    primary: "#0b5c83",
    primaryHover: "#0e6f9e",
    onPrimary: "#ffffff",
    tint: "#e4eff5",
    tintText: "#0a4a69",
    good: "#1c6b43",
    goodTint: "#e4f2ea",
    warn: "#855207",
    warnTint: "#fdf2dc",
    danger: "#a3342b",
    dangerTint: "#fbeae8",
    mark: "#fff3cf",
  },
  dark: {
    page: "#10151a",
    surface: "#182027",
    raised: "#1f2830",
    sunken: "#141b21",
    line: "#2c3741",
    lineStrong: "#7d8994",
    text: "#e8ecef",
    quiet: "#a5b1bb",
    primary: "#7cc0e4",
    primaryHover: "#9bd0ec",
    onPrimary: "#08222f",
    tint: "#1b3543",
    tintText: "#bfe0f1",
    good: "#86d3a9",
    goodTint: "#183527",
    warn: "#efc277",
    warnTint: "#3a2c13",
    danger: "#f2a49c",
    dangerTint: "#42211e",
    mark: "#3b361f",
  },
};

interface Sizes {
  font: number;
  small: number;
  target: number;
  radius: number;
  gap: number;
}

const SIZES: Record<Density, Sizes> = {
  standard: { font: 16, small: 13, target: 44, radius: 14, gap: 16 },
  desk: { font: 14, small: 13, target: 34, radius: 10, gap: 12 },
  elder: { font: 22, small: 20, target: 60, radius: 16, gap: 22 },
};

/** The tokens as CSS custom properties, e.g. `--xs-line-strong`. */
export function cssVariables(scheme: Scheme, mode: Density): Record<string, string> {
  const variables: Record<string, string> = { "--xs-font-family": FONT };
  for (const [name, value] of Object.entries(PALETTES[scheme])) variables[`--xs-${kebab(name)}`] = String(value);
  for (const [name, value] of Object.entries(SIZES[mode])) variables[`--xs-${name}`] = `${String(value)}px`;
  return variables;
}

/** The same tokens for antd. */
export function antdTheme(scheme: Scheme, mode: Density): ThemeConfig {
  const colors = PALETTES[scheme];
  const sizes = SIZES[mode];
  return {
    algorithm: scheme === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: "xs" },
    hashed: false,
    token: {
      fontFamily: FONT,
      fontSize: sizes.font,
      colorPrimary: colors.primary,
      colorLink: colors.primary,
      colorText: colors.text,
      colorTextSecondary: colors.quiet,
      colorTextDescription: colors.quiet,
      colorTextPlaceholder: colors.quiet,
      colorBgBase: colors.surface,
      colorBgLayout: colors.page,
      colorBgContainer: colors.surface,
      colorBgElevated: colors.raised,
      colorBorder: colors.line,
      colorTextLightSolid: colors.onPrimary,
      borderRadius: 10,
      borderRadiusLG: sizes.radius,
      controlHeight: sizes.target,
      motion: true,
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", fontWeight: 500, defaultColor: colors.text },
      Drawer: { paddingLG: 20 },
    },
  };
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
