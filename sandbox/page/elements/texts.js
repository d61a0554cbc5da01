// Inputs one types into: text, number, mail address, web address.

import { html } from "../vendor/htm-preact.module.js";
import { useViewer } from "../contexts.js";
import { plain } from "../mrkdwn.js";
import { nameFor, useField } from "./field.js";

const LONGEST = 3000;

/** The events that tell the app of typed text: Enter, every character, or neither. */
function triggers(block, element) {
  if (!block.dispatch_action) return [];
  return element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
}

function Counter({ element, value }) {
  const viewer = useViewer();
  const length = [...(value || "")].length;
  const limit = element.max_length || LONGEST;
  if (length < limit * 0.8) return null; // as Slack: only when it begins to matter
  return html`<div class=${`counter${length > limit ? " over" : ""}`} aria-live="polite">${viewer.t("characters_of", { n: length, limit })}</div>`;
}

function useText(block, element) {
  const field = useField(block, element);
  const on = triggers(block, element);
  const value = field.value.value ?? "";
  const onInput = (event) => {
    const next = { type: element.type, value: event.target.value || null };
    field.surface.setValue(block.block_id, element.action_id, next);
    if (on.includes("on_character_entered")) field.surface.fire(block, element, { value: next.value }, next);
  };
  const onKeyDown = (event) => {
    if (event.key !== "Enter" || event.isComposing || !on.includes("on_enter_pressed")) return;
    if (element.multiline && event.shiftKey) return;
    event.preventDefault();
    field.surface.fire(block, element, { value: value || null }, { type: element.type, value: value || null });
  };
  const shared = {
    id: field.id,
    value,
    placeholder: plain(element.placeholder),
    "aria-label": nameFor(block, element),
    "aria-invalid": field.invalid,
    "aria-describedby": field.described,
    "aria-required": block.type === "input" && !block.optional ? "true" : undefined,
    "data-focus-on-load": element.focus_on_load || undefined,
    onInput,
    onKeyDown,
  };
  return { shared, value, field };
}

export function PlainTextInput({ block, element }) {
  const { shared, value } = useText(block, element);
  const box = element.multiline ? html`<textarea class="text-input" rows="4" ...${shared}></textarea>` : html`<input class="text-input" type="text" autocomplete="off" ...${shared} />`;
  return html`${box}<${Counter} element=${element} value=${value} />`;
}

const KIND = {
  number_input: { inputmode: "decimal", type: "text" },
  email_text_input: { inputmode: "email", type: "email" },
  url_text_input: { inputmode: "url", type: "url" },
};

export function TypedInput({ block, element }) {
  const { shared } = useText(block, element);
  return html`<input class="text-input" autocomplete="off" ...${KIND[element.type]} ...${shared} />`;
}
