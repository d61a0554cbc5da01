// What an element holds: its first value, its shape in `state.values`, and what is wrong with it.

const FIRST = {
  plain_text_input: (e) => ({ value: e.initial_value ?? null }),
  email_text_input: (e) => ({ value: e.initial_value ?? null }),
  url_text_input: (e) => ({ value: e.initial_value ?? null }),
  number_input: (e) => ({ value: e.initial_value ?? null }),
  rich_text_input: (e) => ({ rich_text_value: e.initial_value ?? null }),
  static_select: (e) => ({ selected_option: e.initial_option ?? null }),
  external_select: (e) => ({ selected_option: e.initial_option ?? null }),
  users_select: (e) => ({ selected_user: e.initial_user ?? null }),
  conversations_select: (e) => ({ selected_conversation: e.initial_conversation ?? null }),
  channels_select: (e) => ({ selected_channel: e.initial_channel ?? null }),
  multi_static_select: (e) => ({ selected_options: e.initial_options ?? [] }),
  multi_external_select: (e) => ({ selected_options: e.initial_options ?? [] }),
  multi_users_select: (e) => ({ selected_users: e.initial_users ?? [] }),
  multi_conversations_select: (e) => ({ selected_conversations: e.initial_conversations ?? [] }),
  multi_channels_select: (e) => ({ selected_channels: e.initial_channels ?? [] }),
  datepicker: (e) => ({ selected_date: e.initial_date ?? null }),
  timepicker: (e) => ({ selected_time: e.initial_time ?? null }),
  datetimepicker: (e) => ({ selected_date_time: e.initial_date_time ?? null }),
  radio_buttons: (e) => ({ selected_option: e.initial_option ?? null }),
  checkboxes: (e) => ({ selected_options: e.initial_options ?? [] }),
  file_input: () => ({ files: [] }),
};

export function firstValue(element) {
  return FIRST[element.type] ? { type: element.type, ...FIRST[element.type](element) } : null;
}

function stateful(block) {
  const elements = block.type === "input" ? [block.element] : block.type === "actions" ? block.elements : block.type === "section" && block.accessory ? [block.accessory] : [];
  return elements.filter((element) => FIRST[element.type]);
}

/** The values of all elements; what a person has typed stays where block_id, action_id and type are as before. */
export function valuesOf(blocks, before = {}) {
  const values = {};
  for (const block of blocks || []) {
    for (const element of stateful(block)) {
      const kept = before[block.block_id]?.[element.action_id];
      values[block.block_id] ??= {};
      values[block.block_id][element.action_id] = kept?.type === element.type ? kept : firstValue(element);
    }
  }
  return values;
}

export function isEmpty(value) {
  const content = Object.entries(value || {}).filter(([key]) => key !== "type").map(([, held]) => held);
  return content.every((held) => held === null || held === undefined || held === "" || (Array.isArray(held) && !held.length));
}

const CHECKS = {
  plain_text_input(element, { value }) {
    const length = [...value].length;
    if (element.min_length && length < element.min_length) return ["error.too_short", { n: element.min_length }];
    if (length > (element.max_length || 3000)) return ["error.too_long", { n: element.max_length || 3000 }];
    return null;
  },
  number_input(element, { value }) {
    const pattern = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
    if (!pattern.test(value.trim())) return [element.is_decimal_allowed ? "error.number" : "error.whole_number", {}];
    if (element.min_value !== undefined && Number(value) < Number(element.min_value)) return ["error.too_small", { n: element.min_value }];
    if (element.max_value !== undefined && Number(value) > Number(element.max_value)) return ["error.too_large", { n: element.max_value }];
    return null;
  },
  email_text_input: (element, { value }) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()) ? null : ["error.email", {}]),
  url_text_input: (element, { value }) => (/^https?:\/\/[^\s]+\.[^\s]+$/i.test(value.trim()) || /^https?:\/\/localhost/.test(value) ? null : ["error.url", {}]),
};

/** What the client itself refuses before anything is sent: {block_id: [message id, values]}. */
export function localErrors(blocks, values) {
  const errors = {};
  for (const block of blocks.filter(({ type }) => type === "input")) {
    const value = values[block.block_id]?.[block.element.action_id];
    const found = isEmpty(value) ? !block.optional && ["error.required", {}] : CHECKS[block.element.type]?.(block.element, value);
    if (found) errors[block.block_id] = found;
  }
  return errors;
}
