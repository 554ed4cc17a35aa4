// The device's clock may be wrong by days. What the server's clock said when they last spoke puts it right; where they have not
// spoken since it went wrong, a person says which day was meant.
const HALF_A_DAY = 12 * 3600 * 1000;
let ahead = 0; // how far this clock is ahead of the server's, in milliseconds

export const setServerTime = (server) => { ahead = Date.now() - server; };
export const setAhead = (known) => { ahead = known; };
export const isAhead = () => ahead;
/** Now, as far as is known; what was meant by a moment that `clock` read, when it was taken to be ahead by so much. */
export const now = () => Date.now() - ahead;

const inVietnam = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" });
export const dayOf = (moment) => inVietnam.format(moment);
export const today = () => dayOf(now());
export const shiftDay = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
export const shownDay = (day) => day.split("-").reverse().join("/");

/** The day of an item, if the clock it was written by turns out to have been wrong by half a day or more; else null. */
export function rightDay(item) {
  const wrongBy = ahead - item.ahead;
  if (!item.day || item.dayIsSure || Math.abs(wrongBy) < HALF_A_DAY) return null;
  const meant = shiftDay(item.day, -Math.round(wrongBy / 86_400_000));
  return meant === item.day ? null : meant;
}
