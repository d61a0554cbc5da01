// Where the keyboard is: kept inside a dialog, put on the first field when one opens.

const REACHABLE = 'a[href], button:not([disabled]), input:not([disabled]):not([type="hidden"]), textarea:not([disabled]), select:not([disabled]), [tabindex="0"]';

function reachable(box) {
  return [...box.querySelectorAll(REACHABLE)].filter((item) => item.offsetParent !== null && item.tabIndex >= 0);
}

/** Keep Tab going round inside `box`. */
export function trapFocus(event, box) {
  if (event.key !== "Tab" || !box) return;
  const items = reachable(box);
  if (!items.length) return;
  const first = items[0];
  const last = items[items.length - 1];
  const outside = !box.contains(document.activeElement);
  if (event.shiftKey ? document.activeElement === first || outside : document.activeElement === last || outside) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}

/** Put the keyboard on the field that asks for it, else the first field, else the first button. */
export function focusFirst(box) {
  const wanted = box?.querySelector("[data-focus-on-load]") || box?.querySelector(".modal-body :is(input, textarea, select, [contenteditable])") || box?.querySelector(".modal-foot button, button");
  wanted?.focus({ preventScroll: false });
}
