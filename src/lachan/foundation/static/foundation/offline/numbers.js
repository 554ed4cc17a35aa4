// Numbers as officers type them, read by the rules that the server gives (engine/rules.py): the same answer as there, to the digit.
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const MINUS = ["-", "\u2212", "\u2013"];

export const words = (text) => text.split(SPACES).filter(Boolean);
const whole = (pattern) => new RegExp(`^(?:${pattern})$`);

/** A decimal number, exact: `digits` (a BigInt) with so many of them after the point. */
export class Exact {
  constructor(digits, places = 0) {
    this.digits = BigInt(digits);
    this.places = places;
  }
  static of(text) {
    const [before, after = ""] = text.split(".");
    return new Exact(before + after, after.length);
  }
  get negated() { return new Exact(-this.digits, this.places); }
  at(places) { return this.digits * 10n ** BigInt(places - this.places); }
  plus(other) {
    const places = Math.max(this.places, other.places);
    return new Exact(this.at(places) + other.at(places), places);
  }
  compare(other) {
    const places = Math.max(this.places, other.places);
    const [a, b] = [this.at(places), other.at(places)];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  get isWhole() { return this.digits % 10n ** BigInt(this.places) === 0n; }
  /** As the server writes it: plain, or with an exponent where it has many zeros after the point. */
  toString() {
    const sign = this.digits < 0n ? "-" : "";
    const digits = String(this.digits < 0n ? -this.digits : this.digits);
    const leading = digits.length - this.places;
    if (leading < -5) {
      const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
      return `${sign}${mantissa}E${leading - 1}`;
    }
    if (!this.places) return sign + digits;
    const padded = digits.padStart(this.places + 1, "0");
    return `${sign}${padded.slice(0, -this.places)}.${padded.slice(-this.places)}`;
  }
}

/** As official letters write it: 1.250 and 12,5. */
export function written(number) {
  const padded = String(number.digits < 0n ? -number.digits : number.digits).padStart(number.places + 1, "0");
  const cut = padded.length - number.places;
  const fraction = padded.slice(cut).replace(/0+$/, "");
  const grouped = padded.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, ".");
  return `${number.digits < 0n ? "-" : ""}${grouped}${fraction ? `,${fraction}` : ""}`;
}

function readings(body, isWhole, rules) {
  if (/^[0-9]+$/.test(body)) return [new Exact(body)];
  const grouped = whole(rules.grouped).exec(body);
  if (grouped) {
    const together = new Exact(body.replace(/[. ,]/g, ""));
    const mark = grouped[1];
    if (mark === " " || body.split(mark).length > 2 || (mark === "." && isWhole)) return [together];
    return [together, Exact.of(body.replaceAll(",", "."))];
  }
  if (whole(rules.one_mark).test(body)) return [Exact.of(body.replaceAll(",", "."))];
  if (whole(rules.both_marks).test(body)) {
    const cut = Math.max(body.lastIndexOf("."), body.lastIndexOf(","));
    return [Exact.of(`${body.slice(0, cut).replace(/[. ,]/g, "")}.${body.slice(cut + 1)}`)];
  }
  return [];
}

/** What was typed as a number: `value`, or `problem` with what it may have meant. */
export function readNumber(text, isWhole, rules) {
  const typed = words(text.normalize("NFKC")).join(" ");
  const minus = MINUS.includes(typed[0]);
  const body = minus || typed[0] === "+" ? words(typed.slice(1)).join(" ") : typed;
  const found = readings(body, isWhole, rules).map((one) => (minus ? one.negated : one));
  const zero = new Exact(0);
  const tooLong = (typed.match(/[0-9]/g) ?? []).length > rules.most_digits;
  const problem =
    (!typed && "empty") || (!found.length && "not_a_number") || (tooLong && "too_long") ||
    (found.some((one) => one.compare(zero) < 0) && "negative") || (found.length > 1 && "ambiguous") ||
    (isWhole && found.some((one) => !one.isWhole) && "not_whole");
  return problem ? { value: null, problem, readings: found } : { value: found[0], problem: null, readings: [] };
}
