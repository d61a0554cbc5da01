// The rich text input: a box with marks, buttons that put them round the selection, and a preview by its value.

import { html, useRef, useState, useEffect } from "../vendor/htm-preact.module.js";
import { useViewer } from "../contexts.js";
import { plain } from "../mrkdwn.js";
import { fromRichText, toRichText } from "../rich_convert.js";
import { nameFor, useField } from "./field.js";

const TOOLS = [
  { key: "bold", mark: "*", face: "B" },
  { key: "italic", mark: "_", face: "I" },
  { key: "strike", mark: "~", face: "S" },
  { key: "code", mark: "`", face: "<>" },
  { key: "bullets", line: "• ", face: "•" },
  { key: "quote", line: "> ", face: "❝" },
];

/** The text with a mark round the selection, or a sign before each selected line. */
function marked(text, from, to, { mark, line }) {
  if (mark) return text.slice(0, from) + mark + text.slice(from, to) + mark + text.slice(to);
  const start = text.lastIndexOf("\n", from - 1) + 1;
  return text.slice(0, start) + text.slice(start, to).replace(/^/gm, line) + text.slice(to);
}

export function RichTextInput({ block, element }) {
  const viewer = useViewer();
  const field = useField(block, element);
  const box = useRef(null);
  const given = field.value.rich_text_value;
  const [text, setText] = useState(() => fromRichText(given));
  const mine = useRef(given);
  useEffect(() => {
    if (given !== mine.current && JSON.stringify(given) !== JSON.stringify(mine.current)) setText(fromRichText(given));
    mine.current = given;
  }, [given]);

  function take(next) {
    setText(next);
    mine.current = toRichText(next);
    const value = { type: element.type, rich_text_value: mine.current };
    field.surface.setValue(block.block_id, element.action_id, value);
    if (block.dispatch_action && element.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered")) field.surface.fire(block, element, value, value);
  }
  function apply(tool) {
    const { selectionStart: from, selectionEnd: to } = box.current;
    take(marked(text, from, to, tool));
    box.current.focus();
  }
  return html`<div class=${`rich-input${field.invalid ? " invalid" : ""}`}>
    <div class="rich-tools" role="toolbar" aria-label=${viewer.t("rich.tools")} aria-controls=${field.id}>
      ${TOOLS.map((tool) => html`<button type="button" key=${tool.key} class=${`rich-${tool.key}`} tabindex="-1" title=${viewer.t(`rich.${tool.key}`)} aria-label=${viewer.t(`rich.${tool.key}`)} onMouseDown=${(event) => event.preventDefault()} onClick=${() => apply(tool)}>${tool.face}</button>`)}
    </div>
    <textarea ref=${box} id=${field.id} class="text-input" rows="4" value=${text} placeholder=${plain(element.placeholder)} aria-label=${nameFor(block, element)} aria-invalid=${field.invalid} aria-describedby=${field.described} data-focus-on-load=${element.focus_on_load || undefined} onInput=${(event) => take(event.target.value)}></textarea>
  </div>`;
}
