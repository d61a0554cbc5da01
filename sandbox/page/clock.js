// The sandbox's time, and the buttons that move it forward.

import { html, useEffect, useRef, useState } from "./vendor/htm-preact.module.js";
import { post } from "./api.js";
import { useViewer } from "./contexts.js";
import { now, set, steady, toast } from "./store.js";
import { problemText } from "./surfaces.js";
import { clockTime, fillDate, fromLocal, fullMoment, toLocal } from "./time.js";

const DAY_S = 86400;

/** The next moment with that local time of day, at least a minute away; `weekday` 1 is Monday. */
function next(viewer, { hour, weekday }) {
  for (let days = 0; days <= 8; days += 1) {
    const day = toLocal(viewer.now() + days * DAY_S, viewer).slice(0, 10);
    const moment = fromLocal(`${day}T${hour}`, viewer);
    const fits = weekday === undefined || new Date(`${day}T00:00Z`).getUTCDay() === weekday;
    if (fits && moment > viewer.now() + 60) return moment;
  }
  return null;
}

async function move(body, viewer) {
  try {
    const reply = await post("/ui/clock", body);
    set({ skew: steady(reply.now - Date.now() / 1000) });
    toast({ text: viewer.t("clock.moved", { moment: fillDate("{date_short} {time}", reply.now, reply.now, viewer) }) });
  } catch (problem) {
    toast({ text: problemText(problem, viewer.t), error: true });
  }
}

function Menu({ viewer, moving, run }) {
  const [minutes, setMinutes] = useState("30");
  const go = (body) => () => run(body);
  const button = (label, body) => html`<button type="button" class="button" disabled=${moving} onClick=${go(body)}>${label}</button>`;
  const onSubmit = (event) => {
    event.preventDefault();
    if (Number(minutes) > 0) run({ skip_s: Math.round(Number(minutes) * 60) });
  };
  return html`<div class="clock-menu" role="dialog" aria-label=${viewer.t("clock.title")}>
    <p>${fullMoment(viewer.now(), viewer)}<br /><span class="quiet">${viewer.zone}</span></p>
    <p class="quiet">${viewer.t("clock.explain")}</p>
    <div class="clock-buttons">
      ${button(viewer.t("clock.hour"), { skip_s: 3600 })}
      ${button(viewer.t("clock.next"), { next: true })}
      ${button(viewer.t("clock.night"), { to: next(viewer, { hour: "09:00" }) })}
      ${button(viewer.t("clock.monday"), { to: next(viewer, { hour: "09:00", weekday: 1 }) })}
    </div>
    <form class="clock-any" onSubmit=${onSubmit}>
      <label for="clock-minutes">${viewer.t("clock.minutes")}</label>
      <input id="clock-minutes" class="text-input" inputmode="numeric" value=${minutes} onInput=${(event) => setMinutes(event.target.value)} />
      <button type="submit" class="button" disabled=${moving || !(Number(minutes) > 0)}>${viewer.t("clock.forward")}</button>
    </form>
    ${moving && html`<p role="status"><span class="spinner"></span> ${viewer.t("clock.moving")}</p>`}
  </div>`;
}

export function Clock() {
  const viewer = useViewer();
  const [open, setOpen] = useState(false);
  const [moving, setMoving] = useState(false);
  const [, tick] = useState(0);
  const box = useRef(null);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    const away = (event) => box.current?.contains(event.target) || setOpen(false);
    document.addEventListener("mousedown", away);
    return () => {
      clearInterval(timer);
      document.removeEventListener("mousedown", away);
    };
  }, []);
  const run = async (body) => {
    setMoving(true);
    await move(body, viewer);
    setMoving(false);
  };
  const words = fillDate("{date_short}", now(), now(), viewer);
  return html`<div class="clock" ref=${box} onKeyDown=${(event) => event.key === "Escape" && setOpen(false)}>
    <button type="button" class="bar-button" aria-haspopup="dialog" aria-expanded=${open} aria-label=${viewer.t("clock.title")} onClick=${() => setOpen(!open)}>🕒 <span class="clock-date">${words} </span>${clockTime(now(), viewer)}</button>
    ${open && html`<${Menu} viewer=${viewer} moving=${moving} run=${run} />`}
  </div>`;
}
