// Moments as the acting person reads them: in their zone, in their language, by the sandbox's clock.

const HALF_A_YEAR_S = 183 * 86400;
const PRETTY = { en: ["yesterday", "today", "tomorrow"], "zh-CN": ["昨天", "今天", "明天"], "zh-TW": ["昨天", "今天", "明天"] };

const formats = new Map();

/** Formats are dear to make and cheap to use. */
function format(seconds, locale, options) {
  const key = locale + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
  return formats.get(key).format(new Date(seconds * 1000));
}

function parts(seconds, viewer, options) {
  return format(seconds, viewer.locale, { timeZone: viewer.zone, ...options });
}

function isoDay(seconds, viewer) {
  return format(seconds, "sv-SE", { timeZone: viewer.zone, dateStyle: "short" });
}

function ordinal(day) {
  const suffix = day % 10 === 1 && day !== 11 ? "st" : day % 10 === 2 && day !== 12 ? "nd" : day % 10 === 3 && day !== 13 ? "rd" : "th";
  return `${day}${suffix}`;
}

/** Whole days from the viewer's today to that moment's day. */
function daysAway(seconds, now, viewer) {
  return Math.round((Date.parse(isoDay(seconds, viewer)) - Date.parse(isoDay(now, viewer))) / 86400000);
}

function dateWords(seconds, now, viewer, { short = false, weekday = false } = {}) {
  const withYear = Math.abs(seconds - now) > HALF_A_YEAR_S;
  const year = withYear ? { year: "numeric" } : {};
  const day = { month: short ? "short" : "long", day: "numeric", ...year, ...(weekday ? { weekday: "long" } : {}) };
  if (viewer.locale.startsWith("zh") || short) return parts(seconds, viewer, day);
  const number = Number(parts(seconds, viewer, { day: "numeric" }));
  const month = parts(seconds, viewer, { month: "long" });
  const lead = weekday ? `${parts(seconds, viewer, { weekday: "long" })}, ` : "";
  return `${lead}${month} ${ordinal(number)}${withYear ? `, ${parts(seconds, viewer, { year: "numeric" })}` : ""}`;
}

function ago(seconds, now, viewer) {
  const gap = seconds - now;
  const unit = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]].find(([, s]) => Math.abs(gap) >= s) || ["second", 1];
  return new Intl.RelativeTimeFormat(viewer.locale, { numeric: "auto" }).format(Math.round(gap / unit[1]), unit[0]);
}

export function clockTime(seconds, viewer, { secs = false } = {}) {
  const chinese = viewer.locale.startsWith("zh");
  const hour = chinese ? { hour: "2-digit", hourCycle: "h23" } : { hour: "numeric" };
  return parts(seconds, viewer, { ...hour, minute: "2-digit", ...(secs ? { second: "2-digit" } : {}) }).replace(/\u202f/g, " ");
}

const TOKENS = {
  date_num: (s, now, v) => isoDay(s, v),
  date_slash: (s, now, v) => isoDay(s, v).replace(/(\d+)-(\d+)-(\d+)/, "$2/$3/$1"),
  date: dateWords,
  date_short: (s, now, v) => dateWords(s, now, v, { short: true }),
  date_long: (s, now, v) => dateWords(s, now, v, { weekday: true }),
  time: (s, now, v) => clockTime(s, v),
  time_secs: (s, now, v) => clockTime(s, v, { secs: true }),
  ago,
};

function pretty(name) {
  return (s, now, v) => (PRETTY[v.locale] || PRETTY.en)[daysAway(s, now, v) + 1] ?? TOKENS[name](s, now, v);
}
TOKENS.date_pretty = pretty("date");
TOKENS.date_short_pretty = pretty("date_short");
TOKENS.date_long_pretty = pretty("date_long");
TOKENS.day_divider_pretty = TOKENS.date_long_pretty;

/** Fill Slack's date tokens; null when a token is unknown, so that the fallback is shown as Slack does. */
export function fillDate(pattern, seconds, now, viewer) {
  const known = [...pattern.matchAll(/\{(\w+)\}/g)].every(([, name]) => name in TOKENS);
  if (!known || !Number.isFinite(seconds)) return null;
  return pattern.replace(/\{(\w+)\}/g, (_, name) => TOKENS[name](seconds, now, viewer));
}

export function dayOf(ts, viewer) {
  return isoDay(Number(ts), viewer);
}

export function dayTitle(ts, now, viewer) {
  const text = TOKENS.date_long_pretty(Number(ts), now, viewer);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function fullMoment(seconds, viewer) {
  return parts(seconds, viewer, { dateStyle: "full", timeStyle: "medium", ...(viewer.locale.startsWith("zh") ? { hourCycle: "h23" } : {}) });
}

/** The value of a local date-and-time field ("2025-09-22T09:30") in the viewer's zone, as unix seconds. */
export function fromLocal(text, viewer) {
  const asUtc = Date.parse(`${text}:00Z`) / 1000;
  if (!Number.isFinite(asUtc)) return null;
  let guess = asUtc;
  for (let round = 0; round < 2; round += 1) guess = asUtc - (Date.parse(`${toLocal(guess, viewer)}:00Z`) / 1000 - guess);
  return guess;
}

export function toLocal(seconds, viewer) {
  return format(seconds, "sv-SE", { timeZone: viewer.zone, dateStyle: "short", timeStyle: "short" }).replace(" ", "T");
}
