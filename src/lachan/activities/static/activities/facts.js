// What can be wrong with an activity, by the rules that the server gives (activities/views/carried.py): the same sentences as there.
import { readNumber, words, written } from "../foundation/offline/numbers.js";

const NUMBERS = ["times", "audience", "copies", "minutes"];
const gaps = (sentence, given) => sentence.replace(/%\((\w+)\)s/g, (gap, name) => given[name] ?? gap);
const shown = (day) => day.split("-").reverse().join("/");
const apart = (day, other) => (Date.parse(other) - Date.parse(day)) / 86_400_000;

/** A day as typed: 18/11/2024, 18-11-2024, 18.11.2024, 18/11/24 or 2024-11-18, as YYYY-MM-DD; null for anything else. */
export function readDay(typed) {
  const found = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(typed.trim()) ?? /^(\d{1,2})(\/)(\d{1,2})\2(\d{2})$/.exec(typed.trim());
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed.trim());
  if (!found && !iso) return null;
  let [year, month, day] = found ? [found[4], found[3], found[1]] : iso.slice(1);
  if (year.length === 2) year = (Number(year) > 68 ? "19" : "20") + year;
  const read = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${read}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === read ? read : null;
}

function badNumber(name, typed, label, { numbers, sentences }) {
  if (!words(typed).length) return null;
  const number = readNumber(typed, true, numbers);
  if (number.value) return name === "times" && number.value.digits === 0n ? sentences.no_times : null;
  const readings = number.readings.map(written).join(sentences.or);
  const told = { label, typed: [...typed.trim()].slice(0, 40).join(""), readings };
  return gaps(number.problem === "ambiguous" ? sentences.ambiguous : sentences.not_a_number, told);
}

function badLink(typed, { link, longest_link, sentences }) {
  const bare = typed.trim();
  if (!bare) return null;
  const scheme = /^([a-z][^/:]*):/i.test(bare);
  const whole = scheme ? bare : bare.startsWith("//") ? `https:${bare}` : `https://${bare}`;
  const good = /^https?:\/\//i.test(whole) && whole.length <= longest_link && new RegExp(link, "i").test(whole);
  return good ? null : sentences.link;
}

/** What is wrong with `facts`, by control; `today` as YYYY-MM-DD. */
export function faultsOf(facts, rules, today) {
  const { sentences, labels, most, oldest_days, longest_what } = rules;
  const faults = [];
  const add = (name, text) => text && faults.push({ name, text });
  add("channel", facts.channel ? null : sentences.channel);
  add("what", [...facts.what].length > longest_what ? sentences.too_long : null);
  for (const name of NUMBERS) add(name, badNumber(name, facts[name], labels[name], rules));
  add("link", badLink(facts.link, rules));
  add("done_on", facts.done_on ? null : sentences.no_day);
  if (faults.length) return faults;
  if (apart(facts.done_on, today) < 0) add("done_on", gaps(sentences.day_to_come, { day: shown(facts.done_on) }));
  else if (apart(facts.done_on, today) > oldest_days) add("done_on", gaps(sentences.day_long_ago, { day: shown(facts.done_on) }));
  else if (NUMBERS.some((name) => facts[name].trim() && readNumber(facts[name], true, rules.numbers).value.digits > BigInt(most)))
    add("", gaps(sentences.too_many, { most: String(most).replace(/\B(?=(\d{3})+$)/g, ".") }));
  return faults;
}
