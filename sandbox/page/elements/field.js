// The tie between an element on the screen and its surface: its value, its id, and when it tells the app.

import { useState } from "../vendor/htm-preact.module.js";
import { useSurface } from "../contexts.js";
import { firstValue } from "./state.js";
import { askFirst } from "./confirm.js";

/** Everything an interactive element needs: { id, value, set, tell, busy, described }. */
export function useField(block, element) {
  const surface = useSurface();
  const [busy, setBusy] = useState(false);
  const id = `${surface.prefix}-${block.block_id}-${element.action_id}`.replace(/[^\w-]/g, "_");
  const value = surface.values?.[block.block_id]?.[element.action_id] ?? firstValue(element);
  const dispatches = block.type !== "input" || block.dispatch_action;

  async function tell(fields, next) {
    if (element.confirm && !(await askFirst(element.confirm))) return false;
    if (next) surface.setValue(block.block_id, element.action_id, next);
    setBusy(true);
    try {
      await surface.fire(block, element, fields, next);
    } finally {
      setBusy(false);
    }
    return true;
  }

  /** Take a new choice; outside input blocks (or with dispatch_action) the app hears of it at once. */
  function set(fields) {
    const next = { type: element.type, ...fields };
    if (dispatches) return tell(fields, next);
    surface.setValue(block.block_id, element.action_id, next);
    return Promise.resolve(true);
  }

  const error = block.type === "input" ? surface.errors?.[block.block_id] : null;
  const described = [block.hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
  return { id, value, set, tell, busy, dispatches, invalid: error ? "true" : undefined, described, surface };
}

/** The name by which a screen reader knows an element that has no label of its own. */
export function nameFor(block, element) {
  if (block.type === "input") return undefined;
  return element.accessibility_label || element.placeholder?.text || block.text?.text || element.action_id;
}
