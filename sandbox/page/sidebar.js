// The side: who I act as, channels, direct messages, apps.

import { html, useEffect, useRef, useState } from "./vendor/htm-preact.module.js";
import { useViewer } from "./contexts.js";
import { Avatar, byName, channelTitle, nameOf } from "./people.js";
import { hrefTo } from "./route.js";
import { set } from "./store.js";

function Row({ href, here, sign, title, unread, mentions, quiet }) {
  const { t } = useViewer();
  const many = mentions > 0 ? mentions : null;
  const name = [title, many ? t("badge.mentions", { n: many }) : unread > 0 ? t("badge.unread", { n: unread }) : ""].filter(Boolean).join(", ");
  return html`<li><a class=${`side-row${here ? " here" : ""}${unread > 0 ? " unread" : ""}${quiet ? " faint" : ""}`} href=${href} aria-current=${here ? "page" : undefined} aria-label=${name} onClick=${() => set({ menuOpen: false })}>
    <span class="side-sign" aria-hidden="true">${sign}</span><span class="side-title">${title}</span>${many && html`<span class="badge" aria-hidden="true">${many}</span>`}
  </a></li>`;
}

function PersonPicker({ users, place }) {
  const viewer = useViewer();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState("");
  const box = useRef(null);
  const me = users[viewer.me];
  useEffect(() => {
    if (!open) return undefined;
    box.current.querySelector("input")?.focus();
    const away = (event) => box.current?.contains(event.target) || setOpen(false);
    document.addEventListener("mousedown", away);
    return () => document.removeEventListener("mousedown", away);
  }, [open]);
  const people = Object.values(users).filter((user) => !user.is_bot && !user.deleted && `${nameOf(user)} ${user.name} ${user.id}`.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()));
  const onKey = (event) => {
    if (event.key === "Escape") (setOpen(false), box.current.querySelector("button").focus());
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const items = [...box.current.querySelectorAll("input, [role=menuitemradio]")];
    if (open && step) (event.preventDefault(), items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus());
  };
  const placeFor = (user) => (viewer.channels[place]?.is_im || user.id === viewer.me ? null : place);
  return html`<div class="picker" ref=${box} onKeyDown=${onKey}>
    <button type="button" class="picker-button" aria-haspopup="menu" aria-expanded=${open} aria-label=${viewer.t("act_as_now", { name: nameOf(me) })} onClick=${() => setOpen(!open)}>
      <${Avatar} person=${me} size=${32} /><span class="picker-words"><span class="quiet">${viewer.t("act_as")}</span><strong>${nameOf(me)}</strong></span><span aria-hidden="true">▾</span>
    </button>
    ${open &&
    html`<div class="picker-menu" role="menu" aria-label=${viewer.t("act_as")}>
      <input type="search" class="text-input" placeholder=${viewer.t("find_person")} aria-label=${viewer.t("find_person")} value=${wanted} onInput=${(event) => setWanted(event.target.value)} />
      ${people.map((user) => html`<a role="menuitemradio" key=${user.id} aria-checked=${user.id === viewer.me} class="menu-item" href=${hrefTo({ as: user.id, place: placeFor(user) })} onClick=${() => (setOpen(false), setWanted(""))}>
        <${Avatar} person=${user} size=${26} /><span>${nameOf(user)}</span><span class="quiet">@${user.name} · ${viewer.t(`locale.${user.locale}`)}</span>
      </a>`)}
    </div>`}
  </div>`;
}

export function Sidebar({ workspace, users, channels, route, open }) {
  const viewer = useViewer();
  const all = Object.values(channels);
  const rooms = all.filter((channel) => !channel.is_im && !channel.is_archived).sort((a, b) => Number(b.is_member) - Number(a.is_member) || byName(viewer)(a.name, b.name));
  const bots = new Set(workspace.bots.map((bot) => bot.user_id));
  const directs = all.filter((channel) => channel.is_im && !bots.has(channel.user));
  const here = (place) => route.place === place;
  const row = (channel, sign) => html`<${Row} key=${channel.id} href=${hrefTo({ as: viewer.me, place: channel.id })} here=${here(channel.id)} sign=${sign} title=${channelTitle(channel, viewer)} unread=${channel.unread} mentions=${channel.is_im ? channel.unread : channel.mentions} quiet=${!channel.is_member && !channel.is_im} />`;
  return html`<nav class=${`sidebar${open ? " open" : ""}`} aria-label=${viewer.t("places")}>
    <div class="side-head"><strong>${workspace.team.name}</strong><span class=${`plug${workspace.connected ? " on" : ""}`} role="status" title=${viewer.t(workspace.connected ? "bot_connected" : "bot_away")}>${viewer.t(workspace.connected ? "bot_connected" : "bot_away")}</span></div>
    <${PersonPicker} users=${users} place=${route.place} />
    <h2>${viewer.t("apps")}</h2>
    <ul>${workspace.bots.map((bot) => {
      const direct = all.find((channel) => channel.is_im && channel.user === bot.user_id);
      return html`<${Row} key=${bot.user_id} href=${hrefTo({ as: viewer.me, place: direct?.unread ? direct.id : "home" })} here=${here("home") || here(direct?.id)} sign="🎫" title=${bot.name} unread=${direct?.unread} mentions=${direct?.unread} />`;
    })}</ul>
    <h2>${viewer.t("channels")}</h2>
    <ul>${rooms.map((channel) => row(channel, channel.is_private ? "🔒" : "#"))}</ul>
    ${directs.length > 0 && html`<h2>${viewer.t("directs")}</h2><ul>${directs.map((channel) => row(channel, "•"))}</ul>`}
  </nav>`;
}
