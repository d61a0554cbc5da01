// Pickers of a date, a time, or both, in the acting person's zone.

import { html } from "../vendor/htm-preact.module.js";
import { useViewer } from "../contexts.js";
import { fromLocal, toLocal } from "../time.js";
import { nameFor, useField } from "./field.js";

const FIRST_YEAR = 1900;

/** While a year is being typed the browser reports 0002, 0020 …: those are not dates yet. */
function half(text) {
  return /^\d{4}-/.test(text) && Number(text.slice(0, 4)) < FIRST_YEAR;
}

function Picker({ block, element, field, type, value, take }) {
  const onChange = (event) => half(event.target.value) || take(event.target.value || null);
  return html`<input class="text-input moment" type=${type} id=${field.id} value=${value || ""} disabled=${field.busy} aria-label=${nameFor(block, element)} aria-invalid=${field.invalid} aria-describedby=${field.described} title=${element.placeholder?.text} data-focus-on-load=${element.focus_on_load || undefined} onChange=${onChange} />`;
}

export function DatePicker({ block, element }) {
  const field = useField(block, element);
  return html`<${Picker} block=${block} element=${element} field=${field} type="date" value=${field.value.selected_date} take=${(text) => field.set({ selected_date: text })} />`;
}

export function TimePicker({ block, element }) {
  const field = useField(block, element);
  return html`<${Picker} block=${block} element=${element} field=${field} type="time" value=${field.value.selected_time} take=${(text) => field.set({ selected_time: text })} />`;
}

export function DateTimePicker({ block, element }) {
  const viewer = useViewer();
  const field = useField(block, element);
  const seconds = field.value.selected_date_time;
  const value = seconds ? toLocal(seconds, viewer) : "";
  return html`<${Picker} block=${block} element=${element} field=${field} type="datetime-local" value=${value} take=${(text) => field.set({ selected_date_time: text ? fromLocal(text, viewer) : null })} />`;
}
