// The rich_text block: sections, lists, quotes and preformatted text with everything that may stand in them.

import { html } from "../vendor/htm-preact.module.js";
import { emojiFor, withEmoji } from "../emoji.js";
import { Broadcast, ChannelMention, DateText, GroupMention, SafeLink, UserMention } from "../mrkdwn.js";

const STYLE = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "del"], ["underline", "u"]];

function dressed(element, inner) {
  return STYLE.reduce((content, [style, tag]) => (element.style?.[style] ? html`<${tag}>${content}<//>` : content), inner);
}

function lines(text) {
  return text.split("\n").flatMap((line, index) => (index ? [html`<br />`, line] : [line]));
}

const INLINE = {
  text: (e) => lines(e.text),
  link: (e) => html`<${SafeLink} url=${e.url}>${e.text || e.url}<//>`,
  emoji: (e) => html`<span class="emoji" role="img" aria-label=${e.name}>${emojiFor(e.name) || (e.unicode ? String.fromCodePoint(...e.unicode.split("-").map((code) => parseInt(code, 16))) : `:${e.name}:`)}</span>`,
  user: (e) => html`<${UserMention} id=${e.user_id} />`,
  channel: (e) => html`<${ChannelMention} id=${e.channel_id} />`,
  usergroup: (e) => html`<${GroupMention} id=${e.usergroup_id} />`,
  broadcast: (e) => html`<${Broadcast} range=${e.range} />`,
  date: (e) => html`<${DateText} timestamp=${e.timestamp} format=${e.format} url=${e.url} fallback=${e.fallback || ""} />`,
  color: (e) => html`<span class="colour-chip" style=${`background:${/^#[0-9a-f]{3,8}$/i.test(e.value) ? e.value : "transparent"}`}></span> ${e.value}`,
};

function inlines(elements) {
  return (elements || []).map((element) => dressed(element, INLINE[element.type]?.(element) ?? element.text ?? ""));
}

function List({ element }) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const start = element.offset ? element.offset + 1 : undefined;
  return html`<${tag} class=${`rich-list indent-${element.indent || 0}`} start=${start}>${element.elements.map((item) => html`<li>${inlines(item.elements)}</li>`)}<//>`;
}

const PARTS = {
  rich_text_section: (e) => html`<div class="rich-section">${inlines(e.elements)}</div>`,
  rich_text_list: (e) => html`<${List} element=${e} />`,
  rich_text_quote: (e) => html`<blockquote>${inlines(e.elements)}</blockquote>`,
  rich_text_preformatted: (e) => html`<pre>${inlines(e.elements)}</pre>`,
};

export function RichText({ block }) {
  return html`<div class="rich-text">${block.elements.map((part) => PARTS[part.type]?.(part))}</div>`;
}

/** A table's cell: raw text or rich text. */
export function Cell({ cell }) {
  if (cell?.type === "rich_text") return html`<${RichText} block=${cell} />`;
  return cell?.text === undefined ? "" : withEmoji(String(cell.text));
}
