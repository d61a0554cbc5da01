// People and apps as they are shown: a name, a picture made of letters, a place in a list.

import { html } from "./vendor/htm-preact.module.js";

const FALLBACK_COLOUR = "#5a6b7b";

export function nameOf(person) {
  return person?.real_name || person?.name || person?.id || "";
}

function initials(name) {
  const han = name.match(/\p{Script=Han}/gu);
  if (han) return han.slice(-2).join("");
  return name.trim().split(/\s+/).slice(0, 2).map((word) => word[0]?.toUpperCase()).join("");
}

export function Avatar({ person, size = 36 }) {
  const bot = person?.is_bot;
  const style = `width:${size}px;height:${size}px;background:${person?.color || FALLBACK_COLOUR};font-size:${Math.round(size * 0.38)}px`;
  return html`<span class=${`avatar${bot ? " avatar-bot" : ""}`} style=${style} aria-hidden="true">${bot ? "🎫" : initials(nameOf(person)) || "?"}</span>`;
}

/** The other person of a direct message, or its name. */
export function channelTitle(channel, viewer) {
  if (!channel) return "";
  if (channel.is_im) return nameOf(viewer.users[channel.user]);
  if (channel.is_mpim) return (channel.members || []).filter((id) => id !== viewer.me).map((id) => nameOf(viewer.users[id])).join(", ");
  return channel.name;
}

export function byName(viewer) {
  return (left, right) => left.localeCompare(right, viewer.locale);
}
