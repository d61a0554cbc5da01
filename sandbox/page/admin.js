// The people panel: who is here, in which language, who has left; and what can be broken on purpose.

import { html, useEffect, useRef, useState } from "./vendor/htm-preact.module.js";
import { post } from "./api.js";
import { useViewer } from "./contexts.js";
import { trapFocus } from "./focus.js";
import { Avatar, nameOf } from "./people.js";
import { hrefTo } from "./route.js";
import { set, toast } from "./store.js";
import { problemText } from "./surfaces.js";

const LOCALES = ["zh-CN", "zh-TW", "en-US"];

/** Do one administrative thing and say how it went. */
function useAdmin() {
  const viewer = useViewer();
  return (body) =>
    post("/ui/admin", body).then(
      () => toast({ text: viewer.t("admin.done") }),
      (problem) => toast({ text: problemText(problem, viewer.t), error: true }),
    );
}

function PersonRow({ user }) {
  const viewer = useViewer();
  const admin = useAdmin();
  const name = nameOf(user);
  return html`<tr>
    <td><${Avatar} person=${user} size=${26} /></td>
    <td><strong>${name}</strong><br /><span class="quiet">@${user.name} · ${user.id} · ${user.tz}</span></td>
    <td><select class="text-input" aria-label=${viewer.t("admin.language_of", { name })} value=${user.locale} onChange=${(event) => admin({ do: "set_locale", user: user.id, locale: event.target.value })}>
      ${[...new Set([...LOCALES, user.locale])].map((locale) => html`<option value=${locale} selected=${locale === user.locale}>${viewer.t(`locale.${locale}`)}</option>`)}
    </select></td>
    <td><div class="row-buttons">
      ${user.deleted ? html`<button type="button" class="button small" onClick=${() => admin({ do: "reactivate_user", user: user.id })}>${viewer.t("admin.back")}</button>` : html`<a class="button small" href=${hrefTo({ as: user.id })} onClick=${() => set({ panel: null })}>${viewer.t("become")}</a><button type="button" class="button small" disabled=${user.id === viewer.me} onClick=${() => admin({ do: "deactivate_user", user: user.id })}>${viewer.t("admin.leaves")}</button>`}
    </div></td>
  </tr>`;
}

function Trouble() {
  const viewer = useViewer();
  const admin = useAdmin();
  const rooms = Object.values(viewer.channels).filter((channel) => !channel.is_im);
  const [channel, setChannel] = useState(rooms[0]?.id);
  const button = (key, body) => html`<button type="button" class="button small" onClick=${() => admin(body)}>${viewer.t(`admin.${key}`)}</button>`;
  return html`<h3>${viewer.t("admin.trouble")}</h3>
    <p class="quiet">${viewer.t("admin.trouble_explain")}</p>
    <div class="row-buttons">
      <label>${viewer.t("admin.channel")} <select class="text-input" value=${channel} onChange=${(event) => setChannel(event.target.value)}>${rooms.map(({ id, name }) => html`<option value=${id} selected=${id === channel}>#${name}</option>`)}</select></label>
      ${button("kick_bot", { do: "kick_bot", channel })}${button("invite_bot", { do: "invite_bot", channel })}${button("archive", { do: "archive_channel", channel })}${button("unarchive", { do: "unarchive_channel", channel })}
    </div>
    <div class="row-buttons">
      ${button("drop", { do: "drop_sockets", how: "abort" })}${button("silent", { do: "drop_sockets", how: "silent" })}${button("refresh", { do: "refresh_sockets" })}${button("revoke", { do: "revoke_token" })}${button("restore", { do: "restore_token" })}
    </div>
    <div class="row-buttons">
      ${button("slow", { do: "fault", method: "*", kind: "slow", delay_s: 2, times: 5 })}${button("limited", { do: "fault", method: "chat.postMessage", kind: "ratelimited", retry_after_s: 5, times: 1 })}${button("lost", { do: "fault", method: "chat.postMessage", kind: "reply_lost", times: 1 })}${button("clear", { do: "clear_faults" })}
    </div>`;
}

export function PeoplePanel({ users }) {
  const { t } = useViewer();
  const box = useRef(null);
  const close = () => set({ panel: null });
  useEffect(() => box.current.querySelector("button").focus(), []);
  const onKey = (event) => (event.key === "Escape" ? close() : trapFocus(event, box.current));
  const people = Object.values(users).filter((user) => !user.is_bot);
  return html`<div class="veil" onKeyDown=${onKey}>
    <div class="modal wide" role="dialog" aria-modal="true" aria-labelledby="people-title" ref=${box}>
      <header class="modal-head"><h2 id="people-title">${t("people")}</h2><button type="button" class="icon" aria-label=${t("modal.close")} onClick=${close}>×</button></header>
      <div class="modal-body"><table class="people"><tbody>${people.map((user) => html`<${PersonRow} key=${user.id} user=${user} />`)}</tbody></table><${Trouble} /></div>
    </div>
  </div>`;
}
