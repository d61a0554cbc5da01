// Which component draws which element.

import { html } from "../vendor/htm-preact.module.js";
import { Button, Overflow } from "./button.js";
import { Checkboxes, RadioButtons } from "./choices.js";
import { FileInput } from "./files.js";
import { DatePicker, DateTimePicker, TimePicker } from "./moments.js";
import { RichTextInput } from "./rich_text_input.js";
import { ExternalSelect, StaticSelect, WorkspaceSelect } from "./selects.js";
import { PlainTextInput, TypedInput } from "./texts.js";

const DRAW = {
  button: Button,
  overflow: Overflow,
  checkboxes: Checkboxes,
  radio_buttons: RadioButtons,
  file_input: FileInput,
  datepicker: DatePicker,
  timepicker: TimePicker,
  datetimepicker: DateTimePicker,
  rich_text_input: RichTextInput,
  static_select: StaticSelect,
  multi_static_select: StaticSelect,
  external_select: ExternalSelect,
  multi_external_select: ExternalSelect,
  users_select: WorkspaceSelect,
  multi_users_select: WorkspaceSelect,
  conversations_select: WorkspaceSelect,
  multi_conversations_select: WorkspaceSelect,
  channels_select: WorkspaceSelect,
  multi_channels_select: WorkspaceSelect,
  plain_text_input: PlainTextInput,
  number_input: TypedInput,
  email_text_input: TypedInput,
  url_text_input: TypedInput,
};

export function Element({ block, element }) {
  const Drawn = DRAW[element.type];
  if (!Drawn) return html`<span class="unknown">${element.type}</span>`;
  return html`<${Drawn} key=${`${block.block_id}/${element.action_id}/${element.type}`} block=${block} element=${element} />`;
}
