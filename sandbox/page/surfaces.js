// The surfaces on which blocks stand: a message, a modal or the home tab; each knows how to tell the app.

import { html, useState } from "./vendor/htm-preact.module.js";
import { post, upload } from "./api.js";
import { Blocks } from "./blocks/index.js";
import { Surface, useViewer } from "./contexts.js";
import { valuesOf } from "./elements/state.js";
import { toast, type } from "./store.js";
import { plainValue, plainValues } from "./wire_values.js";

/** What a person reads when a call was refused: our own sentence in their language, else the server's. */
export function problemText(problem, t) {
  const id = `problem.${problem.error}`;
  const ours = t(id);
  return ours === id ? problem.text || t("problem.other", { error: problem.error }) : ours;
}

function actionBody(viewer, target, block, element, fields, next) {
  const value = next ? plainValue(next) : fields.selected_option?.value;
  return { as: viewer.me, ...target, block_id: block.block_id, action_id: element.action_id, ...(value === undefined ? {} : { value }) };
}

/** Elements of a message: what was chosen shows here until the app changes the message. */
export function MessageBlocks({ channel, message, inThread }) {
  const viewer = useViewer();
  const [chosen, setChosen] = useState({});
  const target = { channel, ts: message.ts };
  const surface = {
    kind: "message",
    prefix: `m-${channel}-${message.ts}${inThread ? "-thread" : ""}`,
    values: valuesOf(message.blocks, { ...message.state?.values, ...chosen }),
    setValue: (block, action, value) => setChosen((before) => ({ ...before, [block]: { ...before[block], [action]: value } })),
    async fire(block, element, fields, next) {
      await post("/ui/action", actionBody(viewer, target, block, element, fields, next)).catch((problem) => toast({ text: problemText(problem, viewer.t), error: true }));
    },
    options: (block, element, typed) => post("/ui/options", { as: viewer.me, ...target, block_id: block.block_id, action_id: element.action_id, typed }),
    upload: async (file) => (await upload(viewer.me, [file]))[0],
  };
  return html`<${Surface.Provider} value=${surface}><${Blocks} blocks=${message.blocks} /><//>`;
}

/** The newest values of a view: the server's, with what was typed since. */
export function viewValues(view, typed) {
  const base = { ...view.state?.values };
  for (const [block, actions] of Object.entries(typed || {})) base[block] = { ...base[block], ...actions };
  return valuesOf(view.blocks, base);
}

/** Elements of a view, modal or home; `errors` are shown under their fields, `changed(block_id)` hears of each change, `failed(problem)` of what went wrong. */
export function ViewBlocks({ view, typed, errors, changed, failed, kind }) {
  const viewer = useViewer();
  const values = viewValues(view, typed);
  const target = { view_id: view.id };
  const surface = {
    kind,
    prefix: `v-${view.id}`,
    values,
    errors,
    setValue(block, action, value) {
      type(view.id, block, action, value);
      changed?.(block);
    },
    async fire(block, element, fields, next) {
      const sent = next ? { ...values, [block.block_id]: { ...values[block.block_id], [element.action_id]: next } } : values;
      const body = { ...actionBody(viewer, target, block, element, fields, next), values: plainValues(sent) };
      await post("/ui/action", body).catch(failed);
    },
    options: (block, element, typed_) => post("/ui/options", { as: viewer.me, ...target, block_id: block.block_id, action_id: element.action_id, typed: typed_ }),
    upload: async (file) => (await upload(viewer.me, [file]))[0],
  };
  return html`<${Surface.Provider} value=${surface}><${Blocks} blocks=${view.blocks} /><//>`;
}
