// Between what a person types with marks (*bold*, "> quote", "• item") and Slack's rich_text.

import { emojiFor } from "./emoji.js";
import { inline } from "./parse_mrkdwn.js";

const BULLET = /^\s*[•*-]\s+/;
const NUMBER = /^\s*\d+[.)]\s+/;
const QUOTE = /^>\s?/;
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function styled(node, style) {
  const held = Object.keys(style).length ? { style } : {};
  if (node.type === "text") return [{ type: "text", text: node.text, ...held }];
  if (node.type === "break") return [{ type: "text", text: "\n" }];
  if (node.type === "emoji") return [{ type: "emoji", name: node.name }];
  if (node.type === "link") return [{ type: "link", url: node.url, ...held }];
  return node.children.flatMap((child) => styled(child, { ...style, [node.type]: true }));
}

/** Typed text has no live tokens: what looks like one is text, as in Slack's own box. */
function elementsOf(line) {
  return inline(line.replace(/[&<>]/g, (char) => ESCAPED[char])).flatMap((node) => styled(node, {}));
}

const section = (lines) => ({ type: "rich_text_section", elements: elementsOf(lines.join("\n")) });
const list = (style, mark) => (lines) => ({ type: "rich_text_list", style, elements: lines.map((line) => section([line.replace(mark, "")])) });
const KINDS = [
  { test: QUOTE, make: (lines) => ({ type: "rich_text_quote", elements: elementsOf(lines.map((line) => line.replace(QUOTE, "")).join("\n")) }) },
  { test: BULLET, make: list("bullet", BULLET) },
  { test: NUMBER, make: list("ordered", NUMBER) },
  { test: /^/, make: section },
];

/** Typed text as a rich_text block, or null when nothing is typed. */
export function toRichText(text) {
  if (!text.trim()) return null;
  const elements = text.split(/```\n?([\s\S]+?)\n?```\n?/).flatMap((piece, index) => {
    if (index % 2) return [{ type: "rich_text_preformatted", elements: [{ type: "text", text: piece }] }];
    const runs = [];
    for (const line of piece ? piece.split("\n") : []) {
      const kind = KINDS.find(({ test }) => test.test(line));
      if (runs.at(-1)?.kind === kind) runs.at(-1).lines.push(line);
      else runs.push({ kind, lines: [line] });
    }
    return runs.map(({ kind, lines }) => kind.make(lines));
  });
  return { type: "rich_text", elements };
}

const MARKS = [["bold", "*"], ["italic", "_"], ["strike", "~"], ["code", "`"]];

function inlineText(element) {
  const bare = element.type === "emoji" ? emojiFor(element.name) || `:${element.name}:` : element.text ?? element.url ?? (element.user_id ? `@${element.user_id}` : "");
  return MARKS.reduce((text, [style, mark]) => (element.style?.[style] ? mark + text + mark : text), bare);
}

const lineOf = (element) => element.elements.map(inlineText).join("");
const BACK = {
  rich_text_section: lineOf,
  rich_text_quote: (element) => lineOf(element).split("\n").map((line) => `> ${line}`).join("\n"),
  rich_text_preformatted: (element) => `\`\`\`\n${lineOf(element)}\n\`\`\``,
  rich_text_list: (element) => element.elements.map((item, index) => `${element.style === "ordered" ? `${index + 1}.` : "•"} ${lineOf(item)}`).join("\n"),
};

/** A rich_text block as the text a person would have typed. */
export function fromRichText(block) {
  return (block?.elements || []).map((element) => BACK[element.type]?.(element) ?? "").join("\n");
}
