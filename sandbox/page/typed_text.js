// Between a stored message text and what a person types: names for ids, and what may be completed at the caret.

import { unescape } from "./parse_mrkdwn.js";
import { nameOf } from "./people.js";

/** A stored text as it would be typed again. */
export function toTyped(text, viewer) {
  const named = (text || "").replace(/<([@#!])([^>|]+)(?:\|([^>]*))?>|<([^>|]+)(?:\|([^>]*))?>/g, (whole, sign, id, label, url, urlLabel) => {
    if (sign === "@") return `@${viewer.users[id]?.name || label || id}`;
    if (sign === "#") return `#${viewer.channels[id]?.name || label || id}`;
    if (sign === "!") return id.startsWith("subteam^") ? `@${viewer.groups[id.slice(8)]?.handle || label || id}` : `@${id.split("^")[0]}`;
    return urlLabel && urlLabel !== url ? urlLabel : url;
  });
  return unescape(named);
}

/** The half-typed word at the caret that can be completed: { sign, word, from }, or null. */
export function wordAt(text, caret) {
  const found = /(^|[\s(（，。、])([@#])([^\s@#]{0,30})$/u.exec(text.slice(0, caret));
  return found && { sign: found[2], word: found[3].toLocaleLowerCase(), from: caret - found[3].length - 1 };
}

const BROADCASTS = ["here", "channel", "everyone"];
const SHOWN = 8;

function matching(items, word) {
  const ranked = items.map((item) => [item.search.toLocaleLowerCase().split(" ").some((part) => part.startsWith(word)) ? 0 : item.search.toLocaleLowerCase().includes(word) ? 1 : 2, item]);
  return ranked.filter(([rank]) => rank < 2).sort(([a], [b]) => a - b).map(([, item]) => item).slice(0, SHOWN);
}

/** What may stand for a half-typed word: [{ key, insert, text, more }]. */
export function completions({ sign, word }, viewer) {
  if (sign === "#") {
    const channels = Object.values(viewer.channels).filter(({ name, is_im: direct }) => name && !direct);
    return matching(channels.map(({ id, name }) => ({ key: id, insert: `#${name} `, text: `#${name}`, more: "", search: name })), word);
  }
  const people = Object.values(viewer.users).filter(({ deleted }) => !deleted).map((user) => ({ key: user.id, insert: `@${user.name} `, text: nameOf(user), more: `@${user.name}`, person: user, search: `${user.name} ${user.real_name}` }));
  const groups = Object.values(viewer.groups).map((group) => ({ key: group.id, insert: `@${group.handle} `, text: `@${group.handle}`, more: group.name, search: `${group.handle} ${group.name}` }));
  const broadcasts = BROADCASTS.map((name) => ({ key: name, insert: `@${name} `, text: `@${name}`, more: viewer.t(`broadcast.${name}`), search: name }));
  return matching([...people, ...groups, ...broadcasts], word);
}

/** The slash commands that a typed beginning may become. */
export function commandsFor(text, commands) {
  if (!/^\/\S*$/.test(text)) return [];
  return commands.filter(({ command }) => command.startsWith(text.toLowerCase())).map((entry) => ({ key: entry.command, insert: `${entry.command} `, text: entry.command, hint: entry.usage_hint, more: entry.description }));
}
