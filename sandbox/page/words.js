// The page's own words in the acting person's language.

import en from "./words/en.js";
import zhHans from "./words/zh_hans.js";
import zhHant from "./words/zh_hant.js";

const WORDS = { en, "zh-Hans": zhHans, "zh-Hant": zhHant };

/** A Slack locale as the script we speak: en, zh-Hans or zh-Hant. */
export function langOf(locale) {
  if (!locale?.startsWith("zh")) return "en";
  return /TW|HK|MO|Hant/.test(locale) ? "zh-Hant" : "zh-Hans";
}

/** A function from message id and values to a sentence in that locale; `n` of 1 takes the id's `.one` where there is one. */
export function translator(locale) {
  const words = WORDS[langOf(locale)];
  return (id, values = {}) => {
    const known = (values.n === 1 && words[`${id}.one`]) || words[id] || id.replace(/^locale\./, "");
    return known.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
}
