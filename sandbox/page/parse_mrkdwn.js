// Slack's mrkdwn as a tree of nodes, without any markup: text in, plain objects out.

import { emojiFor } from "./emoji.js";

const WORD = /[\p{L}\p{N}_]/u;
const MARKS = { "*": "bold", _: "italic", "~": "strike" };
const URL_AT = /^https?:\/\/[^\s<>|]+[^\s<>|.,;:!?'")\]}，。；：！？、）】」》]/u;
const ENTITY = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

export function unescape(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITY[entity]);
}

/** The inside of `<…>`: a mention, a channel, a group, a broadcast, a date or a link. */
function token(body) {
  const [head, ...rest] = body.split("|");
  const label = rest.length ? unescape(rest.join("|")) : null;
  if (/^@[UW]\w+$/.test(head)) return { type: "user", id: head.slice(1), label };
  if (/^#[CGD]\w+$/.test(head)) return { type: "channel", id: head.slice(1), label };
  if (/^!subteam\^S\w+$/.test(head)) return { type: "group", id: head.slice(9), label };
  if (/^!(here|channel|everyone)$/.test(head)) return { type: "broadcast", range: head.slice(1) };
  if (head.startsWith("!date^")) {
    const [, stamp, format, url] = head.split("^");
    return { type: "date", timestamp: Number(stamp), format: unescape(format || ""), url: url ? unescape(url) : null, fallback: label || "" };
  }
  if (head.startsWith("!")) return { type: "text", text: label || `<${unescape(head)}>` };
  if (/^(https?:\/\/|mailto:|tel:)/i.test(head)) return { type: "link", url: unescape(head), children: [{ type: "text", text: label || unescape(head).replace(/^(mailto|tel):/, "") }] };
  return null;
}

function isWord(char) {
  return char !== undefined && WORD.test(char);
}

/** Where an opening mark at `start` closes on its line, or -1: it must hug its text and stand free of words outside. */
function closing(text, start) {
  const mark = text[start];
  if (isWord(text[start - 1]) || text[start - 1] === mark || !text[start + 1] || /\s/.test(text[start + 1]) || text[start + 1] === mark) return -1;
  for (let at = start + 2; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "<" && text.indexOf(">", at) > 0) at = text.indexOf(">", at);
    else if (text[at] === mark && !/\s/.test(text[at - 1]) && !isWord(text[at + 1]) && text[at + 1] !== mark) return at;
  }
  return -1;
}

/** What begins at `at`: [node, next position], or null for ordinary text. */
function special(text, at, options) {
  const char = text[at];
  if (char === "\n") return [{ type: "break" }, at + 1];
  if (char === "<") {
    const end = text.indexOf(">", at);
    const node = end > 0 && !text.slice(at, end).includes("\n") ? token(text.slice(at + 1, end)) : null;
    return node && [node, end + 1];
  }
  if (options.inCode) return null;
  if (char === "`") {
    const end = text.slice(at + 1).search(/[`\n]/) + at + 1;
    return end > at + 1 && text[end] === "`" ? [{ type: "code", children: inline(text.slice(at + 1, end), { inCode: true }) }, end + 1] : null;
  }
  if (char in MARKS) {
    const end = closing(text, at);
    return end > 0 ? [{ type: MARKS[char], children: inline(text.slice(at + 1, end), options) }, end + 1] : null;
  }
  if (char === ":") {
    const name = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/.exec(text.slice(at, at + 60));
    const picture = name && emojiFor(name[1]);
    return picture ? [{ type: "emoji", name: name[1], picture }, at + name[0].length] : null;
  }
  if (char === "h" && !options.verbatim && !isWord(text[at - 1])) {
    const url = URL_AT.exec(text.slice(at));
    return url && [{ type: "link", url: unescape(url[0]), children: [{ type: "text", text: unescape(url[0]) }] }, at + url[0].length];
  }
  return null;
}

/** One run of text without quotes or fenced code. */
export function inline(text, options = {}) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push({ type: "text", text: unescape(plain) });
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const found = special(text, at, options);
    if (found) {
      flush();
      nodes.push(found[0]);
      at = found[1];
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

const QUOTED = /^(?:>|&gt;) ?/;

/** Lines into runs of quoted and unquoted text; `>>>` quotes all that follows. */
function quotes(text, options) {
  const nodes = [];
  let run = [];
  let quoting = false;
  const flush = () => {
    const children = run.length ? inline(run.join("\n"), options) : [];
    if (run.length) nodes.push(...(quoting ? [{ type: "quote", children }] : children));
    run = [];
  };
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const rest = /^(?:>>>|&gt;&gt;&gt;) ?/.exec(line);
    if (rest) {
      flush();
      const whole = [line.slice(rest[0].length), ...lines.slice(index + 1)].join("\n");
      return [...nodes, { type: "quote", children: inline(whole, options) }];
    }
    const isQuoted = QUOTED.test(line);
    if (isQuoted !== quoting) {
      flush();
      quoting = isQuoted;
    }
    run.push(isQuoted ? line.replace(QUOTED, "") : line);
  }
  flush();
  return nodes;
}

/** A whole mrkdwn text: fenced code first, then quotes, then what runs inside a line. */
export function parseMrkdwn(text, options = {}) {
  return String(text ?? "").split(/```\n?([\s\S]+?)\n?```/).flatMap((piece, index) => {
    if (index % 2) return [{ type: "pre", children: inline(piece, { inCode: true }) }];
    return piece ? quotes(piece.replace(/^\n/, index ? "" : "\n"), options) : [];
  });
}
