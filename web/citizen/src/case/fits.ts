/** The form's schema, checked before anything is sent: the same patterns and check digits as the server's. Pure. */
import type { CaseField } from "../../../shared/api";

const NUMBERS = new Set(["idcard18", "uscc18", "bankcard", "int", "decimal", "mobile", "vin17"]);
const AMOUNTS = new Set(["int", "decimal"]);
const DAY = /\d{4}-\d{2}(?:-\d{2})?/gu;

/** The value as it is kept: no spaces around it; in numbers none at all, and no full-width signs. */
export function tidy(field: CaseField, value: string): string {
  if (!NUMBERS.has(field.type)) return value.trim();
  return value.normalize("NFKC").replace(AMOUNTS.has(field.type) ? /[\s,]/gu : /[\s,-]/gu, "").toUpperCase();
}

export function fits(field: CaseField, value: string): boolean {
  const { pattern, most, check } = field.fits;
  if (value.length > most) return false;
  if (pattern && !new RegExp(pattern, "u").test(value)) return false;
  if (check && !CHECKS[check]?.(value)) return false;
  return !pattern || !value.includes("-") || (value.match(DAY) ?? []).every(exists);
}

/** Whether a field is asked, as the card stands: what decides it may be on the card too, or be unknown for now. */
export function isWanted(field: CaseField, card: CaseField[], valueOf: (key: string) => string): boolean {
  const { needed_when, needed_values } = field.fits;
  if (!needed_when || field.value !== "") return true;
  const decides = valueOf(needed_when);
  return decides ? needed_values.includes(decides) : card.every((one) => one.key !== needed_when);
}

const CHECKS: Record<string, (value: string) => boolean> = { gb11643: isIdentityNumber, gb32100: isCompanyCode, luhn: isLuhn };

function exists(day: string): boolean {
  const [year = 0, month = 0, date = 1] = day.split("-").map(Number);
  const found = new Date(Date.UTC(year, month - 1, date));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === date;
}

function isIdentityNumber(value: string): boolean {
  const born = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
  if (Number(value.slice(6, 10)) < 1900 || !exists(born)) return false;
  let sum = 0;
  for (let place = 0; place < 17; place += 1) sum += Number(value[place]) * (2 ** (17 - place) % 11);
  return "10X98765432"[sum % 11] === value[17];
}

function isCompanyCode(value: string): boolean {
  const signs = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  let sum = 0;
  for (let place = 0, weight = 1; place < 17; place += 1, weight = (weight * 3) % 31) sum += signs.indexOf(value[place] ?? "") * weight;
  return signs[(31 - (sum % 31)) % 31] === value[17];
}

function isLuhn(value: string): boolean {
  let sum = 0;
  Array.from(value).reverse().forEach((digit, place) => {
    const doubled = place % 2 === 1 ? Number(digit) * 2 : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return sum % 10 === 0;
}
