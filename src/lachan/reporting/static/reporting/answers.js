// Checks what was typed into a form by the rules that the server gives (engine/rules.py), and says what is wrong in its words:
// the same answer as engine/answers.py, engine/checks.py and reporting/faults.py. A test runs both on the same cases.
import { Exact, readNumber, words, written } from "../foundation/offline/numbers.js";

const LONGEST_NAME = 90;
const LONGEST_QUOTE = 60;
const EDGES = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const STRIPPED = new RegExp(`^${EDGES}|${EDGES}$`, "g");

/** Lower case, no marks, đ as d, spaces squeezed. */
export function fold(text) {
  const folded = (one) => one.toUpperCase().toLowerCase().replace(/\u03c2/g, "\u03c3");
  const lower = (one) => one.split("ı").map(folded).join("ı"); // the one letter whose capital is another's
  const bare = lower(text).normalize("NFKD").replace(/\p{M}/gu, "");
  return words(lower(bare).replace(/đ/g, "d").normalize("NFKC")).join(" ");
}

export function tidy(text, unfit) {
  const plain = text.replace(/\r\n?/g, "\n").normalize("NFC");
  return plain.replace(new RegExp(unfit, "gu"), "").replace(STRIPPED, "");
}

/** A number typed so that it reads back as itself. */
export function unmistakable(number) {
  const [whole, fraction = ""] = written(number).replaceAll(".", "").split(",");
  return fraction ? `${whole},${fraction}${fraction.length === 3 ? "0" : ""}` : whole;
}

function cell(key, asked, text, rules) {
  if (asked.choices.length) {
    const meant = asked.choices.find(([folded]) => folded === fold(text));
    return meant ? { answer: meant[1] } : { fault: { key, reason: "not_a_choice", typed: text } };
  }
  if (asked.kind === "text") return [...text].length <= rules.longest_text ? { answer: text } : { fault: { key, reason: "too_long", typed: text } };
  const isWhole = asked.kind === "whole";
  const number = readNumber(text, isWhole, rules.numbers);
  if (!number.value) return { fault: { key, reason: number.problem, typed: text, readings: number.readings } };
  return { answer: isWhole ? String(number.value.digits / 10n ** BigInt(number.value.places)) : String(number.value), number: number.value };
}

function readRows(question, typed, rules) {
  const cells = (line) => line.split(/[\t|]/).map((one) => tidy(one, rules.unfit));
  const rows = typed.split("\n").map(cells).map((line) => question.columns.map((_, at) => line[at] ?? "")).filter((line) => line.some(Boolean));
  const { key } = question;
  if (!rows.length) return { faults: question.required ? [{ key, reason: "missing", typed: "" }] : [] };
  if (rows.length > rules.most_rows) return { faults: [{ key, reason: "too_many_rows", typed: String(rows.length) }] };
  const faults = [];
  const answer = rows.map((line, row) => Object.fromEntries(question.columns.flatMap((column, at) => {
    if (!line[at] && !column.required) return [];
    const read = line[at] ? cell(key, column, line[at], rules) : { fault: { key, reason: "missing", typed: "" } };
    if (read.fault) faults.push({ ...read.fault, row, column: column.key });
    return read.fault ? [] : [[column.key, read.answer]];
  })));
  return faults.length ? { faults } : { faults, answer };
}

function read(question, typed, rules) {
  if (question.kind === "rows") return readRows(question, typed, rules);
  const text = tidy(typed, rules.unfit);
  if (!text) return { faults: question.required ? [{ key: question.key, reason: "missing", typed: text }] : [] };
  const one = cell(question.key, question, text, rules);
  return one.fault ? { faults: [one.fault] } : { faults: [], answer: one.answer, number: one.number };
}

const says = (answer) => (Array.isArray(answer) ? answer.some((row) => Object.values(row).some(says)) : Boolean(answer.replace(/^[0.]+|[0.]+$/g, "")));

function meets(check, values, numbers) {
  const [first, ...others] = check.keys;
  const number = (key) => (Array.isArray(values[key]) ? new Exact(values[key].length) : numbers[key]);
  const limit = (text) => Exact.of(text);
  if (check.relation === "describe") return !(first in values) || number(first).compare(new Exact(0)) <= 0 || others[0] in values;
  if (check.keys.some((key) => !(key in values))) return true;
  const value = number(first);
  if (check.relation === "within")
    return (check.minimum === null || value.compare(limit(check.minimum)) >= 0) && (check.maximum === null || value.compare(limit(check.maximum)) <= 0);
  if (check.relation === "sum") return value.compare(others.reduce((sum, key) => sum.plus(number(key)), new Exact(0))) === 0;
  return value.compare(number(others[0])) <= 0;
}

/** Every answer read: `values` that count, `faults` of the others, whether it is all empty, and the checks not met. */
export function check(rules, typed) {
  const values = {}, numbers = {}, faults = [];
  for (const question of rules.questions) {
    const one = read(question, typed[question.key] ?? "", rules);
    faults.push(...one.faults);
    if (one.answer !== undefined) values[question.key] = one.answer;
    if (one.number) numbers[question.key] = one.number;
  }
  const asked = new Set(rules.questions.map(({ key }) => key));
  const broken = rules.checks.filter((one) => one.keys.every((key) => asked.has(key)) && !meets(one, values, numbers));
  return { values, faults, isEmpty: !Object.values(values).some(says), broken };
}

const cut = (text, most) => {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("").replace(new RegExp(`${EDGES}$`), "")}…`;
};
const filled = (sentence, gaps) => sentence.replace(/%\((\w+)\)s/g, (gap, name) => gaps[name] ?? gap);

/** What is wrong with an answer, in words. `texts`: the words of each question. */
export function sentence(fault, { rules, sentences, texts }) {
  const question = rules.questions.find(({ key }) => key === fault.key);
  const column = question.columns.find(({ key }) => key === fault.column);
  const { kind, choices } = column ?? question;
  const isNumber = ["whole", "decimal"].includes(question.kind);
  const missing = fault.row !== undefined ? "missing_cell" : isNumber ? "missing_number" : "missing_words";
  const names = { missing, empty: missing, too_long: kind === "text" ? "long_words" : "long_number" };
  const known = ["ambiguous", "not_a_choice", "too_many_rows"];
  const which = names[fault.reason] ?? (known.includes(fault.reason) ? fault.reason : kind === "decimal" ? "decimal" : "whole");
  const name = cut(texts[fault.key], LONGEST_NAME);
  return filled(sentences[which], {
    name: fault.row === undefined ? name : filled(sentences.cell, { name, row: fault.row + 1, column: column.label }),
    typed: cut(fault.typed, LONGEST_QUOTE),
    readings: (fault.readings ?? []).map(written).join(sentences.or),
    length: written(new Exact([...fault.typed].length)),
    most: written(new Exact(rules.longest_text)),
    rows: rules.most_rows,
    choices: choices.map(([, word]) => word).join("; "),
  });
}
